// Lessons about messages, mended as a student mends them: first what breaks, then settings or a text
// that leaves no schedule failing.
import { test } from 'node:test';
import { withBrowser, withPage } from '../lib/page.mjs';
import { challenge, mend, prove, refuse, verdict } from '../lib/student.mjs';

withBrowser();

/** Plays a schedule of the text to its end. */
const play = async (page, name) => {
  await page.getByRole('button', { name }).click();
  await page.keyboard.press('End');
};

test('the same message twice: a crash pays twice, key and effect in one step mend it', async () => {
  await withPage({ path: '#/lesson/same-message-twice' }, async (page) => {
    await verdict(page, 'broken');
    await play(page, 'a crash before the ack');
    await page.locator('.told', { hasText: 'The account shows 2000.' }).waitFor();
    await refuse(page, 'Fix it.');
    await page.locator('.panel-controls').getByRole('button', { name: 'notes first' }).click();
    await verdict(page, 'broken');
    const [note, money] = ['let first = remember(payment.number)', 'if first { book() }'];
    // Money in one step, and the note in another, is what it was.
    await mend(page, [`      ${money}\n`, `      atomic { ${money} }\n`]);
    await refuse(page, 'Fix it yourself.');
    await mend(page, [
      `      ${note}\n      atomic { ${money} }\n`,
      `      atomic {\n        ${note}\n        ${money}\n      }\n`,
    ]);
    await verdict(page, 'holds');
    await prove(page, 'Fix it yourself.');
  });
});

test('the poison message: tried again for ever, set aside after three tries, or told apart', async () => {
  await withPage({ path: '#/lesson/poison-message' }, async (page) => {
    await verdict(page, 'broken');
    await page.locator('.panel-controls').getByRole('button', { name: 'is set aside' }).click();
    await verdict(page, 'holds');
    await play(page, 'put aside');
    await page.locator('.told', { hasText: 'The third waits for a person' }).waitFor();
    await prove(page, 'Fix it.');
    await page.locator('.panel-controls').getByRole('button', { name: 'is thrown away' }).click();
    await verdict(page, 'broken');
    await mend(page, ['catch { }', 'catch unreadable { send { number: job.number } to dead }']);
    await verdict(page, 'holds');
    await prove(page, 'Fix it in the worker.');
  });
});

test('fast and slow: each way gives up something, and numbers tell what was lost', async () => {
  await withPage({ path: '#/lesson/fast-and-slow' }, async (page) => {
    await verdict(page, 'broken');
    const full = (name) => page.locator('.panel-controls').getByRole('button', { name, exact: true }).click();
    await full('refuse');
    await prove(page, 'Know what is lost.');
    await refuse(page, 'Keep the newest.');
    await full('drop the oldest');
    await prove(page, 'Keep the newest.');
    await refuse(page, 'Both at once.');
    await mend(
      page,
      ['process screen', 'var before = 0\nprocess screen'],
      ['  shown += 1\n', '  shown += 1\n  known += picture.number - before - 1\n  before = picture.number\n'],
    );
    await prove(page, 'Both at once.');
  });
});

test('goals by the clock: what is missed is told with its figures, and its run is a click away', async () => {
  await withPage({ path: '#/lesson/fast-and-slow' }, async (page) => {
    const asked = challenge(page, 'Stay fresh with a long queue.');
    const measure = () => asked.getByRole('button', { name: 'Measure it' }).click();
    await measure();
    await asked.locator('.verdict.bad', { hasText: 'the camera keeps its pace' }).waitFor();
    await asked.getByText('met in 0 of 1 run').waitFor();
    await asked.getByText(/with seed 1: camera\.latency\.max = 485.ms/).waitFor();
    await asked.getByRole('button', { name: 'Show the run' }).click();
    await page.locator('.promises .goal .chip.bad').first().waitFor();
    await page.locator('.step-of', { hasText: /step (\d+) of \1$/ }).waitFor();
    await mend(page, [
      '    try { send { number: picture } to frames }\n    catch rejected { known += 1 }',
      '    if frames.length > 1 { known += 1 }\n    else { send { number: picture } to frames }',
    ]);
    await measure();
    await asked.locator('.verdict.ok').waitFor();
    await asked.getByText('met in 1 of 1 run').waitFor();
    await asked.locator('.chip.ok', { hasText: 'done' }).waitFor();
  });
});

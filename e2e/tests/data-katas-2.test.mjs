// Write skew, from a prediction to a proved fix, as a student goes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAccessibility, withBrowser, withPage } from '../lib/page.mjs';
import { challenge, choose, mend, play, predict, prove, refuse, verdict } from '../lib/student.mjs';

withBrowser();

const done = (page, title) => challenge(page, title).locator('.chip.ok', { hasText: 'done' }).waitFor();
/** A pick by hand: the next step of a process. */
const step = async (page, who) => {
  const before = await page.locator('.step-of').innerText();
  await page.locator('.panel-offers button.choice', { hasText: who }).first().click();
  await page.waitForFunction((was) => document.querySelector('.step-of').innerText !== was, before);
};

test('write skew: two snapshots, two rows, and nobody is left', async () => {
  await withPage({ path: '#/lesson/write-skew' }, async (page) => {
    await verdict(page, 'broken');
    await predict(page, 'No, the second one is refused', 'Nobody writes over anybody');
    await predict(page, 'Yes, both can', 'Right.');
    // The schedule shows it; what counts is one's own run.
    await play(page, 'both look first', 6, 'This is write skew');
    await page.locator('.panel-promises .chip.bad').first().waitFor();
    assert.equal(await challenge(page, 'Break it.').locator('.chip.ok').count(), 0);
    await page.getByRole('button', { name: 'To the start' }).click();
    for (const who of [1, 2, 1, 2, 1, 2]) await step(page, `doctor ${who}`);
    await done(page, 'Break it.');
    await checkAccessibility(page);
  });
});

test('write skew: a lock on one\'s own row, the level, and rows that both must lock', async () => {
  await withPage({ path: '#/lesson/write-skew' }, async (page) => {
    await refuse(page, 'Fix it.');
    await choose(page, 'one\'s own row');
    await verdict(page, 'broken');
    for (const who of [1, 2, 1, 2, 1, 2, 1, 2]) await step(page, `doctor ${who}`);
    await done(page, 'A lock that does not help.');
    // Serializable: the second committer is refused.
    await choose(page, 'nothing');
    await choose(page, 'serializable');
    await verdict(page, 'holds');
    await play(page, 'both look first', 6, 'there it is refused');
    await prove(page, 'Fix it.');
    await refuse(page, 'Fix it below serializable.');
    await choose(page, 'repeatable read');
    await choose(page, 'both rows');
    await verdict(page, 'holds');
    await prove(page, 'Fix it below serializable.');
    await choose(page, 'read committed');
    await play(page, 'the second has to wait', 9, 'counted then: one');
    // Both must meet at one row.
    await choose(page, 'one\'s own row');
    await refuse(page, 'Fix it yourself.');
    await mend(page, [
      'doctors[self] for update', '{ doctors[1] for update; doctors[2] for update }',
    ]);
    await verdict(page, 'holds');
    await prove(page, 'Fix it yourself.');
  });
});

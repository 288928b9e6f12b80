// A student's way through the race: by hand, back, another road, the shortest failure, the proof.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAccessibility, told, withBrowser, withPage } from '../lib/page.mjs';

withBrowser();

const race = '#/lesson/race-on-a-balance';
const offers = (page) => page.locator('.panel-offers button.choice');
const at = (page, step, of) => page.locator('.step-of', { hasText: `step ${step} of ${of}` }).waitFor();
const counts = (page, text) => page.locator(`[data-schedules="${text}"]`).waitFor();
const pick = async (page, name) => offers(page).filter({ hasText: name }).click();

async function loseTheUpdate(page) {
  for (const [step, name] of [[1, 'client 1'], [2, 'client 2'], [3, 'client 1'], [4, 'client 2']]) {
    await pick(page, name);
    await at(page, step, step);
  }
}

test('the update is lost by hand, the challenge is done, and the way back is open', async () => {
  await withPage({ path: race }, async (page) => {
    await loseTheUpdate(page);
    await page.getByText('broken at step 4').waitFor();
    await page.getByText('✓ done').first().waitFor();
    await page.getByRole('button', { name: 'Step back' }).click();
    await at(page, 3, 4);
    await page.getByText('stale: balance is now 20').waitFor();
    assert.equal(await page.getByText('broken at step 4').count(), 0);
  });
});

test('another road is taken, and the old future is kept and can be had back', async () => {
  await withPage({ path: race }, async (page) => {
    await loseTheUpdate(page);
    await page.getByRole('button', { name: 'To the start' }).click();
    await at(page, 0, 4);
    await pick(page, 'client 2');
    await at(page, 1, 1);
    const branches = page.locator('.branch');
    assert.equal(await branches.count(), 2);
    await page.locator('.branch:not(.on)').click();
    await page.getByText(/step \d of 4/).first().waitFor();
    await page.getByRole('button', { name: 'To the end' }).click();
    await at(page, 4, 4);
    await page.getByText('broken at step 4').waitFor();
  });
});

test('the shortest failure is shown, and a lock leaves none', async () => {
  await withPage({ path: race, storage: told('race-on-a-balance') }, async (page) => {
    await counts(page, '4 of 6');
    await page.getByRole('button', { name: 'Show the shortest failure' }).click();
    await at(page, 4, 4);
    await page.getByText('broken at step 4').waitFor();
    await page.locator('.panel-controls').getByRole('button', { name: 'lock' }).click();
    await counts(page, '0 of 2');
    assert.equal(await page.getByRole('button', { name: 'Show the shortest failure' }).count(), 0);
  });
});

test('a fix is proved by the explorer, and what is no fix shows its failure', async () => {
  await withPage({ path: race, storage: told('race-on-a-balance') }, async (page) => {
    await offers(page).first().waitFor();
    await page.locator('.panel-challenges').getByRole('button', { name: 'Prove it' }).first().click();
    const row = page.locator('.cases .fail').first();
    await row.waitFor();
    assert.match(await row.innerText(), /clients: 2/);
    await row.getByRole('button', { name: 'Show it' }).click();
    await page.getByText('broken at step 4').waitFor();
    await page.locator('.panel-controls').getByRole('button', { name: 'lock' }).click();
    await counts(page, '0 of 2');
    await page.locator('.panel-challenges').getByRole('button', { name: 'Prove it' }).first().click();
    await page.locator('.verdict.ok', { hasText: 'Proved' }).waitFor();
  });
});

test('a schedule of the text is played with what the lesson says of its moments', async () => {
  await withPage({ path: race }, async (page) => {
    await page.getByRole('button', { name: 'both read first' }).click();
    // It is played from its start, and pauses where the lesson has something to say.
    await page.locator('.told.note').waitFor();
    await at(page, 2, 4);
    await page.keyboard.press('ArrowRight');
    await page.locator('.stop-bar', { hasText: 'a number that is no longer true' }).waitFor();
    await page.keyboard.press('End');
    await page.locator('.stop-bar', { hasText: 'The bank has paid 160' }).waitFor();
  });
});

test('the question is answered kindly, and hints come one at a time', async () => {
  await withPage({ path: race }, async (page) => {
    await page.getByRole('button', { name: 'No, the check stops the second client' }).click();
    await page.locator('.feedback', { hasText: 'the copy that this client read' }).waitFor();
    await page.getByRole('button', { name: 'Hint 1 of 3' }).click();
    await page.getByRole('button', { name: 'Hint 2 of 3' }).waitFor();
  });
});

test('the clock plays to the end and stops there', async () => {
  await withPage({ path: race }, async (page) => {
    await page.getByRole('button', { name: 'max' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Play' }).click();
    await page.locator('.told', { hasText: 'The run has ended' }).waitFor();
    await page.getByRole('button', { name: 'Play' }).waitFor();
  });
});

test('the keyboard alone does everything a run needs', async () => {
  await withPage({ path: race }, async (page) => {
    await offers(page).first().waitFor();
    await page.keyboard.press('1');
    await at(page, 1, 1);
    await page.keyboard.press('2');
    await at(page, 2, 2);
    await page.keyboard.press('ArrowLeft');
    await at(page, 1, 2);
    await page.keyboard.press('End');
    await at(page, 2, 2);
    await page.keyboard.press('Home');
    await at(page, 0, 2);
    await page.keyboard.press('ArrowRight');
    await at(page, 1, 2);
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.locator('#scrubber').focus();
    await page.keyboard.press('ArrowRight');
    await at(page, 2, 2);
  });
});

for (const [name, options] of [
  ['light', {}], ['dark and Spanish', { theme: 'dark', locale: 'es-MX' }],
  ['a phone', { viewport: 'phone' }], ['a projector', { viewport: 'projector' }],
]) {
  test(`axe finds nothing serious: ${name}`, async () => {
    const path = `${race}?v=1&clients=2&guard=none&picks=1.2.1.1&at=3`;
    await withPage({ path, ...options }, async (page) => {
      await page.locator('.question-first').waitFor({ state: 'attached' });
      await checkAccessibility(page);
      await page.getByRole('button', { name: /^(Edit|Editar)$/ }).click({ force: true }).catch(() => {});
      await checkAccessibility(page);
    });
  });
}

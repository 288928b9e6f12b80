// Two tabs of one course lie open: what is done in one is not lost in the other.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { running, withBrowser, withPage } from '../lib/page.mjs';

withBrowser();

const race = '#/lesson/race-on-a-balance';
const answer = async (page, at) => {
  await page.locator('.answer').nth(at).click();
  await page.locator('.feedback .told').waitFor();
};
/** The choices of a lost update; the clicks wait for each moment. */
async function lose(page) {
  for (const [at, who] of ['client 1', 'client 2', 'client 1', 'client 2'].entries()) {
    await page.locator('.panel-offers button.choice', { hasText: who }).first().click();
    await page.locator('.step-of', { hasText: `step ${at + 1} of` }).waitFor();
  }
}

test('what is answered and done in two tabs is kept together', async () => {
  await withPage({ path: race }, async (page, { url }) => {
    await page.locator('.panel-offers button.choice').first().waitFor();
    const other = await page.context().newPage();
    await other.goto(`${url}#/lesson/two-locks`);
    await running(other);
    await other.locator('.answer').first().waitFor();
    await answer(page, 0);
    await lose(page);
    await page.locator('.panel-challenges .chip.ok').first().waitFor();
    await answer(other, 0);
    const kept = (name) => other.evaluate((name) => localStorage.getItem(name) ?? '', name);
    assert.match(await kept('lockstep.done'), /^race-on-a-balance\/break-it$/m);
    assert.match(await kept('lockstep.answers'), /^race-on-a-balance=/m);
    assert.match(await kept('lockstep.answers'), /^two-locks=/m);
    // The other tab knows of it without being loaded again.
    await other.evaluate((race) => { location.hash = race; }, race);
    await other.locator('.panel-challenges .chip.ok').first().waitFor();
    await other.locator('.feedback .told').waitFor();
  });
});

// Playing a run of hundreds of requests: at the greatest speed it comes to its end, a pause takes effect
// at once, and where a run is long the way to its end stands at the controls.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAccessibility, withBrowser, withPage } from '../lib/page.mjs';

withBrowser();

const long = '#/lesson/circuit-breaker?v=1&requests=200';
const place = async (page) => (await page.locator('.transport-bar .step-of').innerText()).match(/\d+/g).map(Number);
const label = (page, name) => page.locator(`#play[aria-label="${name}"]`).waitFor();
const begin = async (page) => {
  await page.locator('.panel-schedules .question-first, .panel-schedules .exploring').first().waitFor();
  await page.getByRole('button', { name: 'max', exact: true }).click();
  await page.locator('#play').click();
  await label(page, 'Pause');
};

test('at the greatest speed hundreds of requests are played to the end, and a pause is one at once', async () => {
  await withPage({ path: long }, async (page) => {
    await begin(page);
    await page.locator('.long-run', { hasText: 'A long run: go to its end' }).waitFor();
    await page.keyboard.press('Space');
    await label(page, 'Play');
    // What was under way when the key was pressed may still come; then nothing moves any more.
    await page.waitForTimeout(300);
    const [paused, length] = await place(page);
    assert.ok(paused >= 40 && paused === length, `${paused} of ${length}`);
    assert.equal(await page.locator('.long-run').count(), 0);
    await page.waitForTimeout(300);
    assert.deepEqual(await place(page), [paused, length]);
    await page.keyboard.press('Space');
    await page.locator('#play[aria-label="Play"]').waitFor({ timeout: 60_000 });
    const [end, all] = await place(page);
    assert.ok(end > 1_500 && end === all, `${end} of ${all}`);
    assert.equal(await page.locator('.transport .last').getAttribute('aria-disabled') ?? 'true', 'true');
  });
});

for (const [viewport, words] of [['desk', 'A long run: go to its end'], ['phone', 'Es larga: ir al final']]) {
  test(`where a run is long its end is one button away: ${viewport}`, async () => {
    const locale = viewport === 'phone' ? 'es-MX' : 'en-US';
    await withPage({ path: long, viewport, locale }, async (page) => {
      if (viewport === 'phone') await page.locator('.tabs').getByRole('button', { name: 'Estado' }).tap();
      await page.getByRole('button', { name: /^(4×)$/ }).click();
      await page.locator('#play').click();
      const pill = page.locator('.long-run', { hasText: words });
      await pill.waitFor({ timeout: 60_000 });
      await checkAccessibility(page, '.transport-bar');
      const { height } = await pill.boundingBox();
      assert.ok(height >= (viewport === 'phone' ? 44 : 24), `${height}`);
      await pill.click();
      await page.locator('.long-run').waitFor({ state: 'detached', timeout: 60_000 });
      await page.waitForFunction(() => {
        const [here, all] = document.querySelector('.transport-bar .step-of').textContent.match(/\d+/g).map(Number);
        return here > 1_500 && here === all;
      });
      await page.locator('.transport-bar:focus, .transport-bar :focus').waitFor();
    });
  });
}

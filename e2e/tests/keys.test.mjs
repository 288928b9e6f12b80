// Keys belong to what has the focus, and those of one sign can be turned off in every window.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { running, withBrowser, withPage } from '../lib/page.mjs';

withBrowser();

const race = '#/lesson/race-on-a-balance';

test('Space presses the button that somebody came to by keys, and plays after a click', async () => {
  await withPage({ path: race }, async (page) => {
    const choices = page.locator('.panel-offers button.choice');
    await choices.first().waitFor();
    await page.locator('#main').focus();
    for (let tabs = 0; tabs < 60; tabs += 1) {
      await page.keyboard.press('Tab');
      if (await page.evaluate(() => document.activeElement.matches('.panel-offers button.choice'))) break;
    }
    await page.keyboard.press(' ');
    await page.locator('.step-of', { hasText: 'step 1 of 1' }).waitFor();
    await page.waitForTimeout(900);
    assert.equal(await page.locator('.step-of', { hasText: 'step 1 of 1' }).count(), 1, 'the clock did not start');
  });
});

test('keys of one sign are off in the speaker\'s window too', async () => {
  await withPage({ path: race, viewport: 'projector', storage: { 'lockstep.keys': 'off' } }, async (page) => {
    await page.getByRole('button', { name: 'Present' }).click();
    await page.locator('.stage-page .lane').first().waitFor();
    const [speaker] = await Promise.all([page.waitForEvent('popup'), page.locator('.speaker-open').first().click()]);
    await running(speaker);
    await speaker.locator('.speaker-main').waitFor();
    for (const key of ['.', '2', 'r']) await speaker.keyboard.press(key);
    await page.waitForTimeout(500);
    assert.equal(await page.locator('.stage-blank, .stage-answers .right').count(), 0);
    await page.locator('.stage-step', { hasText: 'step 0 of 0' }).waitFor();
    // A clicker's keys have names.
    await speaker.keyboard.press('PageDown');
    await page.locator('.stage-step', { hasText: 'step 2 of 4' }).waitFor();
    assert.equal(await speaker.locator('h1').count(), 1);
  });
});

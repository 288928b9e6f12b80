// The question comes first: until a lesson's question is answered, what its schedules come to is held
// back, and whoever wants it all the same has it at one button.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAccessibility, withBrowser, withPage } from '../lib/page.mjs';

withBrowser();

const race = '#/lesson/race-on-a-balance';
const veil = (page) => page.locator('.panel-schedules .question-first');
const counts = (page) => page.locator('[data-schedules="4 of 6"]');
/** All that gives the answer away, in sight or not. */
const spoils = (page) => page.locator('[data-verdict], [data-schedules], .standings, .outcomes, .panel-schedules .bar, .how-far, .transport .find').count();
const spoken = (page) => page.locator('#spoken').innerText();

test('before the answer nobody is told how many fail; with it all is told, and stays so', async () => {
  await withPage({ path: race }, async (page) => {
    await veil(page).waitFor();
    assert.match(await veil(page).innerText(), /^Answer the question first: then you see how many of the 6 schedules fail\./);
    assert.equal(await spoils(page), 0);
    await checkAccessibility(page);
    await veil(page).getByRole('button', { name: 'To the question' }).click();
    await page.locator('#step-predict:focus').waitFor();
    await page.getByRole('button', { name: 'No, the check stops the second client' }).click();
    await page.locator('.feedback', { hasText: 'Not quite.' }).waitFor();
    await counts(page).waitFor();
    await page.locator('.outcomes table').waitFor();
    assert.equal(await veil(page).count(), 0);
    await page.reload();
    await counts(page).waitFor();
  });
});

test('who wants the numbers has them at one button, and the question stays open', async () => {
  await withPage({ path: race, locale: 'es-MX' }, async (page) => {
    await veil(page).waitFor();
    assert.match(await veil(page).innerText(), /^Primero responde la pregunta: después verás cuántas de las 6 planificaciones fallan\./);
    assert.equal(await spoils(page), 0);
    await veil(page).getByRole('button', { name: 'Mostrarlo de todos modos' }).focus();
    await page.keyboard.press('Enter');
    await counts(page).waitFor();
    await page.locator('#all-schedules:focus').waitFor();
    assert.match(await spoken(page), /4 rompen una promesa/);
    assert.equal(await page.locator('.answer[aria-pressed="true"]').count(), 0);
    await page.reload();
    await counts(page).waitFor();
    await page.goto(page.url().replace(/#.*/, '#/lesson/lost-counter'));
    await veil(page).waitFor();
  });
});

test('from a moment on it is held back too, also for who listens', async () => {
  await withPage({ path: race }, async (page) => {
    await veil(page).waitFor();
    await page.locator('.panel-offers button.choice').first().click();
    await page.locator('.panel-schedules').getByRole('button', { name: 'From here' }).click();
    await page.locator('.ahead .question-first', { hasText: 'how many of the 3 schedules fail' }).waitFor();
    assert.match(await spoken(page), /Answer the question first/);
    assert.equal(await spoils(page), 0);
    await veil(page).getByRole('button', { name: 'Show it anyway' }).click();
    await page.locator('.panel-schedules .verdict', { hasText: 'From step 1 on: 2 of 3 schedules fail.' }).waitFor();
  });
});

test('from the first page to the question nobody meets the count, on a phone either', async () => {
  for (const viewport of ['desk', 'phone']) {
    await withPage({ viewport }, async (page) => {
      const meets = async () => /\b(4|2|four|two) (of|in) (the )?(6|six)\b/i.test(await page.locator('body').innerText());
      for (let click = 0; click < 4; click += 1) await page.locator('.race-step.primary').click();
      await page.locator('.race-line.bad').waitFor();
      assert.ok(!await meets(), 'on the first page');
      await page.getByRole('link', { name: 'Open this very run' }).click();
      await veil(page).waitFor({ state: 'attached' });
      assert.ok(!await meets(), 'in the lesson');
      assert.equal(await spoils(page), 0);
      if (viewport === 'phone') {
        await page.locator('.tabs').getByRole('button', { name: 'State' }).tap();
        await veil(page).getByRole('button', { name: 'To the question' }).tap();
      }
      await page.getByRole('button', { name: 'Yes', exact: true }).click();
      await counts(page).waitFor({ state: 'attached' });
      if (viewport === 'phone') await page.getByRole('button', { name: 'Find a bug' }).waitFor();
    });
  }
});

// The rhythm of a lesson: the thread through it, the answer that is kept, stops that pause playing
// with one sentence in sight, and the debrief that leads on.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withBrowser, withPage } from '../lib/page.mjs';

withBrowser();

const race = '#/lesson/race-on-a-balance';
const at = (page, step, of) => page.locator('.step-of', { hasText: `step ${step} of ${of}` }).waitFor({ state: 'attached' });
const step = (page, name) => page.locator('.thread').getByRole('button', { name });
const done = (page, name) => page.locator('.thread-step.done, .thread-step:has(.unseen)', { hasText: name }).waitFor();
const schedule = (page, name) => page.locator('.named li', { hasText: name }).getByRole('button');

/** All of an element is in the window, and nothing lies over its middle. */
const inSight = (page, selector) => page.waitForFunction((wanted) => {
  const element = document.querySelector(wanted);
  if (!element) return false;
  const { left, top, right, bottom } = element.getBoundingClientRect();
  const at = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  return top >= 0 && left >= 0 && bottom <= innerHeight && right <= innerWidth && bottom > top
    && (element.contains(at) || at?.contains(element));
}, selector);

test('the thread leads from the prediction to the next lesson', async () => {
  await withPage({ path: race }, async (page) => {
    const current = page.locator('.thread [aria-current="step"]');
    assert.match(await current.innerText(), /Predict/);
    await step(page, 'Predict').click();
    await page.getByRole('button', { name: 'Yes', exact: true }).click();
    await inSight(page, '.feedback .told');
    await done(page, 'Predict');
    assert.match(await current.innerText(), /Break it/);
    for (const name of ['client 1', 'client 2', 'client 1', 'client 2']) {
      await page.locator('.panel-offers button.choice').filter({ hasText: name }).click();
    }
    await done(page, 'Break it');
    await step(page, 'See why').click();
    await schedule(page, 'both read first').click();
    for (const stop of [1, 2, 3]) {
      await page.locator('.stop-bar .chip', { hasText: `Stop ${stop} of 3` }).waitFor();
      if (stop < 3) await page.locator('.stop-bar').getByRole('button', { name: 'Go on' }).click();
    }
    await done(page, 'See why');
    await page.locator('.panel-controls').getByRole('button', { name: 'atomic' }).click();
    await done(page, 'Fix it');
    await step(page, 'Prove it').click();
    for (const title of ['Fix it.', 'Fix it without a lock']) {
      const challenge = page.locator('.challenges > li', { hasText: title });
      await challenge.getByRole('button', { name: 'Prove it' }).click();
      await challenge.locator('.verdict.ok').waitFor();
      await inSight(page, `.challenges > li:has-text("${title}") .verdict`.replace(/:has-text\(.*\)/, `:nth-child(${title === 'Fix it.' ? 2 : 3})`));
    }
    await done(page, 'Prove it');
    await step(page, 'Debrief').click();
    await page.locator('.panel-debrief', { hasText: 'a value that was read is a memory' }).waitFor();
    await inSight(page, '#step-debrief');
    await page.locator('.next-lesson', { hasText: 'Two locks' }).click();
    await page.getByRole('region', { name: 'Why', exact: true }).getByRole('heading', { level: 1, name: 'Two locks' }).waitFor();
    assert.match(await current.innerText(), /Predict/);
  });
});

test('the answer is there again after the page was closed, and can be changed', async () => {
  await withPage({ path: race }, async (page) => {
    await page.getByRole('button', { name: 'No, the check stops the second client' }).click();
    await page.getByText('Kept on this device').waitFor();
    await page.locator('[data-schedules]').waitFor();
    await page.reload();
    await page.locator('.feedback', { hasText: 'Not quite.' }).waitFor();
    await page.getByRole('button', { name: 'Yes', exact: true }).click();
    assert.equal(await page.evaluate(() => localStorage.getItem('lockstep.answers')), 'race-on-a-balance=yes');
  });
});

for (const viewport of ['desk', 'projector', 'phone']) {
  test(`a stop pauses playing, and its sentence is in sight: ${viewport}`, async () => {
    await withPage({ path: race, viewport }, async (page) => {
      await step(page, 'See why').click();
      await schedule(page, 'both read first').click();
      await page.locator('.stop-bar.here').waitFor();
      await inSight(page, '.stop-said .told');
      await inSight(page, '.stop-on');
      await at(page, 2, 4);
      await page.locator('#spoken', { hasText: 'Stop 1 of 3. Both have read 100' }).waitFor({ state: 'attached' });
      // Nothing goes on by itself.
      await page.waitForTimeout(1200);
      await at(page, 2, 4);
      await page.locator('.stop-on').click();
      await page.locator('.stop-bar', { hasText: 'a number that is no longer true' }).waitFor();
      await at(page, 3, 4);
    });
  });
}

test('the debrief can be had before the challenges are done', async () => {
  await withPage({ path: race, locale: 'es-MX' }, async (page) => {
    assert.equal(await page.locator('.panel-debrief .prose').count(), 0);
    await page.getByRole('button', { name: 'Abrir el repaso ya' }).click();
    await page.locator('.panel-debrief .prose').waitFor();
    await inSight(page, '#step-debrief');
  });
});

test('the last lesson says what is left', async () => {
  await withPage({ path: '#/lesson/shop' }, async (page) => {
    await page.locator('.next-lesson.last', { hasText: /last lesson. \d+ lessons still have something/ }).waitFor();
    await page.locator('.next-lesson.last').getByRole('link', { name: 'To the course' }).click();
    await page.waitForFunction(() => ['', '#', '#/'].includes(location.hash));
  });
});

test('a schedule that needs other settings sets them, and the bar has its way to the end', async () => {
  await withPage({ path: '#/lesson/saga-by-events' }, async (page) => {
    const row = page.locator('.named li', { hasText: 'sold out' });
    await row.getByText(/^sets /).waitFor();
    await row.getByRole('button').click();
    await page.locator('.stop-bar.here').waitFor();
    assert.ok(await page.locator('#play').evaluate((play) => play === document.activeElement));
  });
  await withPage({ path: race }, async (page) => {
    await page.locator('.transport').getByRole('button', { name: 'Run to the end by the clock' }).click();
    await page.locator('.told', { hasText: 'The run has ended' }).waitFor();
  });
});

test('no line of code is cut, and the way to an example of an end is in sight', async () => {
  await withPage({ path: '#/lesson/saga-by-events', viewport: 'projector' }, async (page) => {
    await page.locator('.lane .code').first().waitFor();
    const cut = await page.$$eval('.lane .code', (codes) => codes.filter((code) => code.scrollWidth > code.clientWidth + 1).length);
    assert.equal(cut, 0);
  });
});

// What every schedule comes to: the answer first, the shortest failure of each lesson and what
// mends it, a search that is stopped, and what may still happen from a moment on.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAccessibility, told, withBrowser, withPage } from '../lib/page.mjs';

withBrowser();

const race = '#/lesson/race-on-a-balance';
// Of their questions `veil.test.mjs` speaks.
const storage = told('race-on-a-balance', 'two-locks');
const counts = (page, text) => page.locator(`[data-schedules="${text}"]`).waitFor();
const at = (page, step, of) => page.locator('.step-of', { hasText: `step ${step} of ${of}` }).waitFor();
const shortest = (page) => page.getByRole('button', { name: 'Show the shortest failure' });
const said = (page, text) => page.locator('.panel-schedules .verdict', { hasText: text }).waitFor();
const button = (page, name) => page.locator('.panel-schedules').getByRole('button', { name, exact: true });

// Each lesson with the parameters that mend it, where it has any that do.
const lessons = [
  ['lost-counter', { guard: 'lock' }],
  ['race-on-a-balance', { guard: 'lock' }],
  ['two-locks', { order: 'same' }],
  ['philosophers', { fix: 'last_reversed' }],
  ['lost-wakeup', { look: 'loop' }],
  ['readers-and-writers', { guard: 'rwlock' }],
  ['connection-pool', { shape: 'flat' }],
  ['starvation', null],
  ['lease-and-fencing', { check: 'on_read_too' }],
  ['one-clerk', { path: 'slips' }],
  ['same-message-twice', { guard: 'one_step' }],
  ['poison-message', { failed: 'set_aside' }],
  ['fast-and-slow', null],
  ['order-by-key', { key: 'parcel' }],
  ['slow-subscriber', null],
  ['background-task', { path: 'at_once' }],
  ['chat-room', { full: 'reject' }],
  ['event-stream', { back: 'last_id' }],
];

for (const [id, mended] of lessons) {
  test(`the shortest failure of ${id} is opened and stepped, and what mends it leaves none`, async () => {
    await withPage({ path: `#/lesson/${id}`, storage: told(id) }, async (page) => {
      const verdict = page.locator('.panel-schedules [data-schedules]');
      await verdict.waitFor();
      assert.equal(await verdict.getAttribute('data-verdict'), 'broken');
      await shortest(page).click();
      const step = page.locator('.step-of', { hasText: /step [1-9]\d* of/ });
      await step.waitFor();
      const [now, of] = (await step.innerText()).match(/\d+/g).map(Number);
      assert.equal(now, of, 'it opens at its end');
      await page.getByRole('button', { name: 'Step back' }).click();
      await at(page, of - 1, of);
      await page.getByRole('button', { name: 'Step on' }).click();
      await at(page, of, of);
      if (!mended) return;
      const settings = Object.entries(mended).map(([name, value]) => `&${name}=${value}`).join('');
      await page.goto(page.url().replace(/#.*/, `#/lesson/${id}?v=1${settings}`));
      await page.locator('[data-schedules^="0 of "]').waitFor();
      assert.equal(await page.locator('.panel-schedules [data-verdict]').getAttribute('data-verdict'), 'holds');
      assert.equal(await shortest(page).count(), 0);
      assert.equal(await page.locator('.standings .broken').count(), 0);
    });
  });
}

// Processes that never meet: their orders make no difference, so the answer is known at once; of
// the states there are too many to be seen.
const nine = [1, 2, 3, 4, 5, 6, 7, 8, 9];
const apart = [
  'scenario "Apart"',
  ...nine.map((n) => `var x${n} = 0`),
  ...nine.map((n) => `process p${n} {\n${`x${n} += 1\n`.repeat(4)}}`),
  'finally x1 == 4 "its own is all there"',
].join('\n');
// All write one thing, so nothing can be left out.
const together = `scenario "Together"
var x = 0
process p * 9 { repeat 4 { x += self } }
finally x >= 0 "never negative"
`;
const write = async (page, text) => {
  await page.locator('#editor-text').fill(text);
  await page.locator('.lane-head, .lane-chip').first().waitFor();
};

test('the answer is seen before the schedules are counted', async () => {
  await withPage({ path: '#/own' }, async (page) => {
    // Everything that the panel says on the way, in order: what comes next may come soon.
    await page.evaluate(() => {
      globalThis.seen = [];
      const look = () => {
        const panel = document.querySelector('.panel-schedules');
        const verdict = panel?.querySelector('[data-verdict]');
        globalThis.seen.push({
          counting: Boolean(panel?.querySelector('.exploring progress')),
          verdict: verdict?.dataset.verdict,
          said: verdict?.innerText,
        });
      };
      new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
    });
    await write(page, apart);
    await page.waitForFunction(() => globalThis.seen.some(({ counting, verdict }) => counting && verdict === 'holds'));
    const seen = await page.evaluate(() => globalThis.seen);
    const first = seen.find(({ verdict }) => verdict === 'holds');
    assert.deepEqual(first, { counting: true, verdict: 'holds', said: 'Nothing can go wrong.' });
    // However counting ends, the answer stays.
    await page.locator('.panel-schedules .exploring').waitFor({ state: 'detached', timeout: 60_000 });
    await page.locator('[data-verdict="holds"]', { hasText: 'No schedule fails.' }).waitFor();
    await page.locator('.how-far', { hasText: /^The answer is about every schedule\. Counting them stopped/ }).waitFor();
    assert.equal(await page.locator('[data-schedules]').count(), 0, 'no count is claimed');
  });
});

test('a search that takes minutes tells how far it is, does not stop stepping, and stops at once', async () => {
  await withPage({ path: '#/own' }, async (page) => {
    await write(page, together);
    await page.locator('.pace-of-search', { hasText: /\d states · .* a second · \d+ s/ }).waitFor();
    await page.keyboard.press('Escape');
    const offers = page.locator('.panel-offers button.choice');
    await offers.first().click();
    await at(page, 1, 1);
    await offers.nth(1).click();
    await at(page, 2, 2);
    await page.locator('.exploring progress').waitFor();
    await button(page, 'Cancel').click();
    await page.locator('.exploring progress').waitFor({ state: 'detached' });
    await page.locator('.exploring', { hasText: 'Stopped before' }).waitFor();
    await offers.first().click();
    await at(page, 3, 3);
    // The worker is there for the next question.
    await page.locator('#editor-text').fill('scenario "s"\nvar x = 0\nprocess p { x = 1 }\nalways x >= 0\n');
    await counts(page, '0 of 1');
  });
});

test('from a moment on: what may still happen, and what was asked stays what it is', async () => {
  await withPage({ path: race, storage }, async (page) => {
    await counts(page, '4 of 6');
    assert.ok(await button(page, 'From here').isDisabled(), 'at the start it is the same question');
    await page.keyboard.press('1');
    await at(page, 1, 1);
    await button(page, 'From here').click();
    await said(page, 'From step 1 on: 2 of 3 schedules fail.');
    await page.keyboard.press('2');
    await at(page, 2, 2);
    await page.locator('.ahead.elsewhere[data-from="1"]').waitFor();
    await checkAccessibility(page);
    await said(page, 'From step 1 on: 2 of 3 schedules fail.');
    await button(page, 'Ask from step 2').click();
    await said(page, 'From step 2 on: 2 of 2 schedules fail.');
    assert.equal(await page.locator('.ahead.elsewhere').count(), 0);
    await page.keyboard.press('Home');
    await at(page, 0, 2);
    await shortest(page).click();
    await at(page, 4, 4);
    await page.waitForFunction(() => /picks=1\.2\./.test(location.hash));
    await page.getByText('broken at step 4').waitFor();
    await button(page, 'From the start').click();
    await counts(page, '4 of 6');
  });
});

test('a deadlock says who waits for whom, in both languages, and each failure has its own way', async () => {
  await withPage({ path: '#/lesson/two-locks', storage }, async (page) => {
    await counts(page, '2 of 6');
    const waits = page.locator('.who-waits-for');
    assert.match(await waits.innerText(), /waits for account\[\d\], held by (ana|ben); /);
    await page.getByRole('button', { name: 'ES', exact: true }).click();
    await page.locator('.who-waits-for', { hasText: /espera a account\[\d\], que tiene (ana|ben); / }).waitFor();
    const ways = page.locator('.standings .broken button');
    if (await ways.count() > 0) {
      await ways.last().click();
      await page.locator('.step-of', { hasText: /paso 2 de 2/ }).waitFor();
    }
  });
});

test('how far and how sure: in words, with the chance of a mistake', async () => {
  await withPage({ path: race, storage }, async (page) => {
    await counts(page, '4 of 6');
    await page.locator('.how-far', { hasText: 'Every schedule was looked at.' }).waitFor();
    const more = page.locator('.how-sure');
    await more.locator('summary').click();
    await more.getByText(/a chance below 10⁻[⁰¹²³⁴⁵⁶⁷⁸⁹]+/).waitFor();
  });
});

test('on a phone, finding a bug leads to the picture', async () => {
  await withPage({ path: race, viewport: 'phone', storage }, async (page) => {
    await page.locator('[data-schedules]').waitFor({ state: 'attached' });
    await page.getByRole('button', { name: 'Find a bug' }).tap();
    const picture = page.locator('#panel-timeline');
    await picture.waitFor({ state: 'visible' });
    await page.waitForFunction(() => {
      const { top, bottom } = document.querySelector('#panel-timeline').getBoundingClientRect();
      return top < innerHeight && bottom > 0;
    });
    await page.locator('.step-of', { hasText: 'step 4 of 4' }).waitFor();
  });
});

for (const [name, options] of [
  ['light', {}], ['dark and Spanish', { theme: 'dark', locale: 'es-MX' }], ['a phone', { viewport: 'phone' }],
]) {
  test(`axe finds nothing serious where failures are listed: ${name}`, async () => {
    await withPage({ path: '#/lesson/two-locks', storage, ...options }, async (page) => {
      await page.locator('[data-schedules]').waitFor({ state: 'attached' });
      if (name === 'a phone') await page.locator('.tabs').getByRole('button', { name: 'State' }).tap();
      await page.locator('.how-sure summary').click();
      await checkAccessibility(page);
    });
  });
}

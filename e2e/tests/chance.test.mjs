// How likely a failure is from the moment shown, and along the run.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { checkAccessibility, withBrowser, withPage } from '../lib/page.mjs';

withBrowser();

const own = (text, query = '') =>
  `#/own?v=1${query}&text=${deflateRawSync(Buffer.from(text)).toString('base64url')}`;
const at = (page, step, of) => page.locator('.step-of', { hasText: new RegExp(`(step|paso) ${step} (of|de) ${of}`) }).waitFor();
const panel = (page) => page.locator('.panel-chance');
const found = (page) => page.locator('[data-chance]');

// One in four ends broken; the second of four steps decides it.
const coin = `scenario "A coin"
var x = 0
var y = 0
process p {
  y = 1
  let bad = chance(25%)
  y = 2
  if bad { x = 1 } else { y = 3 }
}
always x == 0 "x stays"
`;
// Takes many seconds to be tried, in any browser.
const long = `scenario "Long"
var x = 0
process p * 3 { for i in 1..30000 { x += 1 } }
always x >= 0
`;

async function ask(page) {
  await page.getByRole('button', { name: /How likely from here|Qué probabilidad hay/ }).click();
}

async function done(page) {
  await page.locator('#spoken', { hasText: /continuations? ends? broken|continuaci/ }).waitFor({ state: 'attached' });
}

for (const [name, options] of [['light', {}], ['dark, in Spanish', { theme: 'dark', locale: 'es-MX' }]]) {
  test(`a moment is asked about, and the curve over the run seeks: ${name}`, async () => {
    await withPage({ path: own(coin, '&picks=1.1.1.1&at=1'), ...options }, async (page) => {
      await at(page, 1, 4);
      await ask(page);
      await done(page);
      const [broken, all] = (await found(page).getAttribute('data-chance')).split(' of ').map(Number);
      assert.equal(all, 200);
      assert.ok(broken > 30 && broken < 75, `${broken} of 200`);
      assert.match(await panel(page).innerText(), new RegExp(`${broken} (of|de) 200 .*\\d+\\s% (to|a) \\d+\\s%`));
      assert.match(await page.locator('#spoken').innerText(), new RegExp(`^${broken} (of|de) 200`));
      // The draw made it certain, one way or the other; all five moments are in table and curve.
      const table = page.locator('.chance-table');
      await table.locator('summary').click();
      assert.equal(await table.locator('tbody tr').count(), 5);
      const after = await table.locator('tbody tr').nth(2).innerText();
      assert.match(after, /^2\s+(0|100)\s%/);
      const curve = page.locator('.chance-curve');
      assert.equal(await curve.locator('.reach').count(), 5);
      await curve.locator('.reach').nth(3).click();
      await at(page, 3, 4);
      // The curve stays, and tells of this moment too.
      assert.equal(await curve.locator('.reach').count(), 5);
      assert.match(await found(page).getAttribute('data-chance'), /^(0|100) of 100$/);
      await table.getByRole('button', { name: /(step|paso) 0/ }).click();
      await at(page, 0, 4);
      await checkAccessibility(page);
    });
  });
}

test('the step that made failure likely is named', async () => {
  await withPage({ path: own(coin, '&picks=1.1.1.1&at=4') }, async (page) => {
    await at(page, 4, 4);
    const bad = await page.getByText('broken at step 4').count();
    if (bad === 0) {
      await page.goto(page.url().replace('picks=1.1.1.1', 'picks=1.2.1.1'));
      await page.getByText('broken at step 4').waitFor();
    }
    await ask(page);
    await done(page);
    assert.match(await panel(page).innerText(), /Failure became likely here: step 2, from \d+\s% to 100\s%/);
    assert.match(await panel(page).innerText(), /broken already/);
    assert.equal(await page.locator('.chance-curve .rise').count(), 1);
  });
});

test('stepping stops the trying at once, and is not held up by it', async () => {
  await withPage({ path: own(long) }, async (page) => {
    await page.locator('.panel-offers button.choice').first().waitFor();
    await ask(page);
    await panel(page).getByText(/^Trying/).waitFor();
    await page.getByRole('button', { name: 'Step on' }).first().click();
    await at(page, 1, 1);
    await panel(page).getByText('Stopped.').waitFor();
    assert.equal(await panel(page).getByRole('button', { name: 'Stop', exact: true }).count(), 0);
    // By hand too; and the question can be asked again.
    await ask(page);
    await panel(page).getByText(/^Trying/).waitFor();
    await panel(page).getByRole('button', { name: 'Stop', exact: true }).click();
    await panel(page).getByText('Stopped.').waitFor();
    await page.getByRole('button', { name: 'How likely from here?' }).waitFor();
  });
});

test('on a phone the panel is with the state and the curve with the timeline', async () => {
  await withPage({ path: own(coin, '&picks=1.1.1.1&at=1'), viewport: 'phone' }, async (page) => {
    await page.locator('.tabs').getByRole('button', { name: 'State' }).tap();
    await ask(page);
    await done(page);
    await page.locator('.tabs').getByRole('button', { name: 'Timeline' }).tap();
    await page.locator('.chance-curve').waitFor();
    const box = await page.locator('.chance-curve').boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= 390, JSON.stringify(box));
    await page.locator('.chance-curve .reach').nth(3).tap();
    await page.waitForFunction(() => document.getElementById('scrubber').value === '3');
    await page.locator('.chance-curve .here').waitFor();
  });
});

// Databases: rows with their versions, who sees and holds them, who waits for whom, and why
// transactions are refused.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { checkAccessibility, toStage, withBrowser, withPage } from '../lib/page.mjs';

withBrowser();

const own = (text) => `#/own?v=1&text=${deflateRawSync(Buffer.from(text)).toString('base64url')}`;
const open = async (page) => {
  await page.locator('.step-of').waitFor();
  await toStage(page);
};
/** Lets the possible steps of these numbers happen, one after the other. */
const pick = async (page, ...numbers) => {
  for (const number of numbers) {
    const before = Number((await page.locator('.step-of').textContent()).match(/\d+/)[0]);
    await page.keyboard.press(String(number));
    await page.locator('.step-of', { hasText: new RegExp(`\\b${before + 1}\\b`) }).first().waitFor({ state: 'attached' });
  }
};
const tables = (page) => page.locator('.panel-tables');
const row = (page, key) => tables(page).locator('tbody tr', { has: page.locator(`th:text-is("${key}")`) });

const two = (level) => `scenario "Two writers"
database db (isolation: ${level}) { table test = { 1: 10, 2: 20 } }
process a { transaction db { let seen = test[1]
  test[1] = seen + 1 } }
process b { transaction db { let seen = test[1]
  test[1] = seen + 1 } }
`;

for (const [name, options, words] of [
  ['in English', {}, { open: 'of a, not committed', sees: 'seen by b', lock: 'locked by a', wait: 'awaited by b', why: /which a had changed and committed since its snapshot/ }],
  ['in Spanish, dark', { locale: 'es-MX', theme: 'dark' }, { open: 'de a, sin commit', sees: 'la ve: b', lock: 'bloqueada por a', wait: 'la espera: b', why: /que a había cambiado con commit después de su snapshot/ }],
]) {
  test(`versions, who sees them, and the first updater, ${name}`, async () => {
    await withPage({ path: own(two('repeatable_read')), ...options }, async (page) => {
      await open(page);
      await pick(page, 1, 2, 1);
      const versions = row(page, 1).locator('.version');
      assert.equal(await versions.count(), 2);
      assert.match(await versions.nth(0).innerText(), /10/);
      assert.equal(await versions.nth(0).getAttribute('title'), words.sees);
      assert.equal(await versions.nth(1).getAttribute('title'), words.open);
      assert.match(await versions.nth(1).getAttribute('class'), /open/);
      assert.equal(await row(page, 1).locator('.lock').getAttribute('title'), words.lock);
      assert.equal(await tables(page).locator('.transaction .snap').count(), 2);
      await pick(page, 2);
      assert.equal(await row(page, 1).locator('.row-waits').getAttribute('title'), words.wait);
      await checkAccessibility(page);
      await pick(page, 1, 1);
      assert.equal(await tables(page).locator('.transaction').count(), 0);
      assert.equal(await versions.count(), 1);
      await page.locator('.panes').getByRole('button', { name: /^(Timeline|Línea de tiempo)$/ }).waitFor();
      // Both bands are there, one ended by a commit and one not.
      assert.equal(await page.locator('.transaction-band').count(), 3, 'two, and one in the legend');
      assert.match(await page.locator('.timeline-picture').innerHTML(), words.why);
    });
  });
}

test('a circle of waiters is drawn and told, and whoever is chosen goes', async () => {
  const text = `scenario "Crossed"
database bank (isolation: read_committed) { table accounts = { 1: 100, 2: 100 } }
process there { transaction bank { accounts[1] = 90
  accounts[2] = 110 } }
process back { transaction bank { accounts[2] = 90
  accounts[1] = 110 } }
`;
  await withPage({ path: own(text) }, async (page) => {
    await open(page);
    await pick(page, 1, 2, 1, 1);
    const graph = tables(page).locator('.row-graph');
    assert.equal(await graph.locator('.wait-node.circle').count(), 2);
    assert.match(await graph.locator('.told-circle').innerText(), /there → back → there/);
    const offers = await page.locator('.panel-offers').innerText();
    assert.match(offers, /is chosen as the victim of the deadlock/);
    await checkAccessibility(page);
    await pick(page, 2);
    assert.equal(await graph.count(), 0);
    assert.match(await page.locator('.timeline-picture').innerHTML(), /victim of the deadlock/);
  });
});

test('what was read and has been changed since is drawn and told', async () => {
  const text = `scenario "Doctors"
database ward (isolation: serializable) { table doctors = { 1: 1, 2: 1 } }
process doctor * 2 {
  transaction ward {
    let on_call = sum(doctors)
    if on_call == 2 { doctors[self] = 0 }
  }
}
`;
  await withPage({ path: own(text), viewport: 'phone' }, async (page) => {
    await page.locator('.step-of').waitFor({ state: 'attached' });
    await page.getByRole('button', { name: 'State', exact: true }).click();
    await page.locator('#main').focus();
    await pick(page, 1, 2, 1, 2);
    const reads = tables(page).locator('.row-graph.reads');
    assert.equal(await reads.locator('.wait-edge').count(), 2);
    assert.match(await reads.innerText(), /doctor 1 read doctors.*, which doctor 2 has since changed/);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 390, `the page is ${wide} wide`);
    await checkAccessibility(page);
  });
});

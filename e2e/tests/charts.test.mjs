// What is measured: charts on the one cursor, goals, numbers.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { checkAccessibility, withBrowser, withPage } from '../lib/page.mjs';

withBrowser();

const own = (text) => `#/own?v=1&text=${deflateRawSync(Buffer.from(text)).toString('base64url')}`;
const panel = (page) => page.locator('.panel-charts');

// Ten seconds; what is asked of latency is impossible, what is asked of the rate is easy.
const gate = `scenario "A busy gate"
run (for: 10s)
semaphore gate (permits: 3)
process client every exp(40ms) {
  with gate { work exp(90ms) }
}
goal client.latency.p99 < 1ms "quick for nearly everybody"
goal client.ok.rate > 5/s
chart "who waits" gate.waiting, gate.busy
`;

async function open(page) {
  await page.locator('.panes').getByRole('button', { name: /Charts|Gráficas/ }).click();
  await panel(page).waitFor();
}

async function run(page) {
  await panel(page).getByText(/No time has passed|no ha pasado el tiempo/).waitFor();
  await panel(page).getByRole('button', { name: /to the end|hasta el final/ }).click();
  await panel(page).getByText(/measured up to 10 s|medido hasta 10 s/).waitFor();
}

for (const [name, options] of [['light', {}], ['dark, in Spanish', { theme: 'dark', locale: 'es-MX' }]]) {
  test(`a run is measured and drawn, and a click in a chart seeks: ${name}`, async () => {
    await withPage({ path: own(gate), ...options }, async (page) => {
      await open(page);
      await run(page);
      const plots = panel(page).locator('.plot');
      // The text's own chart comes first, then how many a second and how long.
      assert.match(await plots.first().locator('figcaption').innerText(), /^who waits$/);
      assert.ok(await plots.count() >= 3);
      assert.equal(await plots.first().locator('.plot-line[data-line]').count(), 2);
      const label = await plots.nth(2).locator('.plot-picture').getAttribute('aria-label');
      assert.match(label, /^client: laten\S+\. p50 (between|entre) .* ms; p95 /);

      const cursor = () => plots.first().locator('.now').getAttribute('x1');
      // Its last step is a moment before its end.
      assert.ok(parseFloat(await cursor()) > 97, await cursor());
      const reach = plots.nth(1).locator('.reach');
      const { width } = await reach.boundingBox();
      await reach.click({ position: { x: width / 2, y: 40 } });
      await page.waitForFunction(() => parseFloat(document.querySelector('.plot .now').getAttribute('x1')) < 60);
      assert.ok(Math.abs(parseFloat(await cursor()) - 50) < 4, await cursor());

      // The numbers, and from them to another moment.
      await plots.nth(1).getByRole('button', { name: /^(Numbers|Números)$/ }).click();
      const rows = plots.nth(1).locator('tbody tr');
      assert.ok(await rows.count() > 20);
      await rows.first().getByRole('button').click();
      await page.waitForFunction(() => parseFloat(document.querySelector('.plot .now').getAttribute('x1')) < 4);
      await checkAccessibility(page);
    });
  });
}

test('goals stand among the promises, and measures are searched and copied', async () => {
  await withPage({ path: own(gate) }, async (page) => {
    // Nobody has looked at the charts yet.
    const goals = page.locator('.panel-promises .goal');
    await goals.nth(1).waitFor();
    await open(page);
    await run(page);
    await goals.first().getByText('missed').waitFor();
    await goals.nth(1).getByText('met').waitFor();
    assert.match(await goals.first().innerText(), /client\.latency\.p99 = [\d.]+ m?s/);

    await panel(page).getByRole('searchbox').fill('latency.p9');
    const names = panel(page).locator('.measures tbody th');
    await page.waitForFunction(() => document.querySelectorAll('.measures tbody tr').length < 10);
    for (const name of await names.allInnerTexts()) assert.match(name, /latency\.p9/);
    await panel(page).locator('.measures').getByRole('button', { name: 'Copy as CSV' }).click();
    await page.getByText('Copied as CSV').first().waitFor();
    const text = await page.evaluate(() => navigator.clipboard.readText());
    assert.match(text, /^name,value,unit\n/);
    assert.match(text, /\nclient\.ok,\d+,count\n/);
    assert.match(text, /\nclient\.latency\.p99,\d+,ns\n/);
  });
});

test('on a phone the charts are a tab and fit', async () => {
  await withPage({ path: own(gate), viewport: 'phone' }, async (page) => {
    await page.locator('.tabs').getByRole('button', { name: 'Charts' }).tap();
    await run(page);
    const box = await panel(page).locator('.plot').first().boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= 390, JSON.stringify(box));
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390);
  });
});

// How well a run went, services with their requests, and one request's life.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { checkAccessibility, toStage, withBrowser, withPage } from '../lib/page.mjs';

withBrowser();

const own = (text) => `#/own?v=1&text=${deflateRawSync(Buffer.from(text)).toString('base64url')}`;
const opened = async (page) => {
  await page.locator('.step-of').waitFor();
  await toStage(page);
};
/** Steps on by the clock, at the end of the line, until it has so many steps. */
const on = async (page, to, from = 0) => {
  for (let step = from + 1; step <= to; step += 1) {
    await page.keyboard.press('ArrowRight');
    await page.locator('.step-of', { hasText: new RegExp(` ${step} (of|de) ${step}$`) }).waitFor();
  }
};

const bank = `scenario "A bank"
service bank (workers: 1) { on pay(amount) { work 10ms; return amount } }
link client -> bank (latency: 20ms)
link bank -> client (latency: 20ms)
process client * 2 { call bank.pay(80) within 200ms }
`;

test('a request goes over its wire, waits for a worker, and its answer comes back', async () => {
  await withPage({ path: own(bank) }, async (page) => {
    await opened(page);
    await page.locator('#panel-system .sys-node.service').waitFor();
    assert.equal(await page.locator('.sys-slot.worker').count(), 1);
    assert.equal(await page.locator('.sys-edge.calls, .sys-edge.answers').count(), 2);
    await on(page, 2);
    assert.equal(await page.locator('.token.request').count(), 2);
    assert.match(await page.locator('.sys-node.process').innerHTML(), /awaits pay \d/);
    await on(page, 7, 2);
    const said = page.locator('.sys-hit.of-node[aria-label^="bank"]');
    assert.match(await said.getAttribute('aria-label'), /1\/1 busy, 1 waiting/);
    const cards = page.locator('.lane');
    assert.equal(await cards.count(), 4, 'two clients and their requests');
    await checkAccessibility(page);
    await page.keyboard.press('End');
    await page.locator('.transport .play').click();
    await page.locator('.told.ok').waitFor();
    assert.equal(await page.locator('.lane.room').count(), 2, 'the places of requests stay');
    assert.equal(await cards.count(), 4);
    assert.equal(await page.locator('.token.request').count(), 0);
  });
});

for (const [name, options, words] of [
  ['in English', {}, /waits.*work.*answer under way/s],
  ['in Spanish', { locale: 'es-MX', theme: 'dark' }, /espera.*trabajo.*respuesta en camino/s],
]) {
  test(`one request is told from its call to its answer, ${name}`, async () => {
    await withPage({ path: own(bank), ...options }, async (page) => {
      await opened(page);
      await on(page, 2);
      await page.locator('.transport .play').click();
      await page.locator('.told.ok').waitFor();
      // Of the steps of the timeline the last is the answer that came later.
      await page.getByRole('button', { name: /^(Timeline|Línea de tiempo)$/ }).click();
      await page.locator('.timeline-picture .step').last().click();
      await page.locator('#panel-why .request-open').click();
      const panel = page.locator('#panel-request');
      await panel.waitFor();
      assert.equal(await panel.locator('.life-row').count(), 2, 'the client, and its call');
      const call = panel.locator('.life-row.deep-1 button');
      assert.match(await call.textContent(), words);
      assert.match(await call.textContent(), /60 ms/);
      await checkAccessibility(page);
      await call.click();
      await page.locator('.life-row.later').first().waitFor({ state: 'detached' });
      await panel.getByRole('button', { name: /^(Close|Cerrar)$/ }).click();
      await panel.waitFor({ state: 'detached' });
    });
  });
}

const waits = `scenario "Waits"
lock page
process quick * 2 { work 10ms; sleep 10ms; with page { work 10ms } }
process slow { sleep 5ms; with page { sleep 200ms } }
process late { sleep 300ms; fail gone }
`;

test('below the scrubber is seen how well the run went, and the pointer finds it by time', async () => {
  await withPage({ path: own(waits) }, async (page) => {
    await opened(page);
    await page.locator('.transport .play').click();
    await page.getByText('failed:').waitFor();
    await page.locator('.heat.strained').waitFor({ state: 'attached' });
    await page.locator('.heat.errors').waitFor({ state: 'attached' });
    assert.match(await page.locator('#health').textContent(), /70 ms to 215 ms: somebody waits long/);
    const box = await page.locator('.scrub-reach').boundingBox();
    const strained = await page.locator('.heat.strained').boundingBox();
    assert.ok(strained.height < (await page.locator('.heat.errors').boundingBox()).height, 'worse is higher');
    await page.mouse.click(strained.x + strained.width / 2, box.y + box.height / 2);
    const text = page.locator('#scrubber');
    await page.waitForFunction(() => /waits long/.test(document.getElementById('scrubber').ariaValueText ?? document.getElementById('scrubber').getAttribute('aria-valuetext')));
    const step = Number(await text.inputValue());
    await text.focus();
    await page.keyboard.press('ArrowLeft');
    await page.waitForFunction((was) => Number(document.getElementById('scrubber').value) === was - 1, step);
    await page.locator('.heat-later').waitFor({ state: 'attached' });
    await checkAccessibility(page);
  });
});

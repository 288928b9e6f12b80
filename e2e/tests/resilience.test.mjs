// Theory beside what is measured, breakers in each state, and slow requests one click from a chart.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { checkAccessibility, toStage, withBrowser, withPage } from '../lib/page.mjs';

withBrowser();

const own = (text) => `#/own?v=1&text=${deflateRawSync(Buffer.from(text)).toString('base64url')}`;
const charts = (page) => page.locator('.panel-charts');
const opened = async (page) => {
  await page.locator('.step-of').waitFor();
  await toStage(page);
};
/** Shows the charts and lets the clock run to the end of the run's time. */
const run = async (page, time) => {
  await page.locator('.panes').getByRole('button', { name: /^(Charts|Gráficas)$/ }).click();
  await charts(page).getByRole('button', { name: /to the end|hasta el final/ }).click();
  await charts(page).getByText(new RegExp(`(measured up to|medido hasta) ${time} s`)).waitFor();
};

const desk = `scenario "A desk and its line"
run (for: 40s)
service desk (workers: 1) { on serve() { work exp(100ms) } }
service door (workers: 1, replicas: 2) { on enter() { work 1ms } }
process customer every exp(5/s) { call desk.serve() }
process guest every exp(1/s) { call door.enter() }
chart "Line" desk.queued
chart "Times" desk.latency.p99
`;

for (const [name, options, heads, none] of [
  ['in English', {}, ['measured', 'theory', 'difference'], /says nothing here: it has several replicas/],
  ['in Spanish, dark', { locale: 'es-MX', theme: 'dark' }, ['medido', 'teoría', 'diferencia'], /aquí no dice nada: tiene varias réplicas/],
]) {
  test(`theory stands beside what is measured, or says why not, ${name}`, async () => {
    await withPage({ path: own(desk), ...options }, async (page) => {
      await opened(page);
      await run(page, 40);
      const known = charts(page).locator('.theory[data-of="desk"]');
      await known.waitFor();
      assert.deepEqual((await known.locator('thead th').allInnerTexts()).slice(1), heads);
      assert.match(await known.innerText(), /M\/M\/1/);
      const mean = known.locator('tbody tr', { hasText: 'latency.mean' });
      const [measured, theory, off] = await mean.locator('td').allInnerTexts();
      assert.equal(theory, '200 ms');
      assert.match(measured, /^\d+([.,]\d+)? ms$/);
      assert.match(off.replace(/\s/g, ' '), /^[+−][\d.,]+ (ms|µs) \([+−][\d.,]+ %\)$/);
      assert.match(await charts(page).locator('.theory.none[data-of="door"]').innerText(), none);
      // It is drawn where it belongs: across the line's length, and across the latencies.
      const plot = (words) => charts(page).locator('.plot', { has: page.locator('figcaption', { hasText: words }) });
      const drawn = plot(/^Times$/);
      assert.equal(await drawn.locator('.theory-line').count(), 1);
      assert.match(await drawn.locator('.theory-name').innerHTML(), /latency\.p99: 921/);
      assert.match(await drawn.locator('.plot-picture').getAttribute('aria-label'), /(theory|teoría), desk\.latency\.p99: 921/);
      const line = plot(/^Line$/);
      assert.equal(await line.locator('.theory-line').count(), 1);
      assert.equal(await line.locator('.theory[data-of="desk"]').count(), 1, 'its numbers stand below it');
      assert.equal(await plot(/^guest: laten/).locator('.theory-line').count(), 0);
      await checkAccessibility(page);
    });
  });
}

// Payments fail once, are well then: it opens, tries, closes.
const guarded = `scenario "A guarded call"
service pay (workers: 2) { on charge(n) { work 10ms; if n <= 4 { fail broken } } }
breaker guard (window: 4, minimum: 4, failures: 50%, open: 300ms, probes: 2)
process request every 50ms times 16 { try { with guard { call pay.charge(self) } } catch { outcome gave_up } }
`;

for (const [name, options, words] of [
  ['', {}, { open: 'open', half: 'half open', closed: 'closed', left: /lets a call try in \d/, slots: /1 of 2 tries/, sum: /opened once, \d+ of 16 calls turned away/ }],
  [', in Spanish on a phone', { locale: 'es-MX', viewport: 'phone' }, { open: 'abierto', half: 'semiabierto', closed: 'cerrado', left: /deja probar en \d/, slots: /1 de 2 pruebas/, sum: /abrió 1 vez, rechazó \d+ de 16/ }],
]) {
  test(`a breaker is seen closed, open and half open${name}`, async () => {
    await withPage({ path: own(guarded), ...options }, async (page) => {
      if (options.viewport === 'phone') await page.locator('.tabs').getByRole('button', { name: /^(State|Estado)$/ }).click();
      else await opened(page);
      const panel = page.locator('.panel-breaker');
      const chip = panel.locator('.chip');
      await panel.waitFor();
      assert.equal(await chip.innerText(), words.closed);
      assert.equal(await panel.locator('.breaker-cell.empty').count(), 4);
      /** Steps on by the clock until the breaker is in a state. */
      const until = async (state) => {
        for (let step = 0; step < 150 && await chip.innerText() !== state; step += 1) {
          const was = await page.locator('.step-of').textContent();
          await page.keyboard.press('ArrowRight');
          await page.waitForFunction((old) => document.querySelector('.step-of').textContent !== old, was);
        }
        assert.equal(await chip.innerText(), state);
      };
      await until(words.open);
      assert.match(await panel.innerText(), words.left);
      const left = parseFloat(await panel.locator('.cooling .left').getAttribute('width'));
      assert.ok(left > 90, `all of the cool-down is left: ${left} %`);
      await checkAccessibility(page);
      await until(words.half);
      assert.match(await panel.innerText(), words.slots);
      assert.equal(await panel.locator('.breaker-probe').count(), 2);
      assert.equal(await panel.locator('.breaker-probe.taken').count(), 1);
      await checkAccessibility(page);
      await until(words.closed);
      const phone = options.viewport === 'phone';
      const tab = (name) => page.locator(phone ? '.tabs' : '.panes').getByRole('button', { name }).click();
      await tab(/^(Charts|Gráficas)$/);
      await charts(page).getByRole('button', { name: /to the end|hasta el final/ }).click();
      await page.waitForFunction(() => document.querySelector('.charts-run')?.disabled);
      if (phone) await tab(/^(State|Estado)$/);
      await panel.getByText(words.sum).waitFor();
      assert.ok(await panel.locator('.breaker-cell.ok').count() > 0);
    });
  });
}

// Among thousands of steps of others one call that takes ten seconds.
const slow = `scenario "One slow among many"
run (for: 40s)
service bank { on pay() { sleep 10s } }
process other every 15ms { sleep 1ms; sleep 1ms }
process client { sleep 9s; call bank.pay(); sleep 1s }
`;

test('the request at p99 is one click from its chart, and is told whole from anywhere', async () => {
  await withPage({ path: own(slow) }, async (page) => {
    await opened(page);
    await run(page, 40);
    const plot = charts(page).locator('.plot', { has: page.locator('figcaption', { hasText: /^client: latency/ }) });
    await plot.locator('.slow-requests').getByRole('button', { name: /p99/ }).click();
    const panel = page.locator('#panel-request');
    await panel.waitFor();
    const whole = async () => {
      assert.equal(await panel.locator('.life-row').count(), 2, 'the client, and its call');
      assert.match(await panel.locator('.card-head').innerText(), /11 s · 1 call/);
      assert.match(await panel.locator('.life-row.deep-1').innerText(), /10 s/);
      assert.equal(await panel.getByText(/not among the steps/).count(), 0);
    };
    await whole();
    await checkAccessibility(page);
    await page.keyboard.press('Home');
    await page.locator('.step-of', { hasText: / 0 of / }).waitFor();
    await panel.locator('.life-row.later').first().waitFor();
    await whole();
  });
});

// The system view: what exists, messages under way, menus, views side by side, and why.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { checkAccessibility, toStage, withBrowser, withPage } from '../lib/page.mjs';

withBrowser();

const own = (text, query = '') =>
  `#/own?v=1${query}&text=${deflateRawSync(Buffer.from(text)).toString('base64url')}`;
const at = (page, step, of) => page.locator('.step-of', { hasText: `step ${step} of ${of}` }).waitFor();
const offers = (page) => page.locator('.panel-offers button.choice');

const shop = `scenario "A shop"
queue dead
queue jobs (max_attempts: 2, dead_letter: dead, visibility: 5s)
process shop * 2 { send { order: self } to jobs }
link shop -> jobs (latency: 20ms)
process worker * 2 receive jobs as m { work 10ms }
process repair receive dead as m { note "order {m.order}" }
fault crash worker anytime for 1s at most 1
`;

for (const [name, options] of [['light', {}], ['dark, in Spanish', { theme: 'dark', locale: 'es-MX' }]]) {
  test(`a message goes over its link, into the queue and to a worker: ${name}`, async () => {
    await withPage({ path: own(shop), ...options }, async (page) => {
      await toStage(page);
      await page.locator('#panel-system .sys-node').first().waitFor();
      assert.equal(await page.locator('#panel-system .sys-node').count(), 5);
      const boxes = () =>
        page.locator('.sys-box').evaluateAll((all) => all.map((box) => box.getAttribute('x')).join());
      const before = await boxes();
      await offers(page).first().click();
      await page.locator('.token.on-way').waitFor();
      await page.locator('.sys-hit.of-message').click();
      const menu = page.locator('.sys-menu');
      await menu.waitFor();
      assert.match(await menu.innerText(), /loss: 1%/, 'what it cannot do is told with what to write');
      await checkAccessibility(page);
      await menu.locator('.sys-pick').first().click();
      await page.locator('.token.waits').waitFor();
      assert.equal(await page.locator('.sys-menu').count(), 0);
      await offers(page).filter({ hasText: 'worker 2' }).first().click();
      await page.locator('.token.in-flight').waitFor();
      assert.equal(await page.locator('.sys-ring').count() > 0, true, 'its visibility runs');
      assert.equal(await boxes(), before, 'stepping moves no box');
      await page.keyboard.press('Home');
      await page.locator('.token').first().waitFor({ state: 'detached' });
    });
  });
}

test('a worker is asked what may happen to it, and is crashed by a pick like any other', async () => {
  await withPage({ path: own(shop) }, async (page) => {
    await toStage(page);
    await offers(page).first().click();
    await at(page, 1, 1);
    await page.locator('.sys-hit.of-message').click();
    await page.locator('.sys-menu .sys-pick').first().click();
    await at(page, 2, 2);
    await page.locator('.sys-hit.of-lane[aria-label^="worker 1"]').click();
    await page.locator('.sys-menu .sys-pick', { hasText: 'crashes' }).click();
    await page.locator('.sys-worker.crashed').waitFor();
    await page.locator('.sys-hit.of-lane[aria-label^="worker 1"]').click();
    await page.locator('.sys-menu').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.sys-menu').waitFor({ state: 'detached' });
  });
});

test('two views at a time, each a click away', async () => {
  await withPage({ path: own(shop) }, async (page) => {
    await toStage(page);
    const shown = async () => {
      const all = ['.panel-code', '.panel-timeline', '.panel-system'];
      const seen = await Promise.all(all.map((one) => page.locator(one).isVisible()));
      return all.filter((_, k) => seen[k]).join(' ');
    };
    await page.locator('#panel-system').waitFor();
    assert.equal(await shown(), '.panel-code .panel-system');
    const pane = (name) => page.locator('.panes').getByRole('button', { name, exact: true });
    await pane('Timeline').click();
    await page.locator('.panel-timeline').waitFor();
    assert.equal(await shown(), '.panel-timeline .panel-system');
    await pane('System').click();
    assert.equal(await shown(), '.panel-timeline');
    await pane('Timeline').click();
    assert.equal(await shown(), '.panel-timeline', 'one view always stays');
  });
});

test('a scenario without messages has a system too', async () => {
  await withPage({ path: '#/lesson/race-on-a-balance' }, async (page) => {
    await page.locator('.panes').getByRole('button', { name: 'System' }).click();
    await page.locator('#panel-system .sys-node.thing').first().waitFor();
    const texts = await page.locator('#panel-system .sys-name').allTextContents();
    assert.ok(texts.some((name) => name.startsWith('client')), `${texts}`);
    assert.ok(texts.includes('balance'));
    await checkAccessibility(page);
  });
});

test('a phone shows the system under a tab of its own, without scrolling sideways', async () => {
  await withPage({ path: own(shop), viewport: 'phone' }, async (page) => {
    await page.locator('.phone-choices button').first().waitFor();
    await page.locator('.tabs').getByRole('button', { name: 'System' }).tap();
    await page.locator('#panel-system .sys-node').first().waitFor();
    const wide = await page.locator('#system-scroll').evaluate((one) => one.scrollWidth - one.clientWidth);
    assert.ok(wide <= 1, `${wide} pixels are beyond the edge`);
    await checkAccessibility(page);
  });
});

test('why did it come about? a key tells, and each link leads back', async () => {
  await withPage({ path: own(shop, '&picks=1.1.1&at=3') }, async (page) => {
    await toStage(page);
    await at(page, 3, 3);
    await page.locator('main').focus();
    await page.keyboard.press('w');
    const why = page.locator('#panel-why');
    await why.waitFor();
    const links = why.locator('.why-step');
    assert.ok(await links.count() > 0);
    await checkAccessibility(page);
    await links.first().click();
    await page.locator('.why-step.here').first().waitFor();
    await page.keyboard.press('w');
    await why.waitFor();
  });
});

test('the timeline draws a message as an arrow and its wait as a bar', async () => {
  await withPage({ path: own(shop, '&picks=1.1.1&at=3') }, async (page) => {
    await toStage(page);
    await page.locator('.panes').getByRole('button', { name: 'Timeline' }).click();
    await page.locator('.timeline .flight').first().waitFor({ state: 'attached' });
    assert.ok(await page.locator('.timeline .flight').count() >= 1);
  });
});

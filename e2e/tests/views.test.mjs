// The workbench's views: who waits for whom, long lines, many processes, shared things, the keyboard.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { checkAccessibility, toStage, withBrowser, withPage } from '../lib/page.mjs';

withBrowser();

const race = '#/lesson/race-on-a-balance';
const locked = `${race}?v=1&clients=4&guard=lock&picks=1.1.1.1.1.1&at=3`;
const own = (text, query = '') =>
  `#/own?v=1${query}&text=${deflateRawSync(Buffer.from(text)).toString('base64url')}`;
const at = (page, step, of) => page.locator('.step-of', { hasText: `step ${step} of ${of}` }).waitFor();
const offers = (page) => page.locator('.panel-offers button.choice');
const lanes = (page) => page.locator('.lane h2').allInnerTexts();

const philosophers = `scenario "Philosophers"
param n: int = 5 in 2..12
lock fork[n]
counter meals
process philosopher * n { with fork[self], fork[self mod n + 1] { meals += 1 } }
finally meals == n
`;

async function takeAllLeftForks(page) {
  await toStage(page);
  for (const step of [1, 2, 3, 4, 5]) {
    await offers(page).filter({ hasText: `philosopher ${step} ` }).first().click();
    await at(page, step, step);
  }
}

for (const [name, options] of [['light', {}], ['dark', { theme: 'dark' }], ['a phone', { viewport: 'phone' }]]) {
  test(`philosophers step into the deadlock, and the circle is shown and told: ${name}`, async () => {
    await withPage({ path: own(philosophers), ...options }, async (page) => {
      if (options.viewport === 'phone') {
        await page.locator('.phone-choices button').first().waitFor();
        for (const step of [1, 2, 3, 4, 5]) {
          await page.locator('.phone-choices button').filter({ hasText: `philosopher ${step} ` }).first().tap();
          await page.locator('.phone-choices button').filter({ hasText: `philosopher ${step} ` })
            .filter({ hasText: `fork[${step}]` }).waitFor({ state: 'detached' });
        }
        await page.locator('.tabs').getByRole('button', { name: 'Timeline' }).tap();
      } else {
        await takeAllLeftForks(page);
      }
      await page.getByRole('heading', { name: 'Who waits' }).waitFor();
      assert.equal(await page.locator('.wait-edge.circle').count(), 5);
      assert.equal(await page.locator('.forever .wait-node.circle').count(), 5);
      const told = await page.locator('.circle-place').innerText();
      assert.match(told, /^Deadlock[^]*philosopher 1 → philosopher 2 → .*philosopher 5 → philosopher 1$/);
      assert.equal(await page.locator('.waits-list li').count(), 5);
      await checkAccessibility(page);
      await page.getByRole('button', { name: 'Step back' }).first().click();
      await page.getByRole('heading', { name: 'Timeline' }).waitFor();
      await page.getByRole('button', { name: 'Who waits' }).click();
      assert.equal(await page.locator('.forever').count(), 0);
    });
  });
}

const long = `scenario "Long"
var x = 0
process p * 2 { repeat 3000 { x = x + 1 } }
`;

test('a long line is scrubbed, drawn only where it is seen, and linked as a whole', async () => {
  const path = own(long, `&picks=${Array(2600).fill(1).join('.')}&at=2600`);
  await withPage({ path }, async (page) => {
    await toStage(page);
    await at(page, 2600, 2600);
    await page.locator('#scrubber').fill('100');
    await at(page, 100, 2600);
    const drawn = async () => {
      await page.locator('.step.now').waitFor();
      const count = await page.locator('.timeline-picture .step').count();
      assert.ok(count > 0 && count < 700, `${count} steps are drawn`);
    };
    await drawn();
    for (let times = 0; times < 3; times += 1) await page.keyboard.press('+');
    await page.getByRole('button', { name: 'Zoom in' }).and(page.locator('[aria-disabled=true]')).waitFor();
    await drawn();
    assert.ok(await page.locator('.timeline-picture .step').count() < 80, 'near, only a few are');
    await page.getByRole('button', { name: 'later ›' }).click();
    await at(page, 2000, 2600);
    await drawn();
    await page.keyboard.press('ArrowRight');
    await at(page, 2001, 2600);
    await page.waitForFunction(() => location.hash.includes('at=2001'));
    // However it is spelled, the link has all of them.
    await page.reload();
    await at(page, 2001, 2600);
  });
});

test('the picture scrolls by hand and is drawn there too, and a click goes to the step', async () => {
  const path = own(long, `&picks=${Array(600).fill(1).join('.')}&at=600`);
  await withPage({ path }, async (page) => {
    await toStage(page);
    await at(page, 600, 600);
    await page.keyboard.press('+');
    await page.locator('.timeline-picture.zoom-1').waitFor();
    await page.locator('#timeline-scroll').evaluate((element) => { element.scrollLeft = 3000; });
    const first = page.locator('.timeline-picture .step');
    await page.waitForFunction(() => {
      const seen = document.querySelector('#timeline-scroll').getBoundingClientRect();
      return [...document.querySelectorAll('.timeline-picture .step .dot')]
        .some((dot) => Math.abs(dot.getBoundingClientRect().left - (seen.left + seen.width / 2)) < 60);
    });
    assert.ok(await first.count() < 300);
    const left = await page.locator('#timeline-scroll').evaluate((element) => element.scrollLeft);
    assert.equal(left, 3000, 'what was scrolled by hand stays');
  });
});

test('own steps are folded into one, which opens and closes', async () => {
  const text = 'scenario "Work"\nvar x = 0\nprocess p { work 1ms; work 2ms; work 3ms; work 4ms; x = 1 }\n';
  await withPage({ path: own(text, '&picks=1.1.1.1.1&at=5') }, async (page) => {
    await toStage(page);
    await at(page, 5, 5);
    const steps = page.locator('.timeline-picture .step:not(.run)');
    assert.equal(await page.locator('.timeline-picture .run').count(), 1);
    assert.equal(await steps.count(), 1);
    await page.locator('.run .fold-count').click();
    await page.locator('.fold-up').waitFor();
    assert.equal(await steps.count(), 5);
    await at(page, 5, 5);
    await page.locator('.fold-up .hit').click();
    await page.locator('.timeline-picture .run').waitFor();
    await page.getByRole('button', { name: 'Fold' }).click();
    await page.locator('.timeline-picture .run').waitFor({ state: 'detached' });
  });
});

test('processes are pinned, closed, hidden and brought back', async () => {
  await withPage({ path: locked }, async (page) => {
    await at(page, 3, 6);
    await page.getByRole('button', { name: 'Pin client 3' }).click();
    assert.deepEqual(await lanes(page), ['client 3', 'client 1', 'client 2', 'client 4']);
    await page.getByRole('button', { name: 'Close client 1' }).click();
    await page.locator('.lane-chip', { hasText: 'client 1' }).waitFor();
    assert.deepEqual(await lanes(page), ['client 3', 'client 2', 'client 4']);
    await page.getByRole('button', { name: 'Hide client 1' }).click();
    await page.getByText('1 process is hidden.').waitFor();
    await checkAccessibility(page);
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.locator('.lane-chip', { hasText: 'client 1' }).click();
    assert.deepEqual(await lanes(page), ['client 3', 'client 1', 'client 2', 'client 4']);
  });
});

test('of many processes some are open, and the code of any other can be had', async () => {
  await withPage({ path: own(philosophers, '&n=12') }, async (page) => {
    await toStage(page);
    await page.locator('.lane-chip').first().waitFor();
    assert.equal(await page.locator('.lane').count(), 6);
    await page.locator('.lane-chip', { hasText: 'philosopher 12' }).locator('button').first().click();
    await page.locator('.lane', { hasText: 'philosopher 12' }).locator('.line.next').waitFor();
  });
});

test('a shared thing tells who holds it and what happened to it, and leads there', async () => {
  await withPage({ path: locked }, async (page) => {
    await at(page, 3, 6);
    await page.getByRole('button', { name: 'account', exact: true }).click();
    const inside = page.locator('.inspect');
    await inside.getByText('Held by').waitFor();
    assert.match(await inside.innerText(), /client 1/);
    await checkAccessibility(page);
    await inside.locator('.change').first().click();
    await at(page, 1, 6);
    await page.getByRole('button', { name: 'account', exact: true }).click();
    await inside.waitFor({ state: 'detached' });
  });
});

test('the timeline shows who holds and who waits', async () => {
  await withPage({ path: locked }, async (page) => {
    await at(page, 3, 6);
    await page.locator('.timeline-picture .band.holds').first().waitFor();
    assert.ok(await page.locator('.timeline-picture .band.waits').count() >= 3);
    const legend = await page.locator('.legend').innerText();
    assert.match(legend, /holds[\s\S]*waits/);
  });
});

test('a compare-and-set that was refused says so', async () => {
  await withPage({ path: `${race}?v=1&guard=compare_and_set&picks=1.2.1.1&at=4` }, async (page) => {
    await at(page, 4, 4);
    await page.locator('.did', { hasText: 'changed nothing' }).waitFor();
  });
});

test('the keyboard alone zooms, goes from mark to mark, and opens the steps of a line', async () => {
  await withPage({ path: `${race}?v=1&clients=2&guard=none&picks=1.2.1.1&at=4` }, async (page) => {
    await page.getByText('broken at step 4').waitFor();
    await page.keyboard.press('-');
    await page.locator('.timeline-picture.zoom-1').waitFor();
    await page.keyboard.press('+');
    await page.locator('.timeline-picture.zoom-0').waitFor();
    await page.keyboard.press('Home');
    await at(page, 0, 4);
    await page.keyboard.press('n');
    await at(page, 4, 4);
  });
  await withPage({ path: locked }, async (page) => {
    await at(page, 3, 6);
    const line = page.locator('.lane').first().getByRole('button', { name: 'Steps of line 16' });
    await line.focus();
    await page.keyboard.press('Enter');
    const steps = page.locator('.line-steps li');
    await steps.first().waitFor();
    assert.match((await steps.allInnerTexts()).join('|'), /took account\|lets go of account/);
    await page.keyboard.press('Enter');
    await steps.first().waitFor({ state: 'detached' });
  });
});

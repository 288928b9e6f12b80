// One lesson from the first page to its last challenge by the keyboard alone; where the focus goes when
// what had it goes; single-key shortcuts only where they belong, and a switch that turns them off.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { focused, hasFocus, press, tabTo } from '../lib/keyboard.mjs';
import { withBrowser, withPage } from '../lib/page.mjs';

withBrowser();

const race = '#/lesson/race-on-a-balance';
const at = (page, step, of) => page.locator('.step-of', { hasText: `step ${step} of ${of}` }).waitFor();

test('the race, from the first page to all challenges, without a mouse', async () => {
  await withPage({}, async (page) => {
    await tabTo(page, /^Race on a balance/);
    await page.keyboard.press('Enter');
    await page.locator('.panel-story h1', { hasText: 'Race on a balance' }).waitFor();
    await page.locator('.panel-offers button').first().waitFor();
    await hasFocus(page, 'when the lesson opens');
    // Predict.
    await tabTo(page, /Predict/);
    await page.keyboard.press('Enter');
    assert.equal((await focused(page)).id, 'step-predict');
    await tabTo(page, 'Yes');
    await page.keyboard.press('Enter');
    await page.locator('.feedback', { hasText: 'Right.' }).waitFor();
    // Break it, on the stage.
    await tabTo(page, /client 1 reads/);
    await page.keyboard.press('Enter');
    await at(page, 1, 1);
    await hasFocus(page, 'after a choice');
    for (const [step, key] of [[2, '2'], [3, '1'], [4, '1']]) {
      await page.keyboard.press(key);
      await at(page, step, step);
    }
    await page.locator('.challenges > li', { hasText: 'Break it.' }).getByText('✓ done').waitFor();
    await hasFocus(page, 'at the end of the run');
    // See why: the focus is where arrows work.
    await press(page, 'Home');
    await at(page, 0, 4);
    await tabTo(page, /both read first/);
    await page.keyboard.press('Enter');
    await page.locator('.stop-bar', { hasText: 'Stop 1 of 3' }).waitFor();
    await hasFocus(page, 'at a stop');
    await page.keyboard.press('ArrowRight');
    await page.locator('.stop-bar', { hasText: 'Stop 2 of 3' }).waitFor();
    await page.keyboard.press('Space');
    await page.locator('.stop-bar', { hasText: 'Stop 3 of 3' }).waitFor();
    // Fix it.
    await tabTo(page, /Fix it/, { key: 'Shift+Tab' });
    await page.keyboard.press('Enter');
    assert.equal((await focused(page)).id, 'step-fix');
    await tabTo(page, 'atomic');
    await page.keyboard.press('Enter');
    await page.locator('[data-schedules="0 of 2"]').waitFor();
    await hasFocus(page, 'after a setting');
    // Prove it.
    await tabTo(page, /Prove it/, { key: 'Shift+Tab' });
    for (const title of ['Fix it.', 'Fix it without a lock.']) {
      await tabTo(page, 'Prove it');
      if (!await page.evaluate((wanted) => document.activeElement.closest('li[id]')?.innerText.includes(wanted), title)) {
        await page.keyboard.press('Tab');
        await tabTo(page, 'Prove it');
      }
      await page.keyboard.press('Enter');
      await page.locator('.challenges > li', { hasText: title }).locator('.verdict.ok').waitFor();
      await hasFocus(page, 'after a proof');
    }
    assert.equal(await page.locator('.challenges .chip.ok').count(), 3);
    // Debrief, and on.
    await tabTo(page, /^Next lesson/);
    await page.keyboard.press('Enter');
    await page.locator('.panel-story h1', { hasText: 'Two locks' }).waitFor();
    await hasFocus(page, 'in the next lesson');
  });
});

test('single-key shortcuts are the stage\'s, and a switch turns them off for good', async () => {
  await withPage({ path: race }, async (page) => {
    await page.locator('.panel-offers button').first().waitFor();
    await page.getByRole('button', { name: 'Share' }).focus();
    for (const key of ['1', 'w', 'n', '?']) await page.keyboard.press(key);
    await page.getByRole('button', { name: 'Yes', exact: true }).focus();
    await page.keyboard.press('1');
    await page.waitForTimeout(300);
    await at(page, 0, 0);
    assert.equal(await page.getByRole('dialog').count(), 0);
    // A button wants no arrows, so they step from wherever one is.
    await page.keyboard.press('ArrowRight');
    await at(page, 1, 1);
    await page.keyboard.press('ArrowLeft');
    await at(page, 0, 1);
    await page.locator('.transport .play').focus();
    await page.keyboard.press('1');
    await at(page, 1, 1);
    // The list of keys gives the focus back, and has the switch.
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    await tabTo(page, /^Single-key shortcuts/);
    await page.keyboard.press('Space');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    assert.equal((await focused(page)).id, 'play');
    await page.keyboard.press('2');
    await page.keyboard.press('?');
    await page.waitForTimeout(300);
    await at(page, 1, 1);
    assert.equal(await page.getByRole('dialog').count(), 0);
    await page.keyboard.press('ArrowLeft');
    await at(page, 0, 1);
    // The address follows a little later.
    await page.waitForTimeout(500);
    await page.reload();
    await page.locator('.panel-offers button').first().waitFor();
    await page.keyboard.press('2');
    await page.waitForTimeout(300);
    await at(page, 0, 1);
  });
});

test('the focus is never lost: greyed buttons keep it, and what goes hands it on', async () => {
  await withPage({ path: race }, async (page) => {
    await page.locator('.panel-offers button').first().waitFor();
    const forward = page.getByRole('button', { name: 'Step on' });
    await forward.focus();
    for (let step = 1; step <= 4; step += 1) {
      await page.keyboard.press('Enter');
      await at(page, step, step);
    }
    assert.equal((await focused(page)).name, 'Step on', 'at the end');
    const back = page.getByRole('button', { name: 'Step back' });
    await back.focus();
    for (let step = 3; step >= 0; step -= 1) {
      await page.keyboard.press('Enter');
      await at(page, step, 4);
    }
    assert.equal((await focused(page)).name, 'Step back', 'at the start');
    // A panel that is closed, a notice that is taken away, a setting put back.
    await page.keyboard.press('End');
    await at(page, 4, 4);
    await page.keyboard.press('w');
    await page.locator('.panel-why').waitFor();
    await page.locator('.panel-why button').last().focus();
    await page.keyboard.press('Escape');
    await page.locator('.panel-why').waitFor({ state: 'detached' });
    await hasFocus(page, 'when a panel is closed');
    await page.locator('.panel-controls').getByRole('button', { name: 'lock' }).click();
    await page.locator('.reset-parameters').focus();
    await page.keyboard.press('Enter');
    await page.locator('.seg-button.on', { hasText: 'nothing' }).waitFor();
    await hasFocus(page, 'when the button of the defaults goes');
  });
});

// Targets of 24 by 24 pixels at least, or with as much room around; words in a line are none.
const pages = ['', race, '#/lesson/saga-by-events', '#/lesson/shop', '#/lesson/write-skew', '#/new', '#/mine', '#/own'];
for (const viewport of ['desk', 'projector', 'phone']) {
  test(`targets are large enough to hit: ${viewport}`, async () => {
    // Workers of a page that is left are called off, which is no problem.
    await withPage({ viewport, expectProblems: true }, async (page, { url }) => {
      for (const path of pages) {
        await page.goto(url + path);
        await page.waitForTimeout(900);
        for (const tab of viewport === 'phone' ? ['Code', 'State', 'Story'] : [undefined]) {
          const button = page.locator('.tabs').getByRole('button', { name: tab, exact: true });
          if (tab && await button.count() > 0) await button.click();
          const small = await page.evaluate(() => {
            const shown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: false });
            const all = [...document.querySelectorAll('a[href], button, input, summary, select, textarea, [role="button"]')].filter(shown);
            const boxes = all.map((element) => (element.closest('label') ?? element).getBoundingClientRect());
            const inText = (element) => element.matches('a, button') && element.closest('p, li, dd, figcaption')
              && getComputedStyle(element).display === 'inline';
            const isSmall = (box) => box.width > 1 && box.height > 1 && (box.width < 23.5 || box.height < 23.5);
            const middle = (box) => [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
            // A circle of 24 pixels around a small target's middle meets no other target, nor such a circle of another.
            const tooNear = (a, b) => {
              const [[x, y], [left, top]] = [middle(a), middle(b)];
              const away = Math.hypot(x - Math.min(Math.max(x, b.left), b.right), y - Math.min(Math.max(y, b.top), b.bottom));
              return away < 12 || isSmall(b) && Math.hypot(x - left, y - top) < 24;
            };
            return all.flatMap((element, at) => {
              const box = boxes[at];
              // What is asked of a dot in the drawing stands in the list of what may happen too.
              if (!isSmall(box) || inText(element) || element.matches('.sys-hit')) return [];
              const near = all.find((other, place) => place !== at && !other.contains(element) && !element.contains(other)
                && boxes[place].width > 1 && tooNear(box, boxes[place]));
              if (!near) return [];
              return [`${element.className?.baseVal ?? element.className} “${(element.ariaLabel ?? element.innerText ?? '').slice(0, 20)}” ${Math.round(box.width)} x ${Math.round(box.height)}`];
            });
          });
          assert.deepEqual(small, [], `${path} ${tab ?? ''}`);
        }
      }
    });
  });
}

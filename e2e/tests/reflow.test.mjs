// Whoever enlarges the page four times, or spreads its letters, reads all of it without scrolling sideways
// (WCAG 1.4.10 and 1.4.12). Code and drawings may scroll in their own boxes, and nothing is cut.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { running, withBrowser, withPage } from '../lib/page.mjs';
import { fronts, kinds, lessons, moments, open, openFront, reaching, views } from '../lib/scenes.mjs';

withBrowser();

/** What sticks out at the window's side though it is in no box that scrolls, and what a box cuts away. */
const lost = (page) => page.evaluate(() => {
  const root = document.documentElement;
  const said = root.scrollWidth > innerWidth ? [`the page is ${root.scrollWidth} wide`] : [];
  const holders = function* (element) {
    for (let one = element.parentElement; one && one !== document.body; one = one.parentElement) yield one;
  };
  // The ways to other pages do not scroll either.
  const scrolls = (one) => /auto|scroll/.test(getComputedStyle(one).overflowX) && !one.matches('nav');
  const named = (element) => `${element.tagName.toLowerCase()}.${element.className?.baseVal ?? element.className} “${element.textContent.trim().slice(0, 40)}”`;
  for (const element of document.querySelectorAll('body *')) {
    const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    // What stands beside the logo is the story's heading once more.
    if (!hasText || element.closest('.unseen, svg, .crumb') || !element.checkVisibility({ visibilityProperty: true })) continue;
    // Of what it says only what is seen: some words are for those who hear it.
    const words = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const boxes = [];
    for (let word = words.nextNode(); word; word = words.nextNode()) {
      if (!word.data.trim() || word.parentElement.closest('.unseen')) continue;
      const range = document.createRange();
      range.selectNodeContents(word);
      const box = range.getBoundingClientRect();
      if (box.width > 0) boxes.push(box);
    }
    const [left, top] = ['left', 'top'].map((side) => Math.min(...boxes.map((box) => box[side])));
    const [right, bottom] = ['right', 'bottom'].map((side) => Math.max(...boxes.map((box) => box[side])));
    if (!(right - left >= 1)) continue;
    const around = [element, ...holders(element)];
    const own = element.getBoundingClientRect();
    if (element.matches('a.btn, button') && (right > own.right + 1 || left < own.left - 1)) said.push(`${named(element)} is wider than its button`);
    if (around.some(scrolls)) continue;
    if (right > innerWidth + 1 || left < -1) said.push(`${named(element)} sticks out: ${Math.round(left)} to ${Math.round(right)}`);
    const cutter = around.find((one) => {
      const { overflowX, overflowY } = getComputedStyle(one);
      const box = one.getBoundingClientRect();
      return overflowX !== 'visible' && (right > box.right + 1.5 || left < box.left - 1.5)
        || /hidden|clip/.test(overflowY) && (bottom > box.bottom + 3 || top < box.top - 3);
    });
    if (cutter) said.push(`${named(element)} is cut by ${named(cutter)}`);
  }
  return said;
});

/** Goes from page to page in one window and tells at once what is lost on any. */
async function walk(options, use) {
  await withPage({ path: '#/mine', expectProblems: true, ...options }, async (page) => {
    const found = [];
    const check = async (where) => found.push(...(await lost(page)).map((one) => `${where}: ${one}`));
    await use(page, check, reaching(page, found));
    assert.deepEqual(found, []);
  });
}

/** All pages without a workbench, all moments, and lessons in all their views. */
async function everywhere(page, check, scene, ids) {
  for (const front of fronts) {
    await scene(front[0], async () => {
      await openFront(page, front);
      await check(front[0]);
    });
  }
  for (const moment of moments) {
    await scene(moment[0], async () => {
      await open(page, moment);
      await check(moment[0]);
    });
  }
  for (const [name, path] of ids) {
    await scene(name, async () => {
      await open(page, [name, path]);
      await views(page, (view) => check(`${name}, ${view}`));
    });
  }
}

for (const locale of ['en-US', 'es-MX']) {
  test(`nothing asks for scrolling sideways in a window of 320 pixels: ${locale}`, async () => {
    await walk({ locale, viewport: { width: 320, height: 640 } }, async (page, check, scene) => {
      await everywhere(page, check, scene, lessons.map((id) => [id, `#/lesson/${id}?v=2&picks=1.1.1&at=3`]));
    });
  });
}

for (const viewport of ['desk', 'phone']) {
  test(`letters, words and lines may stand further apart: ${viewport}`, async () => {
    await walk({ viewport }, async (page, check, scene) => {
      const before = await page.evaluate(() => getComputedStyle(document.body).letterSpacing);
      await page.addInitScript(() => {
        addEventListener('DOMContentLoaded', () => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(`
            * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
            p { margin-bottom: 2em !important; }`);
          document.adoptedStyleSheets = [sheet];
        });
      });
      await page.reload();
      await running(page);
      assert.notEqual(await page.evaluate(() => getComputedStyle(document.body).letterSpacing), before, 'it is spread');
      await everywhere(page, check, scene, kinds);
    });
  });
}

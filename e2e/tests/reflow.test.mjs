// Whoever enlarges the page four times, or spreads its letters, reads all of it without scrolling sideways
// (WCAG 1.4.10 and 1.4.12). Code and drawings may scroll in their own boxes, and nothing is cut.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withBrowser, withPage } from '../lib/page.mjs';

withBrowser();

const race = '#/lesson/race-on-a-balance';
const pages = ['', race, '#/glossary', '#/modelled', '#/teachers', '#/new', '#/mine'];

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
    const range = document.createRange();
    range.selectNodeContents(element);
    const { left, right, top, bottom } = range.getBoundingClientRect();
    if (right - left < 1) continue;
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

/** Does something on each tab that a narrow window has. */
async function everywhere(page, path, use) {
  const tabs = page.locator('.tabs').getByRole('button');
  await page.waitForTimeout(700);
  const count = path === race ? await tabs.count() : 0;
  for (let tab = 0; tab < Math.max(count, 1); tab += 1) {
    if (count > 0) await tabs.nth(tab).click();
    await page.waitForTimeout(200);
    await use(count > 0 ? await tabs.nth(tab).innerText() : '');
  }
}

for (const locale of ['en-US', 'es-MX']) {
  test(`nothing asks for scrolling sideways in a window of 320 pixels: ${locale}`, async () => {
    for (const path of pages) {
      await withPage({ path, locale, viewport: { width: 320, height: 640 }, expectProblems: true }, async (page) => {
        if (path === race) assert.ok(await page.locator('.tabs').getByRole('button').count() > 1, 'a narrow window has tabs');
        await everywhere(page, path, async (tab) => assert.deepEqual(await lost(page), [], `${path} ${tab}`));
      });
    }
  });
}

for (const viewport of ['desk', 'phone']) {
  test(`letters, words and lines may stand further apart: ${viewport}`, async () => {
    for (const path of pages) {
      await withPage({ path, viewport, expectProblems: true }, async (page) => {
        const before = await page.evaluate(() => document.body.innerText.length > 0 && getComputedStyle(document.body).letterSpacing);
        await page.evaluate(() => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(`
            * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
            p { margin-bottom: 2em !important; }`);
          document.adoptedStyleSheets = [sheet];
        });
        assert.notEqual(await page.evaluate(() => getComputedStyle(document.body).letterSpacing), before, 'it is spread');
        await everywhere(page, path, async (tab) => assert.deepEqual(await lost(page), [], `${path} ${tab}`));
      });
    }
  });
}

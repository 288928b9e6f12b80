// A hand that has nothing but a keyboard, and reads nothing but what has the focus.
import assert from 'node:assert/strict';

/** What has the focus: its role and name as the accessibility tree has them, and its id. */
export const focused = (page) => page.evaluate(() => {
  const element = document.activeElement;
  if (!element || element === document.body) return { role: 'none', name: '', id: '' };
  const label = element.getAttribute('aria-label')
    ?? document.getElementById(element.getAttribute('aria-labelledby') ?? '')?.innerText
    ?? [...(element.labels ?? [])].map((one) => one.innerText).join(' ');
  const names = element.matches('a, button, summary, input, select, [role="button"], [role="switch"]');
  const name = (label || (names && element.innerText) || element.getAttribute('title') || '').replaceAll(/\s+/g, ' ').trim();
  const role = element.getAttribute('role') ?? element.tagName.toLowerCase();
  return { role, name, id: element.id };
});

/** Presses Tab (or another key) until what has the focus has this name. */
export async function tabTo(page, name, { key = 'Tab', most = 400 } = {}) {
  const seen = [];
  for (let pressed = 0; pressed <= most; pressed += 1) {
    const now = await focused(page);
    if (name instanceof RegExp ? name.test(now.name) : now.name === name) return now;
    seen.push(now.name.slice(0, 30));
    await page.keyboard.press(key);
  }
  assert.fail(`${name} is never reached by ${key}: ${seen.slice(-40).join(' | ')}`);
}

/** Presses keys one after the other, as fast as a page answers. */
export async function press(page, ...keys) {
  for (const key of keys) {
    await page.keyboard.press(key);
    await page.waitForTimeout(30);
  }
}

/** Fails if nothing has the focus. */
export async function hasFocus(page, when) {
  assert.notEqual((await focused(page)).role, 'none', `the focus is lost ${when}`);
}

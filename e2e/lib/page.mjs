// One call gives a test a page of the built site, and fails the test for anything that went wrong
// behind its back: an error on the console, an uncaught error, a request answered with 404.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { launch } from './chromium.mjs';
import { serve } from './server.mjs';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const dist = process.env.LOCKSTEP_DIST ?? join(root, 'dist');

export const viewports = {
  desk: { width: 1440, height: 900 },
  projector: { width: 1280, height: 720 },
  phone: { width: 390, height: 844 },
};

/** What a device keeps on which somebody wanted to be told, without an answer, what the schedules of these lessons come to. */
export const told = (...lessons) => ({ 'lockstep.walked': lessons.map((lesson) => `${lesson}/told`).join('\n') });

let site;
let browser;

/** Starts the server and the browser once; `withPage` does it when nobody has. */
export async function open() {
  site ??= await serve(dist);
  browser ??= await launch();
}

/** Stops both. */
export async function close() {
  await browser?.close();
  await site?.close();
  browser = site = undefined;
}

/** Call once at the top of a test file: server and browser live as long as its tests. */
export function withBrowser() {
  before(open);
  after(close);
}

/**
 * Opens the built page, waits until it runs, and hands it to `use(page, { url, problems })`.
 *
 * - `path`: what follows the site's address, e.g. `#/lesson/race` (default none)
 * - `viewport`: a name of `viewports` or `{ width, height }` (default `desk`)
 * - `theme`: `light` (default) or `dark`, as the system's preference
 * - `locale`: the browser's language, e.g. `es-MX` (default `en-US`)
 * - `reducedMotion`: `reduce` (default) or `no-preference`
 * - `storage`: `{ key: text }` put in local storage before the page loads
 * - `javaScript: false` turns scripts off; `wait: false` does not wait for the page to run
 * - `before(page)`: what must stand before the site is asked for, such as a route that holds a file back
 * - `expectProblems: true` leaves judging `problems` to the test
 */
export async function withPage(options, use) {
  await open();
  const {
    path = '', viewport = 'desk', theme = 'light', locale = 'en-US', reducedMotion = 'reduce',
    storage = {}, javaScript = true, wait = javaScript && !path.includes('.html'), before: prepare,
    expectProblems = false, scale = 1,
  } = options;
  const context = await browser.newContext({
    viewport: viewports[viewport] ?? viewport,
    hasTouch: viewport === 'phone',
    deviceScaleFactor: scale,
    colorScheme: theme,
    locale,
    reducedMotion,
    javaScriptEnabled: javaScript,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  try {
    if (Object.keys(storage).length > 0) {
      await context.addInitScript((kept) => {
        for (const [key, text] of Object.entries(kept)) {
          if (localStorage.getItem(key) === null) localStorage.setItem(key, text);
        }
      }, storage);
    }
    const page = await context.newPage();
    // Long enough for a machine that does something else besides: a wait that is met costs nothing.
    page.setDefaultTimeout(30_000);
    const problems = watch(page);
    await prepare?.(page);
    await page.goto(site.url + path);
    if (wait) await running(page);
    await use(page, { url: site.url, problems });
    if (!expectProblems) assert.deepEqual(problems, [], 'the page reported problems');
  } finally {
    await context.close();
  }
}

/** Waits until the page has replaced its loading text. */
export async function running(page) {
  await page.waitForSelector('#app:not(.boot) > *, #boot-fault');
}

/** From the editor to the workbench, and to its stage, where keys are heard. */
export async function toStage(page) {
  await page.getByRole('button', { name: /^(Learn|Aprender)$/ }).click();
  await page.locator('#main').focus();
}

/**
 * Types on a machine six times as slow as this: `use` gets a function that presses a key at once,
 * without waiting for the page to answer the key before.
 */
export async function hurried(page, use) {
  const devTools = await page.context().newCDPSession(page);
  await devTools.send('Emulation.setCPUThrottlingRate', { rate: 6 });
  await use((letter) => {
    const key = letter === '\n' ? { key: 'Enter', code: 'Enter', text: '\r', windowsVirtualKeyCode: 13 }
      : { key: letter, text: letter };
    return devTools.send('Input.dispatchKeyEvent', { type: 'keyDown', ...key });
  });
  await devTools.send('Emulation.setCPUThrottlingRate', { rate: 1 });
}

function watch(page) {
  const problems = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) {
      problems.push(`console ${message.type()}: ${message.text()} (${message.location().url})`);
    }
  });
  page.on('pageerror', (error) => problems.push(`uncaught: ${error.message}`));
  page.on('response', (response) => {
    if (response.status() >= 400) problems.push(`${response.status()}: ${response.url()}`);
  });
  const isCut = cutByLeaving(page);
  page.on('requestfailed', (request) => {
    if (isCut(request)) return;
    problems.push(`failed: ${request.url()} ${request.failure()?.errorText}`);
  });
  return problems;
}

/**
 * Tells of a request whether it was cut off because the page was left: it belonged to the page
 * before, and was under way when the next one was asked for or began before that one came. An
 * address that changes within the page is a navigation too, and may come between: only what
 * follows the next page's answer is its coming.
 */
function cutByLeaving(page) {
  const underWay = new Set();
  const left = new Set();
  let leaving = false;
  let answered = false;
  const asksForPage = (request) => request.isNavigationRequest() && request.frame() === page.mainFrame();
  page.on('request', (request) => {
    if (asksForPage(request)) {
      leaving = true;
      answered = false;
      for (const one of underWay) left.add(one);
      return;
    }
    underWay.add(request);
    if (leaving) left.add(request);
  });
  page.on('response', (response) => { if (asksForPage(response.request())) answered = true; });
  page.on('framenavigated', (frame) => { if (answered && frame === page.mainFrame()) leaving = false; });
  page.on('requestfinished', (request) => underWay.delete(request));
  return (request) => {
    underWay.delete(request);
    return left.has(request) && request.failure()?.errorText === 'net::ERR_ABORTED';
  };
}

const axeSource = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** Runs axe on the page and fails for anything serious or critical. */
export async function checkAccessibility(page, context = 'html') {
  // Evaluated rather than added as a script element, which the page's policy would refuse.
  const { readFileSync } = await import('node:fs');
  await page.evaluate(readFileSync(axeSource, 'utf8'));
  const { violations } = await page.evaluate((where) => globalThis.axe.run(where), context);
  const serious = violations.filter(({ impact }) => ['serious', 'critical'].includes(impact));
  assert.deepEqual(
    serious.map(({ id, help, nodes }) => `${id}: ${help} — ${nodes.map((n) => n.target).join(', ')}`),
    [],
    'axe found accessibility problems',
  );
}

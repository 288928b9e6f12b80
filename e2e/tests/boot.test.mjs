// The page starts under a sub-path, its worker answers, and trouble is shown rather than hidden.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { checkAccessibility, root, withBrowser, withPage } from '../lib/page.mjs';

withBrowser();

test('the page starts under a sub-path without a console error or a 404', async () => {
  await withPage({}, async (page) => {
    assert.equal(await page.title(), 'Lockstep');
    assert.ok(await page.locator('h1').first().isVisible());
    await checkAccessibility(page);
  });
});

test('golden draws, runs and searches computed in a worker in Chromium equal the committed ones', async () => {
  const committed = ['crates/sim-core', 'crates/lessons'].map((crate) => readFile(join(root, crate, 'goldens/goldens.txt'), 'utf8'));
  const golden = (await Promise.all(committed)).join('');
  await withPage({ path: '#/new' }, async (page) => {
    const draws = await page.evaluate(async () => {
      const url = document.documentElement.dataset.worker;
      const { src } = document.querySelector('script[src*="boot.mjs"]');
      const app = await import(new URL(new URL(src).searchParams.get('app'), src).href);
      const worker = new Worker(url, { type: 'module' });
      const answer = new Promise((resolve, reject) => {
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = ({ message }) => reject(new Error(message));
      });
      worker.postMessage(app.golden_draws_request());
      const text = app.golden_draws_reply(await answer);
      worker.terminate();
      return text;
    });
    assert.equal(draws, golden);
  });
});

test('a worker that cannot read a message says so in words', async () => {
  await withPage({}, async (page) => {
    const answer = await page.evaluate(() => new Promise((resolve, reject) => {
      const worker = new Worker(document.documentElement.dataset.worker, { type: 'module' });
      worker.onmessage = ({ data }) => resolve(new TextDecoder().decode(data));
      worker.onerror = ({ message }) => reject(new Error(message));
      worker.postMessage(new Uint8Array([255, 255, 255, 255, 255]));
    }));
    assert.match(answer, /a message could not be read/);
  });
});

test('a panic in a worker reaches the page as a text that says what and where', async () => {
  await withPage({ path: '#/new', expectProblems: true }, async (page) => {
    const answer = await page.evaluate(async () => {
      const url = document.documentElement.dataset.worker;
      const { src } = document.querySelector('script[src*="boot.mjs"]');
      const app = await import(new URL(new URL(src).searchParams.get('app'), src).href);
      const worker = new Worker(url, { type: 'module' });
      const said = new Promise((resolve) => { worker.onmessage = ({ data }) => resolve(data); });
      worker.postMessage(app.panic_request());
      return said;
    });
    assert.match(answer, /asked to by a test/);
    assert.match(answer, /\.rs:\d+/);
  });
});

test('a panic in the page shows its text and a way back', async () => {
  await withPage({ path: '#/new', expectProblems: true }, async (page) => {
    await page.evaluate(async () => {
      const { src } = document.querySelector('script[src*="boot.mjs"]');
      const app = await import(new URL(new URL(src).searchParams.get('app'), src).href);
      try { app.panic_here(); } catch { /* the abort that follows a panic */ }
    });
    const panel = page.locator('#boot-fault');
    assert.match(await panel.innerText(), /asked to by a test/);
    await panel.getByRole('button').click();
    await page.waitForFunction(() => !document.getElementById('boot-fault'));
  });
});

test('the licences page names what is inside, and is as sound as the page', async () => {
  await withPage({ path: 'licences.html' }, async (page) => {
    assert.ok(await page.getByRole('cell', { name: 'yew', exact: true }).isVisible());
    await checkAccessibility(page);
  });
});

test('a fault of the page shows a panel in the page\'s language with a link to the moment', async () => {
  await withPage({ locale: 'es-MX', path: '#here', expectProblems: true }, async (page, { url }) => {
    await page.evaluate(() => {
      document.documentElement.lang = 'es';
      document.dispatchEvent(new CustomEvent('lockstep-fault', { detail: 'it broke' }));
    });
    const panel = page.getByRole('alert').filter({ hasText: 'it broke' });
    assert.ok(await panel.getByText('Lockstep tropezó').isVisible());
    const link = await panel.getByRole('link').getAttribute('href');
    assert.ok(link.startsWith(url));
  });
});

test('a lesson that cannot be fetched says so, and comes when it is tried again', async () => {
  await withPage({ expectProblems: true }, async (page) => {
    await page.route('**/lessons-*/**', (route) => route.abort());
    await page.locator('a.lesson').first().click();
    const told = page.getByRole('alert').filter({ hasText: 'could not be fetched' });
    await told.waitFor();
    await checkAccessibility(page);
    await page.unroute('**/lessons-*/**');
    await told.getByRole('button', { name: 'Try again' }).click();
    await page.locator('.panel-story h1').waitFor();
  });
});

test('what came in place of a lesson is refused in words', async () => {
  await withPage({ locale: 'es-MX', expectProblems: true }, async (page) => {
    await page.route('**/lessons-*/**', (route) => route.fulfill({ body: '<!DOCTYPE html>' }));
    await page.locator('a.lesson').first().click();
    await page.getByRole('alert').filter({ hasText: 'Lo que llegó no es esta lección' }).waitFor();
  });
});

test('without JavaScript the page says what it needs', async () => {
  await withPage({ javaScript: false, expectProblems: true }, async (page) => {
    assert.match(await page.locator('body').innerText(), /needs JavaScript/);
  });
});

// The page without a network after one visit; a newer build that is announced and never swapped under the reader;
// a page whose files are gone from the host; the page as an app.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch } from '../lib/chromium.mjs';
import { deploy } from '../lib/deployment.mjs';
import { checkAccessibility, dist, running, viewports } from '../lib/page.mjs';
import { editor } from '../lib/student.mjs';

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const RACE = '#/lesson/race-on-a-balance';

/** A site of one's own and a person with a fresh browser. */
async function visit({ locale = 'en-US', viewport = 'desk', isKept, ...options }, use) {
  const site = await deploy({ isKept });
  const context = await browser.newContext({ viewport: viewports[viewport], locale, reducedMotion: 'reduce', ...options });
  const open = async (path = '', url = site.url) => {
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    await page.goto(url + path);
    await running(page);
    return page;
  };
  try {
    await use({ site, context, open });
  } finally {
    await context.close();
    await site.close();
  }
}

const kept = (page) => page.waitForFunction(() => document.documentElement.dataset.offline === 'ready');
const build = (page) => page.evaluate(() => new URL(document.querySelector('script[src*="updates.mjs"]').src).searchParams.get('build'));
const note = (page) => page.locator('.update-note');
const said = (page, words) => page.locator('.update-note [role=status]', { hasText: words }).waitFor();
const reload = async (page) => {
  await Promise.all([page.waitForEvent('load'), note(page).getByRole('button').first().click()]);
  await running(page);
};

/** Chooses the first step in a lesson: its worker has answered before there is one, and does after. */
async function step(page) {
  await page.locator('.panel-offers button').first().click();
  await page.locator('.step-of', { hasText: 'step 1 of' }).waitFor();
}

test('after one visit everything is there without a network', async () => {
  await visit({}, async ({ site, open }) => {
    const page = await open();
    assert.deepEqual(site.asked.filter((path) => path.includes('/lessons-')), [], 'kept before the page was there');
    await kept(page);
    const { names } = await site.read();
    for (const name of names.filter((one) => one !== 'index.html')) {
      assert.ok(site.asked.includes(`/repo/${name}`), `${name} was fetched`);
    }
    // Three small ones the page itself asks for by longer addresses.
    const large = names.filter((name) => !name.endsWith('.mjs'));
    const twice = large.filter((name) => site.asked.filter((path) => path === `/repo/${name}`).length > 1);
    assert.deepEqual(twice, [], 'asked for again');
    await site.vanish();

    // The page that was there first, a lesson it has not shown yet.
    await page.goto(`${site.url}${RACE}`);
    await page.locator('.panel-story h1').waitFor();
    await step(page);
    // The address follows a little later.
    await page.waitForURL(/picks=1/);
    await page.reload();
    await page.locator('.step-of', { hasText: 'step 1 of' }).waitFor();

    const other = await open();
    assert.ok(await other.locator('h1').first().isVisible());
    await other.goto(`${site.url}#/lesson/lost-counter`);
    await step(other);
    await other.goto(`${site.url}licences.html`);
    assert.match(await other.locator('body').innerText(), /Apache/);
    const queried = await open(`?x=1${RACE}`);
    await queried.locator('.panel-story h1').waitFor();
  });
});

test('a newer build is announced, never swapped in, and comes when its reader says so', async () => {
  await visit({}, async ({ site, context, open }) => {
    const first = await open();
    const old = await build(first);
    await kept(first);
    await first.close();

    const page = await open(RACE);
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    const draft = `${await editor(page).inputValue()}\n// mine\n`;
    await editor(page).fill(draft);
    const newer = await site.renew();
    // As the browser does by itself on the next visit, or after a while.
    await page.evaluate(() => navigator.serviceWorker.ready.then((it) => it.update()));
    await said(page, 'A new version of Lockstep is ready');
    await checkAccessibility(page);
    await note(page).getByRole('button', { name: 'Later' }).click();
    await note(page).waitFor({ state: 'detached' });

    // Whatever is loaded now is still of one piece, and the old one.
    await page.reload();
    await running(page);
    assert.equal(await build(page), old);
    await said(page, 'A new version');
    await page.evaluate(() => { document.documentElement.lang = 'es'; });
    await said(page, 'versión nueva');
    const before = page.url();
    await reload(page);
    assert.equal(await build(page), newer);
    assert.equal(page.url(), before);
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    assert.equal(await editor(page).inputValue(), draft);
    await page.waitForTimeout(500);
    assert.equal(await note(page).count(), 0);

    // Nothing of the old one is left, and the new one is whole.
    const { names } = await site.read();
    await page.waitForFunction(async (count) => {
      const cache = await caches.open((await caches.keys())[0]);
      return (await cache.keys()).length === count;
    }, names.length);
    await site.vanish();
    const later = await open('#/lesson/lost-counter');
    assert.equal(await build(later), newer);
    await step(later);
    assert.equal(context.pages().length, 2);
  });
});

test('a tab goes on with its own build when another lets the newer one in', async () => {
  await visit({}, async ({ site, open }) => {
    const one = await open();
    await kept(one);
    const old = await build(one);
    const other = await open();
    const newer = await site.renew();
    await other.evaluate(() => navigator.serviceWorker.ready.then((it) => it.update()));
    await said(other, 'A new version');
    await reload(other);
    assert.equal(await build(other), newer);

    await said(one, 'A new version');
    assert.equal(await build(one), old);
    // The host has its lessons no more; the browser has.
    await one.locator('a.lesson').first().click();
    await one.locator('.panel-story h1').waitFor();
    await step(one);
    await reload(one);
    assert.equal(await build(one), newer);
    await one.locator('.step-of', { hasText: 'step 1 of' }).waitFor();
    await one.waitForTimeout(300);
    assert.equal(await note(one).count(), 0);
  });
});

test('a page whose files are gone from the host offers to load the newer one', async () => {
  await visit({ locale: 'es-MX' }, async ({ site, open }) => {
    const page = await open('', site.plain);
    assert.equal((await page.evaluate(() => navigator.serviceWorker.getRegistrations())).length, 0, 'a developer is here');
    const newer = await site.renew();
    await page.locator('a.lesson').first().click();
    await said(page, 'ya no están algunos archivos');
    await page.getByRole('alert').filter({ hasText: 'ya no está' }).waitFor();
    await checkAccessibility(page);
    const before = page.url();
    await reload(page);
    assert.equal(await build(page), newer);
    assert.equal(page.url(), before);
    await page.locator('.panel-story h1').waitFor();
  });
});

test('so does one whose worker is gone', async () => {
  await visit({ isKept: false }, async ({ site, open }) => {
    const page = await open('', site.plain);
    const lessons = (await site.read()).names.filter((name) => name.startsWith('lessons-'));
    const id = (await page.locator('a.lesson').first().getAttribute('href')).split('/').pop();
    // This lesson alone comes, as from a cache on the way.
    const body = await readFile(join(dist, lessons.find((name) => name.endsWith(`/${id}.txt`))));
    await page.route('**/lessons-*/**', (route) => route.fulfill({ body }));
    await site.renew();
    await page.locator('a.lesson').first().click();
    await said(page, 'some files of the old version are gone');
  });
});

test('where nothing may be kept, and inside another page, the page works without', async () => {
  await visit({ serviceWorkers: 'block' }, async ({ site, open }) => {
    const page = await open(RACE);
    await step(page);
  });
  await visit({}, async ({ site, context }) => {
    const page = await context.newPage();
    await page.setContent(`<iframe src="${site.url}"></iframe>`);
    await page.frameLocator('iframe').locator('#app:not(.boot) > *').first().waitFor();
    await page.waitForTimeout(3500);
    assert.deepEqual(site.asked.filter((path) => path.endsWith('/sw.js')), []);
  });
});

test('the page can be installed', async () => {
  await visit({}, async ({ site, context, open }) => {
    const page = await open();
    await kept(page);
    const devTools = await context.newCDPSession(page);
    const { errors, data, url } = await devTools.send('Page.getAppManifest');
    assert.deepEqual(errors, []);
    assert.equal(url, `${site.url}manifest.webmanifest`);
    const { installabilityErrors } = await devTools.send('Page.getInstallabilityErrors');
    // A browser context of a test is a private window, which installs nothing.
    assert.deepEqual(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito'), []);
    for (const { src, sizes } of JSON.parse(data).icons) {
      const png = await readFile(join(dist, src));
      assert.equal(`${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`, sizes, src);
    }
  });
});

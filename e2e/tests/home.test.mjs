// The first page: the race, the map of the course, search, pages of words, progress as a file, and how
// the small program that a visitor waits for makes room for the whole page.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { checkAccessibility, withBrowser, withPage } from '../lib/page.mjs';

withBrowser();

const step = (page, client) => page.getByRole('button', { name: `step of client ${client}` });
const line = (page) => page.locator('.race-line').innerText();
const focused = (page, id) => page.waitForFunction((wanted) => document.activeElement?.id === wanted, id);
const loaded = (page) => page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name.split('/').at(-1).split('?')[0]));
const cards = (page) => page.locator('.theme-part a.lesson');
const done = { 'lockstep.done': 'race-on-a-balance/break-it\nrace-on-a-balance/fix-it', 'lockstep.answers': 'race-on-a-balance=yes' };

test('who presses the button that stands out loses an update in four clicks', async () => {
  await withPage({}, async (page) => {
    for (let click = 0; click < 4; click += 1) await page.locator('.race-step.primary').click();
    assert.match(await line(page), /paid 160 from an account of 100.*How many orders end like this\?/);
    assert.match(await page.locator('#spoken').innerText(), /saw|wrote/);
    await page.getByRole('button', { name: '◀ back' }).click();
    assert.match(await line(page), /Can the bank pay out 160/);
    await step(page, 2).click();
    await page.getByRole('link', { name: 'Open this very run' }).click();
    // The same moment, with the simulator behind it.
    await page.locator('.panel-promises', { hasText: 'broken at step 4' }).waitFor();
    await page.waitForURL(/#\/lesson\/race-on-a-balance\?/);
  });
});

test('the race can be stepped by keyboard alone, and one order ends well', async () => {
  await withPage({ locale: 'es-MX' }, async (page) => {
    const press = async (name) => {
      await page.getByRole('button', { name }).focus();
      await page.keyboard.press('Enter');
    };
    for (const client of [1, 1, 2]) await press(`paso del cliente ${client}`);
    assert.match(await line(page), /Esta vez la cuenta cuadra.*No todos los órdenes/);
    // A client that has ended keeps the focus of whoever has just stepped it.
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'race-2');
    await page.keyboard.press('Enter');
    assert.match(await line(page), /cuadra/);
    await press('Empezar de nuevo');
    await focused(page, 'race-1');
    assert.match(await line(page), /¿Puede el banco/);
  });
});

test('the first view loads the small program alone, and the whole page behind it', async () => {
  await withPage({ wait: false }, async (page) => {
    await page.locator('.race').waitFor();
    const first = await loaded(page);
    assert.ok(first.some((name) => /^home-.*_bg\.wasm$/.test(name)), first.join());
    assert.ok(!first.some((name) => /^engine-/.test(name)), 'no simulator yet');
    // In idle time the rest comes, so that going on waits for nothing.
    await page.waitForFunction(() => performance.getEntriesByType('resource').some(({ name }) => /\/web-[^/]*\.wasm$/.test(name)));
    assert.ok(await page.locator('.race').isVisible());
  });
});

test('to a lesson and back, without loading the document again', async () => {
  await withPage({}, async (page) => {
    await page.evaluate(() => { globalThis.sameDocument = true; });
    await page.getByRole('link', { name: /^Race on a balance/ }).click();
    await page.locator('.panel-story h1', { hasText: 'Race on a balance' }).waitFor();
    await page.goBack();
    await page.locator('.race').waitFor();
    await page.goForward();
    await page.locator('.panel-story h1', { hasText: 'Race on a balance' }).waitFor();
    await page.locator('a.logo').click();
    await page.locator('.race').waitFor();
    for (let click = 0; click < 4; click += 1) await page.locator('.race-step.primary').click();
    assert.match(await line(page), /paid 160/);
    assert.ok(await page.evaluate(() => globalThis.sameDocument));
    assert.equal(await page.locator('#app').count(), 1);
    assert.equal(await page.locator('h1').count(), 1);
  });
});

test('a slow network shows what is coming, and who goes back stays', async () => {
  let go;
  const held = new Promise((resolve) => { go = resolve; });
  // Before the first visit: a page that is there asks for it at its first idle moment.
  const before = (page) => page.route('**/web-*_bg.wasm', async (route) => {
    await held;
    await route.continue();
  });
  await withPage({ before }, async (page) => {
    await page.getByRole('link', { name: /^Race on a balance/ }).click();
    await page.locator('.boot-over', { hasText: 'Loading' }).waitFor();
    await checkAccessibility(page);
    await page.goBack();
    await page.waitForURL((url) => url.hash === '');
    go();
    await page.locator('.boot-over').waitFor({ state: 'detached' });
    assert.ok(await page.locator('.race').isVisible());
    await page.getByRole('link', { name: /^Race on a balance/ }).click();
    await page.locator('.panel-story h1').waitFor();
  });
});

test('the whole page that does not come is told, and comes at the next try', async () => {
  await withPage({ expectProblems: true }, async (page) => {
    await page.route('**/web-*_bg.wasm', (route) => route.abort());
    await page.reload();
    await page.locator('.race').waitFor();
    await page.getByRole('link', { name: /^Race on a balance/ }).click();
    await page.getByRole('alert').filter({ hasText: 'could not be loaded' }).waitFor();
    await page.unroute('**/web-*_bg.wasm');
    await page.goBack();
    await page.getByRole('link', { name: /^Race on a balance/ }).click();
    await page.locator('.panel-story h1').waitFor();
  });
});

test('the map says what was done, in words', async () => {
  await withPage({ storage: done }, async (page) => {
    const card = page.locator('.theme-part a.lesson', { hasText: 'Race on a balance' });
    assert.match(await card.innerText(), /kata 2 · 15 min · predicted, broken, fixed · 2 of 3/);
    assert.equal(await cards(page).count(), 54);
    assert.match(await page.locator('.course-head').innerText(), /54 lessons · 13 katas/);
    await page.getByRole('link', { name: 'Go on: Race on a balance' }).waitFor();
  });
});

test('the search filters as one types, whatever the accents, and says how many', async () => {
  await withPage({ locale: 'es-MX' }, async (page) => {
    const field = page.getByRole('searchbox', { name: 'Buscar en las lecciones' });
    await field.fill('MENSAJERIA');
    assert.equal(await page.locator('.theme-name').innerText(), 'Mensajería');
    await page.locator('.found', { hasText: '9 lecciones encontradas' }).waitFor();
    await page.locator('#spoken', { hasText: '9 lecciones encontradas' }).waitFor({ state: 'attached' });
    for (const word of ['outbox', 'p99', 'deadlock']) {
      await field.fill(word);
      assert.ok(await cards(page).count() > 0, word);
    }
    await field.fill('xyzzy');
    await page.getByText('Ninguna lección habla de «xyzzy»').waitFor();
    await page.getByRole('button', { name: 'Mostrar todas las lecciones' }).click();
    await focused(page, 'search');
    assert.equal(await cards(page).count(), 54);
  });
});

test('the glossary opens by its address, and a term leads to its lessons', async () => {
  await withPage({ path: '#/glossary' }, async (page) => {
    await page.getByRole('heading', { name: 'Glossary', level: 1 }).waitFor();
    assert.equal(await page.title(), 'Glossary · Lockstep');
    await page.getByRole('navigation', { name: 'All terms' }).getByRole('link').first().click();
    await page.waitForURL(/#\/glossary\/[a-z-]+$/);
    assert.equal(await page.locator('.words-part').count(), 1);
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'main');
    await page.getByRole('link', { name: 'All terms' }).click();
    await page.locator('.words-part').nth(5).waitFor();
    await page.goBack();
    assert.equal(await page.locator('.words-part').count(), 1);
  });
  await withPage({ path: '#/glossary/no-such-term' }, async (page) => {
    await page.getByText('The glossary has no such term').waitFor();
  });
});

for (const [path, en, es] of [
  ['#/modelled', 'What is modelled, and what is not', 'Qué se modela y qué no'],
  ['#/teachers', 'For teachers', 'Para docentes'],
]) {
  test(`the page ${path} is there in both languages, in the whole page too`, async () => {
    await withPage({ path }, async (page) => {
      await page.getByRole('heading', { name: en, level: 1 }).waitFor();
      await checkAccessibility(page);
      await page.getByRole('button', { name: 'ES', exact: true }).click();
      await page.getByRole('heading', { name: es, level: 1 }).waitFor();
    });
    await withPage({ path: '#/new' }, async (page) => {
      await page.goto(page.url().replace(/#.*/, path));
      await page.getByRole('heading', { name: en, level: 1 }).waitFor();
      await page.getByRole('link', { name: 'The course', exact: true }).click();
      await page.locator('.race').waitFor();
    });
  });
}

test('a page of words that does not come says so, and comes when it is tried again', async () => {
  await withPage({ expectProblems: true }, async (page) => {
    await page.route('**/page-glossary.txt', (route) => route.abort());
    await page.getByRole('link', { name: 'Glossary' }).click();
    const told = page.getByRole('alert');
    await told.filter({ hasText: 'could not be fetched' }).waitFor();
    await page.unroute('**/page-glossary.txt');
    await told.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'Glossary', level: 1 }).waitFor();
  });
});

test('progress leaves as a file, comes back elsewhere, and what is no such file is refused', async () => {
  let text;
  await withPage({ storage: done }, async (page) => {
    const [download] = await Promise.all([
      page.waitForEvent('download'), page.getByRole('button', { name: 'Save progress as a file' }).click(),
    ]);
    assert.equal(download.suggestedFilename(), 'lockstep-progress.txt');
    text = await readFile(await download.path(), 'utf8');
    assert.equal(text.split('\n')[0], 'lockstep progress 1');
  });
  const file = (content) => ({ name: 'p.txt', mimeType: 'text/plain', buffer: Buffer.from(content) });
  await withPage({ locale: 'es-AR', expectProblems: true }, async (page) => {
    const take = (content) => page.locator('#progress-file').setInputFiles(file(content));
    await take('nothing of ours');
    await page.locator('.told.bad', { hasText: 'su primera línea debería ser' }).waitFor();
    await take('lockstep progress 1\ndone a/b\nwhat is this\n');
    await page.locator('.told.bad', { hasText: 'La línea 3' }).waitFor();
    await take('x'.repeat(70_000));
    await page.locator('.told.bad', { hasText: '64 KB' }).waitFor();
    await take(text);
    await page.locator('.told.ok', { hasText: '3 nuevos' }).waitFor();
    await page.locator('a.lesson', { hasText: 'predicho, roto, arreglado' }).waitFor();
    await take(text);
    await page.locator('.told.ok', { hasText: 'Nada nuevo: 3 ya estaban aquí' }).waitFor();
    await page.reload();
    await page.locator('a.lesson', { hasText: 'predicho, roto, arreglado' }).waitFor();
  });
});

test('a scenario dropped on the first page opens', async () => {
  await withPage({}, async (page) => {
    const data = await page.evaluateHandle(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File(['scenario "Dropped"\nvar x = 0\nprocess p { x = 1 }\n'], 'dropped.lockstep'));
      return transfer;
    });
    await page.dispatchEvent('body', 'dragover', { dataTransfer: data });
    await page.locator('.drop-sign').waitFor({ state: 'attached' });
    await page.dispatchEvent('body', 'drop', { dataTransfer: data });
    await page.locator('.crumb', { hasText: 'Dropped' }).waitFor();
  });
});

test('language and theme chosen on the first page stay', async () => {
  await withPage({}, async (page) => {
    await page.getByRole('button', { name: 'ES', exact: true }).click();
    await page.getByRole('heading', { name: /Sé tú el planificador/ }).waitFor();
    await page.getByRole('button', { name: 'Tema: como el sistema' }).click();
    await page.getByRole('button', { name: 'Tema: claro' }).click();
    assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), 'dark');
    await page.getByRole('link', { name: /^Carrera por un saldo/ }).click();
    await page.locator('.panel-story h1', { hasText: 'Carrera por un saldo' }).waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'es');
  });
});

for (const [name, options] of [
  ['light', {}], ['dark and Spanish', { theme: 'dark', locale: 'es-MX' }],
  ['a phone', { viewport: 'phone' }], ['a projector', { viewport: 'projector' }],
]) {
  test(`axe finds nothing on the first page: ${name}`, async () => {
    await withPage({ storage: done, ...options }, async (page) => {
      await checkAccessibility(page);
      for (let click = 0; click < 4; click += 1) await page.locator('.race-step.primary').click();
      await checkAccessibility(page);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing sticks out');
      const small = await page.locator('a:visible, button:visible').evaluateAll((all) => all
        .map((one) => [one.innerText, one.getBoundingClientRect()])
        .filter(([, { width, height }]) => height < 24 || width < 24).map(([text]) => text));
      assert.deepEqual(small, []);
      await page.getByRole('link', { name: /^(Glossary|Glosario)$/ }).click();
      await page.locator('.front-page h1').waitFor();
      await checkAccessibility(page);
    });
  });
}

// What the page calls things, in the reader's language, and what it says of proofs and challenges.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { root, told, withBrowser, withPage } from '../lib/page.mjs';

withBrowser();

const spanish = { locale: 'es-MX' };
const explored = (page) => page.locator('.panel-schedules :is([data-schedules], .question-first)').waitFor();

test('goals and charts of a lesson are in its words', async () => {
  await withPage({ path: '#/lesson/fast-and-slow', ...spanish }, async (page) => {
    const goals = page.locator('.panel-promises .goal');
    await goals.filter({ hasText: 'la cámara mantiene su ritmo' }).waitFor();
    await goals.filter({ hasText: 'lo que se muestra es reciente' }).waitFor();
    await page.locator('.panes').getByRole('button', { name: 'Gráficas' }).click();
    await page.locator('.charts-run').click();
    await page.locator('figcaption', { hasText: 'En espera' }).first().waitFor();
  });
});

test('a proof says what it is about, and its cases have names and counts that can be read', async () => {
  const path = '#/lesson/fast-and-slow?v=1&full=drop_oldest&room=1&pictures=3';
  await withPage({ path, ...spanish }, async (page) => {
    await explored(page);
    await page.getByRole('button', { name: 'Demostrarlo' }).first().click();
    const verdict = page.locator('.proof .verdict.ok');
    await verdict.waitFor();
    assert.match(await verdict.innerText(), /las promesas que nombra este reto: «la cámara nunca se detiene»/);
    await page.locator('.proof', { hasText: 'no pide «se muestran todas las fotos»' }).waitFor();
    assert.equal(await page.locator('.cases li span').nth(1).innerText(), 'fotos: 3 · lugar en la cola: 1\nfallan 0 de 137');
  });
});

test('a schedule whose name would not be true says what a click sets, and sets it', async () => {
  await withPage({ path: '#/lesson/same-message-twice', ...spanish }, async (page) => {
    const row = page.locator('.named li', { hasText: 'una caída antes del dinero' });
    await row.getByText('pone el trabajador: anota primero').waitFor();
    await row.getByRole('button').click();
    await page.locator('.panel-controls .seg-button.on', { hasText: 'anota primero' }).waitFor();
    await page.locator('.stop-bar').waitFor();
    assert.equal(await row.getByText('pone').count(), 0);
  });
});

test('a failure that goes round says from where to where', async () => {
  await withPage({ path: '#/lesson/poison-message', storage: told('poison-message') }, async (page) => {
    await page.getByRole('button', { name: 'Show the shortest failure' }).click();
    const said = await page.locator('.circle-here').innerText();
    const [to, from] = said.match(/\d+/g).map(Number);
    assert.ok(0 < from && from < to, said);
    await page.locator('.step-of', { hasText: `step ${to} of ${to}` }).waitFor();
  });
});

test('the clock does a challenge, and a run that was given says why it does not', async () => {
  const path = '#/lesson/fast-and-slow?v=1&full=drop_newest&room=1&pictures=3';
  await withPage({ path }, async (page) => {
    await explored(page);
    await page.locator('.panes').getByRole('button', { name: 'Charts' }).click();
    await page.locator('.charts-run').click();
    await page.locator('.panel-challenges .chip.ok').first().waitFor();
    await page.waitForFunction(() => /picks=/.test(location.hash));
    const link = new URL(page.url()).hash;
    await withPage({ path: link }, async (other) => {
      await other.locator('.given', { hasText: 'it was given to you' }).waitFor();
      assert.equal(await other.locator('.panel-challenges .chip.ok').count(), 0);
    });
  });
});

test('parameters stay where they are when there is something to reset', async () => {
  await withPage({ path: '#/lesson/poison-message', viewport: 'projector' }, async (page) => {
    await explored(page);
    const places = () => page.locator('.panel-controls .param').evaluateAll((all) => all.map((one) => {
      const { left, top, width } = one.getBoundingClientRect();
      return [left, top, width];
    }));
    const before = await places();
    await page.locator('.panel-controls .seg-button:not(.on)').first().click();
    await page.getByRole('button', { name: 'Reset', exact: true }).waitFor();
    assert.deepEqual(await places(), before);
  });
});

test('the editor of a lesson opens at its first line, and lessons stand under their themes', async () => {
  await withPage({}, async (page) => {
    const declared = await readFile(join(root, 'lessons/themes.toml'), 'utf8');
    const themes = [...declared.matchAll(/^en = \["([^"]+)"/gm)].map(([, name]) => name);
    assert.equal(themes.length, 8);
    assert.deepEqual(await page.locator('.theme-name').allInnerTexts(), themes);
    await page.getByRole('link', { name: /A fast camera/ }).click();
    await explored(page);
    await page.getByRole('button', { name: 'Edit' }).click();
    await page.locator('#editor-text:focus').waitFor();
    assert.equal(await page.locator('.editor').first().evaluate((editor) => editor.scrollTop), 0);
  });
});

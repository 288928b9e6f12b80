// The scenarios people keep: saved, found again, never overwritten or lost, in and out as files.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { checkAccessibility, hurried, running, withBrowser, withPage } from '../lib/page.mjs';

withBrowser();

const editor = (page) => page.locator('#editor-text');
const kept = (name, text, changed = 1_760_000_000_000) => `${changed}\n${name}\n${text}`;
const small = (title) => `scenario "${title}"\nvar x = 0\nprocess p { x = 1 }\n`;
const two = { 'lockstep.mine.a': kept('Alpha', small('A')), 'lockstep.mine.b': kept('Beta', small('B')) };
const names = (page) => page.locator('.shelf-name').allInnerTexts();
const row = (page, name) => page.locator('.shelf-row', { hasText: name });
const act = (page, what, name) => page.getByRole('button', { name: `${what}: ${name}`, exact: true });
const focused = (page, id) => page.waitForFunction((wanted) => document.activeElement?.id === wanted, id);
const save = async (page, name) => {
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.locator('#name-field').fill(name);
  await page.locator('#name-field').press('Enter');
  await page.locator('.remark', { hasText: 'Saved' }).waitFor();
};
const file = (name, content) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(content) });

test('from a template to the shelf and back, with the keyboard alone', async () => {
  await withPage({ expectProblems: true }, async (page, { problems }) => {
    await page.getByRole('link', { name: 'Create a scenario' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'What do you begin with?' }).waitFor();
    await page.getByRole('link', { name: /Two locks/ }).focus();
    await page.keyboard.press('Enter');
    await page.locator('[data-schedules="2 of 6"]').waitFor();
    await editor(page).focus();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('// mine');
    await page.keyboard.press('Control+s');
    await page.getByRole('dialog').waitFor();
    await focused(page, 'name-field');
    await page.keyboard.type('Crossed');
    await page.keyboard.press('Enter');
    await page.locator('.crumb', { hasText: 'Crossed' }).waitFor();
    await focused(page, 'editor-text');
    await page.waitForURL(/#\/mine\/\w+\?/);
    await page.reload();
    await running(page);
    await page.locator('.crumb', { hasText: 'Crossed' }).waitFor();
    assert.match(await editor(page).inputValue(), /\/\/ mine$/);
    await page.goto(page.url().replace(/#.*/, '#/mine'));
    await row(page, 'Crossed').waitFor();
    assert.deepEqual(problems.filter((problem) => !problem.includes('ERR_ABORTED')), []);
  });
});

test('what is typed at the last moment is there after a reload', async () => {
  await withPage({ path: '#/mine/a', storage: two, expectProblems: true }, async (page) => {
    await editor(page).focus();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('// last words');
    // The page has it; nothing has been kept yet.
    await page.locator('.editor-stack').getByText('// last words').first().waitFor();
    await page.reload();
    await running(page);
    await page.waitForFunction(() => document.getElementById('editor-text')?.value.endsWith('// last words'));
    await page.goto(page.url().replace(/#.*/, '#/mine'));
    await row(page, 'Alpha').getByText('changes not saved').waitFor();
  });
});

test('a text that the page has not even drawn yet is there after a reload', async () => {
  await withPage({ path: '#/mine/a', storage: two, expectProblems: true }, async (page) => {
    await page.locator('[data-schedules]').waitFor();
    await editor(page).focus();
    await page.keyboard.press('Control+Home');
    await page.evaluate(() => addEventListener('input', ({ target }) => {
      if (target.value.startsWith('// last')) location.reload();
    }));
    const reloaded = page.waitForEvent('load');
    // The last keys may come too late to be answered.
    await hurried(page, async (press) => Promise.allSettled([...'// last'].map(press)));
    await reloaded;
    await running(page);
    await page.waitForFunction(() => document.getElementById('editor-text')?.value.startsWith('// last'));
  });
});

test('rename, duplicate, delete and undo', async () => {
  await withPage({ path: '#/mine', storage: two }, async (page) => {
    await act(page, 'Rename', 'Alpha').click();
    await page.locator('#name-field').fill('Gamma');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await row(page, 'Gamma').waitFor();
    await act(page, 'Duplicate', 'Beta').click();
    await row(page, 'Beta 2').waitFor();
    await act(page, 'Delete', 'Beta').click();
    await page.locator('.gone', { hasText: '“Beta” was deleted.' }).waitFor();
    assert.deepEqual((await names(page)).toSorted(), ['Beta 2', 'Gamma']);
    await focused(page, 'undo-delete');
    await page.keyboard.press('Enter');
    await act(page, 'Delete', 'Beta').waitFor();
    assert.equal(await page.evaluate(() => localStorage.getItem('lockstep.mine.b')), two['lockstep.mine.b']);
  });
});

test('a page that another tab has overtaken asks, and both texts can be kept', async () => {
  await withPage({ path: '#/mine/a', storage: two }, async (page) => {
    await editor(page).fill(small('mine'));
    await page.getByText('draft saved').waitFor();
    const other = await page.context().newPage();
    await other.goto(page.url().replace(/#.*/, '#/mine/a'));
    await editor(other).fill(small('theirs'));
    await other.getByRole('button', { name: 'Save', exact: true }).click();
    await other.locator('.remark', { hasText: 'Saved' }).waitFor();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('alert').getByText('Another tab has saved “Alpha”').waitFor();
    await page.getByRole('button', { name: 'Keep both' }).click();
    await page.locator('.crumb', { hasText: 'Alpha 2' }).waitFor();
    const all = await page.evaluate(() => Object.entries(localStorage)
      .filter(([key]) => key.startsWith('lockstep.mine.')).map(([, text]) => text.split('\n')[2]));
    assert.deepEqual(all.toSorted(), ['scenario "B"', 'scenario "mine"', 'scenario "theirs"']);
  });
});

test('the shelf of one tab follows what another does', async () => {
  await withPage({ path: '#/mine', storage: two }, async (page) => {
    const other = await page.context().newPage();
    await other.goto(page.url());
    await act(other, 'Delete', 'Alpha').click();
    await row(page, 'Alpha').waitFor({ state: 'detached' });
  });
});

test('a browser that keeps nothing says so, and the text leaves as a file', async () => {
  await withPage({ path: '#/new/race' }, async (page) => {
    await editor(page).waitFor();
    await page.evaluate(() => {
      Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };
    });
    await editor(page).fill(small('precious'));
    await page.getByText('this browser keeps no drafts').waitFor();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.locator('#name-field').press('Enter');
    const notice = page.getByRole('alert');
    await notice.getByText('This browser keeps nothing').waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'), notice.getByRole('button', { name: 'Download' }).click(),
    ]);
    assert.equal(download.suggestedFilename(), 'precious.lockstep');
    assert.equal(await readFile(await download.path(), 'utf8'), small('precious'));
    assert.equal(await editor(page).inputValue(), small('precious'));
  });
});

test('all scenarios leave as one file, and come back on another device', async () => {
  let all;
  await withPage({ path: '#/mine', storage: two }, async (page) => {
    const [download] = await Promise.all([
      page.waitForEvent('download'), page.getByRole('button', { name: 'Download all' }).click(),
    ]);
    all = await readFile(await download.path(), 'utf8');
    assert.equal(JSON.parse(all).scenarios.length, 2);
  });
  await withPage({ path: '#/mine', locale: 'es-AR' }, async (page) => {
    await page.locator('#import').setInputFiles({ ...file('todo.json', all), mimeType: 'application/json' });
    await page.getByText('Se agregaron 2 escenarios.').waitFor();
    assert.deepEqual((await names(page)).toSorted(), ['Alpha', 'Beta']);
    await page.locator('#import').setInputFiles({ ...file('todo.json', all), mimeType: 'application/json' });
    await page.getByText('Nada nuevo: 2 ya estaban aquí.').waitFor();
  });
});

test('a file that is no scenario is refused with its reason', async () => {
  await withPage({ path: '#/mine' }, async (page) => {
    const bad = [
      file('big.lockstep', 'x'.repeat(70_000)), file('cat.png', Buffer.from([137, 80, 78, 71, 0, 1])),
      file('old.lockstep', Buffer.from([0x61, 0xf1, 0x6f])), file('other.json', '{"a": 1}'),
    ];
    await page.locator('#import').setInputFiles(bad);
    const said = await page.getByRole('alert').innerText();
    for (const part of ['big.lockstep is larger', 'cat.png is not a text', 'old.lockstep is not in UTF-8', 'other.json is JSON']) {
      assert.ok(said.includes(part), `${part} in: ${said}`);
    }
    assert.deepEqual(await names(page), []);
  });
});

test('a file dropped on the page opens as a scenario of its own', async () => {
  await withPage({ path: '#/lesson/race-on-a-balance' }, async (page) => {
    await page.locator('.panel-schedules .question-first').waitFor();
    const data = await page.evaluateHandle((text) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], 'dropped.lockstep'));
      return transfer;
    }, small('Dropped'));
    await page.dispatchEvent('body', 'dragover', { dataTransfer: data });
    await page.locator('.drop-sign').waitFor();
    await page.dispatchEvent('body', 'drop', { dataTransfer: data });
    await page.locator('.crumb', { hasText: 'Dropped' }).waitFor();
    assert.equal(await editor(page).inputValue(), small('Dropped'));
    assert.match(page.url(), /#\/mine\//);
    assert.equal(await page.locator('.drop-sign').isVisible(), false);
  });
});

test('the link to a kept scenario carries its text to somebody who has none', async () => {
  await withPage({ path: '#/mine/a', storage: two }, async (page) => {
    await page.locator('[data-schedules]').waitFor();
    await page.getByRole('button', { name: 'Share' }).click();
    await page.getByRole('button', { name: 'Copy link' }).click();
    await page.locator('.remark', { hasText: 'Link copied' }).waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    assert.match(link, /#\/own\?.*text=/);
    await withPage({ path: link.slice(link.indexOf('#')) }, async (other) => {
      await other.waitForFunction(() => document.getElementById('editor-text')?.value.includes('"A"'));
    });
  });
});

test('the new pages are sound for screen readers, in both languages and themes', async () => {
  for (const [path, theme, locale] of [
    ['#/mine', 'light', 'en-US'], ['#/mine', 'dark', 'es-MX'], ['#/new', 'dark', 'en-US'], ['#/new', 'light', 'es-MX'],
    ['#/mine/a', 'light', 'en-US'], ['', 'dark', 'es-MX'],
  ]) {
    await withPage({ path, theme, locale, storage: two }, async (page) => {
      await page.locator('#main').waitFor();
      await checkAccessibility(page);
    });
  }
  await withPage({ path: '#/mine', storage: two }, async (page) => {
    await act(page, 'Rename', 'Alpha').click();
    await page.getByRole('dialog').waitFor();
    await checkAccessibility(page);
  });
});

test('on a phone the shelf has room for a thumb', async () => {
  await withPage({ path: '#/mine', storage: two, viewport: 'phone' }, async (page) => {
    await row(page, 'Alpha').waitFor();
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= 390);
    const small = await page.locator('main button:visible').evaluateAll((buttons) => buttons
      .map((b) => [b.innerText, b.getBoundingClientRect().height]).filter(([, height]) => height < 44));
    assert.deepEqual(small, []);
  });
});

test('saving under a name asks in the words of the page, and asks only once', async () => {
  await withPage({ path: '#/new/lock' }, async (page) => {
    await editor(page).waitFor();
    await save(page, 'Moves');
    await editor(page).fill(small('again'));
    await page.getByText('draft saved').waitFor();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.locator('.draft-state', { hasText: 'Saved' }).waitFor();
    assert.equal(await page.getByRole('dialog').count(), 0);
    await page.goto(page.url().replace(/#.*/, '#/mine'));
    assert.deepEqual(await names(page), ['Moves']);
  });
});

// The editor helps without getting in the way: it suggests, explains, folds and indents, and undo
// takes back whatever it did.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAccessibility, hurried, running, withBrowser, withPage } from '../lib/page.mjs';

withBrowser();

const editor = (page) => page.locator('#editor-text');
const text = (page) => editor(page).inputValue();
const options = (page) => page.getByRole('option');
const ready = (page) => page.locator('[data-schedules]').waitFor();
const focused = (page, id) => page.waitForFunction((wanted) => document.activeElement?.id === wanted, id);
/** Writes a text and puts the caret where `|` stands. */
const write = async (page, marked) => {
  const at = marked.indexOf('|');
  await editor(page).fill(marked.replace('|', ''));
  await editor(page).evaluate((area, place) => area.setSelectionRange(place, place), at);
  await editor(page).focus();
};
/** The text with `|` at the caret. */
const marked = (page) => editor(page).evaluate((area) => {
  const { value, selectionStart: at } = area;
  return `${value.slice(0, at)}|${value.slice(at)}`;
});
const head = 'scenario "s"\nvar x = 0\nlock door\n';

test('from a template to a proved fix, saved and still there', async () => {
  await withPage({ path: '#/new', expectProblems: true }, async (page, { problems }) => {
    await page.getByRole('link', { name: /Race on a variable/ }).click();
    await page.locator('[data-schedules="18 of 20"]').waitFor();
    // The whole purchase becomes one step: `atomic {` before it, `}` behind it.
    const start = (await text(page)).indexOf('  if left > 0');
    await editor(page).evaluate((area, at) => area.setSelectionRange(at, at), start);
    await editor(page).focus();
    await page.keyboard.type('  ato');
    await options(page).filter({ hasText: 'atomic' }).first().waitFor();
    await page.keyboard.press('Enter');
    const after = await text(page);
    assert.match(after, /atomic \{/);
    // What the suggestion closed by itself is opened again, and the block moved inside.
    const fixed = after.replace(/ *atomic \{\s*\}?\s*/, '  atomic {\n').replace('    sold += 1\n  }\n', '    sold += 1\n  }\n  }\n');
    await editor(page).fill(fixed);
    await page.getByText('No mistakes.').waitFor();
    await page.locator('[data-schedules="0 of 2"]').waitFor();
    await page.keyboard.press('Control+s');
    await page.locator('#name-field').fill('One ticket');
    await page.locator('#name-field').press('Enter');
    await page.locator('.crumb', { hasText: 'One ticket' }).waitFor();
    await page.reload();
    await running(page);
    await page.locator('[data-schedules="0 of 2"]').waitFor();
    assert.equal(await text(page), fixed);
    assert.deepEqual(problems.filter((problem) => !problem.includes('ERR_ABORTED')), []);
  });
});

test('suggestions come while typing, are a listbox, and undo takes one back', async () => {
  await withPage({ path: '#/own' }, async (page) => {
    await ready(page);
    await write(page, `${head}process p {\n  |\n}\n`);
    await page.keyboard.type('wi');
    await page.getByRole('listbox').waitFor();
    assert.equal(await editor(page).getAttribute('aria-haspopup'), 'listbox');
    assert.equal(await editor(page).getAttribute('role'), null, 'a text of many lines may have no other');
    assert.equal(await editor(page).getAttribute('aria-controls'), await page.getByRole('listbox').getAttribute('id'));
    const chosen = await editor(page).getAttribute('aria-activedescendant');
    assert.match(await page.locator(`#${chosen}`).innerText(), /with/);
    await page.locator('#spoken', { hasText: /\d+ suggestions?\./ }).waitFor({ state: 'attached' });
    await checkAccessibility(page);
    const before = await text(page);
    await page.keyboard.press('Tab');
    await page.getByRole('listbox').waitFor({ state: 'detached' });
    assert.match(await text(page), /\n {2}with /);
    assert.equal(await editor(page).getAttribute('aria-haspopup'), null);
    await page.keyboard.press('Control+z');
    assert.equal(await text(page), before);
    await page.keyboard.press('Control+y');
    assert.match(await text(page), /\n {2}with /);
  });
});

test('Escape closes the list and keeps the letters; Ctrl+Space opens it on nothing; the mouse takes one', async () => {
  await withPage({ path: '#/own' }, async (page) => {
    await ready(page);
    await write(page, `${head}process p {\n  |\n}\n`);
    await page.keyboard.type('wi');
    await page.getByRole('listbox').waitFor();
    await page.keyboard.press('Escape');
    assert.equal(await page.getByRole('listbox').count(), 0);
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Control+Space');
    await page.getByRole('listbox').waitFor();
    const first = await editor(page).getAttribute('aria-activedescendant');
    await page.keyboard.press('ArrowDown');
    assert.notEqual(await editor(page).getAttribute('aria-activedescendant'), first);
    await page.keyboard.press('ArrowUp');
    assert.equal(await editor(page).getAttribute('aria-activedescendant'), first);
    await options(page).nth(1).click();
    await page.getByRole('listbox').waitFor({ state: 'detached' });
    await focused(page, 'editor-text');
    assert.notEqual(await text(page), `${head}process p {\n  \n}\n`);
  });
});

test('a word that is written out is not turned into another by Enter', async () => {
  await withPage({ path: '#/own' }, async (page) => {
    await ready(page);
    await write(page, `${head}process p {\n  let dog = x\n  dog = 1|\n}\n`);
    await page.keyboard.press('Enter');
    await page.keyboard.type('door');
    await page.keyboard.press('Enter');
    assert.match(await text(page), /\n {2}door\n/);
  });
});

test('keys that come faster than the page is drawn stay in their order', async () => {
  await withPage({ path: '#/own' }, async (page) => {
    await ready(page);
    await write(page, '|');
    const typed = '// one\n// two\n// three';
    await hurried(page, async (press) => Promise.all([...typed].map(press)));
    await page.locator('.editor-stack').getByText('// three').waitFor();
    assert.equal(await marked(page), `${typed}|`);
    // The second of these keys closes the list, and Enter comes before that is seen.
    await write(page, `${head}process p {\n  |\n}\n`);
    await page.keyboard.type('wi');
    await page.getByRole('listbox').waitFor();
    await hurried(page, async (press) => Promise.all([...'t \nx'].map(press)));
    await page.getByRole('listbox').waitFor({ state: 'detached' });
    assert.match(await marked(page), /\n {2}wit \n {2}x\|\n/);
  });
});

test('Enter, brace, Tab and remarks put the text where it belongs, and undo takes all back', async () => {
  await withPage({ path: '#/own' }, async (page) => {
    await ready(page);
    await write(page, 'process p {|');
    await page.keyboard.press('Enter');
    assert.equal(await marked(page), 'process p {\n  |\n}');
    await page.keyboard.press('Tab');
    assert.equal(await marked(page), 'process p {\n    |\n}');
    await page.keyboard.press('Shift+Tab');
    assert.equal(await marked(page), 'process p {\n  |\n}');
    await page.keyboard.type('x = 1');
    await page.keyboard.press('Control+/');
    assert.equal(await marked(page), 'process p {\n  // x = 1|\n}');
    await page.keyboard.press('Control+/');
    assert.equal(await marked(page), 'process p {\n  x = 1|\n}');
    for (let at = 0; at < 20 && await text(page) !== 'process p {'; at += 1) {
      await page.keyboard.press('Control+z');
    }
    assert.equal(await text(page), 'process p {');
    await write(page, 'p {\n  if a {\n    |');
    await page.keyboard.type('}');
    assert.equal(await marked(page), 'p {\n  if a {\n  }|');
  });
});

test('Escape and then Tab leave the text', async () => {
  await withPage({ path: '#/own' }, async (page) => {
    await ready(page);
    await write(page, 'a|');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    assert.notEqual(await page.evaluate(() => document.activeElement.id), 'editor-text');
    assert.equal(await text(page), 'a');
  });
});

test('a word is explained to the pointer and to the keyboard, with what is wrong there', async () => {
  await withPage({ path: '#/own', locale: 'es-MX' }, async (page) => {
    await ready(page);
    await write(page, `${head}process p {\n  wi|th door { x = y }\n}\n`);
    const hint = page.getByRole('tooltip');
    await page.keyboard.press('Control+i');
    await hint.waitFor();
    assert.match(await hint.innerText(), /with/);
    await page.locator('#spoken', { hasText: 'with' }).waitFor({ state: 'attached' });
    await page.keyboard.press('Escape');
    await hint.waitFor({ state: 'detached' });
    await page.locator('.problem').waitFor();
    const wrong = await page.locator('.editor-stack .wrong').boundingBox();
    await page.mouse.move(wrong.x + 3, wrong.y + 8);
    await hint.getByText('aquí nada se llama').waitFor();
    const box = await hint.boundingBox();
    await page.mouse.move(box.x + 10, box.y + 10, { steps: 6 });
    await page.waitForTimeout(500);
    assert.ok(await hint.isVisible(), 'the pointer may go to what it reads');
    await page.keyboard.type('o');
    await hint.waitFor({ state: 'detached' });
    assert.match(await text(page), /wioth/);
  });
});

test('folding loses nothing: text, undo and caret are there again', async () => {
  await withPage({ path: '#/new/lock' }, async (page) => {
    await ready(page);
    const whole = await text(page);
    await editor(page).focus();
    await page.keyboard.press('Control+Home');
    await page.keyboard.type('// first');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Fold', exact: true }).click();
    const tree = page.getByRole('tree');
    await tree.waitFor();
    assert.equal(await tree.getByText('move(10)').count(), 0, 'folded');
    assert.equal(await text(page), `// first\n${whole}`, 'the text is whole all the time');
    await page.getByText('No mistakes.').waitFor();
    await checkAccessibility(page);
    await page.keyboard.press('End');
    for (let at = 0; at < 30; at += 1) {
      if (await page.locator('#folded-line').getAttribute('aria-expanded') === 'false') break;
      await page.keyboard.press('ArrowUp');
    }
    await page.keyboard.press('ArrowRight');
    await tree.getByText('here -= amount').waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await focused(page, 'editor-text');
    assert.match(await marked(page), /\n {2}\|here -= amount/);
    await page.getByRole('button', { name: 'Back to the folded text' }).click();
    await tree.waitFor();
    await page.getByRole('button', { name: 'Unfold all' }).click();
    await editor(page).focus();
    for (let at = 0; at < 20 && await text(page) !== whole; at += 1) await page.keyboard.press('Control+z');
    assert.equal(await text(page), whole, 'undo reaches behind the folding');
  });
});

test('the mouse folds at the edge, and a key at the caret', async () => {
  await withPage({ path: '#/new/lock' }, async (page) => {
    await ready(page);
    await page.locator('.editor-numbers .fold.can').first().click();
    await page.getByRole('tree').waitFor();
    await page.locator('.chip.more').first().click();
    await page.getByRole('tree').waitFor({ state: 'detached' });
    const at = (await text(page)).indexOf('here -= amount');
    await editor(page).evaluate((area, place) => area.setSelectionRange(place, place), at);
    await editor(page).focus();
    await page.waitForTimeout(100);
    await page.keyboard.press('Control+Shift+BracketLeft');
    await page.getByRole('tree').waitFor();
    assert.match(await page.locator('#folded-line').innerText(), /routine move/);
  });
});

test('putting in order keeps the caret in its word, and can be undone', async () => {
  await withPage({ path: '#/own' }, async (page) => {
    await ready(page);
    const before = `${head}process p {   \n  x = x + 1   \n}\n\n`;
    await write(page, before.replace('x + 1', 'x| + 1'));
    await page.getByText('No mistakes.').waitFor();
    await page.keyboard.press('Shift+Alt+F');
    await page.waitForFunction((old) => document.getElementById('editor-text').value !== old, before);
    assert.match(await marked(page), /x = x\| \+ 1\n/);
    await page.keyboard.press('Control+z');
    assert.equal(await text(page), before);
    await write(page, 'scenario "s"\nprocess p { (|');
    await page.getByRole('button', { name: 'Format' }).click();
    await page.getByRole('alert').getByText('Mend them first').waitFor();
    assert.equal(await text(page), 'scenario "s"\nprocess p { (');
  });
});

test('the line of the caret and matching brackets are marked', async () => {
  await withPage({ path: '#/own' }, async (page) => {
    await ready(page);
    await write(page, `${head}process p {|\n  x = 1\n}\n`);
    await page.locator('.bracket').first().waitFor();
    assert.deepEqual(await page.locator('.bracket').allInnerTexts(), ['{', '}']);
    assert.match(await page.locator('.ln.here').innerText(), /process p/);
  });
});

test('starting over can be undone, and each scenario has its own undo', async () => {
  await withPage({ path: '#/own' }, async (page) => {
    await ready(page);
    await editor(page).focus();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('// kept');
    const mine = await text(page);
    await page.getByRole('button', { name: 'Start over' }).click();
    await page.waitForFunction(() => !document.getElementById('editor-text').value.includes('// kept'));
    await editor(page).focus();
    await page.keyboard.press('Control+z');
    assert.equal(await text(page), mine);
    await page.evaluate(() => { location.hash = '#/new/lock'; });
    await page.waitForFunction(() => document.getElementById('editor-text')?.value.includes('movers'));
    const lock = await text(page);
    await editor(page).focus();
    await page.keyboard.press('Control+z');
    assert.equal(await text(page), lock);
  });
});

test('on a phone one writes, chooses with a thumb, and nothing is wider than the screen', async () => {
  await withPage({ path: '#/own', viewport: 'phone' }, async (page) => {
    await editor(page).waitFor();
    await write(page, `${head}process p {\n  |\n}\n`);
    await page.keyboard.type('wi');
    const list = page.getByRole('listbox');
    await list.waitFor();
    const box = await list.boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= 390, JSON.stringify(box));
    assert.ok((await options(page).first().boundingBox()).height >= 44);
    await options(page).first().tap();
    assert.match(await text(page), /\n {2}with /);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= 390);
    const small = await page.locator('.panel-editor button:visible').evaluateAll((buttons) => buttons
      .map((b) => [b.innerText || b.ariaLabel, b.getBoundingClientRect().height]).filter(([, height]) => height < 44));
    assert.deepEqual(small, []);
  });
});

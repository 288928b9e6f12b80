// One lesson by roles and names alone: what to do next is decided from the accessibility tree, as a
// screen reader has it, and what happened is read there, and in the one live region.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withBrowser, withPage } from '../lib/page.mjs';

withBrowser();

const race = '#/lesson/race-on-a-balance';

/** The tree of a part of the page, as text. */
const tree = (page, role, name) => page.getByRole(role, { name, exact: true }).first().ariaSnapshot();

/** Waits until the tree of a part says something. */
async function says(page, [role, name], words) {
  for (let tries = 0; tries < 150; tries += 1) {
    const text = await tree(page, role, name);
    if (words instanceof RegExp ? words.test(text) : text.includes(words)) return text;
    await page.waitForTimeout(100);
  }
  return assert.fail(`${role} ${name} never says ${words}:\n${await tree(page, role, name)}`);
}

test('the lost update is found, understood and mended by the tree alone', async () => {
  await withPage({ path: race }, async (page) => {
    // Where am I?
    await says(page, ['navigation', 'Steps of this lesson'], /button "Predict"/);
    assert.match(await tree(page, 'main'), /heading "Race on a balance" \[level=1\]/);
    // The question, and its answers.
    const question = await tree(page, 'group', 'Predict');
    assert.match(question, /can the bank hand out/);
    assert.match(question, /button "Yes"/);
    await page.getByRole('group', { name: 'Predict', exact: true }).getByRole('button', { name: 'Yes', exact: true }).click();
    await says(page, ['group', 'Predict'], /button "Yes" \[pressed\]/);
    await page.getByRole('status').filter({ hasText: 'Right.' }).waitFor({ state: 'attached' });
    // What may happen: whoever would read goes first, then whoever would write.
    for (const verb of ['reads', 'reads', 'writes', 'writes']) {
      const offers = await says(page, ['group', 'What happens next?'], new RegExp(`button "client \\d ${verb}`));
      const [, name] = offers.match(new RegExp(`button "(client \\d ${verb}[^"]*)"`));
      const before = await page.getByRole('status').first().innerText();
      await page.getByRole('group', { name: 'What happens next?', exact: true }).first().getByRole('button', { name }).click();
      await page.waitForFunction((old) => document.querySelector('[role="status"]').innerText !== old, before);
    }
    await page.getByRole('status').filter({ hasText: 'a promise is broken' }).waitFor({ state: 'attached' });
    // The moment in words.
    await page.getByRole('button', { name: 'In words' }).first().click();
    const told = await says(page, ['group', 'In words'], 'After step 4 of 4');
    assert.match(told, /balance: 20/);
    assert.match(told, /finally dispensed \+ balance == 100 \(no money is made or lost\): broken at step 4/);
    assert.match(told, /button "1 read balance \(100\)"/);
    // Mend it, and prove it.
    await page.getByRole('group', { name: 'protected by' }).getByRole('button', { name: 'atomic' }).click();
    await says(page, ['group', 'protected by'], /button "atomic" \[pressed\]/);
    for (const _ of [1, 2]) {
      await page.getByRole('button', { name: 'Prove it', exact: true }).locator('visible=true').last().click();
      await page.getByRole('status').filter({ hasText: /Proved/ }).waitFor({ state: 'attached' });
      await page.getByRole('button', { name: 'Once more' }).first().waitFor();
    }
    await says(page, ['navigation', 'Steps of this lesson'], /button "Prove it, done"|button ".*Prove it.*done"/);
    await page.getByRole('button', { name: 'Debrief' }).click();
    await says(page, ['region', 'Why'], 'a value that was read is a memory');
    await page.getByRole('link', { name: /^Next lesson/ }).click();
    await page.getByRole('region', { name: 'Why', exact: true }).getByRole('heading', { level: 1, name: 'Two locks' }).waitFor();
  });
});

test('there is one live region, and it is silent while the clock plays', async () => {
  await withPage({ path: race }, async (page) => {
    await page.locator('.panel-offers button').first().waitFor();
    const live = await page.$$eval('[aria-live]:not([aria-live="off"]), [role="status"], [role="log"], [role="alert"], output:not([aria-hidden])', (all) => all.map((one) => one.id || one.className));
    assert.deepEqual(live, ['spoken']);
    await page.evaluate(() => {
      globalThis.heard = [];
      new MutationObserver(() => globalThis.heard.push(document.getElementById('spoken').innerText))
        .observe(document.getElementById('spoken'), { childList: true, characterData: true, subtree: true });
    });
    await page.getByRole('button', { name: '4×' }).click();
    await page.getByRole('button', { name: 'Play' }).click();
    await page.locator('.told', { hasText: 'The run has ended' }).waitFor();
    await page.waitForTimeout(300);
    const heard = (await page.evaluate(() => globalThis.heard)).filter(Boolean);
    assert.equal(heard.length, 1, heard.join(' | '));
    assert.match(heard[0], /The run has ended/);
  });
});

test('the run in words is told in both languages, and can be copied', async () => {
  for (const [locale, title, copy, who] of [['en-US', 'In words', 'Copy', 'Who stands where'], ['es-MX', 'En palabras', 'Copiar', 'Dónde está cada quien']]) {
    await withPage({ path: `${race}?v=1&clients=2&guard=none&picks=1.2.1.1&at=3`, locale }, async (page) => {
      await page.locator('.panel-offers button').first().waitFor();
      await page.keyboard.press('t');
      await says(page, ['group', title], who);
      await page.locator('.panel-words').getByRole('button', { name: copy }).click();
      const text = await page.evaluate(() => navigator.clipboard.readText());
      assert.match(text, /balance: 20 \((was|era) 100\)/);
      assert.match(text, /4\. client 2 /);
    });
  }
});

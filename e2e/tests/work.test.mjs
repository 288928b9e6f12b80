// What a student keeps and passes on: edited texts, links, drafts, preferences; and faults.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { told, withBrowser, withPage } from '../lib/page.mjs';

withBrowser();

const race = '#/lesson/race-on-a-balance';
const at = (page, step, of) => page.locator('.step-of', { hasText: `step ${step} of ${of}` }).waitFor();
const offers = (page) => page.locator('.panel-offers button.choice');
const editor = (page) => page.locator('#editor-text');
const replace = async (page, from, to) => {
  const text = await editor(page).inputValue();
  assert.ok(text.includes(from), `the text has ${from}`);
  await editor(page).fill(text.replace(from, to));
};

test('a mistake is shown in place, the last good run stays, and mending it runs the new text', async () => {
  await withPage({ path: race }, async (page) => {
    await offers(page).first().waitFor();
    await page.getByRole('button', { name: 'Edit' }).click();
    await replace(page, 'let seen = balance ', 'let seen = balanse ');
    await page.locator('.problem', { hasText: 'balanse' }).waitFor();
    assert.match(await page.locator('.problem .place').innerText(), /^\d+:14$/);
    await page.getByText('Below is the last run that worked').waitFor();
    assert.equal(await page.locator('.editor-stack .wrong').innerText(), 'balanse');
    await page.locator('.problem').click();
    const selected = () => editor(page).evaluate((e) => e.value.slice(e.selectionStart, e.selectionEnd));
    assert.equal(await selected(), 'balanse');
    await page.keyboard.type('balance');
    await page.getByText('No mistakes.').waitFor();
    await replace(page, 'var balance = 100', 'var balance = 200');
    await page.locator('.kv-row', { hasText: '200' }).waitFor();
    await page.getByText('draft saved').waitFor();
    await page.getByRole('button', { name: /Reset to the lesson/ }).click();
    await page.locator('.kv-row', { hasText: '100' }).waitFor();
  });
});

test('a draft is there again, and another tab does not lose it silently', async () => {
  await withPage({ path: race }, async (page) => {
    await page.getByRole('button', { name: 'Edit' }).click();
    await replace(page, 'var balance = 100', 'var balance = 101');
    await page.getByText('draft saved').waitFor();
    await page.evaluate(() => {
      const key = 'lockstep.draft.race-on-a-balance';
      localStorage.setItem(key, localStorage.getItem(key).replace('101', '303'));
    });
    await replace(page, 'var balance = 101', 'var balance = 102');
    await page.getByRole('alert').getByText('Another tab').waitFor();
    await page.getByRole('button', { name: 'Take the other' }).click();
    await page.locator('.kv-row', { hasText: '303' }).waitFor();
    assert.match(await editor(page).inputValue(), /balance = 303/);
  });
});

test('reload and a copied link restore the moment', async () => {
  // Leaving a page that is still loading aborts requests, which is no problem.
  await withPage({ path: race, expectProblems: true }, async (page, { problems }) => {
    for (const step of [1, 2, 3]) {
      await offers(page).first().click();
      await at(page, step, step);
    }
    await page.keyboard.press('ArrowLeft');
    await at(page, 2, 3);
    // The address follows a little later; until then it may be that of the second step.
    await page.waitForFunction(() => /picks=\d+\.\d+\.\d+&at=2$/.test(location.hash));
    await page.reload();
    await at(page, 2, 3);
    await page.getByRole('button', { name: 'Share' }).click();
    await page.getByRole('button', { name: 'Copy link' }).click();
    await page.locator('.remark', { hasText: 'Link copied' }).waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    assert.match(link, /#\/lesson\/race-on-a-balance\?v=2&clients=2&.*picks=[\d.]+&at=2&fp=[0-9a-f]{32}$/);
    const other = await page.context().newPage();
    await other.goto(link);
    await at(other, 2, 3);
    assert.deepEqual(problems.filter((problem) => !problem.includes('ERR_ABORTED')), []);
  });
});

test('a link carries an edited text to somebody who has none', async () => {
  await withPage({ path: race }, async (page) => {
    await page.getByRole('button', { name: 'Edit' }).click();
    await replace(page, 'var balance = 100', 'var balance = 444');
    await page.locator('.kv-row', { hasText: '444' }).waitFor();
    await page.waitForFunction(() => location.hash.includes('text='));
    const link = page.url();
    await withPage({ path: link.slice(link.indexOf('#')) }, async (other) => {
      await other.locator('.kv-row', { hasText: '444' }).waitFor();
      assert.equal(await other.evaluate(() => localStorage.length), 0);
    });
  });
});

for (const [name, path, words] of [
  ['garbled', `${race}?v=1&picks=1.x`, 'damaged'],
  ['of a newer Lockstep', `${race}?v=99`, 'newer'],
  ['whose text is no text', `${race}?v=1&text=AAAA`, 'damaged'],
  ['whose steps do not fit', `${race}?v=1&picks=9.9&at=1`, 'no longer fit'],
]) {
  test(`a link ${name} says so and opens the lesson`, async () => {
    await withPage({ path }, async (page) => {
      await page.getByRole('alert').getByText(words).waitFor();
      await offers(page).first().waitFor();
    });
  });
}

test('back and forward work between the lessons and a lesson', async () => {
  await withPage({}, async (page) => {
    await page.getByRole('link', { name: 'Start the first lesson' }).click();
    await offers(page).first().waitFor();
    await page.goBack();
    await page.getByRole('heading', { level: 1, name: /scheduler/ }).waitFor();
    await page.goForward();
    await offers(page).first().waitFor();
  });
});

test('language and theme are changed and remembered', async () => {
  await withPage({ path: race, expectProblems: true }, async (page, { problems }) => {
    await page.getByRole('button', { name: 'ES', exact: true }).click();
    await page.getByText('¿Qué ocurre ahora?').waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'es');
    await page.getByRole('button', { name: 'Tema: como el sistema' }).click();
    await page.getByRole('button', { name: 'Tema: claro' }).click();
    assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), 'dark');
    await page.reload();
    await page.getByText('¿Qué ocurre ahora?').waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), 'dark');
    assert.deepEqual(problems.filter((problem) => !problem.includes('ERR_ABORTED')), []);
  });
});

test('a Spanish browser gets Spanish', async () => {
  await withPage({ path: race, locale: 'es-AR', theme: 'dark', storage: told('race-on-a-balance') }, async (page) => {
    await page.getByText('De las 6 formas de intercalar estos pasos').waitFor();
  });
});

test('on a phone the update is lost with the thumb, and nothing is wider than the screen', async () => {
  await withPage({ path: race, viewport: 'phone' }, async (page) => {
    const choices = page.locator('.phone-choices button');
    // The story has the page for itself, and leads to the steps.
    await page.getByRole('button', { name: 'Choose the steps' }).tap();
    for (const name of ['client 1', 'client 2', 'client 1', 'client 2']) {
      await choices.filter({ hasText: name }).first().tap();
      await page.waitForTimeout(60);
    }
    for (const tab of ['State', 'Timeline', 'Story', 'Code']) {
      await page.locator('.tabs').getByRole('button', { name: tab }).tap();
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= 390, `${tab} is ${wide} wide`);
      if (tab === 'State') await page.getByText('broken at step 4').waitFor();
    }
    const small = await page.locator('button:visible').evaluateAll((buttons) => buttons
      .map((b) => [b.innerText || b.ariaLabel, b.getBoundingClientRect().height])
      .filter(([, height]) => height < 44));
    assert.deepEqual(small, [], 'every button is big enough for a thumb');
  });
});

test('one screen is enough on a desk and on a projector', async () => {
  for (const viewport of ['desk', 'projector']) {
    await withPage({ path: race, viewport }, async (page) => {
      await offers(page).first().waitFor();
      const fits = await page.evaluate(() => document.documentElement.scrollHeight <= innerHeight
        && document.documentElement.scrollWidth <= innerWidth);
      assert.ok(fits, viewport);
    });
  }
});

test('a fault of the simulator shows what it said, and the page goes on at the same moment', async () => {
  await withPage({ path: '', expectProblems: true }, async (page) => {
    await page.addInitScript(() => {
      const Native = Worker;
      globalThis.workers = [];
      globalThis.Worker = class extends Native {
        constructor(...all) { super(...all); globalThis.workers.push(this); }
      };
    });
    await page.goto(`${page.url()}${race}?v=1&picks=1.2&at=2`);
    await page.reload();
    await at(page, 2, 2);
    await page.evaluate(async () => {
      const { src } = document.querySelector('script[src*="boot.mjs"]');
      const app = await import(new URL(new URL(src).searchParams.get('app'), src).href);
      globalThis.workers[0].postMessage(app.panic_request());
    });
    const panel = page.getByRole('alertdialog');
    await panel.getByText('asked to by a test').waitFor();
    await panel.getByRole('button', { name: 'Copy link' }).click();
    await panel.getByRole('button', { name: 'Go on' }).click();
    await panel.waitFor({ state: 'detached' });
    await at(page, 2, 2);
    await offers(page).first().click();
    await at(page, 3, 3);
  });
});

test('the own scenario opens in the editor and runs', async () => {
  await withPage({ path: '#/own' }, async (page) => {
    await editor(page).waitFor();
    await page.locator('[data-schedules="4 of 6"]').waitFor();
  });
});

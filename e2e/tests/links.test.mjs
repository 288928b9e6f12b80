// Links: what the share dialog gives, what becomes of old, changed, altered and hostile ones, and
// that a phone reads the code.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { checkAccessibility, withBrowser, withPage } from '../lib/page.mjs';

withBrowser();

const race = '#/lesson/race-on-a-balance';
const overdrawn = `${race}?v=2&clients=2&amount=80&guard=none&seed=1&picks=1.2.1.1&at=4`;
const fingerprint = 'e82faf6ef05981d9db3b658606ff5eb5';
const packed = (text) => deflateRawSync(Buffer.from(text), { level: 9 }).toString('base64url');
const at = (page, step, of) => page.locator('.step-of', { hasText: `step ${step} of ${of}` }).waitFor();
const share = (page) => page.getByRole('button', { name: 'Share', exact: true });
const dialog = (page) => page.getByRole('dialog', { name: 'Share' });
const clipboard = (page) => page.evaluate(() => navigator.clipboard.readText());
const hash = (link) => link.slice(link.indexOf('#'));
const chip = (page, kind) => page.locator(`.claim.${kind}`);

const reader = createRequire(import.meta.url).resolve('jsqr/dist/jsQR.js');

/** What a phone reads of a part of the screen. */
const scanned = async (page, part) => {
  const png = (await page.locator(part).screenshot()).toString('base64');
  // Evaluated rather than added as a script element, which the page's policy would refuse.
  await page.evaluate(await readFile(reader, 'utf8'));
  return page.evaluate(async (coded) => {
    const bytes = Uint8Array.from(atob(coded), (letter) => letter.charCodeAt(0));
    const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const { width, height } = picture;
    const context = new OffscreenCanvas(width, height).getContext('2d');
    context.drawImage(picture, 0, 0);
    return globalThis.jsQR(context.getImageData(0, 0, width, height).data, width, height)?.data;
  }, png);
};

test('the dialog gives a link that proves its run, and gives the focus back', async () => {
  await withPage({ path: overdrawn }, async (page) => {
    await at(page, 4, 4);
    await share(page).click();
    await dialog(page).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.id), 'share-copy');
    await checkAccessibility(page);
    await page.keyboard.press('Enter');
    await page.locator('.remark', { hasText: 'Link copied' }).waitFor();
    const link = await clipboard(page);
    assert.ok(link.endsWith(`&at=4&fp=${fingerprint}`), link);
    assert.match(await page.locator('.share-size').innerText(), /\d+ of 8,192 bytes/);
    await page.keyboard.press('Escape');
    await dialog(page).waitFor({ state: 'detached' });
    assert.equal(await page.evaluate(() => document.activeElement.id), 'share-open');
    await withPage({ path: hash(link) }, async (other) => {
      await chip(other, 'ok').getByText('reproduces').waitFor();
      await at(other, 4, 4);
      await checkAccessibility(other);
      // A reload checks again; once it has been read it goes.
      await other.waitForFunction(() => location.hash.includes('fp='));
      await other.locator('.claim').getByRole('button').click();
      await other.waitForFunction(() => !location.hash.includes('fp='));
      assert.equal(await other.locator('.claim').count(), 0);
    });
  });
});

test('nothing under the dialog can be reached by Tab', async () => {
  await withPage({ path: overdrawn }, async (page) => {
    await at(page, 4, 4);
    await share(page).click();
    for (let press = 0; press < 14; press += 1) {
      await page.keyboard.press('Tab');
      const where = await page.evaluate(() => {
        const now = document.activeElement;
        return now === document.body || now.closest('[role="dialog"]') !== null;
      });
      assert.ok(where, `after ${press + 1} times`);
    }
  });
});

test('a link can be of the scenario, in a language, as a presentation or for another page', async () => {
  await withPage({ path: overdrawn }, async (page) => {
    await at(page, 4, 4);
    await share(page).click();
    const link = page.locator('#share-text');
    await page.getByRole('button', { name: 'The scenario from its start' }).click();
    assert.doesNotMatch(await link.inputValue(), /picks=|fp=/);
    await page.getByRole('button', { name: 'This moment' }).click();
    await page.getByRole('switch', { name: 'Always in English' }).check();
    await page.getByRole('switch', { name: 'Prove the run with its fingerprint' }).uncheck();
    await page.getByRole('button', { name: 'Presentation' }).click();
    assert.match(await link.inputValue(), /&at=4&lang=en&mode=present$/);
    await page.getByRole('button', { name: 'Part of another page' }).click();
    await page.getByRole('button', { name: 'Copy HTML' }).click();
    const frame = await clipboard(page);
    assert.match(frame, /^<iframe src="http:\/\/[^"]*\/\?embed#\/lesson\/race-on-a-balance\?v=2&amp;[^"]*" title="Lockstep: [^"]+"[^<>]*><\/iframe>$/);
  });
});

test('the code fills the screen at a key, and a phone reads the moment from it', async () => {
  for (const [viewport, theme] of [['projector', 'dark'], ['desk', 'light'], ['phone', 'dark']]) {
    await withPage({ path: overdrawn, viewport, theme, scale: viewport === 'phone' ? 2 : 1 }, async (page) => {
      await page.waitForFunction(() => location.hash.includes('at=4'));
      await page.locator('.step-of').first().waitFor({ state: 'attached' });
      await page.keyboard.press('q');
      await page.locator('.code-full .code').waitFor();
      const shown = await page.locator('.code-link').innerText();
      assert.match(shown, /picks=1\.2\.1\.1&at=4$/);
      assert.equal(await scanned(page, '.code-full'), shown, `${viewport} ${theme}`);
      await page.keyboard.press('Escape');
      await page.locator('.code-full').waitFor({ state: 'detached' });
    });
  }
});

test('the code in the dialog is read too, and can be made large from there', async () => {
  await withPage({ path: overdrawn, locale: 'es-MX', scale: 2 }, async (page) => {
    await page.getByRole('button', { name: 'Compartir', exact: true }).click();
    // Opened before the moment has come, it is of the moment once that is there.
    await page.waitForFunction(() => document.getElementById('share-text').value.includes('fp='));
    await page.locator('.share-code .code').waitFor();
    assert.equal(await scanned(page, '.share-code .code'), await page.locator('#share-text').inputValue());
    await checkAccessibility(page);
    await page.getByRole('button', { name: /Llenar la pantalla/ }).click();
    await page.locator('.code-full .code').waitFor();
    await checkAccessibility(page);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: 'Compartir' }).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.id), 'share-fill');
  });
});

for (const [name, from, to, words] of [
  ['with another seed', 'seed=1', 'seed=2', 'The link was altered, or the simulator has changed'],
  ['with another step', '1.2.1.1', '1.2.2.1', 'The link was altered, or the simulator has changed'],
  ['whose steps do not fit', '1.2.1.1', '1.2.9.1', 'Its steps do not fit'],
  ['of a text that has changed', '&picks=1.2.1.1', '&of=0badc0de&picks=1.2.9.1', 'it has changed since, or the link was altered'],
]) {
  test(`a link ${name} does not prove its run, and says why`, async () => {
    const path = `${overdrawn}&fp=${fingerprint}`.replace(from, to);
    assert.notEqual(path, `${overdrawn}&fp=${fingerprint}`);
    await withPage({ path }, async (page) => {
      const told = chip(page, 'bad');
      await told.getByText('does not have the link\'s fingerprint').waitFor();
      await told.getByText(words).waitFor();
      assert.equal(await told.getAttribute('role'), 'alert');
    });
  });
}

test('a lesson whose text has changed since the link says so and shows what fits', async () => {
  const path = overdrawn.replace('&picks=1.2.1.1', '&of=0badc0de&picks=1.2.9.1');
  await withPage({ path, locale: 'es-MX' }, async (page) => {
    await page.getByRole('alert').getByText('El enlace no corresponde al texto de esta lección').waitFor();
    await page.locator('.step-of', { hasText: 'paso 2 de 2' }).waitFor();
  });
});

test('links of the first Lockstep open as they did', async () => {
  const path = `${race}?v=1&clients=3&amount=80&guard=none&seed=1&picks=1.2.1.1&at=2`;
  await withPage({ path }, async (page) => {
    await at(page, 2, 4);
    assert.equal(await page.locator('.claim, .notice').count(), 0);
  });
  const text = 'scenario "theirs"\nvar x = 0\nprocess p * 2 { x += 1 }\n';
  await withPage({ path: `#/own?v=1&seed=1&picks=1.2&at=1&text=${packed(text)}` }, async (page) => {
    await at(page, 1, 2);
    assert.equal(await page.locator('#editor-text').inputValue(), text);
  });
});

test('a link sets views, language and mode', async () => {
  await withPage({ path: `${overdrawn}&view=code.system&lang=es&mode=edit` }, async (page) => {
    await page.locator('#editor-text').waitFor();
    assert.equal(await page.locator('html').getAttribute('lang'), 'es');
    await page.locator('.panes').getByRole('button', { name: 'Sistema', pressed: true }).waitFor();
    assert.equal(await page.evaluate(() => localStorage.getItem('lockstep.lang')), null, 'it is nobody\'s choice');
    await page.waitForFunction(() => /view=code\.system&lang=es&mode=edit$/.test(location.hash));
  });
});

const script = '<script>globalThis.owned = 1</script><img src=x onerror="globalThis.owned = 1">';
for (const [name, path, words] of [
  ['a giant one', `${race}?v=2&a=${'x'.repeat(200_000)}`, 'longer than Lockstep accepts'],
  ['a bomb of text', `#/own?v=2&text=${packed('a'.repeat(5_000_000))}`, 'damaged'],
  ['a bomb of steps', `${race}?v=2&picks=z${packed('\x01'.repeat(5_000_000))}`, 'damaged'],
  ['more steps than there may be', `${race}?v=2&picks=1x4294967295`, 'damaged'],
  ['a script as a value', `${race}?v=2&clients=${encodeURIComponent(script)}`, 'clients'],
  ['a script as a name', `${race}?v=2&${encodeURIComponent(script)}=1`, 'script'],
  ['a script as a view', `${race}?v=2&view=${encodeURIComponent(script)}`, 'damaged'],
  ['a newer one', `${race}?v=3&picks=1`, 'newer'],
  ['an unknown lesson', '#/lesson/nothing?v=2', 'no such lesson'],
  ['an unknown view', `${race}?v=2&view=moon`, 'view=moon'],
  ['an unknown language', `${race}?v=2&lang=xx`, 'lang=xx'],
  ['an unknown mode', `${race}?v=2&mode=tv`, 'mode=tv'],
  ['a fingerprint that is none', `${race}?v=2&fp=${encodeURIComponent(script)}`, 'damaged'],
]) {
  test(`a hostile link is told and runs nothing: ${name}`, async () => {
    await withPage({ path }, async (page) => {
      await page.getByRole('alert').getByText(words, { exact: false }).first().waitFor();
      assert.equal(await page.evaluate(() => globalThis.owned), undefined);
      assert.equal(await page.evaluate(() => localStorage.length), 0);
      // The page answers all the same, where there is a workbench.
      if (path.includes('nothing')) return;
      await page.locator('.transport .play').waitFor();
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
    });
  });
}

test('a text that brings a script brings words', async () => {
  const text = `scenario "${script.replaceAll('"', '\\"')}"\nvar x = 0\nprocess p { x = 1 }\n`;
  await withPage({ path: `#/own?v=2&text=${packed(text)}` }, async (page) => {
    await page.waitForFunction(() => document.getElementById('editor-text')?.value.includes('owned'));
    await page.locator('[data-schedules]').waitFor();
    assert.equal(await page.evaluate(() => globalThis.owned), undefined);
  });
});

const repeated = (count, line) => Array.from({ length: count }, (_, at) => line(at)).join('');
const drawn = (page) => page.evaluate(() => document.querySelectorAll('*').length);
for (const [name, text, most] of [
  ['hundreds of variables and processes', `scenario "wide"\n${repeated(900, (at) => `var v${at} = 0\n`)}process p * 900 { v0 += 1 }\n`, 5_500],
  ['a process of thousands of lines', `scenario "long"\nvar x = 0\nprocess p * 2 {\n${repeated(4_000, () => 'x += 1\n')}}\n`, 5_500],
  ['a line of thousands of statements', `scenario "line"; var x = 0; process p { ${repeated(4_000, () => 'x += 1; ')}}\n`, 5_500],
  ['hundreds of services', `scenario "services"\n${repeated(300, (at) => `service s${at} {\n  on go() { work 1ms }\n}\n`)}process p { call s0.go() }\n`, 5_500],
  ['thousands of brackets', `scenario "deep"\nvar x = 0\nprocess p { x = ${'('.repeat(30_000)}1${')'.repeat(30_000)} }\n`, 1_500],
]) {
  test(`of a link that brings ${name} as much is drawn as is seen, and the page answers`, async () => {
    await withPage({ path: `#/own?v=2&seed=1&picks=1.1&at=2&text=${packed(text)}` }, async (page) => {
      await page.locator('#keys-open').click();
      await page.getByRole('dialog').waitFor();
      await page.keyboard.press('Escape');
      await page.locator('.panel-offers .choice, .panel-offers .told, .problem').first().waitFor();
      assert.equal(await page.locator('#editor-text').inputValue(), text);
      const count = await drawn(page);
      assert.ok(count < most, `${count} elements`);
      if (await page.locator('.problem').count() > 0) return;
      await page.locator('#main').focus();
      await page.keyboard.press('ArrowLeft');
      await page.locator('.step-of', { hasText: /step [01] of/ }).waitFor();
      assert.ok(await drawn(page) < most);
    });
  });
}

test('more of a long list comes when it is asked for, and a long text has colours where it is read', async () => {
  const text = `scenario "wide"\n${repeated(900, (at) => `var v${at} = 0\n`)}process p * 900 { v0 += 1 }\n`;
  await withPage({ path: `#/own?v=2&text=${packed(text)}` }, async (page) => {
    for (const list of ['.panel-offers .choices > li', '.panel-shared .kv-row']) {
      await page.locator(list).first().waitFor();
      assert.equal(await page.locator(list).count(), 40, list);
      await page.locator(list.split(' ')[0]).getByRole('button', { name: 'Show 160 more' }).click();
      await page.waitForFunction((rows) => document.querySelectorAll(rows).length === 200, list);
      assert.notEqual(await page.evaluate(() => document.activeElement.tagName), 'BODY', 'the focus is lost');
    }
    // The last line is where it would be if all lines before it were in colours.
    const last = page.locator('#editor-layer .ln', { hasText: 'process p' });
    assert.equal(await last.count(), 0);
    await page.locator('#editor-scroll').evaluate((editor) => { editor.scrollTop = editor.scrollHeight; });
    await last.locator('.kw', { hasText: 'process' }).waitFor();
    const top = await last.evaluate((line) => line.getBoundingClientRect().top - line.parentElement.getBoundingClientRect().top);
    assert.equal(top, 8 + 901 * 21);
    const number = page.locator('.num-row', { hasText: '902' });
    assert.equal(await number.evaluate((row) => row.getBoundingClientRect().top - row.parentElement.getBoundingClientRect().top), top);
  });
});

test('the steps of a very long link are taken bit by bit, and the page answers meanwhile', async () => {
  const path = '#/lesson/shop?v=2&seed=1&picks=0x60000&at=60000';
  await withPage({ path }, async (page) => {
    await page.locator('.claim.open', { hasText: /Taking the link's steps: [1-9]/ }).waitFor({ timeout: 60_000 });
    const began = Date.now();
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    assert.ok(Date.now() - began < 5_000, 'the page answered late');
    await page.getByRole('button', { name: 'Stop here' }).click();
    await page.locator('.claim').waitFor({ state: 'detached' });
    assert.match(await page.locator('.step-of').innerText(), /step [\d,]+ of/);
  });
});

test('a moment travels as a file', async () => {
  await withPage({ path: overdrawn }, async (page) => {
    await at(page, 4, 4);
    await share(page).click();
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save as a file' }).click(),
    ]);
    const text = await readFile(await saved.path(), 'utf8');
    assert.ok(text.startsWith('// moment: /lesson/race-on-a-balance?v=2'), text.slice(0, 80));
    await withPage({ path: '#/mine' }, async (other) => {
      await other.setInputFiles('input[type="file"]', {
        name: saved.suggestedFilename(), mimeType: 'text/plain', buffer: Buffer.from(text),
      });
      await at(other, 4, 4);
      await chip(other, 'ok').waitFor();
      assert.match(other.url(), /#\/lesson\/race-on-a-balance/);
    });
  });
});

// axe finds nothing, however small, on any page in any mode: both languages, both themes, desk and phone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findings } from '../lib/axe.mjs';
import { viewports, withBrowser, withPage } from '../lib/page.mjs';

withBrowser();

const lesson = (name) => `#/lesson/${name}`;
const ready = (page) => page.locator('.panel-story h1').waitFor();
const onStage = (page) => page.locator('.stage-page .stage-view').first().waitFor();
const share = async (page) => {
  await ready(page);
  await page.getByRole('button', { name: /^(Share|Compartir)$/ }).click();
  await page.getByRole('dialog').waitFor();
};
const edit = (page) => page.getByRole('button', { name: /^(Edit|Editar)$/ }).click();

/** Opens every view that the page has room for, one after another. */
async function views(page, check) {
  const panes = page.locator('.panes').getByRole('button');
  for (const pane of await panes.all()) {
    if (await pane.getAttribute('aria-pressed') !== 'true') await pane.click();
    await check(`the view ${await pane.innerText()}`);
  }
}

/** The views of a stage, by its key. */
async function stageViews(page, check) {
  for (const next of ['second', 'third']) {
    await page.keyboard.press('v');
    await page.waitForTimeout(300);
    await check(`the ${next} view`);
  }
}

test('axe finds nothing: the speaker\'s window', async () => {
  await withPage({ path: `?present${lesson('race-on-a-balance')}`, viewport: 'projector', expectProblems: true }, async (page) => {
    await onStage(page);
    const [speaker] = await Promise.all([page.waitForEvent('popup'), page.keyboard.press('s')]);
    await speaker.locator('.speaker-main').waitFor();
    const found = [];
    for (const colorScheme of ['light', 'dark']) {
      await speaker.emulateMedia({ colorScheme });
      found.push(...await findings(speaker));
    }
    assert.deepEqual(found, []);
  });
});

// A name, where it is, and what is done there; each is looked at once that is done.
const scenes = [
  ['the first page', ''],
  ['the first page after a lost update', '', async (page) => {
    for (let click = 0; click < 4; click += 1) await page.locator('.race-step.primary').click();
  }],
  ['a search that finds nothing', '', async (page) => {
    await page.getByRole('searchbox').fill('xyzzy');
    await page.getByText('xyzzy').first().waitFor();
  }],
  ['the glossary', '#/glossary', (page) => page.locator('h1').waitFor()],
  ['what is modelled', '#/modelled', (page) => page.locator('h1').waitFor()],
  ['for teachers', '#/teachers', (page) => page.locator('h1').waitFor()],
  ['a new scenario', '#/new'],
  ['what is kept', '#/mine'],
  ['the licences', 'licences.html'],
  ['a link that leads nowhere', '#/lesson/none'],
  ['a lesson at its start', lesson('race-on-a-balance'), ready],
  ['a lesson in the middle', `${lesson('race-on-a-balance')}?v=1&picks=1.2.1.2&at=3`, ready],
  ['a lesson at a failure', `${lesson('race-on-a-balance')}?v=1&picks=1.2.2.1`, ready],
  ['a question answered', lesson('race-on-a-balance'), async (page) => {
    await ready(page);
    await page.locator('.answer').first().click();
    await page.locator('.feedback .told').waitFor();
  }],
  ['the end of a lesson', lesson('race-on-a-balance'), async (page) => {
    await ready(page);
    await page.locator('.panel-debrief .proof-go button').click();
    await page.locator('.debrief-list').first().waitFor();
  }],
  ['the editor', lesson('two-locks'), async (page) => {
    await ready(page);
    await edit(page);
    await page.locator('#editor-text').waitFor();
  }],
  ['the editor with mistakes', lesson('two-locks'), async (page) => {
    await ready(page);
    await edit(page);
    await page.locator('#editor-text').fill('scenario "x"\nprocess p { lett a = 1 }\n');
    await page.locator('.problems li, .problem').first().waitFor();
  }],
  ['the keys', lesson('race-on-a-balance'), async (page) => {
    await ready(page);
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
  }],
  ['sharing', `${lesson('race-on-a-balance')}?v=1&picks=1.2.2.1`, share],
  ['a code for phones', lesson('race-on-a-balance'), async (page) => {
    await share(page);
    await page.locator('.share-code .code').waitFor();
    await page.getByRole('button', { name: /(Fill the screen|Llenar la pantalla)/ }).click();
    await page.locator('.code-full .code').waitFor();
  }],
  ['a lecture', `?present${lesson('race-on-a-balance')}`, async (page) => {
    await onStage(page);
    await page.keyboard.press('PageDown');
    await page.keyboard.press('r');
    await page.keyboard.press('o');
    await page.locator('.stage-outcome').waitFor();
  }, stageViews],
  ['a lecture on services', `?present${lesson('circuit-breaker')}`, onStage, stageViews],
  ['a lecture on tables', `?present${lesson('write-skew')}`, onStage, stageViews],
  ['a dark room', `?present${lesson('race-on-a-balance')}`, async (page) => {
    await onStage(page);
    await page.keyboard.press('.');
    await page.locator('.stage-blank').waitFor();
  }],
  ['part of another page', `?embed${lesson('race-on-a-balance')}`, onStage, async (page, check, locale) => {
    await page.setViewportSize({ width: 320, height: 240 });
    assert.deepEqual(await findings(page), [], `very small, ${locale}`);
  }],
  ['messages', lesson('poison-message'), ready, views],
  ['charts', lesson('fast-and-slow'), ready, views],
  ['services', lesson('circuit-breaker'), ready, views],
  ['tables', lesson('write-skew'), ready, views],
  ['sagas', lesson('saga'), ready, views],
  ['the final project', lesson('shop'), ready, views],
];

for (const [name, path, act = () => {}, then] of scenes) {
  for (const [locale, looks] of [
    ['en-US', [['desk', 'light'], ['phone', 'dark']]],
    ['es-MX', [['desk', 'dark'], ['phone', 'light'], ['projector', 'light']]],
  ]) {
    test(`axe finds nothing: ${name}, ${locale}`, async () => {
      await withPage({ path, locale, expectProblems: true }, async (page) => {
        await act(page);
        const found = [];
        const check = async (where) => {
          for (const [viewport, colorScheme] of looks) {
            await page.setViewportSize(viewports[viewport]);
            await page.emulateMedia({ colorScheme });
            for (const finding of await findings(page)) found.push(`${where}, ${viewport}, ${colorScheme}: ${finding}`);
          }
          await page.setViewportSize(viewports.desk);
        };
        await check(name);
        if (then) await then(page, check, locale);
        assert.deepEqual(found, []);
      });
    });
  }
}

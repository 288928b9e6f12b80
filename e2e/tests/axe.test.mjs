// axe finds nothing, however small, on any page in any mode: both languages, both themes, desk and phone.
// The pages are looked at one after the other in few windows; what is found is told all at once.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { colours, findings } from '../lib/axe.mjs';
import { running, viewports, withBrowser, withPage } from '../lib/page.mjs';
import { at, fronts, go, kinds, lessons, look, moments, open, openFront, reaching, views } from '../lib/scenes.mjs';

withBrowser();

const race = '#/lesson/race-on-a-balance';
const english = { locale: 'en-US', viewport: 'desk', theme: 'light' };
const spanish = { locale: 'es-MX', viewport: 'phone', theme: 'dark' };

/** A window, and what looks at it as it is now: in its own theme at all, in the other at the colours. */
async function walk(looks, path, use) {
  await withPage({ ...looks, path, expectProblems: true }, async (page) => {
    const found = [];
    const other = looks.theme === 'light' ? 'dark' : 'light';
    const check = async (where) => {
      found.push(...(await findings(page)).map((one) => `${where}: ${one}`));
      await page.emulateMedia({ colorScheme: other });
      found.push(...(await colours(page)).map((one) => `${where}, ${other}: ${one}`));
      await page.emulateMedia({ colorScheme: looks.theme });
    };
    await use(page, check, reaching(page, found));
    assert.deepEqual(found, []);
  });
}

const called = ({ locale, viewport, theme }) => `${locale}, ${viewport}, ${theme} and the other theme`;

for (const looks of [english, spanish]) {
  test(`axe finds nothing on pages without a workbench: ${called(looks)}`, async () => {
    await walk(looks, '', async (page, check, scene) => {
      for (const front of fronts) {
        await scene(front[0], async () => {
          await openFront(page, front);
          await check(front[0]);
        });
      }
      await page.goto(new URL('licences.html', page.url()).href);
      await check('the licences');
    });
  });

  test(`axe finds nothing on the workbench: ${called(looks)}`, async () => {
    await walk(looks, '#/mine', async (page, check, scene) => {
      for (const moment of moments) {
        await scene(moment[0], async () => {
          await open(page, moment);
          await check(moment[0]);
        });
      }
    });
  });

  test(`axe finds nothing in any view of a lesson: ${called(looks)}`, async () => {
    await walk(looks, '#/mine', async (page, check, scene) => {
      for (const [name, path] of kinds) {
        await scene(name, async () => {
          await open(page, [name, path]);
          await views(page, (view) => check(`${name}, ${view}`));
        });
      }
    });
  });
}

test('axe finds nothing in any lesson, each in one of the tabs of a phone and on a desk', async () => {
  await walk({ ...spanish, theme: 'light' }, '#/mine', async (page, check, scene) => {
    for (const [number, id] of lessons.entries()) {
      await scene(id, async () => {
        await page.setViewportSize(viewports.phone);
        await open(page, [id, `#/lesson/${id}`, 0]);
        const tabs = page.locator('.tabs').getByRole('button');
        const tab = tabs.nth(number % await tabs.count());
        await tab.click();
        await check(`${id}, ${await tab.innerText()}`);
        await page.setViewportSize(viewports.desk);
        await check(`${id}, desk`);
      });
    }
  });
});

/** The views of a stage, by its key. */
async function stageViews(page, check, name) {
  for (const next of ['first', 'second', 'third']) {
    await check(`${name}, the ${next} view`);
    await page.keyboard.press('v');
    await page.waitForTimeout(200);
  }
}

for (const looks of [{ ...english, viewport: 'projector' }, { ...spanish, viewport: 'projector' }, spanish]) {
  test(`axe finds nothing in a lecture: ${called(looks)}`, async () => {
    await walk(looks, `?present${race}`, async (page, check) => {
      const onStage = () => page.locator('.stage-page .stage-view').first().waitFor();
      await onStage();
      await check('the question');
      await page.keyboard.press('PageDown');
      await check('a stop');
      await page.keyboard.press('r');
      await page.keyboard.press('o');
      await page.locator('.stage-outcome').waitFor();
      await stageViews(page, check, 'the answer revealed');
      await page.keyboard.press('q');
      await page.locator('.code-full .code').waitFor();
      await check('a code');
      await page.keyboard.press('Escape');
      await page.keyboard.press('.');
      await page.locator('.stage-blank').waitFor();
      await check('a dark room');
      for (const name of ['circuit-breaker', 'write-skew', 'saga', 'philosophers']) {
        await page.goto(new URL(`?present#/lesson/${name}`, page.url()).href);
        await page.reload();
        await running(page);
        await onStage();
        await stageViews(page, check, name);
      }
    });
  });
}

test('axe finds nothing in the speaker\'s window', async () => {
  for (const locale of ['en-US', 'es-MX']) {
    await withPage({ path: `?present${race}`, viewport: 'projector', locale, expectProblems: true }, async (page) => {
      await page.locator('.stage-page .stage-view').first().waitFor();
      const [speaker] = await Promise.all([page.waitForEvent('popup'), page.keyboard.press('s')]);
      await speaker.locator('.speaker-main').waitFor();
      const found = await findings(speaker);
      await speaker.emulateMedia({ colorScheme: 'dark' });
      assert.deepEqual([...found, ...await findings(speaker)], []);
    });
  }
});

test('axe finds nothing in a part of another page, large and very small', async () => {
  for (const looks of [english, { ...spanish, viewport: 'desk' }]) {
    await walk(looks, `?embed${race}`, async (page, check) => {
      for (const size of [viewports.desk, viewports.phone, { width: 320, height: 240 }]) {
        await page.setViewportSize(size);
        await page.locator('.stage-page .stage-view').first().waitFor();
        await check(`${size.width} x ${size.height}`);
      }
    });
  }
});

test('axe finds nothing on paper', async () => {
  for (const looks of [english, { ...spanish, viewport: 'desk' }]) {
    await walk(looks, `${race}?v=1&picks=1.2.2.1`, async (page, check) => {
      await at(page, 4);
      await page.emulateMedia({ media: 'print' });
      await check('a lesson');
    });
  }
});

test('axe finds nothing where something went wrong', async () => {
  for (const looks of [english, spanish]) {
    await walk(looks, '#/mine', async (page, check) => {
      await page.route('**/lessons-*/two-locks.txt', (route) => route.abort());
      await go(page, '#/lesson/two-locks');
      await page.getByRole('alert').first().waitFor();
      await check('a lesson that does not come');
      // A host that has a newer page, whose lessons have other names.
      await page.route(page.url().split('#')[0], (route) => route.fulfill({ body: 'updates.mjs?build=0badc0de' }));
      await page.evaluate(() => document.dispatchEvent(new CustomEvent('lockstep-missing')));
      await page.locator('.update-note [role=status]').filter({ hasText: /./ }).waitFor();
      await check('files that are gone');
      await open(page, ['', `${race}?v=1&picks=1.2.2.1`, 4]);
      await check('a lesson under it');
      await look(page, /^(Timeline|Tiempo|Línea de tiempo)$/);
      await check('a view under it');
      await page.evaluate(() => document.dispatchEvent(new CustomEvent('lockstep-fault', { detail: 'a test' })));
      await page.locator('#boot-fault').waitFor();
      await check('a fault');
    });
  }
});

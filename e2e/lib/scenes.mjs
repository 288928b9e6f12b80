// Every page of the site in its states, one after the other in one window: going from one to the next costs
// a hundredth of opening a window for each, so that all of them can be looked at.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, running } from './page.mjs';

const lesson = (name) => `#/lesson/${name}`;
const race = lesson('race-on-a-balance');

/** The lessons in the order of the course. */
export const lessons = readdirSync(join(root, 'lessons'))
  .filter((name) => /^\d/.test(name))
  .map((name) => readFileSync(join(root, 'lessons', name, 'lesson.toml'), 'utf8').match(/^id = "(.+)"/m)[1]);

/** Waits for a lesson at a step (any but the start, if none is told), in whichever of its tabs. */
export const at = (page, step = '[1-9]\\d*') => page.locator('.step-of', { hasText: new RegExp(`(step|paso) ${step} (of|de)`) }).first().waitFor({ state: 'attached' });
const press = (page, en, es) => page.getByRole('button', { name: new RegExp(`^(${en}|${es})$`) }).filter({ visible: true }).first().click();
const stage = (page) => page.locator('#main').focus();
const dialog = (page) => page.getByRole('dialog').waitFor();
/** Opens a view of the workbench, or on a phone the tab, with one of these names. */
export const look = async (page, name) => {
  const button = page.locator('.panes, .tabs').getByRole('button', { name }).filter({ visible: true }).first();
  if (await button.getAttribute('aria-pressed') !== 'true') await button.click();
};
const now = (page) => look(page, /^(State|Estado)$/);
const story = (page) => look(page, /^(Story|Historia)$/);
/** On a phone what stands in the columns beside is in tabs of its own. */
const inTab = async (page, tab, act) => {
  if (await page.locator('.tabs').isVisible()) await tab(page);
  await act(page);
};
const edit = async (page) => {
  await press(page, 'Edit', 'Editar');
  if (await page.locator('.tabs').isVisible()) await look(page, /^(Code|Código)$/);
  await page.locator('#editor-text').waitFor();
};
const share = async (page) => {
  await press(page, 'Share', 'Compartir');
  await dialog(page);
};

/** Pages without a workbench: a name, where it is, and what is done there. */
export const fronts = [
  ['the first page', ''],
  ['the first page after a lost update', '', async (page) => {
    for (let click = 0; click < 4; click += 1) await page.locator('.race-step.primary').click();
  }],
  ['a search', '', async (page) => {
    await page.getByRole('searchbox').fill('lock');
    await page.locator('a.lesson').first().waitFor();
  }],
  ['a search that finds nothing', '', async (page) => {
    await page.getByRole('searchbox').fill('xyzzy');
    await page.getByText('xyzzy').first().waitFor();
  }],
  ['the glossary', '#/glossary', (page) => page.locator('#main dt, main dt, main h2').first().waitFor()],
  ['what is modelled', '#/modelled', (page) => page.locator('main h2').first().waitFor()],
  ['for teachers', '#/teachers', (page) => page.locator('main h2').first().waitFor()],
  ['a new scenario', '#/new'],
  ['what is kept', '#/mine'],
  ['a link that leads nowhere', '#/lesson/none'],
];

/** Moments of lessons: a name, where it is, how far its steps lead, and what is done there. */
export const moments = [
  ['a lesson at its start', race, 0],
  ['a lesson in the middle', `${race}?v=1&picks=1.2.1.2&at=3`, 3],
  ['a lesson at a failure', `${race}?v=1&picks=1.2.2.1`, 4],
  ['a link that is damaged', `${race}?v=2&picks=z!`, 0, (page) => page.getByRole('alert').first().waitFor()],
  ['a question answered', race, 0, (page) => inTab(page, story, async () => {
    await page.locator('.answer').first().click();
    await page.locator('.feedback .told').waitFor();
  })],
  ['the end of a lesson', race, 0, (page) => inTab(page, story, async () => {
    await page.locator('.panel-debrief .proof-go button').click();
    await page.locator('.debrief-list').first().waitFor();
  })],
  ['a proof', lesson('two-locks'), 0, (page) => inTab(page, now, async () => {
    // Where the question comes first, the verdict is asked for.
    const told = page.locator('.panel-schedules [data-schedules]');
    const ask = page.locator('.question-first .btn').last();
    await told.or(ask).first().waitFor();
    if (await ask.isVisible()) await ask.click();
    await told.waitFor();
    await page.locator('.how-sure summary').click();
  })],
  ['a schedule that stops', race, 0, (page) => inTab(page, now, async () => {
    await page.locator('.named li').nth(1).getByRole('button').click();
    await page.locator('.stop-bar').waitFor({ state: 'attached' });
  })],
  ['everybody waits', `${lesson('two-locks')}?v=2&picks=1.2`, 2, (page) => look(page, /^(Timeline|Tiempo|Línea de tiempo)$/)],
  ['a link that proves its run', `${race}?v=2&clients=2&amount=80&guard=none&seed=1&picks=1.2.1.1&at=4&fp=e82faf6ef05981d9db3b658606ff5eb5`, 4,
    (page) => page.locator('.claim.ok').waitFor({ state: 'attached' })],
  ['a link that does not', `${race}?v=2&clients=2&amount=80&guard=none&seed=2&picks=1.2.1.1&at=4&fp=e82faf6ef05981d9db3b658606ff5eb5`, 4,
    (page) => page.locator('.claim.bad').waitFor({ state: 'attached' })],
  ['why', `${race}?v=1&picks=1.2.1.1`, 4, async (page) => {
    await stage(page);
    await page.keyboard.press('w');
    await page.locator('#panel-why').waitFor({ state: 'attached' });
    await inTab(page, now, () => {});
  }],
  ['a variable looked into', `${race}?v=1&picks=1.2.1.1`, 4, (page) => inTab(page, now, async () => {
    await page.locator('.panel-shared .thing').first().click();
    await page.locator('.inspect').waitFor();
  })],
  ['how likely', '#/lesson/readers-and-writers?v=1&picks=1.1.2.3.3.2.1.2.3.1.2.1&at=5', 5, (page) => inTab(page, now, async () => {
    await page.getByRole('button', { name: /How likely from here|Qué probabilidad hay/ }).click();
    await page.locator('#spoken', { hasText: /continua/ }).waitFor({ state: 'attached' });
  })],
  ['a run by the clock', lesson('fast-and-slow'), 0, async (page) => {
    await look(page, /^(Charts|Gráficas)$/);
    await page.locator('.charts-run').click();
    await page.locator('.charts-run:disabled').waitFor({ timeout: 60_000 });
  }],
  ['many to choose from', lesson('ten-thousand'), 0, (page) => inTab(page, now, () => {})],
  ['the editor', lesson('two-locks'), 0, edit],
  ['the keys of the editor', lesson('two-locks'), 0, async (page) => {
    await edit(page);
    await page.locator('.editor-tools [aria-expanded]').click();
    await page.locator('.editor-help').waitFor();
  }],
  ['the editor with its suggestions', lesson('two-locks'), 0, async (page) => {
    await edit(page);
    await page.locator('#editor-text').focus();
    await page.keyboard.press('Control+Space');
    await page.getByRole('listbox').waitFor();
  }],
  ['a text with folds', lesson('two-locks'), 0, async (page) => {
    await edit(page);
    await press(page, 'Fold', 'Plegar');
    await page.locator('.folded-row').first().waitFor();
  }],
  ['a name asked for', lesson('two-locks'), 0, async (page) => {
    await edit(page);
    await page.locator('#editor-text').press('Control+s');
    await page.locator('#name-field').waitFor();
  }],
  ['the editor with mistakes', lesson('lost-counter'), 0, async (page) => {
    await edit(page);
    await page.locator('#editor-text').fill('scenario "x"\nprocess p { lett a = 1 }\n');
    await page.locator('.problems li, .problem').first().waitFor();
  }],
  ['a giant text', `#/own?v=2`, 0, async (page) => {
    await page.locator('#editor-text').fill(`scenario "x"\n${Array.from({ length: 300 }, (_, at) => `var v${at} = 0\n`).join('')}process p * 300 { v0 += 1 }\n`);
    await page.locator('.panel-shared .thing', { hasText: 'v39' }).waitFor({ state: 'attached' });
  }],
  ['the keys', race, 0, async (page) => {
    await stage(page);
    await page.keyboard.press('?');
    await dialog(page);
  }],
  ['sharing', `${race}?v=1&picks=1.2.2.1`, 4, share],
  ['a code for phones', race, 0, async (page) => {
    await share(page);
    await page.locator('.share-code .code').waitFor();
    await page.locator('#share-fill').click();
    await page.locator('.code-full .code').waitFor();
  }],
];

/** Lessons that have each kind of view, to be looked at in each of them. */
export const kinds = [
  'race-on-a-balance', 'philosophers', 'poison-message', 'order-by-key', 'fast-and-slow', 'circuit-breaker',
  'one-request', 'write-skew', 'saga', 'event-sourcing', 'shop',
].map((name) => [name, `${lesson(name)}?v=2&picks=1.1.1&at=3`]);

/** Goes to another place in the page that is open, by the link in its address. */
export async function go(page, path) {
  // What lies over the page goes first.
  for (let over = 0; over < 3 && await page.getByRole('dialog').count() > 0; over += 1) await page.keyboard.press('Escape');
  const before = await page.evaluate((to) => {
    const was = document.title;
    if (`#${location.hash.slice(1)}` === to || location.hash === to) location.hash = '#/mine';
    return was;
  }, path || '#');
  // From one lesson to the same one anew leads over a page that has none.
  if (path.startsWith('#/lesson') || path.startsWith('#/own')) {
    await page.evaluate(() => { location.hash = '#/mine'; });
    await page.locator('.bench').waitFor({ state: 'detached' });
  }
  await page.evaluate((to) => { location.hash = to; }, path);
  return before;
}

/** Opens a moment of a lesson and does there what is to be done. */
export async function open(page, [, path, step, act = () => {}]) {
  await go(page, path);
  await page.locator('.bench').waitFor();
  await at(page, step);
  await act(page);
}

/** Opens one of the pages without a workbench. */
export async function openFront(page, [, path, act = () => {}]) {
  await go(page, path);
  await page.locator('h1').first().waitFor();
  await page.waitForFunction(() => !document.querySelector('.bench'));
  await act(page);
}

/** Opens every view that the page has room for, one after another; on a phone every tab. */
export async function views(page, use) {
  const buttons = page.locator('.panes, .tabs').getByRole('button').filter({ visible: true });
  for (const button of await buttons.all()) {
    if (await button.getAttribute('aria-pressed') !== 'true') await button.click();
    await use(await button.innerText());
  }
}

/** Acts out a scene. One that cannot be reached is a finding too, and the next begins in a page loaded anew. */
export const reaching = (page, found) => async (name, act) => {
  try {
    await act();
  } catch (error) {
    found.push(`${name} is not reached: ${error.message}`);
    await page.goto(page.url().split('#')[0]);
    await running(page);
  }
};

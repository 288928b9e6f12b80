// A lecture: the stage with a slide clicker, the speaker's window, a page inside another, paper.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { checkAccessibility, root, running, withBrowser, withPage } from '../lib/page.mjs';
import { smallWords } from '../lib/room.mjs';

withBrowser();

const race = '#/lesson/race-on-a-balance';
const step = (page, at, of) => page.locator('.stage-step', { hasText: new RegExp(`(step|paso) ${at} (of|de) ${of}`) }).waitFor();
const sentence = (page, words) => page.locator('.stage-sentence', { hasText: words }).first().waitFor();
const stage = (page) => page.locator('.stage-page .lane').first().waitFor();
const lessons = readdirSync(join(root, 'lessons'))
  .filter((name) => /^\d/.test(name))
  .map((name) => readFileSync(join(root, 'lessons', name, 'lesson.toml'), 'utf8').match(/^id = "(.+)"/m)[1]);

test('P leads to the stage, a clicker tells the lesson, Escape leads back', async () => {
  await withPage({ path: race, viewport: 'projector' }, async (page) => {
    await page.locator('.panel-offers button.choice').first().waitFor();
    await page.keyboard.press('Shift+P');
    await stage(page);
    // It begins with the question; nothing tells which answer is right, or what comes of it.
    await sentence(page, 'can the bank hand out');
    assert.equal(await page.locator('.stage-answers li').count(), 3);
    assert.equal(await page.locator('.stage-answers .right, .stage-outcome, .bad').count(), 0);
    await page.keyboard.press('PageDown');
    await step(page, 2, 4);
    await sentence(page, 'Both have read 100');
    await page.locator('.stage-stop', { hasText: 'stop 1 of 3' }).waitFor();
    await page.keyboard.press('PageDown');
    await sentence(page, 'a number that is no longer true');
    await page.keyboard.press('PageUp');
    await sentence(page, 'Both have read 100');
    await page.keyboard.press('PageDown');
    await sentence(page, 'a number that is no longer true');
    await page.keyboard.press('PageDown');
    await sentence(page, 'The bank has paid 160');
    assert.equal(await page.locator('.stage-answers .right, .stage-outcome').count(), 0);
    await page.keyboard.press('PageDown');
    await page.locator('.stage-answers .right', { hasText: 'Yes' }).waitFor();
    assert.equal(await page.locator('.stage-outcome').count(), 0);
    // One place alone tells it to who cannot see it.
    const live = await page.$$eval('[aria-live], [role="status"], [role="log"]', (all) => all.map((one) => one.id));
    assert.deepEqual(live, ['spoken']);
    assert.match(await page.locator('#spoken').innerText(), /^Right: Yes/);
    await page.keyboard.press('PageDown');
    await page.locator('.stage-outcome [data-schedules="4 of 6"]').waitFor();
    await page.locator('.stage-broken', { hasText: 'no money is made or lost' }).waitFor();
    await page.keyboard.press('PageUp');
    await page.locator('.stage-outcome').waitFor({ state: 'detached' });
    await page.keyboard.press('PageUp');
    await sentence(page, 'The bank has paid 160');
    await page.keyboard.press('Escape');
    await page.locator('.panel-story').waitFor();
    // The key that led there leads there again.
    assert.equal(await page.evaluate(() => document.activeElement.id), 'main');
    await page.keyboard.press('p');
    await stage(page);
  });
});

test('a lecture that is loaded again goes on with its stops', async () => {
  await withPage({ path: `${race}?v=2&mode=present`, viewport: 'projector' }, async (page) => {
    await stage(page);
    await page.keyboard.press('PageDown');
    await sentence(page, 'Both have read 100');
    await page.keyboard.press('PageDown');
    await sentence(page, 'a number that is no longer true');
    await page.waitForFunction(() => location.hash.includes('at=3'));
    await page.reload();
    await sentence(page, 'a number that is no longer true');
    await page.locator('.stage-stop', { hasText: 'stop 2 of 3' }).waitFor();
    await page.keyboard.press('PageDown');
    await sentence(page, 'The bank has paid 160');
    await page.keyboard.press('PageUp');
    await page.keyboard.press('PageUp');
    await sentence(page, 'Both have read 100');
  });
});

test('the screen goes blank and comes back, and what is asked for is revealed', async () => {
  await withPage({ path: race, viewport: 'projector' }, async (page) => {
    await page.getByRole('button', { name: 'Present' }).click();
    await stage(page);
    await page.keyboard.press('.');
    const blank = page.locator('.stage-blank');
    await blank.waitFor();
    const box = await blank.boundingBox();
    assert.deepEqual([box.width, box.height], [1280, 720]);
    await page.keyboard.press('b');
    await blank.waitFor({ state: 'detached' });
    await page.keyboard.press('r');
    await page.locator('.stage-answers .right').waitFor();
    await page.keyboard.press('r');
    await page.locator('.stage-answers .right').waitFor({ state: 'detached' });
    await page.keyboard.press('o');
    await page.locator('.stage-outcome [data-schedules]').waitFor();
    await page.keyboard.press('o');
    // The class says who moves.
    await page.keyboard.press('2');
    await step(page, 1, 1);
    await sentence(page, 'client 2 read balance');
    await page.keyboard.press('ArrowLeft');
    await step(page, 0, 1);
    await page.keyboard.press('v');
    await page.locator('.scene-system').waitFor();
    await page.keyboard.press('v');
    await page.locator('.scene-timeline .panel-timeline').waitFor();
    await page.keyboard.press('Shift+V');
    await page.keyboard.press('Shift+V');
    await page.locator('.code-stage').waitFor();
  });
});

/** What of the stage is outside its place, and whether all has been told. */
function measure() {
  const outside = [];
  const fit = document.getElementById('stage-fit');
  if (fit.scrollHeight > fit.clientHeight + 1 || fit.scrollWidth > fit.clientWidth + 1) {
    outside.push(`stage ${fit.scrollWidth}x${fit.scrollHeight} in ${fit.clientWidth}x${fit.clientHeight}`);
  }
  const page = document.documentElement;
  if (page.scrollWidth > innerWidth || page.scrollHeight > innerHeight) outside.push('page');
  const band = document.querySelector('.stage-band');
  if (band.scrollHeight > band.clientHeight + 1) outside.push(`band ${band.scrollHeight} in ${band.clientHeight}`);
  for (const code of fit.querySelectorAll('.code')) {
    if (code.scrollWidth > code.clientWidth + 1) outside.push(`code ${code.textContent.slice(0, 30)}`);
  }
  const picture = fit.querySelector('.system-picture');
  if (picture) {
    const [place, seen] = [picture.parentElement, picture].map((one) => one.getBoundingClientRect());
    if (seen.bottom > place.bottom + 1 || seen.right > place.right + 1) outside.push('system');
  }
  if (!fit.querySelector('.lane, .stage-values dd, svg, table, h2, .stage-question, .charts-none')) outside.push('nothing to see');
  // What stands below the processes does not stand on them.
  const more = document.querySelector('.stage-lanes > .stage-more')?.getBoundingClientRect();
  for (const lane of more ? fit.querySelectorAll('.lane') : []) {
    if (lane.getBoundingClientRect().bottom > more.top + 1) outside.push('more processes');
  }
  const values = document.getElementById('stage-values');
  if (values && values.scrollHeight > values.clientHeight + 1) outside.push(`values ${values.scrollHeight} in ${values.clientHeight}`);
  return { outside, told: document.querySelector('.stage-outcome') !== null };
}

/** Waits until nothing on the stage moves any more, for a moment. */
async function still(page) {
  let before;
  for (let look = 0; look < 20; look += 1) {
    await page.waitForTimeout(40);
    const now = await page.evaluate(() => document.querySelector('.stage-under').innerHTML.length + document.getElementById('stage-fit').dataset.fitted);
    if (now === before) return;
    before = now;
  }
}

/** The least that the last row can read, in pixels. */
const READABLE = 16;

/** Looks at the moment shown: nothing is outside its place; words that are too small are told. */
async function look(page, where, small) {
  await still(page);
  const { outside, told } = await page.evaluate(measure);
  assert.deepEqual(outside, [], where);
  for (const word of await page.evaluate(smallWords, READABLE)) small.push(`${where}: ${word}`);
  return told;
}

/** Goes through every lesson from its question to its outcome; in its middle through every view. */
async function told(locale) {
  const small = [];
  await withPage({ path: '?present#/lesson/lost-counter', viewport: 'projector', locale }, async (page) => {
    const view = async () => (await page.locator('#stage-fit').getAttribute('class')).match(/code-stage|question-stage|scene-\w+/)[0];
    for (const id of lessons) {
      await page.evaluate((id) => { location.hash = `#/lesson/${id}`; }, id);
      await page.waitForFunction((id) => location.hash.includes(id) && document.getElementById('stage-fit'), id);
      await page.locator('.stage-answers').waitFor();
      let stop = 0;
      // Which stops of the lesson were told, and how many it has.
      const passed = new Set();
      let of = 0;
      for (let over = false; !over && stop < 40; stop += 1) {
        over = await look(page, `${id}, stop ${stop}, ${locale}`, small);
        const numbers = (await page.locator('.stage-stop').innerText()).match(/\d+/g)?.map(Number) ?? [];
        of = numbers.at(-1) ?? 0;
        if (numbers.length === 2) passed.add(numbers[0]);
        const seen = [await view()];
        while (stop === 2 && seen.at(-1) !== 'question-stage' && seen.length < 7) {
          await page.keyboard.press('v');
          for (let wait = 0; wait < 100 && await view() === seen.at(-1); wait += 1) await page.waitForTimeout(30);
          const now = await view();
          if (seen.includes(now)) break;
          seen.push(now);
          await look(page, `${id}, stop ${stop}, ${locale}, ${now}`, small);
        }
        assert.ok(stop !== 2 || seen.length > 2 || seen[0] === 'question-stage', `${id} has views: ${seen}`);
        await page.keyboard.press('PageDown');
      }
      assert.ok(stop > 2 && stop < 40, `${id} is told in ${stop} moments`);
      assert.equal(passed.size, of, `${id} has ${of} stops, told were ${[...passed]}`);
    }
  });
  return small;
}

test('every lesson fits the projector, from its question to its outcome', async () => {
  const small = await Promise.all(['en-US', 'es-MX'].map(told));
  assert.deepEqual(small.flat(), [], 'words that the last row cannot read');
});

async function speakerOf(page) {
  const [speaker] = await Promise.all([page.waitForEvent('popup'), page.keyboard.press('s')]);
  await running(speaker);
  return speaker;
}

test('a second window has the notes, drives the first, and finds it again', async () => {
  await withPage({ path: race, viewport: 'projector' }, async (page, { url }) => {
    await page.keyboard.press('p');
    await stage(page);
    const speaker = await speakerOf(page);
    await speaker.locator('.speaker-answers .right', { hasText: 'Yes' }).waitFor();
    assert.equal(speaker.workers().length, 0, 'no simulator is started there');
    await speaker.getByRole('button', { name: 'Next stop' }).click();
    await sentence(page, 'Both have read 100');
    await speaker.locator('.speaker-said', { hasText: 'Both have read 100' }).waitFor();
    await speaker.locator('.speaker-next', { hasText: 'in 1 step' }).waitFor();
    await speaker.locator('.speaker-next', { hasText: 'a number that is no longer true' }).waitFor();
    await speaker.locator('#speaker-clock', { hasText: /0:0[1-9]/ }).waitFor();
    await speaker.keyboard.press('.');
    await page.locator('.stage-blank').waitFor();
    await speaker.getByRole('button', { name: 'Blank screen' }).click();
    await page.locator('.stage-blank').waitFor({ state: 'detached' });
    await speaker.locator('.speaker-choices button').first().click();
    await step(page, 3, 4);
    // Either window is loaded again.
    await speaker.reload();
    await running(speaker);
    await speaker.locator('.speaker-said').waitFor();
    await page.waitForFunction(() => location.hash.includes('at=3'));
    await page.reload();
    await running(page);
    await speaker.locator('.speaker-now', { hasText: 'step 3 of 4' }).waitFor();
    await speaker.getByRole('button', { name: 'Step back' }).click();
    await page.getByText('step 2 of 4').first().waitFor();
    await checkAccessibility(speaker);
    await page.goto(`${url}licences.html`);
    await speaker.getByText('Waiting for the lecture').waitFor();
  });
});

test('two lectures do not mix, and strangers are not heard', async () => {
  await withPage({ path: race, viewport: 'projector' }, async (page, { url }) => {
    await page.keyboard.press('p');
    const speaker = await speakerOf(page);
    await speaker.locator('.speaker-main').waitFor();
    const other = await page.context().newPage();
    await other.goto(`${url}#/lesson/lost-counter`);
    await running(other);
    await other.keyboard.press('p');
    const second = await speakerOf(other);
    await second.locator('.speaker-main').waitFor();
    await second.getByRole('button', { name: 'Next stop' }).click();
    await other.locator('.stage-stop', { hasText: 'stop 1' }).waitFor();
    await step(page, 0, 0);
    // Whoever says something else on the channel is not heard.
    const name = new URL(speaker.url()).searchParams.get('speaker');
    await speaker.evaluate((name) => {
      const channel = new BroadcastChannel(`lockstep.lecture.${name}`);
      for (const said of ['next', 'lockstep 1 do', 'lockstep 1 do pick 77', `lockstep 1 shown\n${'x'.repeat(99_999)}`, { at: 1 }]) {
        channel.postMessage(said);
      }
      channel.postMessage('lockstep 1 do forward');
    }, name);
    await step(page, 1, 1);
  });
});

test('inside another page the stage is alone, still, and leaves the focus where it is', async () => {
  await withPage({ path: race, wait: false, expectProblems: true }, async (page, { url }) => {
    // Somebody's page, which says nothing of frames.
    await page.route('**/somebody.html', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><html lang="en"><title>Somebody</title><body></body></html>' }));
    for (const [width, height] of [[720, 420], [320, 240]]) {
      await page.goto(`${url}somebody.html`);
      await page.evaluate(({ url, width, height }) => {
        document.body.innerHTML = '<input id="mine">';
        const frame = Object.assign(document.createElement('iframe'), { src: `${url}?embed#/lesson/race-on-a-balance`, width, height });
        document.body.append(frame);
        document.getElementById('mine').focus();
      }, { url, width, height });
      const frame = page.frameLocator('iframe');
      await frame.locator('.embedded .lane').first().waitFor();
      assert.equal(await page.evaluate(() => document.activeElement.id), 'mine');
      assert.equal(await frame.locator('.top, .stage-tools').count(), 0);
      await page.keyboard.press('ArrowRight');
      await frame.locator('.stage-step', { hasText: 'step 0 of 0' }).waitFor();
      await frame.getByRole('button', { name: 'Step on' }).click();
      await frame.locator('.stage-step', { hasText: 'step 1 of 1' }).waitFor();
      const link = await frame.getByRole('link', { name: /Open in Lockstep/ }).getAttribute('href');
      assert.ok(!link.includes('?embed') && link.includes('#/lesson/race-on-a-balance'), link);
    }
  });
});

test('on paper there is what to read and to do, and nothing of the screen', async () => {
  await withPage({ path: `${race}?v=1&clients=2&guard=none&picks=1.2.1.1&at=3`, theme: 'dark' }, async (page) => {
    await page.locator('.question-first').waitFor();
    await page.emulateMedia({ media: 'print' });
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    for (const part of ['.panel-story h1', '.question', '.answer', '.panel-code .code', '.panel-challenges', '.panel-shared', '.panel-promises', '#print-link']) {
      assert.ok(await page.locator(part).first().isVisible(), part);
    }
    for (const part of ['.top', '.transport-bar', '.panes', '.hints .btn']) {
      assert.ok(!(await page.locator(part).first().isVisible()), part);
    }
    assert.match(await page.locator('#print-link').innerText(), /race-on-a-balance/);
    assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(255, 255, 255)');
    const cut = await page.locator('.code').evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth + 1).length);
    assert.equal(cut, 0);
  });
});

for (const [name, options] of [['light', {}], ['dark and Spanish', { theme: 'dark', locale: 'es-MX' }], ['a phone', { viewport: 'phone' }]]) {
  test(`axe finds nothing serious on the stage: ${name}`, async () => {
    await withPage({ path: `?present${race}`, viewport: 'projector', ...options }, async (page) => {
      await stage(page);
      await checkAccessibility(page);
      await page.keyboard.press('PageDown');
      await step(page, 2, 4);
      await page.keyboard.press('r');
      await page.keyboard.press('o');
      await page.locator('.stage-outcome').waitFor();
      await checkAccessibility(page);
    });
  });
}

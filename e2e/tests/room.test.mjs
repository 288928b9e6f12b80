// In a room: a projector's colours, measured in the page.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faint } from '../lib/room.mjs';
import { withBrowser, withPage } from '../lib/page.mjs';

withBrowser();

const processes = ['p1', 'p2', 'p3', 'p4', 'p5', 'p6'];
const tokens = {
  grounds: ['panel', 'bg', 'sunken', 'accent-soft', 'ok-soft', 'bad-soft', 'warn-soft'],
  words: ['ink', 'muted', 'faint', 'accent', 'ok', 'bad', 'warn', 'kw', 'num', 'str'],
  marks: [...processes, 's1', 's2', 's3', 's4', 's5', 'line', 'line-strong', 'ok-fill', 'bad-fill', 'warn-fill', 'accent'],
  on: [...processes.map((name) => [name, 'on-p']), ['accent', 'on-accent']],
  drawn: [
    ['.code-stage .lane', 'borderTopColor'], ['.lane-head .mark-shape', 'fill'], ['.stage-answers li', 'borderTopColor'],
    ['.sys-box', 'stroke'], ['.sys-line', 'stroke'], ['.sys-tip', 'fill'], ['.sys-shape', 'stroke'], ['.sys-slot', 'stroke'], ['.token:not(.later, .entry, .answer) rect', 'fill'], ['.token:is(.later, .entry, .answer) rect', 'stroke'],
    ['.timeline .dot', 'stroke'], ['.timeline .rail', 'stroke'], ['.timeline .touch', 'stroke'], ['.flight line:not(.hit-line)', 'stroke'], ['.band line', 'stroke'],
    ['.version', 'borderTopColor'], ['.transaction', 'borderLeftColor'], ['.rung-forth', 'borderLeftColor'],
    ['.plot-line polyline', 'stroke'], ['.plot-mark', 'fill'], ['.scrub-past', 'fill'], ['.scrub-rail', 'fill'], ['.stage-tick', 'fill'],
  ],
};
// Of each view a lesson that shows much in it, and how far into it.
const views = [
  ['race-on-a-balance', 'code-stage', 1], ['transfers-that-deadlock', 'code-stage', 3],
  ['retry-storm', 'scene-system', 2], ['poison-message', 'scene-system', 2], ['poison-message', 'scene-timeline', 2],
  ['dirty-read', 'scene-tables', 2], ['saga', 'scene-sagas', 2], ['load-shedding', 'scene-charts', 2],
];

for (const theme of ['light', 'dark']) {
  test(`a projector does not wash out what the stage says: ${theme}`, async () => {
    let [words, marks] = [0, 0];
    const washed = [];
    await withPage({ path: `?present#/lesson/${views[0][0]}`, viewport: 'projector', theme }, async (page) => {
      for (const [lesson, view, stops] of views) {
        await page.evaluate((id) => { location.hash = `#/lesson/${id}`; }, lesson);
        await page.waitForFunction((id) => location.hash.includes(id) && document.getElementById('stage-fit'), lesson);
        await page.locator('.stage-answers').waitFor();
        for (let at = 0; at < stops; at += 1) {
          const before = await page.locator('.stage-band').innerText();
          await page.keyboard.press('PageDown');
          await page.waitForFunction((before) => document.querySelector('.stage-band').innerText !== before, before);
        }
        for (let turn = 0; turn < 6 && !await page.locator(`#stage-fit.${view}`).count(); turn += 1) {
          const before = await page.locator('#stage-fit').getAttribute('class');
          await page.keyboard.press('v');
          await page.waitForFunction((before) => document.getElementById('stage-fit').className !== before, before);
        }
        assert.equal(await page.locator(`#stage-fit.${view}`).count(), 1, `${lesson} has ${view}`);
        const found = await page.evaluate(faint, tokens);
        washed.push(...found.faint.map((one) => `${lesson}, ${view}: ${one}`));
        [words, marks] = [words + found.words, marks + found.marks];
      }
    });
    assert.deepEqual(washed, []);
    assert.ok(words > 200 && marks > 100, `${words} words and ${marks} marks were measured`);
  });
}

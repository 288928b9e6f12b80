// Sagas as ladders: what each step did, what undoes it, what was written down; logs with their
// readers, and what is made of them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { checkAccessibility, toStage, withBrowser, withPage } from '../lib/page.mjs';

withBrowser();

const own = (text) => `#/own?v=1&text=${deflateRawSync(Buffer.from(text)).toString('base64url')}`;
const stepNumber = async (page) => Number((await page.locator('.step-of').textContent()).match(/\d+/)[0]);
const moved = (page, to) => page.waitForFunction(
  (wanted) => document.querySelector('.step-of')?.textContent.match(/\d+/)?.[0] === String(wanted), to,
);
/** Lets the clock take steps until something is to be seen. */
const until = async (page, seen) => {
  for (let steps = 0; steps < 30; steps += 1) {
    if (await seen.count() > 0) return;
    const before = await stepNumber(page);
    await page.keyboard.press('ArrowRight');
    await moved(page, before + 1);
  }
  assert.fail(`not seen in thirty steps: ${seen}`);
};
/** Lets somebody take the step that is possible. */
const act = async (page, words) => {
  const before = await stepNumber(page);
  await page.locator('.panel-offers button.choice', { hasText: words }).first().click();
  await moved(page, before + 1);
};
const view = (page) => page.locator('.panel-sagas');
const rung = (page, name) => view(page).locator('.rung', { has: page.locator(`b:text-is("${name}")`) });
const side = (page, name, which) => rung(page, name).locator(`.rung-${which}`).innerText();

const trip = `scenario "A trip"
var room = 0
service airline { on book() { fail sold_out } }
process traveller {
  try {
    saga (durable: true) {
      step "hotel"  { room = 1 } undo { room = 0 }
      step "flight" { call airline.book() } undo { room = 5 }
    }
  } catch sold_out { note "stays at home" }
}
fault crash traveller anytime for 1s at most 1
`;

for (const [name, options, words] of [
  ['in English', {}, {
    waits: /waiting/, begun: 'not begun', done: 'done', failed: /failed\s+sold_out/, due: /still to be undone/,
    undone: 'undone', idle: /nothing to undo/, notes: [/hotel: done/, /from here on it is undone/, /hotel: undone/],
  }],
  ['in Spanish, dark', { locale: 'es-MX', theme: 'dark' }, {
    waits: /en espera/, begun: 'sin empezar', done: 'hecho', failed: /falló\s+sold_out/, due: /falta deshacerlo/,
    undone: 'deshecho', idle: /nada que deshacer/, notes: [/hotel: hecho/, /desde aquí se deshace/, /hotel: deshecho/],
  }],
]) {
  test(`a saga climbs its ladder and comes down again, ${name}`, async () => {
    await withPage({ path: own(trip), ...options }, async (page) => {
      await page.locator('.step-of').waitFor();
      await toStage(page);
      assert.equal(await view(page).locator('.chip').innerText(), words.begun);
      assert.match(await side(page, 'hotel', 'forth'), words.waits);
      const state = (step, which, said) => rung(page, step).locator(`.rung-${which} .rung-state:text-is("${said}")`);
      await until(page, state('hotel', 'forth', words.done));
      const done = await stepNumber(page);
      assert.match(await side(page, 'flight', 'forth'), /flight/);
      await until(page, rung(page, 'flight').locator('.rung-forth .rung-sign.failed'));
      assert.match(await side(page, 'flight', 'forth'), words.failed);
      assert.match(await side(page, 'flight', 'back'), words.idle);
      await until(page, rung(page, 'hotel').locator('.rung-back.due'));
      assert.match(await side(page, 'hotel', 'back'), words.due);
      await until(page, state('hotel', 'back', words.undone));
      const notes = view(page).locator('.note');
      await until(page, notes.nth(2));
      for (const [at, said] of words.notes.entries()) assert.match(await notes.nth(at).innerText(), said);
      await checkAccessibility(page);
      // What is done leads to the step of the run that did it.
      await rung(page, 'hotel').locator('.rung-forth .rung-name').click();
      await moved(page, done);
      assert.equal(await state('hotel', 'back', words.undone).count(), 0);
    });
  });
}

test('a restart goes on behind the last note, and an answer that nobody heard is left open, on a phone too', async () => {
  await withPage({ path: own(trip) }, async (page) => {
    await page.locator('.step-of').waitFor();
    await toStage(page);
    await until(page, view(page).locator('.rung-arrows .waits'));
    await act(page, /traveller.*crash|crash.*traveller/);
    assert.equal(await view(page).locator('.chip').innerText(), 'interrupted');
    assert.match(await side(page, 'flight', 'forth'), /no answer heard/);
    await until(page, view(page).locator('.note.resumed'));
    assert.match(await side(page, 'hotel', 'forth'), /done/);
    await page.setViewportSize({ width: 390, height: 844 });
    await page.locator('.tabs').getByRole('button', { name: 'Saga', exact: true }).click();
    await view(page).waitFor();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 390, `the page is ${wide} wide`);
    await checkAccessibility(page);
  });
});

const events = `scenario "Events first"
log events
database views {
  table total = { 1: 0 }
  table position = { 1: 0 }
}
process client { send { delta: 10 } to events
  send { delta: 10 } to events }
process projector {
  follow events from position[1] + 1 as e {
    update total[1] set value = value + e.delta
    position[1] = offset(e)
  }
}
process looker { follow events from 1 as e { note "seen" } }
fault crash projector anytime for 1s at most 1
`;

for (const [name, options, words] of [
  ['in English', {}, { unknown: 'unknown until it starts', crashed: 'crashed: unknown until it starts again', level: 'up to date', behind: ['1 event behind', '2 events behind'] }],
  ['in Spanish, dark', { locale: 'es-MX', theme: 'dark' }, { unknown: 'no se sabe hasta que empiece', crashed: 'se cayó: no se sabe hasta que vuelva', level: 'al día', behind: ['le falta 1 evento', 'le faltan 2 eventos'] }],
]) {
  test(`two readers of a log, each with its lag, and a read model behind the truth, ${name}`, async () => {
    await withPage({ path: own(events), ...options }, async (page) => {
      await page.locator('.step-of').waitFor();
      await toStage(page);
      assert.equal(await view(page).count(), 0, 'there is no saga');
      const log = page.locator('.panel-logs .log');
      const reader = (who) => log.locator('.log-reader', { hasText: who }).locator('.log-behind');
      const model = log.locator('.log-model .log-behind');
      assert.equal(await reader('projector').innerText(), words.unknown);
      assert.equal(await reader('looker').innerText(), words.level);
      await act(page, /^client/);
      await act(page, /^client/);
      assert.equal(await log.locator('.log-entry').count(), 2);
      await act(page, /^projector/);
      assert.equal(await reader('projector').innerText(), words.behind[1]);
      assert.equal(await model.innerText(), words.behind[1]);
      await act(page, /^projector/);
      await act(page, /^looker/);
      await act(page, /^looker/);
      assert.equal(await reader('projector').innerText(), words.behind[0]);
      assert.equal(await reader('looker').innerText(), words.level);
      assert.equal(await model.innerText(), words.behind[1], 'it is read, and not yet in the view');
      await act(page, /^projector/);
      await act(page, /^projector/);
      assert.equal(await model.innerText(), words.behind[0]);
      assert.match(await log.locator('.log-model ul').innerText(), /total\[1\] = 10/);
      await checkAccessibility(page);
      await act(page, /crash|cae/i);
      assert.equal(await reader('projector').innerText(), words.crashed);
      assert.equal(await model.innerText(), words.behind[0], 'that outlives its reader');
    });
  });
}

// Katas 3 and 4, a bank transfer and overselling, from a prediction to a proved fix, as a student goes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAccessibility, withBrowser, withPage } from '../lib/page.mjs';
import {
  challenge, choose, goal, measure, mend, play, predict, prove, refuse, run, slide, turn, verdict,
} from '../lib/student.mjs';

withBrowser();

const done = (page, title) => challenge(page, title).locator('.chip.ok', { hasText: 'done' }).waitFor();
/** Picks by hand: the first thing that may happen next with these words. */
const pick = async (page, words) => {
  const before = await page.locator('.step-of').innerText();
  await page.locator('.panel-offers button.choice', { hasText: words }).first().click();
  await page.waitForFunction((was) => document.querySelector('.step-of').innerText !== was, before);
};

test('kata 3, bank transfer: what a crash leaves of two updates', async () => {
  await withPage({ path: '#/lesson/bank-transfer' }, async (page) => {
    await verdict(page, 'broken');
    await predict(page, 'the database undoes the first', 'a transaction of its own');
    await predict(page, '170: the 30 are gone', 'Right.');
    await play(page, 'a crash half-way', 2, 'nobody knows of the second half');
    assert.equal(await challenge(page, 'Lose it.').locator('.chip.ok').count(), 0, 'that was no run of one\'s own');
    await page.getByRole('button', { name: 'To the start' }).click();
    for (const words of ['transfer', 'crash']) await pick(page, words);
    await done(page, 'Lose it.');
    await refuse(page, 'Fix it.');
    // The other way round the bank gives money away.
    await choose(page, 'credit first');
    await play(page, 'a crash half-way', 2, 'The other way round: 230.');
    await choose(page, 'one transaction');
    await verdict(page, 'holds');
    await play(page, 'a crash half-way', 2, 'The database does it, not the program');
    await prove(page, 'Fix it.');
    await checkAccessibility(page);
  });
});

test('kata 3, bank transfer: the note that it is done goes into the same transaction', async () => {
  await withPage({ path: '#/lesson/bank-transfer' }, async (page) => {
    await choose(page, 'one transaction');
    await turn(page, 'starts again after a crash');
    await verdict(page, 'broken');
    await play(page, 'a crash before the receipt', 4, 'What will it do?');
    await refuse(page, 'Move it once.');
    await mend(page, [
      '  table accounts = { 1: 100, 2: 100 }\n',
      '  table accounts = { 1: 100, 2: 100 }\n  table moves\n',
    ], [
      'transaction  => transaction bank { debit(); credit() }',
      `transaction  => {
      try {
        transaction bank { insert moves[1] = amount; debit(); credit() }
      }
      catch duplicate { }
    }`,
    ]);
    await verdict(page, 'holds');
    await prove(page, 'Move it once.');
  });
});

test('kata 4, overselling: a level, or another way of writing', async () => {
  await withPage({ path: '#/lesson/overselling' }, async (page) => {
    await verdict(page, 'broken');
    await predict(page, 'two updates of one row cannot happen at once', 'does not make a memory true');
    await predict(page, 'The isolation level, or another way', 'Right.');
    await slide(page, 'buyers', 2);
    await slide(page, 'tickets', 1);
    await play(page, 'both read first', 8, 'A row has one writer at a time');
    await play(page, 'both read first', 13, 'One ticket, two sales');
    await page.locator('.panel-promises .chip.bad').first().waitFor();
    await refuse(page, 'Fix it.');
    for (const way of ['pessimistic', 'optimistic', 'one update']) {
      await choose(page, way);
      await verdict(page, 'holds');
    }
    await prove(page, 'Fix it.');
    await choose(page, 'plain');
    await choose(page, 'repeatable read');
    await verdict(page, 'holds');
    await play(page, 'both read first', 11, 'SQLSTATE 40001');
    await checkAccessibility(page);
  });
});

test('kata 4, overselling: a hundred buyers by the clock, and a lock by one\'s own hand', async () => {
  await withPage({ path: '#/lesson/overselling' }, async (page) => {
    await measure(page, 'Sell ten, quickly.', 'bad');
    await run(page);
    await goal(page, 'all sold, and no errors', 'bad');
    // A line of a hundred: nobody gets an error, and the last waits for all others.
    await choose(page, 'pessimistic');
    await measure(page, 'Sell ten, quickly.', 'bad');
    await run(page);
    await goal(page, 'all sold, and no errors', 'ok');
    await goal(page, 'nobody waits for long', 'bad');
    await choose(page, 'one update');
    await measure(page, 'Sell ten, quickly.', 'ok');
    await choose(page, 'plain');
    await refuse(page, 'Fix it at read committed.');
    await mend(page, ['if way == pessimistic { shows[1] for update }', 'shows[1] for update']);
    await verdict(page, 'holds');
    await prove(page, 'Fix it at read committed.');
  });
});

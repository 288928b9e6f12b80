// Katas 9 and 10, a saga and the outbox, from a prediction to a proved fix, as a student goes.
import { test } from 'node:test';
import { checkAccessibility, withBrowser, withPage } from '../lib/page.mjs';
import {
  choose, goal, mend, play, predict, prove, refuse, run, turn, verdict,
} from '../lib/student.mjs';

withBrowser();

test('kata 9, a saga: a step refuses, and what was done before it is undone', async () => {
  await withPage({ path: '#/lesson/saga' }, async (page) => {
    await verdict(page, 'broken');
    await predict(page, 'a step that failed has nothing to undo', 'Perhaps the 10 are gone');
    await predict(page, 'this order can never be charged again', 'Right.');
    await play(page, 'sold out', 7, 'has taken 10');
    await play(page, 'sold out', 15, 'The saga turns round');
    const rung = (name) => page.locator('.panel-sagas .rung', { hasText: name });
    await rung('inventory').locator('.rung-forth', { hasText: 'sold_out' }).waitFor();
    await rung('payment').locator('.rung-forth', { hasText: 'payment.charge' }).waitFor();
    await refuse(page, 'Fix it.');
    await choose(page, 'sets to 0 and closes the payment');
    await turn(page, 'thanks go out at once', false);
    await verdict(page, 'holds');
    await prove(page, 'Fix it.');
    await checkAccessibility(page);
  });
});

test('kata 9, a saga: an answer that does not come, and thanks that nobody takes back', async () => {
  await withPage({ path: '#/lesson/saga' }, async (page) => {
    await choose(page, 'sets to 0');
    await turn(page, 'the payment may not answer');
    await play(page, 'the refund overtakes the charge', 4, 'The saga cannot know that');
    await play(page, 'the refund overtakes the charge', 11, 'Now the charge arrives');
    await refuse(page, 'Fix the thanks.');
    await mend(page, [
      'topic order_created; topic payment_authorized\n',
      'topic order_created; topic payment_authorized\ntopic order_approved\n',
    ], [
      'queue mail (from: payment_authorized,', 'queue mail (from: order_approved,',
    ], [
      'step "approval" { status = "yes" }', 'step "approval" { status = "yes"; send 1 to order_approved }',
    ]);
    await prove(page, 'Fix the thanks.');
  });
});

test('kata 10, the outbox: committed and never published, and published without a commit', async () => {
  await withPage({ path: '#/lesson/outbox' }, async (page) => {
    await verdict(page, 'broken');
    await predict(page, 'the transaction covers both', 'It covers what the database does');
    await predict(page, 'an order that does not exist', 'Right.');
    await play(page, 'saved, not told', 4, 'never been more than a line of code');
    await refuse(page, 'Fix it.');
    await choose(page, 'tells inside the transaction');
    await play(page, 'told, not saved', 7, 'is rolled back');
    await choose(page, 'writes into an outbox');
    await verdict(page, 'holds');
    await prove(page, 'Fix it.');
    await checkAccessibility(page);
  });
});

test('kata 10, the outbox: what it tells twice, whoever listens must know', async () => {
  await withPage({ path: '#/lesson/outbox' }, async (page) => {
    await choose(page, 'writes into an outbox');
    await choose(page, 'the relay');
    await verdict(page, 'broken');
    await play(page, 'told twice', 16, 'Started again');
    await refuse(page, 'Fix all of it.');
    await mend(page, [
      'counter told[2], saved\n', 'counter told[2], saved\nvar heard[] = false\n',
    ], [
      'process packer receive warehouse as m { told[m] += 1 }',
      `process packer receive warehouse as m {
  atomic { if not heard[m] { heard[m] = true; told[m] += 1 } }
}`,
    ]);
    await verdict(page, 'holds');
    await prove(page, 'Fix all of it.');
  });
});

test('the final project, small: each switch mends one thing, and all of them together are proved', async () => {
  await withPage({ path: '#/lesson/small-shop' }, async (page) => {
    await verdict(page, 'broken');
    await predict(page, 'Without the outbox', 'On a good day there is none');
    await predict(page, 'Without the saga', 'Right.');
    await refuse(page, 'Prove it.');
    const switches = [
      'the queue hands out again', 'keys at every service', 'a saga', 'the saga takes notes',
    ];
    for (const name of switches) await turn(page, name);
    await verdict(page, 'broken');
    await play(page, 'nobody hears of it', 4, 'Orders has crashed before it sent');
    await turn(page, 'an outbox');
    await verdict(page, 'holds');
    await prove(page, 'Prove it.');
    await checkAccessibility(page);
  });
});

test('the final project, large: twenty orders a second by the clock, and a switch that owes some', async () => {
  await withPage({ path: '#/lesson/shop' }, async (page) => {
    await predict(page, 'They are late, and arrive afterwards', 'That is what the outbox is');
    await predict(page, 'nobody ever decides them', 'Right.');
    await run(page);
    for (const words of ['every order is decided', 'money for parcels', 'few are refused']) {
      await goal(page, words, 'ok');
    }
    await turn(page, 'an outbox', false);
    await run(page);
    await goal(page, 'every order is decided', 'bad');
    await goal(page, 'money for parcels', 'ok');
  });
});

// Katas 1, 5, 7, 11 and 13 from a prediction to a proved fix, as a student goes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAccessibility, withBrowser, withPage } from '../lib/page.mjs';
import {
  challenge, choose, goal, look, measure, mend, play, predict, prove, refuse, run, slide, turn, verdict,
} from '../lib/student.mjs';

withBrowser();

const done = (page, title) => challenge(page, title).locator('.chip.ok', { hasText: 'done' }).waitFor();
/** Picks by hand: the first thing that may happen next with these words. */
const pick = async (page, words) => {
  const before = await page.locator('.step-of').innerText();
  await page.locator('.panel-offers button.choice', { hasText: words }).first().click();
  await page.waitForFunction((was) => document.querySelector('.step-of').innerText !== was, before);
};
/** How the run went, in words. */
const health = async (page, words) => {
  await page.waitForFunction((text) => document.getElementById('health')?.textContent.includes(text), words);
};

test('kata 1, ten thousand requests: waiting needs places, computing needs cores', async () => {
  await withPage({ path: '#/lesson/ten-thousand' }, async (page) => {
    await predict(page, 'The event loop: it was made', 'ten thousand that wait');
    await predict(page, 'It depends on whether they wait', 'Right.');
    // Waiting and computing, on one core.
    await measure(page, 'Few threads.', 'bad');
    await choose(page, 'a pool of threads');
    await slide(page, 'pool', 200);
    await measure(page, 'Few threads.', 'ok');
    // Only waiting: the loop pays for nothing but the wait.
    await slide(page, 'computing', 0, '0s');
    await measure(page, 'Only waiting.', 'bad');
    await choose(page, 'an event loop');
    await measure(page, 'Only waiting.', 'ok');
    // One call that blocks holds up all of them.
    await turn(page, 'the wait blocks');
    await measure(page, 'Unblock the loop.', 'bad');
    await slide(page, 'requests', 300);
    await run(page);
    await goal(page, 'hardly anybody gives up', 'bad');
    await health(page, 'errors');
    await page.locator('.heat.errors').first().waitFor({ state: 'attached' });
    assert.match(await page.locator('figcaption', { hasText: 'In hand' }).innerText(), /^In hand$/);
    await slide(page, 'requests', 10_000);
    await mend(page, [
      '    if blocking and style == event_loop {\n      work exp(waiting)\n    } else { sleep exp(waiting) }',
      '    sleep exp(waiting)',
    ]);
    await measure(page, 'Unblock the loop.', 'ok');
  });
});

test('kata 1, ten thousand requests: with threads a count is lost, and none with a lock', async () => {
  await withPage({ path: '#/lesson/ten-thousand' }, async (page) => {
    await choose(page, 'a thread for each');
    await slide(page, 'requests', 2);
    await verdict(page, 'broken');
    await play(page, 'a count is lost', 18, 'the counter says 1');
    await refuse(page, 'Count them all.');
    await mend(page, ['    served += 1 ', '    atomic { served += 1 } ']);
    await verdict(page, 'holds');
    await prove(page, 'Count them all.');
  });
});

test('kata 5, pay once: a timeout is not a no', async () => {
  await withPage({ path: '#/lesson/pay-once' }, async (page) => {
    await verdict(page, 'broken');
    await predict(page, 'and the bank looks first', 'Between looking and noting there are steps');
    // The schedule shows it; what counts is one's own run.
    await play(page, 'sent twice', 8, 'Both requests have charged: 160.');
    assert.equal(await challenge(page, 'Pay twice.').locator('.chip.ok').count(), 0);
    await page.locator('.panel-promises .chip.bad').first().waitFor();
    // Why, and the one request with its two calls.
    await page.locator('main').focus();
    await page.keyboard.press('w');
    await page.locator('#panel-why .request-open').click();
    const life = page.locator('#panel-request');
    await life.locator('.life-row.deep-1').nth(1).waitFor();
    assert.equal(await life.locator('.life-row').count(), 3, 'the customer, and two calls');
    await life.getByText('nobody waits for it any more').waitFor();
    await life.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('button', { name: 'To the start' }).click();
    // By one's own hand: the time runs out, and both requests get through.
    for (const words of [
      'client 1 calls bank.pay', 'client 1 runs out of time', 'client 1 waits until the next try', 'client 1 calls bank.pay',
      'bank.pay 1 takes a worker', 'bank.pay 2 takes a worker', 'bank.pay 1 in one step', 'bank.pay 2 in one step',
    ]) await pick(page, words);
    assert.equal(await page.locator('.token.request').count(), 2);
    await done(page, 'Pay twice.');
    await refuse(page, 'Fix it.');
    await choose(page, 'looks first');
    await play(page, 'sent twice', 8, 'neither saw the key');
    await choose(page, 'does both in one step');
    await verdict(page, 'holds');
    await prove(page, 'Fix it.');
    await slide(page, 'tries', 1);
    await measure(page, 'Leave few in doubt.', 'bad');
    await slide(page, 'tries', 5);
    await measure(page, 'Leave few in doubt.', 'ok');
  });
});

test('kata 5, pay once: key and money in one step, by one\'s own hand', async () => {
  await withPage({ path: '#/lesson/pay-once' }, async (page) => {
    await choose(page, 'notes first');
    await turn(page, 'the bank may crash');
    await verdict(page, 'broken');
    await refuse(page, 'Fix it yourself.');
    const lines = ['let first = remember(key)', 'if first { charge(key) }'].map((line) => `        ${line}\n`);
    await mend(page, [
      `      note_first => {\n${lines.join('')}      }\n`,
      `      note_first => atomic {\n${lines.join('')}      }\n`,
    ]);
    await verdict(page, 'holds');
    await prove(page, 'Fix it yourself.');
  });
});

test('kata 7, backoff and the herd: more tries are noise, jitter parts the herd', async () => {
  await withPage({ path: '#/lesson/backoff-and-the-herd' }, async (page) => {
    await predict(page, 'One or two', 'if only chance failed');
    await predict(page, 'About forty', 'Right');
    await run(page);
    await goal(page, 'few are given up', 'bad');
    await page.locator('figcaption', { hasText: 'At the mail service' }).first().waitFor();
    await health(page, 'errors');
    await slide(page, 'tries', 10);
    await measure(page, 'Few given up.', 'bad');
    await choose(page, 'twice as long each time');
    await measure(page, 'Few given up.', 'ok');
    await measure(page, 'Part the herd.', 'bad');
    await choose(page, 'full jitter');
    await measure(page, 'Part the herd.', 'ok');
    await run(page);
    await goal(page, 'few are turned away', 'ok');
    await checkAccessibility(page);
  });
});

test('kata 7, backoff and the herd: a job that outlives its delivery has one end', async () => {
  await withPage({ path: '#/lesson/backoff-and-the-herd' }, async (page) => {
    await slide(page, 'number', 1);
    await verdict(page, 'broken');
    await play(page, 'too slow', 4, 'The queue heard nothing for too long');
    await refuse(page, 'One end only.');
    // Without an end to its patience the queue waits for the worker's word.
    await mend(page, ['visibility: 30s', 'visibility: none']);
    await verdict(page, 'holds');
    await prove(page, 'One end only.');
  });
});

test('kata 11, the circuit breaker: half the calls fail, and it opens', async () => {
  await withPage({ path: '#/lesson/circuit-breaker' }, async (page) => {
    await predict(page, 'About seven in eight', 'the arithmetic of dice');
    await predict(page, 'Fewer than one in ten', 'Right: 89.');
    // Without a breaker: a storm of tries.
    await run(page);
    await goal(page, 'quick, and kind to payments', 'bad');
    await health(page, 'errors');
    await measure(page, 'Quick and kind.', 'bad');
    // With one, by hand: two failures open it, and the next is turned away.
    await turn(page, 'with a breaker');
    const breaker = page.locator('.panel-breaker .breaker');
    await slide(page, 'requests', 4);
    await slide(page, 'window', 4);
    await slide(page, 'tries', 1);
    await play(page, 'it opens', 8, 'the breaker is open');
    await breaker.locator('.breaker-state.open.on').waitFor();
    await play(page, 'a trial fails', 12, 'What can the second still change?');
    await breaker.locator('.breaker-state.half.on').waitFor();
    assert.match(await breaker.innerText(), /1 of 2 tries let in|2 of 2 tries let in/);
    await page.keyboard.press('Home');
    await breaker.locator('.breaker-state.closed.on').waitFor();
    assert.equal(await breaker.locator('.breaker-cell.empty').count(), 4);
    await checkAccessibility(page);
    // By the clock, open for longer.
    await page.locator('.reset-parameters').click();
    await turn(page, 'with a breaker');
    await measure(page, 'Quick and kind.', 'bad');
    await slide(page, 'cooldown', 2_000_000_000, '2s');
    await measure(page, 'Quick and kind.', 'ok');
    await run(page);
    await goal(page, 'quick, and kind to payments', 'ok');
    await page.locator('figcaption', { hasText: 'Breaker' }).first().waitFor();
    await done(page, 'Open it.');
    // Some bad luck is no outage.
    await slide(page, 'failure', 50_000, '5%');
    await slide(page, 'window', 20);
    await measure(page, 'Not for nothing.', 'ok');
  });
});

test('kata 13, one request end to end: the trace tells where its time went', async () => {
  await withPage({ path: '#/lesson/one-request' }, async (page) => {
    await predict(page, 'The ways through the network', 'not to the largest part');
    await predict(page, 'Waiting in the queue', 'Right: 149 ms');
    await run(page);
    await goal(page, 'most are quick', 'bad');
    // The slowest, one click away: browser, web server, queue and worker in one picture.
    const times = page.locator('.plot', { hasText: 'browser: latency' });
    await times.getByRole('button', { name: 'Show a request at p99' }).click();
    const life = page.locator('#panel-request');
    await life.waitFor();
    const names = async () => (await life.locator('.life-name b').allInnerTexts()).join(' ');
    assert.match(await names(), /^browser \d+ api.post \d+ .*jobs.*worker.*api.status \d+/);
    const sent = life.locator('.life-row', { hasText: 'jobs' }).first();
    assert.match(await sent.locator('.unseen').innerText(), /waits/);
    await checkAccessibility(page);
    await life.getByRole('button', { name: 'Close' }).click();
    await measure(page, 'Quick for most.', 'bad');
    await slide(page, 'workers', 2);
    await measure(page, 'Quick for most.', 'ok');
    await slide(page, 'workers', 4);
    await measure(page, 'Very quick for half.', 'bad');
    await slide(page, 'ask', 20_000_000, '20ms');
    await measure(page, 'Very quick for half.', 'ok');
  });
});

test('kata 13, one request end to end: what is noted too late undoes what is done', async () => {
  await withPage({ path: '#/lesson/one-request' }, async (page) => {
    await slide(page, 'requests', 1);
    await slide(page, 'asks', 1);
    await verdict(page, 'broken');
    await play(page, 'the worker overtakes it', 10, 'is written over');
    await refuse(page, 'Fix it.');
    await choose(page, 'notes the order');
    await prove(page, 'Fix it.');
    await choose(page, 'sends the order');
    await refuse(page, 'Fix it yourself.');
    await mend(page, [
      '    orders[order] = "accepted"\n',
      '    atomic { if orders[order] == none { orders[order] = "accepted" } }\n',
    ]);
    await prove(page, 'Fix it yourself.');
  });
});

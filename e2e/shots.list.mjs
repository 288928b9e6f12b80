// The pictures that `e2e/shots.mjs` takes: [name, path, viewport, theme, language, prepare?].
const race = '#/lesson/race-on-a-balance';
const lost = `${race}?v=1&clients=2&guard=none&picks=1.2.1.1&at=3`;
const explored = (page) => page.locator('[data-schedules], .question-first').first().waitFor({ state: 'attached' });
const edit = async (page) => {
  await explored(page);
  await page.getByRole('button', { name: /^(Edit|Editar)$/ }).click();
  const text = page.locator('#editor-text');
  await text.fill((await text.inputValue()).replace('let seen = balance ', 'let seen = balanse '));
  await page.locator('.problem').first().waitFor();
};
const tab = (name) => async (page) => {
  await explored(page);
  await page.locator('.tabs').getByRole('button', { name }).click();
};

const branch = async (page) => {
  await explored(page);
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await page.locator('.step-of', { hasText: 'step 2 of 4' }).waitFor();
  await page.keyboard.press('2');
  await page.locator('.branch').first().waitFor();
  await page.locator('.branch:not(.on)').click();
  await page.keyboard.press('End');
  await page.getByText('broken at step 4').waitFor();
};

const dinner = '#/lesson/philosophers';
const deadlock = async (page) => {
  for (const number of [1, 2, 3, 4, 5]) {
    const offer = page.locator('.panel-offers button.choice').filter({ hasText: `philosopher ${number} ` });
    if (await offer.count() === 0) break;
    await offer.first().click();
    await page.locator('.step-of', { hasText: new RegExp(`(step|paso) ${number} `) }).waitFor();
  }
};
const climbed = async (page) => {
  await page.locator('.step-of').waitFor({ state: 'attached' });
  for (let step = 1; step <= 9; step += 1) {
    await page.keyboard.press('ArrowRight');
    await page.locator('.step-of', { hasText: new RegExp(`(step|paso) ${step} `) }).waitFor({ state: 'attached' });
  }
};
// By the clock, at seed 1: step 5 makes the torn page likely.
const torn = '#/lesson/readers-and-writers?v=1&picks=1.1.2.3.3.2.1.2.3.1.2.1&at=5';
const likely = async (page) => {
  await explored(page);
  await page.getByRole('button', { name: /How likely from here|Qué probabilidad hay/ }).click();
  await page.locator('#spoken', { hasText: /continua/ }).waitFor({ state: 'attached' });
  await page.locator('.panel-chance').scrollIntoViewIfNeeded();
};
const likelyOn = (...names) => async (page) => {
  for (const name of names) await page.locator('.tabs').getByRole('button', { name }).click();
};
const inspect = (page) => page.getByRole('button', { name: 'account', exact: true }).click();

const here = async (page) => {
  await explored(page);
  await page.locator('.panel-schedules').getByRole('button', { name: /^(From here|Desde aquí)$/ }).click();
  await page.locator('.ahead [data-schedules]').waitFor();
};
const elsewhere = async (page) => {
  await here(page);
  await page.keyboard.press('ArrowRight');
  await page.locator('.ahead.elsewhere').waitFor();
};
// Too many states to be counted; the answer is known all the same.
const nine = [1, 2, 3, 4, 5, 6, 7, 8, 9];
const apart = [
  'scenario "Apart"', ...nine.map((n) => `var x${n} = 0`),
  ...nine.map((n) => `process p${n} {\n${`x${n} += 1\n`.repeat(4)}}`), 'finally x1 == 4 "its own is all there"',
].join('\n');
const write = (text, seen) => async (page) => {
  await explored(page);
  await page.locator('#editor-text').fill(text);
  await page.locator(seen).waitFor({ timeout: 60_000 });
};
const inSight = (prepare) => async (page) => {
  await prepare(page);
  await page.locator('.panel-schedules').scrollIntoViewIfNeeded();
};
const howSure = async (page) => {
  await explored(page);
  await page.locator('.how-sure summary').click();
  await page.locator('.how-sure').scrollIntoViewIfNeeded();
};
const phoneState = async (page) => {
  await tab('State')(page);
  await page.locator('.panel-schedules').scrollIntoViewIfNeeded();
};

// A gate that is too narrow now and then, measured for half a minute.
const gate = [
  'scenario "A busy gate"', 'run (for: 30s, warmup: 1s)', 'semaphore gate (permits: 3, max_wait: 300ms)', 'queue jobs',
  'process client every exp(40ms) {', '  with gate { work exp(90ms) }', '  send 1 to jobs', '}',
  'process worker receive jobs as m { work exp(38ms) }',
  'goal client.latency.p99 < 300ms "quick for nearly everybody"', 'goal client.ok.rate > 20/s',
  'chart "who waits" gate.waiting, gate.busy',
].join('\n');
const measured = async (page) => {
  await page.locator('#editor-text').fill(gate);
  await page.locator('.panel-promises .goal').first().waitFor({ state: 'attached' });
  const learn = page.getByRole('button', { name: /^(Learn|Aprender)$/ });
  if (await learn.isVisible()) await learn.click();
  const name = /^(Charts|Gráficas)$/;
  const button = page.locator('.panes, .tabs').getByRole('button', { name }).filter({ visible: true });
  await button.first().click();
  await page.locator('.charts-run').click();
  await page.locator('.charts-run:disabled').waitFor();
  await page.locator('.plot').first().scrollIntoViewIfNeeded();
};

export const shots = [
  ['home-light-en', '', 'desk', 'light', 'en'],
  ['home-dark-es', '', 'desk', 'dark', 'es'],
  ['home-phone', '', 'phone', 'light', 'en'],
  ['start-light-en', race, 'desk', 'light', 'en', explored],
  ['race-light-en', lost, 'desk', 'light', 'en', explored],
  ['race-dark-es', lost, 'desk', 'dark', 'es', explored],
  ['race-projector', lost, 'projector', 'light', 'en', explored],
  ['race-lock', `${race}?v=1&clients=3&guard=lock&picks=1.1.1.1.1&at=3`, 'desk', 'light', 'en', explored],
  ['race-phone', lost, 'phone', 'light', 'en', explored],
  ['race-phone-timeline', lost, 'phone', 'dark', 'es', tab('Tiempo')],
  ['race-phone-state', lost, 'phone', 'light', 'en', tab('State')],
  ['race-phone-story', lost, 'phone', 'light', 'en', tab('Story')],
  ['edit-light-en', lost, 'desk', 'light', 'en', edit],
  ['edit-dark-es', race, 'desk', 'dark', 'es', edit],
  ['broken-light-en', `${race}?v=1&clients=2&guard=none&picks=1.2.1.1&at=4`, 'desk', 'light', 'en', branch],
  ['own-dark-en', '#/own', 'projector', 'dark', 'en', explored],
  ['deadlock-light-en', dinner, 'desk', 'light', 'en', deadlock],
  ['deadlock-projector-es', dinner, 'projector', 'dark', 'es', deadlock],
  ['inspect-dark-en', `${race}?v=1&clients=4&guard=lock&picks=1.1.1.1.1.1&at=3`, 'desk', 'dark', 'en', inspect],
  ['chance-light-en', torn, 'desk', 'light', 'en', likely],
  ['chance-dark-es', torn, 'desk', 'dark', 'es', likely],
  ['chance-projector', torn, 'projector', 'light', 'en', likely],
  ['chance-phone-state', torn, 'phone', 'light', 'es', async (page) => { await likelyOn('Estado')(page); await likely(page); }],
  ['chance-phone-timeline', torn, 'phone', 'dark', 'en', async (page) => { await likelyOn('State')(page); await likely(page); await likelyOn('Timeline')(page); }],
  ['proof-deadlock-light-en', '#/lesson/two-locks', 'desk', 'light', 'en', inSight(explored)],
  ['proof-dinner-dark-es', `${dinner}?v=1&n=4`, 'projector', 'dark', 'es', howSure],
  ['proof-bounds-light-en', '#/lesson/lease-and-fencing', 'projector', 'light', 'en', howSure],
  ['proof-here-light-en', lost, 'desk', 'light', 'en', inSight(here)],
  ['proof-elsewhere-dark-es', lost, 'projector', 'dark', 'es', inSight(elsewhere)],
  ['proof-counting-light-en', '#/own', 'desk', 'light', 'en', inSight(write(apart, '.exploring [data-verdict]'))],
  ['proof-stopped-dark-en', '#/own', 'projector', 'dark', 'en', inSight(write(apart, '.how-far:has-text("stopped")'))],
  ['proof-phone', '#/lesson/two-locks', 'phone', 'light', 'en', phoneState],
  ['charts-light-en', '#/own', 'desk', 'light', 'en', measured],
  ['charts-dark-es', '#/own', 'desk', 'dark', 'es', measured],
  ['charts-projector', '#/own', 'projector', 'light', 'en', measured],
  ['charts-phone', '#/own', 'phone', 'dark', 'es', measured],
  ['saga-light-en', '#/lesson/saga', 'desk', 'light', 'en', climbed],
  ['saga-dark-es', '#/lesson/orchestrator-dies', 'projector', 'dark', 'es', climbed],
  ['saga-phone', '#/lesson/saga', 'phone', 'light', 'es', async (page) => { await climbed(page); await page.locator('.tabs').getByRole('button', { name: 'Saga' }).click(); }],
  ['log-light-en', '#/lesson/order-by-key', 'projector', 'light', 'en', climbed],
  ['licences', 'licences.html', 'desk', 'light', 'en'],
];

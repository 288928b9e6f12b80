// What somebody waits for who opens Lockstep for the first time, on a slow line and a slow device: 1.6 Mbit/s,
// 150 ms to the host and back, and the page's thread four times as slow as this machine's. A robot clicks as soon
// as it can; nobody is faster, so the rest of a person's time is their own. Prints the tables of
// docs/performance.md.
//
//   node e2e/first-visit.mjs [RUNS [PART OF A JOURNEY'S NAME]]
import { launch } from './lib/chromium.mjs';
import { dist, viewports } from './lib/page.mjs';
import { serveSlowly } from './lib/slow.mjs';

const runs = Number(process.argv[2] ?? 3);
const line = { bytesPerSecond: 1_600_000 / 8, roundTrip: 150 };
const SLOWER = 4;

/** One first visit, or a second, that begins at `path`, with what is done there; gives the moments and what came by wire. */
async function visit(path, act, isSecond) {
  const browser = await launch();
  const host = await serveSlowly(dist, line);
  try {
    const context = await browser.newContext({ viewport: viewports.desk, locale: 'en-US' });
    if (isSecond) {
      const first = await context.newPage();
      first.setDefaultTimeout(90_000);
      await first.goto(host.url);
      await kept(first, () => {});
      await first.close();
      host.sent.length = 0;
    }
    const page = await context.newPage();
    page.setDefaultTimeout(90_000);
    const devTools = await context.newCDPSession(page);
    await devTools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    const moments = [];
    const begin = Date.now();
    const mark = (name, clicks = '') => moments.push({ name, clicks, at: Date.now(), ms: Date.now() - begin });
    await page.goto(host.url + path, { waitUntil: 'commit' });
    await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0, null, { polling: 30 });
    const paint = await page.evaluate(() => performance.timeOrigin + performance.getEntriesByName('first-contentful-paint')[0].startTime);
    moments.push({ name: 'something is painted', clicks: '', at: paint, ms: paint - begin });
    await act(page, mark);
    if (!isSecond) await kept(page, mark);
    return { moments, sent: host.sent.slice(), begin };
  } finally {
    await browser.close();
    await host.close();
  }
}

async function fromFirstPage(page, mark) {
  await page.locator('#app:not(.boot) h1').waitFor();
  mark('the first page is there');
  const step = page.locator('.race-step.primary');
  await step.first().click();
  mark('the first click has done something', 1);
  for (let more = 0; more < 3; more += 1) await step.first().click();
  await page.locator('.race-line', { hasText: '160' }).waitFor();
  mark('an update is lost by hand', 4);
  await page.getByRole('link', { name: /Open this very run/ }).click();
  await page.locator('.panel-story h1').waitFor();
  mark('that run in its lesson', 5);
  await page.locator('.panel-promises .bad').first().waitFor();
  mark('the simulator shows it', 5);
}

async function fromLink(page, mark) {
  await page.locator('.panel-story h1').waitFor();
  mark('the lesson is there');
  const choice = page.locator('.panel-offers button.choice');
  await choice.first().waitFor();
  mark('its first step can be taken');
  // Both read, then both write; the first is done by then.
  for (const which of [0, 1, 0, 0]) await choice.nth(which).click();
  await page.locator('.panel-promises .bad').first().waitFor();
  mark('an update is lost by hand', 4);
}

const lesson = '#/lesson/race-on-a-balance';
const only = process.argv[3];
const journeys = [
  ['From the first page', '', fromFirstPage],
  ['From a link to a lesson', lesson, fromLink],
  ['From the first page, once it is kept', '', fromFirstPage, true],
  ['From a link, once it is kept', lesson, fromLink, true],
];

async function kept(page, mark) {
  await page.waitForFunction(() => document.documentElement.dataset.offline === 'ready', null, { polling: 100 });
  mark('all of it is kept for days without a network');
}

const middle = (numbers) => numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];
const seconds = (ms) => (ms / 1000).toFixed(1);
const kilobytes = (sent, until) => Math.round(sent.filter(({ at }) => at <= until).reduce((sum, { bytes }) => sum + bytes, 0) / 1000);

for (const [name, path, act, isSecond] of journeys.filter(([one]) => !only || one.includes(only))) {
  const visits = [];
  for (let run = 0; run < runs; run += 1) visits.push(await visit(path, act, isSecond));
  console.log(`\n**${name}**, medians of ${runs}\n`);
  console.log('| until | clicks | s | KB by then |');
  console.log('| --- | ---: | ---: | ---: |');
  for (const [at, { name: moment, clicks }] of visits[0].moments.entries()) {
    const of = (value) => middle(visits.map((one) => value(one, one.moments[at])));
    console.log(`| ${moment} | ${clicks} | ${seconds(of((_, { ms }) => ms))} | ${of(({ sent }, { at: until }) => kilobytes(sent, until))} |`);
  }
  const { sent, begin } = visits[0];
  if (isSecond) continue;
  console.log('\n| file | KB by wire | there after, s |');
  console.log('| --- | ---: | ---: |');
  const kind = (file) => file.replace(/-[0-9a-f]{15,16}/, '').replace(/\/.*/, '/');
  const groups = new Map();
  for (const { name: file, bytes, at } of sent) {
    const key = /\.css$/.test(file) && !file.startsWith('licences') ? 'styles' : kind(file);
    const group = groups.get(key) ?? { count: 0, bytes: 0, at: 0 };
    groups.set(key, { count: group.count + 1, bytes: group.bytes + bytes, at: Math.max(group.at, at - begin) });
  }
  for (const [file, { count, bytes, at }] of [...groups].toSorted(([, one], [, other]) => one.at - other.at)) {
    console.log(`| ${file}${count > 1 ? ` (${count})` : ''} | ${(bytes / 1000).toFixed(bytes < 10_000 ? 1 : 0)} | ${seconds(at)} |`);
  }
}

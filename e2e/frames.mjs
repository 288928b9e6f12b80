// How long the page's own thread works for a frame while a run plays at the greatest speed: what
// `cargo xtask bench --only frames` prints. It reads Chromium's trace of the built page. Work is time of
// the processor, so that what else the machine does is not counted.
//
//   node e2e/frames.mjs [SECONDS]
import { cpus } from 'node:os';
import { close, withPage } from './lib/page.mjs';

const seconds = Number(process.argv[2] ?? 6);
const ms = (number) => number.toFixed(number < 10 ? 1 : 0);

// Lessons that have much to draw: settings that make their runs long, and the views shown.
const busy = [
  ['the shop', 'shop?v=1', ['Charts', 'Saga']],
  ['a fast camera', 'fast-and-slow?v=1&pictures=100&room=20', ['System', 'Timeline']],
  ['a slow subscriber', 'slow-subscriber?v=1&orders=50&room=20', ['Timeline', 'Charts']],
  ['a chat room', 'chat-room?v=1&lines=40', ['System', 'Timeline']],
  ['philosophers', 'philosophers?v=1&n=6', ['Code', 'Timeline']],
];

/** Processor time of a task in microseconds. */
const spent = ({ dur = 0, tdur = dur }) => tdur;

/** What happened on the page's own thread: tasks, and the moments at which frames began. */
function read(events) {
  const named = events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain');
  const threads = new Set(named.map(({ pid, tid }) => `${pid}/${tid}`));
  const mine = events.filter(({ pid, tid }) => threads.has(`${pid}/${tid}`));
  // Of several processes the page's is the one that works.
  const work = new Map();
  const tasks = mine.filter(({ name, ph }) => ph === 'X' && name === 'RunTask');
  for (const task of tasks) work.set(task.pid, (work.get(task.pid) ?? 0) + spent(task));
  const [page] = [...work].toSorted(([, one], [, other]) => other - one)[0];
  const frames = mine.filter(({ name, pid }) => pid === page && name === 'Commit')
    .map(({ ts }) => ts).toSorted((one, other) => one - other);
  return { tasks: tasks.filter(({ pid }) => pid === page), frames };
}

/** Milliseconds of work between one frame and the next, for each frame that was drawn. */
function workOf({ tasks, frames }) {
  const sums = new Array(frames.length).fill(0);
  const sorted = tasks.toSorted((one, other) => one.ts - other.ts);
  let at = 0;
  for (const task of sorted) {
    while (at < frames.length && frames[at] < task.ts) at += 1;
    if (at < frames.length) sums[at] += spent(task) / 1000;
  }
  // Before the first frame lies what was done before anything was measured.
  return sums.slice(1);
}

const part = (numbers, share) => numbers.toSorted((one, other) => one - other)[Math.floor((numbers.length - 1) * share)] ?? 0;

async function measure(page) {
  const devTools = await page.context().newCDPSession(page);
  const events = [];
  devTools.on('Tracing.dataCollected', ({ value }) => events.push(...value));
  const over = new Promise((done) => devTools.once('Tracing.tracingComplete', done));
  await devTools.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['devtools.timeline', 'disabled-by-default-devtools.timeline', '__metadata'] },
  });
  const playing = Date.now() + seconds * 1000;
  while (Date.now() < playing) {
    await page.waitForTimeout(100);
    // At its end it begins again.
    const rests = page.getByRole('button', { name: 'Play', exact: true });
    if (await rests.count() > 0) await rests.click();
  }
  await devTools.send('Tracing.end');
  await over;
  return read(events);
}

console.log(`${cpus().length} cores, ${cpus()[0]?.model ?? ''}; ${seconds} s of playing at the greatest speed, 1440 × 900\n`);
console.log('| lesson | views | frames | work in a frame, median | 95th percentile | longest task | tasks over 50 ms |');
console.log('| --- | --- | ---: | ---: | ---: | ---: | ---: |');
try {
  for (const [name, path, views] of busy) {
    await withPage({ path: `#/lesson/${path}`, reducedMotion: 'no-preference' }, async (page) => {
      await page.locator('.panel-schedules [data-verdict], .question-first').first().waitFor();
      const panes = page.locator('.panes').getByRole('button');
      for (const pane of await panes.all()) {
        const wanted = views.includes((await pane.innerText()).trim());
        const shown = await pane.getAttribute('aria-pressed') === 'true';
        if (wanted !== shown) await pane.click();
      }
      await page.getByRole('button', { name: 'max', exact: true }).click();
      // Searching goes on in a worker, but shares the machine.
      const cancel = page.locator('.panel-schedules .exploring').getByRole('button', { name: 'Cancel' });
      if (await cancel.count() > 0) await cancel.click();
      const measured = await measure(page);
      const frames = workOf(measured);
      const tasks = measured.tasks.map((task) => spent(task) / 1000);
      const cells = [
        name, views.join(', '), frames.length, `${ms(part(frames, 0.5))} ms`, `${ms(part(frames, 0.95))} ms`,
        `${ms(Math.max(0, ...tasks))} ms`, tasks.filter((task) => task > 50).length,
      ];
      console.log(`| ${cells.join(' | ')} |`);
    });
  }
} finally {
  await close();
}

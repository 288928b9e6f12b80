// Measures rows in WebAssembly when it is asked: node wasm.mjs MODULE [--quick]
// The native program asks: a line with a row's number on standard input. The answer is a line:
// CPU seconds, and how many states or events there were.
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';

const [module, ...options] = process.argv.slice(2);
const quick = options.includes('--quick');
const bytes = await readFile(module);
/** What is shorter than this is done several times in a row and divided. */
const SHORTEST = 0.05;

// A row may leave much memory behind, which an instance never gives back: each has its own.
async function measure(row) {
  const { instance } = await WebAssembly.instantiate(bytes, {});
  const timed = (repeats) => {
    const start = process.cpuUsage();
    let amount = 0;
    for (let done = 0; done < repeats; done++) amount = instance.exports.run(row);
    const { user, system } = process.cpuUsage(start);
    return [(user + system) / 1e6 / repeats, amount];
  };
  const [first, amount] = timed(1);
  const repeats = Math.max(1, Math.ceil(SHORTEST / first));
  // The first run is compiled in haste, so it never counts.
  const runs = quick ? 1 : first > 1 ? 3 : first > 0.2 ? 5 : 7;
  const seconds = [];
  for (let run = 0; run < runs; run++) seconds.push(timed(repeats)[0]);
  seconds.sort((a, b) => a - b);
  return [seconds[seconds.length >> 1], amount];
}

console.log(process.version);
for await (const line of createInterface({ input: process.stdin })) {
  console.log((await measure(Number(line))).join('\t'));
}

// Measures the rows in WebAssembly: node wasm.mjs MODULE RESULTS [--quick]
// Writes a line a row: its number, CPU seconds, states or events. What the native program says of
// the same rows it says itself.
import { readFile, writeFile } from 'node:fs/promises';

const [module, results, ...options] = process.argv.slice(2);
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
  if (amount === 0) return [0, 0];
  const repeats = Math.max(1, Math.ceil(SHORTEST / first));
  // The first run is compiled in haste, so it never counts.
  const runs = quick ? 1 : first > 1 ? 3 : first > 0.2 ? 5 : 7;
  const seconds = [];
  for (let run = 0; run < runs; run++) seconds.push(timed(repeats)[0]);
  seconds.sort((a, b) => a - b);
  return [seconds[seconds.length >> 1], amount];
}

const { instance } = await WebAssembly.instantiate(bytes, {});
const lines = [`# Node ${process.version}`];
for (let row = 0; row < instance.exports.rows(); row++) {
  const [seconds, amount] = await measure(row);
  lines.push(`${row}\t${seconds}\t${amount}`);
  process.stderr.write(`in WebAssembly, row ${row}: ${amount === 0 ? 'not yet' : `${seconds.toFixed(4)} s`}\n`);
}
await writeFile(results, `${lines.join('\n')}\n`);

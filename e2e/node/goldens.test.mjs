// The simulator's built wasm file, run by Node, draws exactly what the committed goldens hold.
import assert from 'node:assert/strict';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const dist = process.env.LOCKSTEP_DIST ?? join(root, 'dist');

test('golden draws, runs and searches computed by WebAssembly in Node equal the committed ones', async () => {
  const files = await readdir(dist);
  const only = (pattern) => {
    const found = files.filter((name) => pattern.test(name));
    assert.equal(found.length, 1, `dist/ must hold one file like ${pattern}`);
    return join(dist, found[0]);
  };
  // Node takes a `.js` file for CommonJS unless told otherwise: it gets a copy that ends in `.mjs`.
  const results = join(root, 'e2e/results');
  await mkdir(results, { recursive: true });
  const copy = join(results, 'engine-in-node.mjs');
  await writeFile(copy, await readFile(only(/^engine-.*\.js$/)));
  const app = await import(pathToFileURL(copy).href);
  app.initSync({ module: await readFile(only(/^engine-.*\.wasm$/)) });
  const committed = ['crates/sim-core', 'crates/lessons'].map((crate) => readFile(join(root, crate, 'goldens/goldens.txt'), 'utf8'));
  const golden = (await Promise.all(committed)).join('');
  assert.equal(app.golden_draws(), golden);
});

// A host behind a slow line: every byte of every connection, of the page and of its workers, goes through one
// pipe of so many bytes a second, each answer begins a round trip after its question, and a new connection costs
// two more (TCP and TLS). What can be packed is packed, as hosts do.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { gzipSync } from 'node:zlib';
import { types } from './server.mjs';

const wait = (ms) => new Promise((done) => setTimeout(done, ms));
/** About what the head of an answer weighs. */
const HEAD = 300;

/** Serves `folder`; `{ url, sent, close }`, where `sent` has `{ name, bytes, at }` of each answer, at its end. */
export async function serveSlowly(folder, { bytesPerSecond, roundTrip }) {
  const packed = new Map();
  const sent = [];
  const waiting = [];
  let last = performance.now();
  let budget = 0;
  // Every few milliseconds each answer gets its share of the pipe.
  const pump = setInterval(() => {
    const now = performance.now();
    budget = waiting.length ? Math.min(budget + ((now - last) / 1000) * bytesPerSecond, bytesPerSecond / 10) : 0;
    last = now;
    while (budget >= 1 && waiting.length) {
      const share = Math.max(1, Math.floor(budget / waiting.length));
      for (const one of [...waiting]) {
        const part = Math.min(share, one.left, Math.floor(budget));
        budget -= part;
        one.left -= part;
        const from = one.bytes.length - Math.min(one.left + part, one.bytes.length);
        one.response.write(one.bytes.subarray(from, one.bytes.length - Math.min(one.left, one.bytes.length)));
        if (one.left === 0 || one.response.destroyed) {
          one.response.end();
          waiting.splice(waiting.indexOf(one), 1);
          sent.push({ name: one.name, bytes: one.bytes.length + HEAD, at: Date.now() });
        }
      }
    }
  }, 5);

  const known = new WeakSet();
  const server = createServer(async (request, response) => {
    const isNew = !known.has(request.socket);
    known.add(request.socket);
    const path = decodeURIComponent(new URL(request.url, 'http://x').pathname);
    const name = normalize(path.slice('/repo/'.length) || 'index.html');
    await wait(roundTrip * (isNew ? 3 : 1));
    try {
      if (!path.startsWith('/repo/')) throw new Error('outside');
      if (!packed.has(name)) {
        const bytes = await readFile(join(folder, name));
        packed.set(name, name.endsWith('.png') ? bytes : gzipSync(bytes, { level: 9 }));
      }
      const bytes = packed.get(name);
      response.writeHead(200, {
        'content-type': types[extname(name)] ?? 'application/octet-stream',
        'content-length': bytes.length,
        'cache-control': 'max-age=600',
        ...(name.endsWith('.png') ? {} : { 'content-encoding': 'gzip' }),
      });
      response.flushHeaders();
      waiting.push({ name, bytes, response, left: bytes.length + HEAD });
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return {
    // Under a name for which a service worker is registered.
    url: `http://lockstep.localhost:${server.address().port}/repo/`,
    sent,
    close: () => {
      clearInterval(pump);
      server.closeAllConnections();
      return new Promise((done) => server.close(done));
    },
  };
}

// Serves a folder under a sub-path, as a project page on a static host does: right MIME types,
// no fallback page, and lists of what was asked for, and of what in vain.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

export const types = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
};

/**
 * Serves `folder` at `http://127.0.0.1:PORT{base}`, each file with these `headers` too; resolves to
 * `{ url, asked, missing, close }`.
 */
export async function serve(folder, base = '/repo/', headers = {}) {
  const asked = [];
  const missing = [];
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://x').pathname);
    asked.push(path);
    const lost = () => {
      missing.push(path);
      response.writeHead(404).end('not found');
    };
    if (!path.startsWith(base)) return lost();
    let file = join(folder, normalize(path.slice(base.length - 1)));
    if (path.endsWith('/')) file = join(file, 'index.html');
    try {
      const bytes = await readFile(file);
      response.writeHead(200, { ...headers, 'content-type': types[extname(file)] ?? 'application/octet-stream' });
      response.end(bytes);
    } catch {
      lost();
    }
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    url: `http://127.0.0.1:${server.address().port}${base}`,
    asked,
    missing,
    close: () => new Promise((done) => {
      server.close(done);
      server.closeAllConnections();
    }),
  };
}

// A site that changes: the built page in a folder of its own, where a newer build can take its place as on
// a host, and where the network can go.
import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dist } from './page.mjs';
import { serve } from './server.mjs';

/** What a browser reads of the build in `folder`: its name, its files, the service worker's own text. */
async function read(folder) {
  const text = await readFile(join(folder, 'sw.js'), 'utf8');
  const [head, build, list] = text.match(/^const BUILD = "(\w+)";\nconst FILES = (\[[^;]*?\]);\n/);
  return { build, names: JSON.parse(list.replace(/,\n\]$/, '\n]')).map(([name]) => name), worker: text.slice(head.length) };
}

/** Puts another build in the place of the one in `folder`: its lessons and its worker have other names. */
async function renew(folder) {
  const { build, names, worker } = await read(folder);
  const mark = createHash('sha256').update(build).digest('hex').slice(0, 16);
  let page = await readFile(join(folder, 'index.html'), 'utf8');
  for (const old of (await readdir(folder)).filter((name) => /^(lessons|engine)-/.test(name))) {
    await rename(join(folder, old), join(folder, old.replace(/[0-9a-f]{16}/, mark)));
  }
  page = page.replace(/(lessons|engine)-[0-9a-f]{16}/g, `$1-${mark}`).replaceAll(build, mark);
  await writeFile(join(folder, 'index.html'), page);
  const files = await Promise.all(names.map(async (name) => {
    const now = name.replace(/^(lessons|engine)-[0-9a-f]{16}/, `$1-${mark}`);
    const is = createHash('sha256').update(await readFile(join(folder, now))).digest('base64');
    return [now, is];
  }));
  await writeFile(join(folder, 'sw.js'), `const BUILD = "${mark}";\nconst FILES = ${JSON.stringify(files)};\n${worker}`);
  return mark;
}

/**
 * Serves a copy of the built page; `url` is under a name for which a service worker is registered, `plain` is
 * not, since there a developer works.
 */
export async function deploy({ isKept = true } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'lockstep-deployed-'));
  await cp(dist, folder, { recursive: true });
  // Browsers may keep what they get for ten minutes, as GitHub Pages has it.
  const site = await serve(folder, '/repo/', isKept ? { 'cache-control': 'max-age=600' } : {});
  return {
    url: site.url.replace('127.0.0.1', 'lockstep.localhost'),
    plain: site.url,
    asked: site.asked,
    read: () => read(folder),
    renew: () => renew(folder),
    /** From now on nothing answers. */
    vanish: () => site.close(),
    close: async () => {
      await site.close().catch(() => {});
      await rm(folder, { recursive: true });
    },
  };
}

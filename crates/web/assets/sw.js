// Lets the page open without a network, once it has been opened with one. A service worker, so it
// is written for the browsers that know no modules there.
//
// Before this text `xtask/src/precache.rs` puts BUILD, the name of this very build, and FILES: a
// pair for each of its files, [name, what its SHA-256 is]. That changes this text with every
// build, which is how browsers notice a new one.
//
// All builds share one cache, in which a file lies under its name and what is in it. So a new build
// fetches only what has changed, and a page of the old one finds its files for as long as it is
// open.
const files = new Map(FILES);
const { scope } = self.registration;
const shelf = `lockstep ${new URL(scope).pathname}`;
const placeOf = (name) => `${scope}${name}?sha256=${encodeURIComponent(files.get(name))}`;

self.addEventListener('install', (event) => event.waitUntil(fill()));

// A page that was there first works without a network from now on, too.
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', (event) => {
  const name = nameOf(event.request);
  if (name !== undefined) event.respondWith(answer(event.request, name));
});

// What `updates.mjs` may ask.
self.addEventListener('message', (event) => {
  const { data, ports } = event;
  if (data === 'build') ports[0]?.postMessage(BUILD);
  // The only way in while a page of another build is open: its reader asked for it.
  if (data === 'take-over') event.waitUntil(self.skipWaiting());
  if (data === 'tidy') event.waitUntil(tidy());
});

/**
 * Fetches what is not there yet. Programs first and one by one: the page may just be loading one, which comes
 * once for both then, and nothing else gets in its way. The rest two at a time.
 */
async function fill() {
  const cache = await caches.open(shelf);
  const lane = async (names) => {
    for (const name of names) {
      if (!await cache.match(placeOf(name))) await cache.put(placeOf(name), await bring(name));
    }
  };
  const isProgram = (name) => name.endsWith('.wasm');
  const all = [...files.keys()];
  // What came before the page could be used comes from the browser's own cache.
  await lane(all.filter(isProgram).sort((one, other) => isLate(one) - isLate(other)));
  const rest = all.filter((name) => !isProgram(name)).values();
  await Promise.all([lane(rest), lane(rest)]);
}

/** The simulator is the last that a page asks for. */
const isLate = (name) => name.startsWith('engine-');

/** A file of this build and no other: in the middle of a deployment a host may have both. */
async function bring(name) {
  // Some hosts send whoever asks for index.html elsewhere.
  const url = `${scope}${name === 'index.html' ? '' : name}`;
  const ask = async (cache) => {
    const response = await fetch(url, { cache, integrity: `sha256-${files.get(name)}` });
    if (!response.ok) throw new Error(`${response.status} ${name}`);
    return response;
  };
  // What the page has just loaded is not loaded twice, unless it was another build's.
  return bare(await ask('default').catch(() => ask('reload')));
}

/**
 * The same without its address: a module would take that for its own, and lose the query of the
 * one it was asked for by.
 */
function bare(response) {
  const type = response.headers.get('content-type');
  return new Response(response.body, type ? { headers: { 'content-type': type } } : {});
}

/** Which file of ours is asked for, if any. */
function nameOf({ method, url, cache }) {
  // Who wants to know what the host has now must not hear what is here.
  if (method !== 'GET' || cache === 'no-store') return undefined;
  const [path] = url.split(/[?#]/);
  return path.startsWith(scope) ? path.slice(scope.length) || 'index.html' : undefined;
}

async function answer(request, name) {
  const found = await find(name).catch(() => undefined);
  return found ? bare(found) : fetch(request);
}

/** A file of this build, or of the build of a page that is still open. */
async function find(name) {
  const cache = await caches.open(shelf);
  return files.has(name) ? cache.match(placeOf(name)) : cache.match(scope + name, { ignoreSearch: true });
}

/** Throws away what only older builds had, unless a page of one is open or a newer one comes. */
async function tidy() {
  const cache = await caches.open(shelf);
  const kept = await cache.keys();
  const open = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const builds = await Promise.all(open.filter(({ url }) => url.startsWith(scope)).map(buildOf));
  const { installing, waiting } = self.registration;
  if (installing || waiting || builds.some((build) => build !== BUILD)) return;
  const needed = new Set([...files.keys()].map(placeOf));
  await Promise.all(kept.filter(({ url }) => !needed.has(url)).map((old) => cache.delete(old)));
}

/** The build of an open page; nothing for one that sleeps. */
function buildOf(client) {
  return new Promise((told) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => told(data);
    setTimeout(told, 3000);
    client.postMessage('build', [port2]);
  });
}

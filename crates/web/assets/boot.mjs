// Loads the program that a visitor needs, with visible progress, and owns the panel that is shown when
// it cannot be loaded or breaks down. Plain DOM: it must work when nothing else does.
//
// There are two programs. The small one has the pages that need no simulator, and is there soon; the
// page's own has everything, and comes behind it while nothing else is to be done. It takes the small
// one's place in the same document when somebody goes to what the small one does not have.
const query = new URL(import.meta.url).searchParams;
const beside = (file) => new URL(file, import.meta.url);
const home = query.get('home') ?? '';
const programs = {
  page: { app: query.get('app') ?? '', wasm: query.get('wasm') ?? '', size: Number(query.get('size')) },
  home: { app: `${home}.js`, wasm: `${home}_bg.wasm`, size: Number(query.get('homesize')) },
};
/** What the small program has: see `model/front/place.rs`. */
const isFront = () => /^#?\/?((glossary(\/[a-z0-9-]{0,60})?|modelled|teachers)\/?)?$/.test(location.hash)
  && !['embed', 'present', 'speaker'].some((name) => new URLSearchParams(location.search).has(name));

const texts = {
  en: {
    loading: 'Loading Lockstep…',
    cannot: 'Lockstep could not be loaded',
    old: 'This browser cannot run Lockstep: it needs WebAssembly and module workers '
      + '(Chrome 80, Firefox 114, Safari 15 or newer).',
    fault: 'Lockstep hit a bug of its own',
    kept: 'The link below leads back to this moment. Please send it along when you report this.',
    link: 'Link to this moment',
    reload: 'Load the page again',
  },
  es: {
    loading: 'Cargando Lockstep…',
    cannot: 'No se pudo cargar Lockstep',
    old: 'Este navegador no puede con Lockstep: hacen falta WebAssembly y workers de módulo '
      + '(Chrome 80, Firefox 114, Safari 15 o más nuevo).',
    fault: 'Lockstep tropezó con un error propio',
    kept: 'El enlace de abajo vuelve a este momento. Inclúyelo si nos cuentas lo que pasó.',
    link: 'Enlace a este momento',
    reload: 'Cargar la página de nuevo',
  },
};
const preferred = (navigator.languages ?? [navigator.language])
  .map((name) => name.slice(0, 2)).find((name) => name in texts) ?? 'en';

function panel(kind, detail) {
  // Once the page runs it has set the language somebody chose; before, the browser's counts.
  const lang = kind === 'fault' && document.documentElement.lang in texts
    ? document.documentElement.lang : preferred;
  const text = texts[lang];
  const element = (tag, properties, ...children) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  };
  const reload = element('button', { type: 'button' }, text.reload);
  reload.addEventListener('click', () => location.reload());
  document.getElementById('boot-fault')?.remove();
  const made = element('section', { id: 'boot-fault', className: 'boot-fault', lang },
    element('h1', {}, text[kind]),
    element('pre', {}, String(detail)),
    ...(kind === 'fault' ? [
      element('p', {}, text.kept),
      element('p', {}, element('a', { href: location.href }, text.link)),
    ] : []),
    reload);
  made.setAttribute('role', 'alert');
  document.body.prepend(made);
}

document.addEventListener('lockstep-fault', ({ detail }) => {
  console.error(detail);
  panel('fault', detail);
});

/** The wasm file as a response that moves the progress bar while it is read. */
async function fetchWithProgress({ wasm, size }, moved) {
  const response = await fetch(beside(wasm));
  if (!response.ok) throw new Error(`${response.status} ${wasm}`);
  if (!response.body || !size) return response;
  let read = 0;
  const counted = response.body.pipeThrough(new TransformStream({
    transform(chunk, out) {
      read += chunk.byteLength;
      moved(Math.min(read / size, 1));
      out.enqueue(chunk);
    },
  }));
  return new Response(counted, { headers: { 'content-type': 'application/wasm' } });
}

/** A program that is ready to be started; `onmove` hears how much of it is there. */
function load(program) {
  const loading = { share: 0, onmove: () => {} };
  const moved = (share) => {
    loading.share = share;
    loading.onmove(share);
  };
  const compiled = fetchWithProgress(program, moved).then((bytes) => WebAssembly.compileStreaming
    ? WebAssembly.compileStreaming(bytes) : bytes.arrayBuffer().then(WebAssembly.compile));
  loading.ready = Promise.all([import(beside(program.app).href), compiled]);
  // Whoever waits for it hears of it; while nobody does it is no fault.
  loading.ready.catch(() => {});
  return loading;
}

async function start(loading) {
  const [module, compiled] = await loading.ready;
  await module.default({ module_or_path: compiled });
  return module;
}

function failed(error) {
  // After a panic the panel is already there and says more than "unreachable".
  if (document.getElementById('boot-fault')) return;
  console.error(error);
  panel('cannot', error?.message ?? error);
}

/** Shows the small program until somebody goes to what it does not have. */
async function front() {
  const bar = document.getElementById('boot-progress');
  const loading = load(programs.home);
  loading.onmove = (share) => { bar.value = share; };
  let small = await start(loading);
  let page;
  let waiting = false;
  const get = () => page ??= load(programs.page);
  const idle = globalThis.requestIdleCallback ?? ((then) => setTimeout(then, 1200));
  // Whoever pays for every kilobyte gets it when it is needed.
  if (!navigator.connection?.saveData) idle(() => get());

  document.addEventListener('lockstep-elsewhere', async ({ detail }) => {
    if (waiting || !small) return;
    waiting = true;
    const over = overlay();
    try {
      const loading = get();
      loading.onmove = over.move;
      over.move(loading.share);
      await loading.ready;
      // Somebody who went back meanwhile stays where they are.
      if (small && (detail || !isFront())) {
        small.close();
        small = undefined;
        await start(loading);
        document.getElementById('main')?.focus({ preventScroll: true });
      }
    } catch (error) {
      // The next try asks for it again.
      page = undefined;
      failed(error);
      // Perhaps a newer build has come meanwhile.
      document.dispatchEvent(new CustomEvent('lockstep-missing'));
    } finally {
      waiting = false;
      over.remove();
    }
  });
  // The address may have changed while the small program came.
  if (!isFront()) document.dispatchEvent(new CustomEvent('lockstep-elsewhere', { detail: false }));
}

/** Says over the page that more of it is coming, unless that is soon done. */
function overlay() {
  const lang = document.documentElement.lang in texts ? document.documentElement.lang : preferred;
  const made = Object.assign(document.createElement('div'), { className: 'boot-over' });
  const words = Object.assign(document.createElement('p'), { textContent: texts[lang].loading });
  const bar = document.createElement('progress');
  words.setAttribute('role', 'status');
  bar.setAttribute('aria-label', texts[lang].loading);
  made.append(words, bar);
  const timer = setTimeout(() => document.body.append(made), 150);
  return {
    move(share) { if (share > 0) bar.value = share; },
    remove() {
      clearTimeout(timer);
      made.remove();
    },
  };
}

async function boot() {
  const boot = document.getElementById('app');
  document.documentElement.lang = preferred;
  document.getElementById('boot-text').textContent = texts[preferred].loading;
  if (typeof WebAssembly !== 'object' || typeof Worker !== 'function') {
    boot.hidden = true;
    return panel('cannot', texts[preferred].old);
  }
  // A worker of this very build: the page reads this when it starts one.
  const worker = beside('worker.mjs');
  const engine = query.get('engine') ?? '';
  worker.search = new URLSearchParams({ app: `${engine}.js`, wasm: `${engine}_bg.wasm` });
  document.documentElement.dataset.worker = worker.href;
  // And its lessons, each fetched when it is opened.
  document.documentElement.dataset.lessons = beside(`${query.get('lessons') ?? ''}/`).href;
  try {
    if (isFront()) return await front();
    const loading = load(programs.page);
    const bar = document.getElementById('boot-progress');
    loading.onmove = (share) => { bar.value = share; };
    await start(loading);
  } catch (error) {
    boot.hidden = boot.classList.contains('boot');
    failed(error);
  }
}

boot();

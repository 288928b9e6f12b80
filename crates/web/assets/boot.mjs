// Loads the page's wasm binary with visible progress, and owns the panel that is shown when it cannot
// be loaded or breaks down. Plain DOM: it must work when nothing else does.
const query = new URL(import.meta.url).searchParams;
const beside = (file) => new URL(file, import.meta.url);
const app = query.get('app') ?? '';
const wasm = query.get('wasm') ?? '';

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
async function fetchWithProgress(url, size, bar) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} ${url.pathname}`);
  if (!response.body || !size) return response;
  let read = 0;
  bar.max = size;
  const counted = response.body.pipeThrough(new TransformStream({
    transform(chunk, out) {
      read += chunk.byteLength;
      bar.value = Math.min(read, size);
      out.enqueue(chunk);
    },
  }));
  return new Response(counted, { headers: { 'content-type': 'application/wasm' } });
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
    const bar = document.getElementById('boot-progress');
    const module = await import(beside(app).href);
    const bytes = fetchWithProgress(beside(wasm), Number(query.get('size')), bar);
    await module.default({ module_or_path: bytes });
  } catch (error) {
    // After a panic the panel is already there and says more than "unreachable".
    if (document.getElementById('boot-fault')) return;
    console.error(error);
    boot.hidden = true;
    panel('cannot', error?.message ?? error);
  }
}

boot();

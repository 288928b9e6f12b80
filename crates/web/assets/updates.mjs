// Keeps the page for days without a network, and says when there is a newer one: nothing is ever
// swapped under somebody who reads. Plain DOM and apart from the program, so that it can offer
// a way out when the program's own files are gone.
const build = new URL(import.meta.url).searchParams.get('build') ?? '';
const folder = new URL('.', import.meta.url).href;
/** How often a page that stays open asks for something newer, at most. */
const PAUSE = 30 * 60_000;
/** How long a newer build may take to come when somebody has asked for it. */
const PATIENCE = 20_000;

const texts = {
  en: {
    name: 'New version',
    ready: 'A new version of Lockstep is ready. Reload when it suits you: you come back to this moment.',
    gone: 'Lockstep was renewed while this page was open, and some files of the old version are gone. Reload: you come back to this moment.',
    reload: 'Reload',
    later: 'Later',
  },
  es: {
    name: 'Versión nueva',
    ready: 'Hay una versión nueva de Lockstep. Recarga cuando te convenga: vuelves a este momento.',
    gone: 'Lockstep se renovó con esta página abierta, y ya no están algunos archivos de la versión anterior. Recarga: vuelves a este momento.',
    reload: 'Recargar',
    later: 'Más tarde',
  },
};

let registration;
let note;

/** Says it where nothing is covered: above the page. */
function announce(kind) {
  if (note) {
    // What is gone cannot wait for what is only newer.
    if (kind === 'gone') note.dataset.kind = kind;
    return word();
  }
  const element = (tag, properties) => Object.assign(document.createElement(tag), properties);
  note = element('section', { className: 'update-note' });
  note.dataset.kind = kind;
  const said = element('p', {});
  said.setAttribute('role', 'status');
  const reload = element('button', { type: 'button', className: 'btn primary' });
  reload.dataset.word = 'reload';
  reload.addEventListener('click', () => {
    reload.disabled = true;
    renew().catch(() => { /* no network: what is here is loaded again */ }).then(() => location.reload());
  });
  const later = element('button', { type: 'button', className: 'btn' });
  later.dataset.word = 'later';
  later.addEventListener('click', () => {
    const isInside = note.contains(document.activeElement);
    note.remove();
    document.body.classList.remove('noted');
    note = undefined;
    // Focus goes to the page rather than nowhere.
    if (isInside) (document.getElementById('main') ?? document.querySelector('main'))?.focus();
  });
  note.append(said, reload, later);
  document.body.classList.add('noted');
  document.body.prepend(note);
  // A screen reader speaks of what changes in a region that was there before.
  setTimeout(word);
}

/** The words, in the language that the page has now. */
function word() {
  if (!note) return;
  const lang = document.documentElement.lang in texts ? document.documentElement.lang : 'en';
  const text = texts[lang];
  note.setAttribute('aria-label', text.name);
  const said = note.querySelector('p');
  if (said.textContent !== text[note.dataset.kind]) said.textContent = text[note.dataset.kind];
  for (const button of note.querySelectorAll('button')) button.textContent = text[button.dataset.word];
}
new MutationObserver(word).observe(document.documentElement, { attributeFilter: ['lang'] });

const within = (promise, time) => Promise.race([promise, new Promise((done) => setTimeout(done, time))]);
const reached = (worker, ...states) => new Promise((done) => {
  const look = () => { if ([...states, 'redundant'].includes(worker.state)) done(); };
  worker.addEventListener('statechange', look);
  look();
});

/** Lets the newer build take over, if it is here or can be fetched. */
async function renew() {
  // The address may lag behind the moment it holds.
  await new Promise((done) => setTimeout(done, 500));
  if (!registration?.active) return;
  if (!registration.waiting && note?.dataset.kind === 'gone') {
    await registration.update();
    if (registration.installing) await within(reached(registration.installing, 'installed'), PATIENCE);
  }
  const next = registration.waiting;
  if (!next) return;
  next.postMessage('take-over');
  await within(reached(next, 'activated'), PATIENCE);
}

/** Which build a service worker is of. */
const buildOf = (worker) => within(new Promise((told) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => told(data);
  worker.postMessage('build', [port2]);
}), 3000);

/** Somebody else's build is there for whoever loads the page now. */
async function found(worker) {
  const its = await buildOf(worker);
  if (its === undefined) return;
  if (its !== build) return announce('ready');
  // This page came from the network and is as new as what waits.
  if (worker === registration.waiting) worker.postMessage('take-over');
}

function watch() {
  const { serviceWorker } = navigator;
  const follow = async (coming) => {
    await reached(coming, 'installed', 'activated');
    if (registration.waiting === coming) await found(coming);
  };
  if (registration.waiting) found(registration.waiting);
  if (registration.installing) follow(registration.installing);
  registration.addEventListener('updatefound', () => follow(registration.installing));
  // Another tab let a newer build in: this one keeps its own until its reader says so.
  serviceWorker.addEventListener('controllerchange', () => found(serviceWorker.controller));
  serviceWorker.ready.then(({ active }) => {
    document.documentElement.dataset.offline = 'ready';
    active.postMessage('tidy');
  });
}

/** What the host has now, when no service worker looks after that. */
async function askHost(kind) {
  const response = await fetch(folder, { cache: 'no-store' });
  if (!response.ok) return;
  const [, its] = (await response.text()).match(/updates\.mjs\?build=([0-9a-f]+)/) ?? [];
  if (its && its !== build) announce(kind);
}

const look = (kind) => askHost(kind).catch(() => { /* no network: nothing newer to tell of */ });

// The page says so when a file of its own is not there any more.
document.addEventListener('lockstep-missing', () => look('gone'));

let asked = Date.now();
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState !== 'visible' || Date.now() - asked < PAUSE) return;
  asked = Date.now();
  if (registration) registration.update().catch(() => { /* no network, or refused */ });
  else look('ready');
});

/** After the page runs and rests: what is kept for later must not slow down what is seen now. */
async function calm() {
  const app = document.getElementById('app');
  if (app.classList.contains('boot')) {
    await new Promise((done) => {
      new MutationObserver((_, observer) => {
        if (app.classList.contains('boot')) return;
        observer.disconnect();
        done();
      }).observe(app, { attributeFilter: ['class'] });
    });
  }
  if (navigator.serviceWorker.controller) return;
  await new Promise((done) => setTimeout(done, 2000));
  await new Promise((done) => (window.requestIdleCallback ?? setTimeout)(done));
}

async function keep() {
  // On a developer's machine an older build would hide the one just made. Inside another page nobody
  // asked for anything to be kept; nor on a connection where each kilobyte counts.
  const isDeveloper = ['localhost', '127.0.0.1', '[::1]'].includes(location.hostname);
  if (!navigator.serviceWorker || isDeveloper || window.top !== window) return;
  navigator.serviceWorker.addEventListener('message', ({ data, ports }) => {
    if (data === 'build') ports[0]?.postMessage(build);
  });
  await calm();
  if (navigator.connection?.saveData && !navigator.serviceWorker.controller) return;
  registration = await navigator.serviceWorker.register(`${folder}sw.js`, { scope: folder, updateViaCache: 'none' });
  watch();
}

// Refused in private windows, without https, with storage turned off: the page works without.
keep().catch(() => {});

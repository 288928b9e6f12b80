// Starts the simulator's wasm binary inside a worker. `?app=` and `?wasm=` name files beside this one.
// Messages that arrive before the binary listens are kept, in order, and given to it then.
// A text sent to the page is a fault; bytes are a reply.
const early = [];
const keep = (event) => early.push(event.data);
addEventListener('message', keep);

try {
  const query = new URL(import.meta.url).searchParams;
  const beside = (name) => {
    const file = query.get(name) ?? '';
    if (!/^[\w.-]+$/.test(file)) throw new Error(`worker.mjs was given no ${name}`);
    return new URL(file, import.meta.url);
  };
  const app = await import(beside('app').href);
  await app.default({ module_or_path: beside('wasm') });
  removeEventListener('message', keep);
  for (const data of early) dispatchEvent(new MessageEvent('message', { data }));
} catch (error) {
  postMessage(`the worker could not start: ${error?.message ?? error}`);
}

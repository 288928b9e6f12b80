// The pictures that `e2e/shots.mjs` takes: [name, path, viewport, theme, language, prepare?].
export const shots = [
  ['home-light-en', '', 'desk', 'light', 'en'],
  ['home-dark-es', '', 'desk', 'dark', 'es'],
  ['home-phone', '', 'phone', 'light', 'en'],
  ['licences', 'licences.html', 'desk', 'light', 'en'],
];

// Runs only in browsers too old for modules, so it is written for them.
document.getElementById('boot-progress').hidden = true;
document.getElementById('boot-text').textContent =
  'This browser is too old to run Lockstep. · Este navegador es demasiado viejo para Lockstep.';

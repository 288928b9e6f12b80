// Takes pictures of the built page into `e2e/results/`, to be looked at.
//
//   node e2e/shots.mjs                                    the list below
//   node e2e/shots.mjs NAME '#route' phone dark es        one picture
//
// A shot is [name, path after the site's address, viewport, theme, language, prepare(page)?].
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { close, root, told, withPage } from './lib/page.mjs';
import { shots } from './shots.list.mjs';

const locales = { en: 'en-US', es: 'es-MX' };
const results = join(root, 'e2e/results');

export async function shoot([name, path, viewport, theme, language, prepare]) {
  const options = { path, viewport, theme, locale: locales[language], expectProblems: true, storage: told('race-on-a-balance', 'two-locks', 'readers-and-writers') };
  await withPage(options, async (page, { problems }) => {
    await prepare?.(page);
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({ path: join(results, `${name}.png`) });
    console.log(`${name}.png  ${viewport} ${theme} ${language} ${path}`);
    for (const problem of problems) console.log(`  ! ${problem}`);
  });
}

await mkdir(results, { recursive: true });
const one = process.argv.slice(2);
try {
  for (const shot of one.length > 0 ? [one] : shots) await shoot(shot);
} finally {
  await close();
}

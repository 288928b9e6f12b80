// Everything that axe knows of, serious or not: WCAG 2.2 up to AA, and what it calls best practice.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

async function run(page, runOnly) {
  // Evaluated rather than added as a script element, which the page's policy would refuse.
  if (!await page.evaluate(() => 'axe' in globalThis)) await page.evaluate(source);
  // Told of violations alone it is four times as fast: it need not name what is well.
  const { violations } = await page.evaluate((only) => globalThis.axe.run('html', { runOnly: only, resultTypes: ['violations'] }), runOnly);
  const place = ({ target, any }) => `${target.join(' ')}${any[0] ? ` (${any[0].message})` : ''}`;
  return violations.flatMap(({ id, impact, help, nodes }) => nodes.map((node) => `${id} [${impact}] ${help}: ${place(node)}`));
}

/** What axe finds on the page as it is now, a line each; none when all is well. */
export const findings = (page) => run(page, { type: 'tag', values: tags });

/** The same in the other theme, in which nothing is other than colours. */
export const colours = (page) => run(page, { type: 'rule', values: ['color-contrast', 'link-in-text-block'] });

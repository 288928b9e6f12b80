// Everything that axe knows of, serious or not: WCAG 2.2 up to AA, and what it calls best practice.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds on the page as it is now, a line each; none when all is well. */
export async function findings(page) {
  // Evaluated rather than added as a script element, which the page's policy would refuse.
  if (!await page.evaluate(() => 'axe' in globalThis)) await page.evaluate(source);
  const { violations } = await page.evaluate((values) => globalThis.axe.run('html', { runOnly: { type: 'tag', values } }), tags);
  const place = ({ target, any }) => `${target.join(' ')}${any[0] ? ` (${any[0].message})` : ''}`;
  return violations.flatMap(({ id, impact, help, nodes }) => nodes.map((node) => `${id} [${impact}] ${help}: ${place(node)}`));
}

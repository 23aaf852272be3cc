/**
 * Runs axe on a page.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * Returns what axe finds wrong, one line each. It bypasses the page's policy, as
 * an extension would.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} [within]  selector of the part to check; the whole page by default
 * @returns {Promise<string[]>}
 */
export async function accessibility(page, within) {
	if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe);
	return page.evaluate(async (within) => {
		const { violations } = await /** @type {any} */ (globalThis).axe.run(within ?? document, {
			resultTypes: ['violations'],
		});
		return violations.flatMap((/** @type {any} */ rule) =>
			rule.nodes.map(
				(/** @type {any} */ node) =>
					`${rule.id}: ${node.target.join(' ')}: ${node.failureSummary.replace(/\s+/g, ' ')}`,
			),
		);
	}, within);
}

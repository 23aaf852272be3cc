/**
 * Takes the logos of networks from simple-icons (CC0-1.0) when the page is
 * built, and rounds their paths to a tenth of a unit on their grid of 24, which
 * is invisible and saves more than half of the bytes. The logos are trademarks
 * of their owners; here they only show where a link leads.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { optimize } from 'svgo';

const { resolve } = createRequire(import.meta.url);

/** Licences of logos that are not CC0, by slug. @type {Map<string, string>} */
const otherwise = new Map(
	JSON.parse(readFileSync(resolve('simple-icons/icons.json'), 'utf8')).flatMap(
		(/** @type {any} */ { title, slug, license }) =>
			license && license.type !== 'CC0-1.0'
				? [[slug ?? title.toLowerCase().replace(/[^a-z0-9]/g, ''), license.type]]
				: [],
	),
);

/**
 * Returns the path data of a logo.
 *
 * @param {string} slug  its name in simple-icons
 * @throws {Error} if there is none, it is not CC0, or it is not a single path
 */
export function brandPath(slug) {
	if (otherwise.has(slug))
		throw new Error(
			`simple-icons: the mark of ${slug} is not CC0-1.0 but ${otherwise.get(slug)}; draw one of our own`,
		);
	const { data } = optimize(readFileSync(resolve(`simple-icons/icons/${slug}.svg`), 'utf8'), {
		multipass: true,
		plugins: [{ name: 'convertPathData', params: { floatPrecision: 1, transformPrecision: 5 } }],
	});
	const paths = [...data.matchAll(/<path d="([^"]+)"/g)];
	if (paths.length !== 1) throw new Error(`simple-icons: the mark of ${slug} is no longer one path`);
	return paths[0][1];
}

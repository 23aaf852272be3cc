/**
 * The fonts in which layouts are checked. The fonts of readers' devices are
 * unknown; hence the fonts of this machine, and a wide and a narrow font that are
 * the same on every machine.
 *
 * Both are the same font, which comes with the tests, with its letters scaled by
 * `size-adjust` in lines of unchanged height. They are added as bytes, which no
 * policy forbids, to a page that is already open, so that a view is checked in
 * each font without being opened again.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** @typedef {import('playwright-core').Page} Page */

const { resolve } = createRequire(import.meta.url);
/** Latin and Arabic letters in every weight, as wide as DejaVu Sans or Verdana. */
const files = ['latin', 'arabic'].map((script) =>
	readFileSync(resolve(`@fontsource-variable/alexandria/files/alexandria-${script}-wght-normal.woff2`), 'base64'),
);

/**
 * The widths of the letters. The widest fonts that readers choose are those for
 * readers with dyslexia, which are about as wide as this wide one.
 *
 * @type {Record<string, string>}
 */
const widths = { wide: '140%', narrow: '75%' };

/**
 * Calls `look` with the page in this machine's fonts, in the wide and in the
 * narrow one, and then restores this machine's.
 *
 * @param {Page} page
 * @param {(font: string) => Promise<unknown>} look
 */
export async function inFonts(page, look) {
	for (const font of ['', ...Object.keys(widths)]) {
		await setFont(page, font);
		await look(font || 'own');
	}
	await setFont(page, '');
}

/**
 * @param {Page} page
 * @param {string} font  '' for this machine's
 */
export async function setFont(page, font) {
	await page.evaluate(
		async ({ font, width, files }) => {
			const there = /** @type {any} */ (globalThis);
			const families = files.map((_, i) => `${font} ${i}`);
			there.fontSheet ??= new CSSStyleSheet();
			there.fontsThere ??= new Set();
			if (font && !there.fontsThere.has(font)) {
				there.fontsThere.add(font);
				await Promise.all(
					files.map(async (file, i) => {
						const bytes = Uint8Array.from(atob(file), (c) => c.charCodeAt(0));
						document.fonts.add(
							await new FontFace(
								families[i],
								bytes,
								/** @type {any} */ ({ weight: '100 900', sizeAdjust: width }),
							).load(),
						);
					}),
				);
			}
			there.fontSheet.replaceSync(
				font
					? `*, ::before, ::after, ::placeholder { font-family: ${families.map((name) => `"${name}"`).join()}, sans-serif !important; }`
					: '',
			);
			/** @param {Document | ShadowRoot} root */
			const dress = (root) => {
				if (!root.adoptedStyleSheets.includes(there.fontSheet)) root.adoptedStyleSheets.push(there.fontSheet);
				for (const { shadowRoot } of root.querySelectorAll('*')) if (shadowRoot) dress(shadowRoot);
			};
			dress(document);
			// Resize observers are notified after the next frame.
			await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
		},
		{ font, width: widths[font], files: font ? files : [] },
	);
}

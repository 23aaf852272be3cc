/**
 * The fonts that a layout has to hold in. A reader's device has its own, which
 * nobody knows here: hence what this machine shows, and a wide and a narrow
 * font that are the same on every machine.
 *
 * Both are one font that comes with the tests, its letters drawn wider or
 * narrower (`size-adjust`) in lines as high as before. They are put into a page
 * that is already there, as bytes, which no policy of a page refuses, so that a
 * view is looked at in each font without being gone to again.
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
 * How wide the letters are. Of the fonts that readers set for themselves, those
 * made for readers with dyslexia are the widest, about as this wide one.
 *
 * @type {Record<string, string>}
 */
const widths = { wide: '140%', narrow: '75%' };

/**
 * Looks at a page in this machine's fonts, in the wide and in the narrow one.
 * At the end it is in this machine's again.
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
			// What observes sizes is told after the next frame.
			await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
		},
		{ font, width: widths[font], files: font ? files : [] },
	);
}

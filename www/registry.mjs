/**
 * Makes modules from the registry of targets when the page is built, each with
 * only what one part of the sheet needs:
 *
 *     registry/groups    the groups in display order, with their targets and names
 *     registry/colours   the colours of networks
 *     registry/icons     the icons of targets whose name is not that of their network
 *     registry/counts    the most files that a target takes at once, where that is known
 *     brands/first       path data of the networks' logos that come with the sheet
 *     brands/rest        path data of all others, which are loaded together when the first of them is shown
 */
import { readFileSync } from 'node:fs';
import { brandPath } from './icons.mjs';

/**
 * The members of a row of share/registry/targets.json that a sheet needs.
 *
 * @typedef {object} Row
 * @property {string} id
 * @property {string} name
 * @property {string} category
 * @property {'link' | 'handoff' | 'api' | 'host'} status
 * @property {{ brand?: string, mark?: string, early?: boolean }} icon
 * @property {string} [colour]
 * @property {{ together?: { count?: { max: number } } }} [media]
 */

/** @param {string} id */
const networkOf = (id) => id.replace(/\..*/, '');

/**
 * Targets by group, each as `id=name`. Of a target whose id is its name in lower case,
 * only the name is written. Targets that the browser or the page carries out have words
 * in locales/ instead of a name, and only an id.
 *
 * @param {Row[]} targets
 */
function groups(targets) {
	/** @type {Record<string, string>} */
	const groups = {};
	for (const { id, name, category, status } of targets) {
		const isNamed = status === 'link' || status === 'handoff';
		const one = !isNamed ? id : name.toLowerCase() === id ? name : `${id}=${name}`;
		groups[category] = groups[category] ? `${groups[category]}|${one}` : one;
	}
	return groups;
}

/** The contrast ratio of a colour with white as WCAG 2.2 defines it. @param {string} colour  such as #ff4500 */
function contrast(colour) {
	const [red, green, blue] = [1, 3, 5].map((at) => {
		const part = parseInt(colour.slice(at, at + 2), 16) / 255;
		return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
	});
	return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05);
}

/**
 * The colours of networks in their shortest CSS form, and the networks whose
 * colour contrasts too little with a white logo.
 *
 * @param {Row[]} targets
 */
function colours(targets) {
	/** @type {Record<string, string>} */
	const colours = {};
	/** @type {Set<string>} */
	const light = new Set();
	for (const { id, colour } of targets) {
		if (!colour) continue;
		colours[networkOf(id)] = colour.slice(1).replace(/^(.)\1(.)\2(.)\3$/, '$1$2$3');
		if (contrast(colour) < 3) light.add(networkOf(id));
	}
	return { colours, light: [...light] };
}

/**
 * The name of a target's icon: that of our own drawing, the network, or the
 * target's surface if the network has a logo for each surface.
 *
 * @param {Row[]} targets
 * @param {Row} target
 */
function iconName(targets, { id, icon: { brand, mark } }) {
	if (mark) return mark;
	const [network, surface] = id.split('.');
	const isShared = targets.every(({ id, icon }) => networkOf(id) !== network || icon.brand === brand);
	return isShared || brand === network ? network : surface;
}

/**
 * The icons of targets whose name is not that of their network.
 *
 * @param {Row[]} targets
 */
const icons = (targets) =>
	Object.fromEntries(
		targets.map((row) => [row.id, iconName(targets, row)]).filter(([id, name]) => name !== networkOf(id)),
	);

/**
 * Path data of networks' logos by the name of the icon.
 *
 * @param {Row[]} targets
 * @param {boolean} early  those that come with the sheet, or all others
 */
function brands(targets, early) {
	/** @type {Record<string, string>} */
	const paths = {};
	for (const row of targets) {
		const { brand } = row.icon;
		if (brand && !!row.icon.early === early) paths[iconName(targets, row)] ??= brandPath(brand);
	}
	return paths;
}

/**
 * The most files at once by target.
 *
 * @param {Row[]} targets
 */
const counts = (targets) =>
	Object.fromEntries(
		targets.flatMap(({ id, media }) => (media?.together?.count ? [[id, media.together.count.max]] : [])),
	);

/** The default export of each module. @type {Record<string, (targets: Row[]) => unknown>} */
const modules = {
	'registry/groups': groups,
	'registry/colours': colours,
	'registry/icons': icons,
	'registry/counts': counts,
	'brands/first': (targets) => brands(targets, true),
	'brands/rest': (targets) => brands(targets, false),
};

/** The file of the registry. */
export const targetsFile = new URL('../share/registry/targets.json', import.meta.url);

/**
 * A plugin that resolves the modules in a build.
 *
 * @param {string | URL} [file]  the registry
 * @returns {import('esbuild').Plugin}
 */
export const registry = (file = targetsFile) => ({
	name: 'registry',
	setup({ onResolve, onLoad }) {
		/** @type {{ targets: Row[] }} */
		const { targets } = JSON.parse(readFileSync(file, 'utf8'));
		// bill.mjs recognises the logos of simple-icons by the namespace "brands".
		onResolve({ filter: /^(registry|brands)\// }, ({ path }) =>
			Object.hasOwn(modules, path) ? { path, namespace: path.split('/')[0] } : undefined,
		);
		onLoad({ filter: /.*/, namespace: 'registry' }, load);
		onLoad({ filter: /.*/, namespace: 'brands' }, load);

		/** @param {{ path: string }} module */
		function load({ path }) {
			return { loader: /** @type {const} */ ('json'), contents: JSON.stringify(modules[path](targets)) };
		}
	},
});

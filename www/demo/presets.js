/**
 * The presets at the top of the page: each sets the controls and opens the sheet of
 * Lina's story.
 *
 * @module
 */
import { controls, languages, write } from './state.js';

/** @typedef {import('./state.js').State} State */

/** The story whose sheet the presets open. */
export const story = '7100';

/** What each preset sets, by its name. @type {Record<string, Partial<State>>} */
const presets = {
	creator: { as: 'owner' },
	stranger: { as: 'public' },
	friends: { as: 'owner', visibility: 'friends' },
	language: { as: 'owner' },
};

export const names = Object.keys(presets);

/** The controls that a preset leaves as they are. */
const kept = /** @type {const} */ (['device', 'lang', 'networks', 'theme', 'look']);

/** The language that the page is not in. @param {State} state */
const otherLanguage = ({ lang }) => controls.lang.find((other) => other !== lang) ?? lang;

/**
 * The state that a preset leads to.
 *
 * @param {string} name
 * @param {State} state  the current one
 * @returns {State}
 */
export function stateOf(name, state) {
	const initial = Object.entries(controls).map(([control, [value]]) => [control, value]);
	return {
		...Object.fromEntries(initial),
		...Object.fromEntries(kept.map((control) => [control, state[control]])),
		...presets[name],
		...(name === 'language' && { lang: otherLanguage(state) }),
	};
}

/**
 * The address of a preset. Without script, it leads to the links of the story.
 *
 * @param {string} name
 * @param {State} state
 */
export const addressOf = (name, state) => `./${write(stateOf(name, state))}#share-${story}`;

/**
 * What the preset of the other language says, which is that language's own name.
 *
 * @param {State} state
 */
export function otherLanguageOf(state) {
	const lang = otherLanguage(state);
	return { lang, name: languages[lang] };
}

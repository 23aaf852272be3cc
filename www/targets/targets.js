/**
 * Filters the registry while the reader types, puts the filter into the page's
 * address, so that it can be shared, and draws the icons.
 *
 * @module
 */
import { icon } from '../src/icons.js';
import { matches, readFilter } from './filter.js';

const form = /** @type {HTMLFormElement} */ (document.querySelector('form'));
const found = /** @type {HTMLElement} */ (form.querySelector('.found'));
const none = /** @type {HTMLElement} */ (document.querySelector('.none'));
const entries = [...document.querySelectorAll('.entry')].map((element) => ({
	element: /** @type {HTMLElement} */ (element),
	facts: JSON.parse(/** @type {HTMLElement} */ (element).dataset.facts ?? ''),
}));
const words = JSON.parse(found.dataset.words ?? '').found;
const { lang } = document.documentElement;
const plural = new Intl.PluralRules(lang);
const numbers = new Intl.NumberFormat(lang);

document.documentElement.classList.add('js');

function show() {
	const filter = readFilter(new FormData(form));
	let shown = 0;
	for (const { element, facts } of entries) {
		element.hidden = !matches(facts, filter);
		if (!element.hidden) shown++;
	}
	for (const section of document.querySelectorAll('[data-section]')) {
		/** @type {HTMLElement} */ (section).hidden = !section.querySelector('.entry:not([hidden])');
	}
	none.hidden = shown > 0;
	found.textContent = words[plural.select(shown)]
		.replace('{n}', numbers.format(shown))
		.replace('{total}', numbers.format(entries.length));
	const parameters = new URLSearchParams([
		['lang', lang],
		...Object.entries(filter)
			.filter(([, value]) => value)
			.map(([name, value]) => [name, value === true ? 'on' : `${value}`]),
	]);
	history.replaceState(null, '', `?${parameters}`);
	const other = /** @type {HTMLAnchorElement} */ (document.querySelector('.language'));
	parameters.set('lang', other.lang);
	other.search = `${parameters}`;
}

form.addEventListener('input', show);
form.addEventListener('submit', (event) => {
	event.preventDefault();
	show();
});

/** Shows the entry that the fragment names, and clears the filter if it hides the entry. */
function reveal() {
	const entry = document.getElementById(decodeURIComponent(location.hash.slice(1)));
	if (!entry?.matches('.entry[hidden]')) return;
	form.reset();
	for (const field of form.elements) {
		if (field instanceof HTMLSelectElement || (field instanceof HTMLInputElement && field.type === 'search'))
			field.value = '';
		if (field instanceof HTMLInputElement) field.checked = false;
	}
	const { hash } = location;
	show();
	history.replaceState(null, '', hash);
	entry.scrollIntoView();
}
addEventListener('hashchange', reveal);
reveal();

// Icons are drawn when they are about to scroll into view.
const near = new IntersectionObserver(
	(seen) => {
		for (const { target, isIntersecting } of seen) {
			if (!isIntersecting) continue;
			near.unobserve(target);
			target.replaceChildren(icon(/** @type {HTMLElement} */ (target).dataset.icon ?? ''));
		}
	},
	{ rootMargin: '400px' },
);
for (const place of document.querySelectorAll('[data-icon]')) near.observe(place);

/**
 * The request panel: a control for every fact, in which unknown is a state of
 * its own.
 *
 * @module
 */
import { el, fill, set } from './dom.js';
import { textEditor } from './editor.js';
import { labelOf } from './phrase.js';
import { preset, presets } from './presets.js';
import { formatTime, t } from './words.js';

/** @typedef {import('./workspace.js').Workspace} Workspace */
/** @typedef {import('./workspace.js').Fact} Fact */
/** @typedef {{ get: () => any, put: (value: any) => void, label: string, id: string }} Field */

/** The sections of the panel and the facts in each, in order. */
const sections = [
	{
		name: 'content',
		fields: [
			'content.kind',
			'content.visibility',
			'content.downloadable',
			'content.createdAt',
			'content.expiresAt',
			'content.url',
			'content.title',
			'content.text',
			'content.tags',
			'content.media',
			'content.imageUrl',
			'content.embedUrl',
			'content.id',
		],
	},
	{ name: 'viewer', fields: ['viewer.role', 'viewer.id', 'viewer.ageBand', 'viewer.region', 'viewer.locale'] },
	{
		name: 'device',
		fields: [
			'device.platform',
			'device.share',
			'device.shareFiles',
			'device.clipboard',
			'device.inAppBrowser',
			'device.bridge',
		],
	},
	{ name: 'now', fields: ['now'] },
	{
		name: 'page',
		fields: [
			'page.via',
			'page.appIds.facebook',
			'page.instances.mastodon',
			'page.redirectUri',
			'page.keepTracking',
			'page.referral',
			'page.startAt',
		],
	},
];

/** @type {Record<string, Fact>} the members of a request that are not facts */
const settings = {
	'page.via': { name: 'page.via', type: 'text' },
	'page.appIds.facebook': { name: 'page.appIds.facebook', type: 'text' },
	'page.instances.mastodon': { name: 'page.instances.mastodon', type: 'text' },
	'page.redirectUri': { name: 'page.redirectUri', type: 'text' },
	'page.keepTracking': { name: 'page.keepTracking', type: 'boolean' },
	'page.referral': { name: 'page.referral', type: 'text' },
	'page.startAt': { name: 'page.startAt', type: 'number', unit: 'seconds' },
	'content.media': { name: 'content.media', type: 'media' },
};

const mediaFields = /** @type {const} */ ([
	['url', 'text'],
	['type', 'text'],
	['bytes', 'number'],
	['durationSeconds', 'number'],
	['width', 'number'],
	['height', 'number'],
]);

/**
 * The sections with all facts; facts not listed above come at the end of their
 * section. Facts computed from the files, and those of the target, are left
 * out: a request does not contain them.
 *
 * @param {Fact[]} facts
 */
export function sectionsOf(facts) {
	const listed = new Set(sections.flatMap(({ fields }) => fields));
	const more = facts
		.map(({ name }) => name)
		.filter((name) => !listed.has(name) && !/^(target\.|content\.media\.)/.test(name));
	const attributes = more.filter((name) => name.includes('.attributes.'));
	return [
		...sections.map(({ name, fields }) => ({
			name,
			fields: [...fields, ...more.filter((fact) => !attributes.includes(fact) && fact.split('.')[0] === name)],
		})),
		...(attributes.length ? [{ name: 'attributes', fields: attributes }] : []),
	];
}

/**
 * The facts of one part of the request.
 *
 * @param {ReturnType<typeof sectionsOf>[number]} { name, fields }
 * @param {boolean} isOpen
 * @param {Workspace} workspace
 * @param {(edit: (request: any) => void) => void} change
 */
const section = ({ name, fields }, isOpen, workspace, change) =>
	el(
		'details',
		{
			'data-section': name,
			open: isOpen,
		},
		el('summary', {}, el('span', {}, t(`request.${name}`))),
		fields.map((field) => row(field, workspace, change)),
	);

/**
 * A problem that belongs to no field.
 *
 * @param {any} problem
 */
const problemOf = (problem) =>
	el(
		'li',
		{},
		el('code', { dir: 'ltr' }, problem.path || '/'),
		' ',
		el('span', { lang: 'en', dir: 'ltr' }, problem.message),
	);

/**
 * Validates the request and shows each problem at its field, or else in a list.
 *
 * @param {Workspace} workspace
 * @param {HTMLFormElement} form
 * @param {HTMLElement} problems
 */
async function validate(workspace, form, problems) {
	const answer = await workspace.asker.latest('decode', 'decode', workspace.request).catch(() => undefined);
	if (!answer) return;
	const found = answer.ok ? [] : answer.value.problems;
	const elsewhere = markProblems(form, found);
	problems.hidden = !elsewhere.length;
	fill(
		problems,
		elsewhere.map((/** @type {any} */ problem) => problemOf(problem)),
	);
}

/**
 * The buttons that paste and copy a request.
 *
 * @param {Workspace} workspace
 * @param {(message: string) => void} say
 */
function requestButtons(workspace, say) {
	const copy = async () => {
		await navigator.clipboard.writeText(JSON.stringify(workspace.request, null, 2));
		say(t('request.copied'));
	};
	return el(
		'div',
		{ class: 'bar' },
		el('button', { type: 'button', onclick: () => openPaste(workspace) }, t('request.paste')),
		el('button', { type: 'button', onclick: copy }, t('request.copy')),
	);
}

/**
 * @param {Workspace} workspace
 * @param {(message: string) => void} say
 */
export function requestPanel(workspace, say) {
	const form = el('form', {
		class: 'facts',
		autocomplete: 'off',
		onsubmit: (/** @type {Event} */ event) => event.preventDefault(),
	});
	const problems = el('ul', { class: 'problems', hidden: true });
	const panel = el(
		'div',
		{ class: 'request' },
		presetChips(workspace),
		requestButtons(workspace, say),
		problems,
		form,
	);

	let shape = '';
	const draw = () => {
		const next = `${JSON.stringify(workspace.facts)}|${workspace.request.content?.media?.length}`;
		if (next === shape && !own) fresh(form, workspace);
		else if (next !== shape) {
			shape = next;
			const open = new Set(
				[...form.querySelectorAll('details')].filter((d) => d.open).map((d) => d.dataset.section),
			);
			const first = !form.firstChild;
			fill(
				form,
				sectionsOf(workspace.facts).map(({ name, fields }) =>
					section(
						{ name, fields },
						first ? name !== 'page' : open.has(name) || name === 'attributes',
						workspace,
						change,
					),
				),
			);
		}
	};
	let own = false;
	/** @param {(request: any) => void} edit */
	const change = (edit) => {
		const request = structuredClone(workspace.request);
		edit(request);
		own = true;
		workspace.setRequest(prune(request));
		own = false;
	};
	workspace.on(['vocabulary', 'report'], draw);
	workspace.on(['request'], () => {
		draw();
		validate(workspace, form, problems);
	});
	draw();
	return panel;
}

/**
 * A select of the presets.
 *
 * @param {Workspace} workspace
 */
export function presetPicker(workspace) {
	const custom = el('option', { value: '' }, t('preset.custom'));
	const picker = el(
		'select',
		{
			'aria-label': t('request.preset'),
			onchange: async () => {
				if (picker.value) workspace.setRequest(await preset(picker.value, workspace), picker.value);
			},
		},
		custom,
		presets.map((name) => el('option', { value: name }, t(`preset.${name}`))),
	);
	workspace.on(['request'], () => {
		picker.value = workspace.preset;
		custom.hidden = !!workspace.preset;
	});
	return picker;
}

/**
 * The presets as a row of buttons.
 *
 * @param {Workspace} workspace
 */
function presetChips(workspace) {
	const chips = presets.map((name) =>
		el(
			'button',
			{
				type: 'button',
				class: 'chip',
				'aria-pressed': 'false',
				onclick: async () => workspace.setRequest(await preset(name, workspace), name),
			},
			t(`preset.${name}`),
		),
	);
	workspace.on(['request'], () =>
		chips.forEach((chip, i) => chip.setAttribute('aria-pressed', String(presets[i] === workspace.preset))),
	);
	return el('div', { class: 'chips', role: 'group', 'aria-label': t('request.preset') }, chips);
}

/**
 * The request summarised in one line.
 *
 * @param {Workspace} workspace
 */
export function requestLine(workspace) {
	const line = el('p', { class: 'request-line' });
	workspace.on(['request'], () => {
		const { content = {}, viewer = {}, device = {}, now } = workspace.request;
		const parts = [
			content.kind && t(`value.${content.kind}`),
			content.visibility && t(`value.${content.visibility}`),
			viewer.role && t(`role.${viewer.role}`),
			viewer.ageBand && t(`value.${viewer.ageBand}`, {}, viewer.ageBand),
			viewer.region,
			device.platform && t(`value.${device.platform}`, {}, device.platform),
			viewer.id,
			now && `${formatTime(new Date(now))} UTC`,
		].filter(Boolean);
		fill(
			line,
			parts.length ? parts.map((part) => el('span', {}, el('bdi', {}, String(part)))) : t('request.nothing'),
		);
	});
	return line;
}

/**
 * @param {string} name
 * @param {Workspace} workspace
 * @param {(edit: (request: any) => void) => void} change
 */
function row(name, workspace, change) {
	const fact = workspace.facts.find((f) => f.name === name) ?? settings[name] ?? { name, type: 'text' };
	const path = pathOf(name);
	const id = `fact-${name.replaceAll('.', '-')}`;
	const label = labelOf(name);
	const get = () => read(workspace.request, path);
	const put = (/** @type {any} */ value) => change((request) => write(request, path, value));
	const control = controlFor(fact, { get, put, label, id }, workspace, change);
	const forget = el(
		'button',
		{
			type: 'button',
			class: 'forget',
			'aria-label': t('request.forget', { fact: label }),
			title: t('request.forget', { fact: label }),
			onclick: () => {
				put(undefined);
				fresh(/** @type {HTMLElement} */ (element.closest('form')), workspace);
				/** @type {HTMLElement | null} */ (element.querySelector('input, select, textarea'))?.focus();
			},
		},
		'×',
	);
	const grouped = fact.type === 'boolean' || fact.type === 'media';
	const element = el(
		'div',
		{
			class: `fact ${fact.type}`,
			'data-fact': name,
			role: grouped ? 'group' : undefined,
			'aria-labelledby': grouped ? `${id}-label` : undefined,
		},
		el(
			grouped ? 'span' : 'label',
			{ id: `${id}-label`, for: grouped ? undefined : id, title: fact.about ?? name, class: 'name' },
			label,
		),
		el('div', { class: 'control' }, control),
		forget,
		el('p', { class: 'fact-problem', id: `${id}-problem`, lang: 'en', dir: 'ltr', hidden: true }),
	);
	/** @type {any} */ (element).fresh = () => {
		const value = get();
		element.classList.toggle('unknown', value === undefined);
		forget.hidden =
			value === undefined || fact.type === 'boolean' || fact.values !== undefined || fact.type === 'media';
		/** @type {any} */ (control).show(value);
	};
	/** @type {any} */ (element).fresh();
	return element;
}

/**
 * Shows the problems of a request beside the controls that they concern.
 *
 * @param {HTMLElement} form
 * @param {import('./workspace.js').Problem[]} problems
 * @returns {import('./workspace.js').Problem[]} those that belong to no control
 */
function markProblems(form, problems) {
	for (const control of form.querySelectorAll('[aria-invalid]'))
		set(control, { 'aria-invalid': undefined, 'aria-describedby': undefined });
	const rows = /** @type {HTMLElement[]} */ ([...form.querySelectorAll('[data-fact]')]);
	/** @type {Map<HTMLElement, string[]>} */
	const said = new Map();
	const elsewhere = problems.filter(({ path, message }) => {
		const steps = path
			.split('/')
			.slice(1)
			.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
		const row = rows.find((one) => pathOf(one.dataset.fact ?? '').every((step, i) => steps[i] === step));
		if (!row) return true;
		const [index, member] = steps.slice(pathOf(row.dataset.fact ?? '').length);
		const control =
			(member && row.querySelector(`#fact-content-media-${CSS.escape(index)}-${CSS.escape(member)}`)) ||
			row.querySelector('input, select');
		if (control)
			set(control, { 'aria-invalid': 'true', 'aria-describedby': row.querySelector('.fact-problem')?.id });
		said.set(row, [...(said.get(row) ?? []), message]);
		return false;
	});
	for (const row of rows) {
		const line = /** @type {HTMLElement} */ (row.querySelector('.fact-problem'));
		const messages = said.get(row) ?? [];
		line.hidden = !messages.length;
		line.textContent = messages.join('; ');
		const section = row.closest('details');
		if (messages.length && section) section.open = true;
	}
	return elsewhere;
}

/**
 * @param {HTMLElement} form
 * @param {Workspace} workspace
 */
function fresh(form, workspace) {
	for (const element of form.querySelectorAll('[data-fact]')) /** @type {any} */ (element).fresh?.();
	form.dataset.preset = workspace.preset;
}

/**
 * @param {Fact} fact
 * @param {Field} field
 * @param {Workspace} workspace
 * @param {(edit: (request: any) => void) => void} change
 * @returns {HTMLElement}
 */
function controlFor(fact, field, workspace, change) {
	if (fact.values) return choice(fact, field);
	switch (fact.type) {
		case 'boolean':
			return truth(field);
		case 'time':
			return moment(field);
		case 'number':
			return number(field, fact.unit);
		case 'texts':
		case 'list of texts':
			return texts(field);
		case 'media':
			return media(field, workspace, change);
	}
	return words(field, fact.name);
}

/**
 * @param {Fact} fact
 * @param {Field} field
 */
function choice(fact, { put, id }) {
	const select = el(
		'select',
		{
			id,
			onchange: () => {
				put(select.value || undefined);
				select.closest('.fact')?.classList.toggle('unknown', !select.value);
			},
		},
		el('option', { value: '' }, t('unknown')),
		fact.values?.map((value) =>
			el('option', { value }, t(fact.name === 'viewer.role' ? `role.${value}` : `value.${value}`, {}, value)),
		),
	);
	return Object.assign(select, {
		show: (/** @type {string | undefined} */ value) => {
			select.value = value ?? '';
		},
	});
}

/** @param {Field} field */
function truth({ put, id, label }) {
	const states = /** @type {const} */ ([
		['unknown', undefined],
		['no', false],
		['yes', true],
	]);
	const inputs = states.map(([name, value]) =>
		el('input', {
			type: 'radio',
			name: id,
			id: `${id}-${name}`,
			onchange: () => {
				put(value);
				inputs[0].closest('.fact')?.classList.toggle('unknown', value === undefined);
			},
		}),
	);
	const box = el(
		'div',
		{ class: 'truth', role: 'radiogroup', 'aria-label': label },
		states.flatMap(([name], i) => [
			inputs[i],
			el(
				'label',
				{ for: `${id}-${name}` },
				name === 'unknown' ? el('span', { 'aria-hidden': 'true' }, '?') : null,
				name === 'unknown' ? el('span', { class: 'hidden-words' }, t('unknown')) : t(name),
			),
		]),
	);
	return Object.assign(box, {
		show: (/** @type {boolean | undefined} */ value) =>
			states.forEach(([, state], i) => {
				inputs[i].checked = state === value;
			}),
	});
}

/** @param {Field} field */
function moment({ put, id }) {
	const input = el('input', {
		type: 'datetime-local',
		id,
		step: 1,
		oninput: () => {
			put(input.value ? toUTC(input.value) : undefined);
			input.closest('.fact')?.classList.toggle('unknown', !input.value);
		},
	});
	const zone = el('span', { class: 'unit', dir: 'ltr' }, 'UTC');
	return Object.assign(el('div', { class: 'with-unit' }, input, zone), {
		show: (/** @type {string | undefined} */ value) => {
			const date = value ? new Date(value) : undefined;
			const text =
				date && !Number.isNaN(+date)
					? date
							.toISOString()
							.replace(/\.?0*Z$/, '')
							.slice(0, 19)
					: '';
			if (toUTC(input.value) !== value) input.value = text;
		},
	});
}

/** @param {string} local */
function toUTC(local) {
	if (!local) return undefined;
	const date = new Date(`${local}Z`);
	return Number.isNaN(+date) ? undefined : date.toISOString().replace(/\.000Z$/, 'Z');
}

/**
 * @param {Field} field
 * @param {string} [unit]
 */
function number({ put, id }, unit) {
	const input = el('input', {
		type: 'number',
		id,
		step: 'any',
		placeholder: t('unknown'),
		oninput: () => {
			put(input.value === '' ? undefined : Number(input.value));
			input.closest('.fact')?.classList.toggle('unknown', input.value === '');
		},
	});
	return Object.assign(
		el(
			'div',
			{ class: 'with-unit' },
			input,
			unit ? el('span', { class: 'unit' }, t(`unit.${unit}`, {}, unit)) : null,
		),
		{
			show: (/** @type {number | undefined} */ value) => {
				if (value === undefined ? input.value !== '' : Number(input.value) !== value || input.value === '')
					input.value = value === undefined ? '' : String(value);
			},
		},
	);
}

/**
 * @param {Field} field
 * @param {string} name
 */
function words({ put, id }, name) {
	const technical = /url|uri|\.id$|region|locale|instances|appIds|via|referral/i.test(name);
	// A caption or an attribute may be known to be empty; an empty id or name means unknown.
	const maybeEmpty = /^content\.text$|\.attributes\./.test(name);
	const suggestions = /region$|locale$/.test(name)
		? el('datalist', { id: `${id}-list` }, suggestionsFor(name))
		: null;
	const input = el('input', {
		type: 'text',
		id,
		placeholder: t('unknown'),
		dir: technical ? 'ltr' : 'auto',
		list: suggestions ? `${id}-list` : undefined,
		spellcheck: 'false',
		oninput: () => {
			put(input.value || (maybeEmpty ? '' : undefined));
			const row = /** @type {any} */ (input.closest('.fact'));
			row?.fresh?.();
		},
	});
	return Object.assign(el('div', { class: 'with-unit' }, input, suggestions), {
		show: (/** @type {string | undefined} */ value) => {
			if (input.value !== (value ?? '')) input.value = value ?? '';
			input.placeholder = t(value === '' ? 'request.empty' : 'unknown');
		},
	});
}

/** @param {Field} field */
function texts({ put, id }) {
	const input = el('input', {
		type: 'text',
		dir: 'auto',
		placeholder: t('request.comma'),
		'aria-labelledby': `${id}-label`,
		oninput: () =>
			put(
				input.value
					.split(',')
					.map((s) => s.trim())
					.filter(Boolean),
			),
	});
	const select = el(
		'select',
		{
			id,
			onchange: () => {
				put(
					{
						unknown: undefined,
						none: [],
						listed: input.value
							.split(',')
							.map((s) => s.trim())
							.filter(Boolean),
					}[select.value],
				);
				input.hidden = select.value !== 'listed';
				if (!input.hidden) input.focus();
				select.closest('.fact')?.classList.toggle('unknown', select.value === 'unknown');
			},
		},
		el('option', { value: 'unknown' }, t('unknown')),
		el('option', { value: 'none' }, t('none')),
		el('option', { value: 'listed' }, t('listed')),
	);
	return Object.assign(el('div', { class: 'pair' }, select, input), {
		show: (/** @type {string[] | undefined} */ value) => {
			const state = !value ? 'unknown' : value.length ? 'listed' : 'none';
			if (!(select.value === 'listed' && state === 'none')) select.value = state;
			input.hidden = select.value !== 'listed';
			if (
				value?.length &&
				input.value
					.split(',')
					.map((s) => s.trim())
					.filter(Boolean)
					.join() !== value.join()
			)
				input.value = value.join(', ');
		},
	});
}

/**
 * The fields of one file, and a button that removes it.
 *
 * @param {any} file
 * @param {number} index
 * @param {string} id
 * @param {(edit: (request: any) => void) => void} change
 * @param {() => void} remove
 */
const fileFields = (file, index, id, change, remove) =>
	el(
		'fieldset',
		{},
		el('legend', {}, t('request.file', { n: index + 1 })),
		mediaFields.map(([member, type]) => {
			const input = el('input', {
				type,
				id: `${id}-${index}-${member}`,
				dir: 'ltr',
				step: 'any',
				min: type === 'number' ? 0 : undefined,
				placeholder: t('unknown'),
				value: file[member] ?? '',
				oninput: () =>
					change((request) => {
						const at = request.content?.media?.[index];
						if (!at) return;
						if (input.value === '' && member !== 'url') delete at[member];
						else at[member] = type === 'number' ? Number(input.value) : input.value;
					}),
			});
			return el('label', {}, el('span', {}, t(`media.${member}`)), input);
		}),
		el(
			'button',
			{
				type: 'button',
				onclick: remove,
			},
			t('request.remove-file'),
		),
	);

/**
 * @param {Field} field
 * @param {Workspace} workspace
 * @param {(edit: (request: any) => void) => void} change
 */
function media({ get, put, id, label }, workspace, change) {
	const select = el(
		'select',
		{
			id,
			'aria-label': label,
			onchange: () =>
				put(
					{
						unknown: undefined,
						none: [],
						listed: get()?.length ? get() : [{ url: 'https://video.example/7100.mp4', type: 'video/mp4' }],
					}[select.value],
				),
		},
		el('option', { value: 'unknown' }, t('unknown')),
		el('option', { value: 'none' }, t('none')),
		el('option', { value: 'listed' }, t('request.files', { n: get()?.length || 1 })),
	);
	const files = (get() ?? []).map((/** @type {any} */ file, /** @type {number} */ index) =>
		fileFields(file, index, id, change, () =>
			put(get().filter((/** @type {any} */ _, /** @type {number} */ i) => i !== index)),
		),
	);
	const add = el(
		'button',
		{ type: 'button', class: 'quiet', hidden: !get()?.length, onclick: () => put([...(get() ?? []), { url: '' }]) },
		t('request.add-file'),
	);
	return Object.assign(el('div', { class: 'files' }, select, files, add), {
		show: (/** @type {any[] | undefined} */ value) => {
			select.value = !value ? 'unknown' : value.length ? 'listed' : 'none';
			files.forEach((/** @type {HTMLElement} */ fieldset, /** @type {number} */ index) =>
				mediaFields.forEach(([member], i) => {
					const input = fieldset.querySelectorAll('input')[i];
					const text = String(value?.[index]?.[member] ?? '');
					if (input.value !== text) input.value = text;
				}),
			);
		},
	});
}

/** @param {string} name */
function suggestionsFor(name) {
	if (name.endsWith('locale'))
		return [
			'ar',
			'de',
			'en',
			'es',
			'fa',
			'fr',
			'hi',
			'id',
			'it',
			'ja',
			'ko',
			'pt-BR',
			'ru',
			'tr',
			'ur',
			'zh-Hans',
			'zh-Hant',
		].map((value) => el('option', { value }));
	const names = new Intl.DisplayNames(undefined, { type: 'region' });
	return [
		'AE',
		'AR',
		'AU',
		'BR',
		'CA',
		'CN',
		'DE',
		'EG',
		'ES',
		'FR',
		'GB',
		'ID',
		'IN',
		'IQ',
		'IR',
		'IT',
		'JO',
		'JP',
		'KR',
		'LB',
		'MX',
		'NG',
		'NL',
		'PK',
		'PL',
		'RU',
		'SA',
		'SE',
		'SY',
		'TR',
		'UA',
		'US',
		'ZA',
	].map((value) => el('option', { value }, names.of(value)));
}

/**
 * A problem, with a button that shows its place in the pasted text.
 *
 * @param {import('./workspace.js').Problem} problem
 * @param {(line: number, column: number) => void} reveal
 */
const placed = (problem, reveal) =>
	el(
		'li',
		{ class: 'error' },
		el(
			'button',
			{ type: 'button', onclick: () => reveal(problem.line, problem.column) },
			el('span', { class: 'kind' }, t('error')),
			el('bdi', { dir: 'ltr', class: 'place' }, `${problem.line}:${problem.column}`),
			el(
				'bdi',
				{ dir: 'ltr', lang: 'en', class: 'message' },
				`${problem.path ? `${problem.path}: ` : ''}${problem.message}`,
			),
		),
	);

/** @param {() => void} cancel @param {() => void} use */
const pasteButtons = (cancel, use) =>
	el(
		'div',
		{ class: 'bar' },
		el('span', { class: 'spring' }),
		el('button', { type: 'button', onclick: cancel }, t('cancel')),
		el('button', { type: 'button', class: 'primary', onclick: use }, t('request.use')),
	);

/** @param {Workspace} workspace */
function openPaste(workspace) {
	const host = el('div', { class: 'paste' });
	const problems = el('ul', { class: 'problems', 'aria-label': t('editor.problems') });
	const heard = el('p', { class: 'hidden-words', role: 'status' });
	let asked = 0;
	/** Whether the text is a request; its problems are marked in the text. */
	const look = async () => {
		const turn = ++asked;
		const { ok, value } = await workspace.asker.ask('decode', area.text);
		if (turn !== asked) return false;
		/** @type {import('./workspace.js').Problem[]} */
		const found = ok ? [] : value.problems;
		area.mark(found);
		heard.textContent = found.length ? t('editor.count', { n: found.length }) : t('editor.no-problems');
		fill(
			problems,
			found.map((problem) => placed(problem, (line, column) => area.reveal(line, column))),
		);
		return ok;
	};
	let soon = 0;
	const area = textEditor(host, {
		label: t('request.paste-label'),
		changed: () => {
			clearTimeout(soon);
			soon = window.setTimeout(() => (area.text.trim() ? look() : area.mark([])), 150);
		},
	});
	const use = async () => {
		clearTimeout(soon);
		if (await look()) {
			workspace.setRequest(JSON.parse(area.text));
			dialog.close();
		} else /** @type {HTMLElement | null} */ (problems.querySelector('button'))?.focus();
	};
	const dialog = el(
		'dialog',
		{
			class: 'dialog',
			'aria-labelledby': 'paste-title',
			onclose: () => {
				clearTimeout(soon);
				dialog.remove();
			},
		},
		el('h2', { id: 'paste-title' }, t('request.paste-title')),
		el('p', {}, t('request.paste-about')),
		host,
		problems,
		heard,
		pasteButtons(() => dialog.close(), use),
	);
	document.body.append(dialog);
	dialog.showModal();
	area.view.focus();
}

/**
 * Returns the request with other values for some facts. A fact computed over
 * all files, such as their size, is set on the first file.
 *
 * @param {import('../src/shapes.d.ts').Request} request
 * @param {{ name: string, value?: any }[]} facts
 */
export function withFacts(request, facts) {
	const changed = structuredClone(request);
	for (const { name, value } of facts) {
		const [, ofFile] = /^content\.media\.(bytes|width|height|durationSeconds)$/.exec(name) ?? [];
		if (ofFile && !changed.content?.media?.length) continue;
		write(changed, ofFile ? ['content', 'media', '0', ofFile] : pathOf(name), value);
	}
	return changed;
}

/**
 * The path of a fact in a request. The name of an attribute is one member even
 * if it contains dots.
 *
 * @param {string} name
 */
function pathOf(name) {
	const [, before, attribute] = /^(content|viewer)\.attributes\.(.+)$/.exec(name) ?? [];
	return attribute ? [before, 'attributes', attribute] : name.split('.');
}

/**
 * @param {any} from
 * @param {string[]} path
 */
function read(from, path) {
	for (const step of path) from = from?.[step];
	return from;
}

/**
 * @param {any} into
 * @param {string[]} path
 * @param {any} value undefined removes it
 */
function write(into, path, value) {
	const last = /** @type {string} */ (path.at(-1));
	for (const step of path.slice(0, -1)) into = into[step] ??= {};
	if (value === undefined) delete into[last];
	else into[last] = value;
}

/**
 * Deletes members that are empty objects.
 *
 * @param {any} value
 * @returns {any}
 */
function prune(value) {
	for (const [name, member] of Object.entries(value)) {
		if (member && typeof member === 'object' && !Array.isArray(member) && !Object.keys(prune(member)).length)
			delete value[name];
	}
	return value;
}

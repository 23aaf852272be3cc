/**
 * Deleting the content: a dialog that asks for confirmation, and what is shown
 * afterwards. The host deletes, and may offer to undo it.
 *
 * @module
 */
import { h } from './dom.js';
import { ask, isUnanswered, undo } from './host.js';
import { clip } from './text.js';

const target = 'content.delete';

/** @typedef {import('./stage.js').Stage} Stage */

/** Opens that dialog. @param {Stage} stage */
export function confirmDelete(stage) {
	const { say, element, content, subject, dialog: sheet } = stage;
	const title = clip(content.title, 200);
	const problem = h('p', { role: 'alert' });
	const cancel = h('button', { type: 'button', class: 'main plain', onclick: () => dialog.close() }, say('cancel'));
	const confirm = h(
		'button',
		{
			type: 'button',
			class: 'main danger',
			onclick: async () => {
				if (confirm.hasAttribute('aria-busy')) return void (problem.textContent = say('waiting'));
				if (!stage.permit(target)) return;
				confirm.setAttribute('aria-busy', 'true');
				problem.textContent = '';
				try {
					const answer = await ask(stage, 'share-delete', {});
					stage.done(target, 'host');
					dialog.close();
					if (stage.isOpen) gone(stage, title, answer, [subject, undefined].includes(stage.subject));
				} catch (error) {
					problem.textContent = say(isUnanswered(error) ? 'host.unanswered' : 'delete.failed');
					stage.emit('share-error', { target, error });
					confirm.removeAttribute('aria-busy');
				}
			},
		},
		say('delete.confirm'),
	);
	const dialog = h(
		'dialog',
		{
			role: 'alertdialog',
			class: 'alert',
			part: 'alert',
			lang: sheet.lang,
			'aria-labelledby': 'delete-title',
			'aria-describedby': 'delete-about',
		},
		h('h2', { id: 'delete-title' }, title ? say('delete.title', { title }) : say('delete.untitled')),
		h('p', { id: 'delete-about' }, say('delete.about')),
		problem,
		h('div', { class: 'buttons' }, cancel, confirm),
	);
	if (sheet.dir) dialog.dir = sheet.dir;
	const release = stage.hold(target, (words) => {
		// The host may be deleting it now, and for that reason it is no longer permitted.
		if (confirm.hasAttribute('aria-busy') && stage.isOpen) return;
		dialog.close();
		if (words) stage.tell(words);
	});
	dialog.addEventListener('close', () => {
		release();
		dialog.remove();
	});
	element.shadowRoot?.append(dialog);
	dialog.showModal();
	cancel.focus();
}

/**
 * Tells the reader that the content was deleted.
 *
 * @param {Stage} stage
 * @param {string} title
 * @param {any} answer
 * @param {boolean} isLast  whether the page has given no other content since
 */
function gone(stage, title, answer, isLast) {
	const { say } = stage;
	const back = undo(stage, answer, say('delete.undone', { title }), isLast);
	if (!isLast) return stage.tell(say('delete.done', { title }), back);
	stage.showOnly((stage) => ({
		title: say('content.delete'),
		body: [
			h('p', {}, say('delete.done', { title })),
			h('button', { type: 'button', class: 'main', onclick: () => stage.close() }, say('done')),
		],
	}));
	stage.tell(say('delete.done', { title }), back);
}

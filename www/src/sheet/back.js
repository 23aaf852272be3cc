/**
 * The browser's Back button and gesture while the sheet is open.
 *
 * @module
 */

/**
 * Makes Back go back in the sheet, and close it from its first view, if the element has the
 * attribute history. While the sheet is open, the page has an entry more in its history,
 * with the state of the entry before it.
 *
 * @param {import('./stage.js').Stage} stage
 * @param {AbortSignal} signal  stops it
 */
export function watchHistory(stage, signal) {
	const { element, dialog, view } = stage;
	if (!element.hasAttribute('history')) return;
	const { history } = view;
	const key = `${element.localName} ${Date.now()} ${Math.random()}`;
	const isHere = () => history.state?.sharewise === key;
	const enter = () => {
		try {
			history.pushState({ ...history.state, sharewise: key }, '');
		} catch (error) {
			stage.log('warn', `history: ${error}`); // browsers bound the entries of some seconds
		}
	};
	enter();
	const left = () => {
		if (isHere()) return; // Forward, or a fragment of the page
		const question = /** @type {ParentNode} */ (dialog.getRootNode()).querySelector('dialog.alert');
		if (question) /** @type {HTMLDialogElement} */ (question).close();
		else stage.back();
		if (!signal.aborted) enter();
	};
	view.addEventListener('popstate', left, { signal });
	signal.addEventListener('abort', () => {
		if (isHere()) history.back();
	});
}

/**
 * What a press leads to: all that the sheet shows and does beyond its list, in
 * one file that comes as soon as the sheet is open.
 *
 * @module
 */
import { css } from './element.js';
import { chooseServer } from './choose-server.js';
import { confirmDelete } from './delete.js';
import { embed } from './embed.js';
import { handoff, hand, isGuided, send } from './handoff.js';
import { hostAction } from './host-action.js';
import { privacy } from './privacy.js';
import { code } from './code.js';
import { ownFile, saveFile } from './save.js';
import text from './views.css';

export { keys, raise, rove, watchKeyboard, watchLanguage, watchSize } from './attend.js';
export { below } from './below.js';
export { compose } from './compose.js';
export { confirm } from './confirm.js';
export { denied, reasons } from './denied.js';
export { drag } from './drag.js';
export { everyApp } from './every-app.js';
export { friends } from './friends.js';
export { near } from './near.js';
export { partial } from './partial.js';
export { remembering } from './remembering.js';
export { slide } from './slide.js';
export { uncopied } from './uncopied.js';
export { watch } from './watch.js';
// What the stage and the actions have in common is in one file with the stage,
// which is there before them: two files would be 0.5 KB more.
export { Stage } from './stage.js';

export const dress = css(text);

/**
 * Carries out a permitted entry that is no plain link.
 *
 * @param {import('./stage.js').Stage} stage
 * @param {string} target
 */
export function act(stage, target) {
	const entry = stage.permit(target);
	if (!entry) return;
	if (entry.delivery.ask) return stage.open(chooseServer, { target });
	// Steps are only shown; what they lead to is asked for when it is done.
	if (isGuided(entry)) return stage.open(handoff, { target });
	const delivery = stage.request(target, (now) => !isGuided(now) && now.delivery)?.delivery;
	switch (delivery?.method) {
		case 'share':
			return hand(stage, target, delivery);
		case 'bridge':
			return send(stage, target, delivery);
		case 'qr':
			stage.done(target, 'qr');
			return stage.open(code, { target });
		case 'download':
			return saveFile(stage, target, ownFile(delivery));
		case 'embed':
			return stage.open(embed, { target });
		case 'print':
			stage.close();
			stage.view.print();
			return stage.done(target, 'print');
		case 'host':
			if (target === 'content.delete') return confirmDelete(stage);
			if (target === 'content.privacy') return stage.open(privacy, { target });
			return hostAction(stage, target);
	}
}

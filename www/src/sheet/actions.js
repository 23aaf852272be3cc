/**
 * Everything that the sheet shows and does beyond its first view, in one chunk that is
 * loaded as soon as the sheet is open.
 *
 * @module
 */
import { card } from './card.js';
import { chooseServer } from './choose-server.js';
import { confirmDelete } from './delete.js';
import { embed } from './embed.js';
import { handoff, hand, isGuided, send } from './handoff.js';
import { hostAction } from './host-action.js';
import { privacy } from './privacy.js';
import { code } from './code.js';
import { ownFile, saveFile } from './save.js';
import { filesToSave, saveSeveral } from './save-several.js';

export { advise } from './advice.js';
export { attend, raise, watchLanguage } from './attend.js';
export { below } from './below.js';
export { compose } from './compose.js';
export { confirm } from './confirm.js';
export { denied, reasons } from './denied.js';
export { everyApp } from './every-app.js';
export { friends } from './friends.js';
export { near } from './near.js';
export { remembering } from './remembering.js';
export { slide } from './slide.js';
export { uncopied } from './uncopied.js';
// This keeps what the stage and the actions share in the chunk of the stage, which is
// loaded first. A chunk of its own would be 0.5 KB more.
export { Stage } from './stage.js';

/**
 * Uses a target whose delivery is not a plain link: does at once what needs nothing more
 * from the reader, and otherwise opens a view. Does nothing if it is not permitted now.
 *
 * @param {import('./stage.js').Stage} stage
 * @param {string} target
 */
export function act(stage, target) {
	const entry = stage.permit(target);
	if (!entry) return;
	if (entry.delivery.ask) return stage.open(chooseServer, { target });
	// Showing the steps or a picture uses nothing yet; each way in that view is requested when it is taken.
	if (isGuided(entry)) return stage.open(handoff, { target });
	if (entry.delivery.method === 'download' && filesToSave(stage, entry).length > 1)
		return stage.open(saveSeveral, { target });
	if (entry.delivery.method === 'card') return stage.open(card, { target });
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

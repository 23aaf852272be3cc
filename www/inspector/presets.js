/**
 * Requests to start from.
 *
 * @module
 */

/** @typedef {import('../src/shapes.d.ts').Request} Request */
/** @typedef {import('./workspace.js').Workspace} Workspace */

export const presets = [
	'creator',
	'friend',
	'stranger',
	'minor',
	'expired',
	'private',
	'desktop',
	'outside',
	'unknown',
];

/**
 * @param {string} name
 * @param {Workspace} workspace
 * @returns {Promise<Request>}
 */
export async function preset(name, workspace) {
	const request = creator();
	const { content, viewer } = request;
	switch (name) {
		case 'creator':
			viewer.id = await viewerWhoIs(true, workspace);
			break;
		case 'friend':
			viewer.role = 'friend';
			viewer.id = 'u-7';
			break;
		case 'stranger':
			viewer.role = 'public';
			viewer.id = 'u-9';
			break;
		case 'minor':
			viewer.ageBand = 'under-13';
			viewer.id = await viewerWhoIs(true, workspace);
			break;
		case 'expired':
			request.now = '2026-03-02T18:30:00Z';
			break;
		case 'private':
			content.visibility = 'private';
			break;
		case 'desktop':
			request.device = {
				platform: 'desktop',
				share: false,
				shareFiles: false,
				clipboard: true,
				inAppBrowser: false,
				bridge: false,
			};
			break;
		case 'outside':
			viewer.id = await viewerWhoIs(false, workspace);
			break;
		case 'unknown':
			return {};
	}
	return request;
}

function creator() {
	return {
		content: {
			id: '7100',
			kind: /** @type {const} */ ('story'),
			url: 'https://video.example/@lina/story/7100',
			title: 'Sunset',
			text: 'Tonight’s sky',
			tags: ['sky'],
			visibility: /** @type {'public' | 'private'} */ ('public'),
			downloadable: true,
			createdAt: '2026-03-01T18:00:00Z',
			expiresAt: '2026-03-02T18:00:00Z',
			media: [
				{
					url: 'https://video.example/7100.mp4',
					type: 'video/mp4',
					bytes: 2400000,
					width: 1080,
					height: 1920,
					durationSeconds: 14,
				},
			],
			imageUrl: 'https://video.example/7100.jpg',
		},
		viewer: {
			id: 'u-15',
			role: /** @type {'owner' | 'friend' | 'public'} */ ('owner'),
			region: 'SY',
			locale: 'ar',
			ageBand: /** @type {'18+' | 'under-13'} */ ('18+'),
		},
		device: {
			platform: /** @type {'android' | 'desktop'} */ ('android'),
			share: true,
			shareFiles: true,
			clipboard: true,
			inAppBrowser: false,
			bridge: false,
		},
		now: '2026-03-01T19:30:00Z',
	};
}

/**
 * Finds a viewer who is in all rollouts of the ruleset, or in none; if there is
 * no such viewer among the first thousand, one in the most, or the fewest.
 *
 * @param {boolean} inside
 * @param {Workspace} workspace
 */
async function viewerWhoIs(inside, { asker, document }) {
	const rollouts = Object.entries(document?.rollouts ?? {}).filter(([, { fact }]) => !fact);
	const ids = Array.from({ length: 1000 }, (_, i) => `u-${i + 1}`);
	const score = ids.map(() => 0);
	for (const [rollout, { percent }] of /** @type {[string, { percent: number }][]} */ (rollouts)) {
		const { ok, value } = await asker.ask('buckets', { rollout, ids });
		if (!ok) continue;
		value.buckets.forEach((/** @type {number} */ bucket, /** @type {number} */ i) => {
			score[i] += bucket < percent * 1000 === inside ? 1 : 0;
		});
	}
	const best = Math.max(...score);
	return ids[score.indexOf(best)];
}

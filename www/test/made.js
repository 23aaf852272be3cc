/**
 * Random requests, and a ruleset whose verdicts distinguish them.
 *
 * @module
 */

/** @param {string} fact */
const fact = (fact) => ({ var: fact });
/** A ruleset that reads facts of every type. */
export const broad = JSON.stringify({
	sharewise: 1,
	id: 'broad',
	facts: {
		'content.attributes.sponsored': { type: 'boolean' },
		'content.attributes.score': { type: 'number' },
		'content.attributes.partner': { type: 'text' },
		'content.attributes.tier': { type: 'text', values: ['gold', 'iron'] },
		'content.attributes.a.b': { type: 'text' },
		'content.attributes.unread': { type: 'number' },
		'viewer.attributes.badges': { type: 'texts' },
		'viewer.attributes.since': { type: 'time' },
	},
	rollouts: { half: { percent: 50, hash: 'flagd-v2' } },
	reasons: { no: { en: 'No.' } },
	rules: [
		{
			id: 'r1',
			permit: ['reddit', 'link.qr', 'system'],
			when: { or: [{ '===': [fact('content.kind'), 'story'] }, fact('content.attributes.sponsored')] },
		},
		{ id: 'r2', permit: ['x', 'link.embed'], rollout: 'half' },
		{
			id: 'r3',
			permit: ['threads', 'instagram.story', 'media.save'],
			when: { '>': [fact('content.attributes.score'), 0.5] },
		},
		{
			id: 'r4',
			permit: ['mastodon', 'pinterest'],
			when: { in: [fact('content.attributes.partner'), ['a', 'سماء', '']] },
		},
		{ id: 'r5', permit: ['telegram'], when: { region: [fact('viewer.region'), ['EU', 'SY']] } },
		{ id: 'r6', permit: ['email'], when: { locale: [fact('viewer.locale'), ['ar', 'pt-BR']] } },
		{
			id: 'r7',
			permit: ['sms', 'page.print'],
			when: { some: [fact('viewer.attributes.badges'), { '===': [fact(''), 'new'] }] },
		},
		{ id: 'r8', permit: ['whatsapp'], when: { in: ['sky', fact('content.tags')] } },
		{ id: 'r9', permit: ['facebook', 'messenger'], when: { starts_with: [fact('content.title'), 'A'] } },
		{ id: 'r10', permit: ['link.copy'], when: { starts_with: [fact('content.url'), 'https://video.'] } },
		{ id: 'r11', permit: ['bluesky'], when: { '===': [fact('content.attributes.tier'), 'gold'] } },
		{ id: 'r12', permit: ['content.delete'], when: { '===': [fact('content.attributes.a.b'), 'yes'] } },
		{ id: 'r13', permit: ['line', 'tumblr'], when: { '!': [fact('content.attributes.sponsored')] } },
		{
			id: 'r14',
			permit: ['friends', 'content.privacy'],
			when: { or: [fact('device.share'), { '===': [fact('device.platform'), 'ios'] }] },
		},
		{
			id: 'r15',
			permit: ['discord', 'slack'],
			when: {
				and: [{ '===': [fact('content.visibility'), 'public'] }, { '!==': [fact('viewer.role'), 'public'] }],
			},
		},
		{ id: 'r16', permit: ['signal', 'vk'], when: { before: [fact('content.createdAt'), fact('now')] } },
		{ id: 'r17', permit: ['gmail'], when: { '!': [{ starts_with: [fact('content.text'), 'two'] }] } },
		{ id: 'n1', forbid: ['*'], reason: 'no', when: { after: [fact('now'), fact('content.expiresAt')] } },
		{
			id: 'n2',
			forbid: ['reddit'],
			reason: 'no',
			when: { '>': [{ age: [fact('viewer.attributes.since')] }, 86400] },
		},
		{ id: 'n3', forbid: ['x', 'media.save'], reason: 'no', when: { '>': [fact('content.media.bytes'), 3e7] } },
	],
});

/**
 * Returns a function that makes random requests, determined by the seed.
 *
 * @param {number} seed
 */
export function maker(seed) {
	/** Random numbers from 0 to 1 (Park and Miller, 1988). */
	const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
	/** @template T @param {T[]} list */
	const any = (...list) => list[Math.floor(random() * list.length)];
	/** @param {any} object */
	const some = (object) =>
		Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined && random() < 0.75));

	/** A valid request; some members have unusual forms. @returns {any} */
	function made() {
		const file = () =>
			some({
				url: any(
					'https://video.example/1.mp4',
					'https://video.example/1.MOV',
					'https://cdn.video.example/صورة.jpg',
					'https://video.example/a?x=1.pdf',
				),
				type: any('video/mp4', 'image/jpeg', 'IMAGE/PNG', 'application/zip', undefined, undefined),
				bytes: any(0, 5e6, 4e7, 6e7),
				width: any(1, 1080),
				durationSeconds: any(1.5, 14),
			});
		return some({
			content: some({
				kind: any('story', 'video', 'photo', 'live', 'post', 'link'),
				url: any(
					'https://video.example/1',
					'HTTPS://video.example/1',
					' https://video.example/1',
					'https://münchen.example/ä',
					`https://video.example/${'x'.repeat(any(1100, 1180, 1300))}`,
					'http://[::1]:80/',
				),
				title: any('A walk', 'سماء', 'x'.repeat(200), '😀', 'a\u200db'),
				text: any('', 'two\nlines'),
				tags: any([], ['sky'], ['sea', 'sky 😀'], ['x'.repeat(300)]),
				visibility: any('public', 'friends', 'private'),
				downloadable: any(true, false),
				createdAt: '2026-02-01T00:00:00Z',
				expiresAt: any(
					'2026-03-01T19:30:01Z',
					'2026-03-01t20:30:00.5+01:00',
					'2026-06-30T23:59:60Z',
					'2030-01-01T00:00:00Z',
				),
				media: any([], [file()], [file()], [file(), file()]),
				imageUrl: any('https://video.example/1.jpg', 'https://video.example/ä.jpg'),
				embedUrl: 'https://video.example/e',
				attributes: some({
					sponsored: any(true, false),
					score: any(-0, 0.25, 0.75, 1e9),
					partner: any('a', 'b', 'سماء', ''),
					tier: any('gold', 'iron'),
					'a.b': any('yes', 'no'),
					undeclared: 'x',
				}),
			}),
			viewer: some({
				id: any('u-1', 'u-2', 'é', 'u-3\u{1F600}'),
				role: any('owner', 'friend', 'follower', 'public'),
				region: any('SY', 'DE', 'US'),
				locale: any('ar', 'ar-SY', 'pt-br', 'en'),
				ageBand: any('under-13', '18+'),
				attributes: some({
					badges: any([], ['new'], ['old', 'new']),
					since: any('2026-03-01T00:00:00Z', '2020-01-01T00:00:00Z'),
				}),
			}),
			device: some({
				platform: any('ios', 'android', 'desktop'),
				share: any(true, false),
				shareFiles: true,
				clipboard: true,
				inAppBrowser: any(true, false),
				bridge: any(true, false),
			}),
			page: some({ appIds: { facebook: '1' }, instances: any({}, { mastodon: 'mastodon.social' }) }),
			now: '2026-03-01T19:30:00Z',
		});
	}
	return { random, any, some, made };
}

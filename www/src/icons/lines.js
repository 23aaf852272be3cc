/**
 * Icons of our own that come with the sheet: lines two units thick on a grid
 * of 24, path data alone.
 *
 * @module
 */

const circle = 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z';

/** @type {Record<string, string>} */
export const lines = {
	// What the default ruleset permits besides networks.
	link: 'M10 14a4 4 0 0 0 6 0l3-3a4.2 4.2 0 0 0-6-6l-1.5 1.5M14 10a4 4 0 0 0-6 0l-3 3a4.2 4.2 0 0 0 6 6l1.5-1.5',
	qr: 'M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14v2h2M20 14v2M14 20h2M20 20h-1v-1',
	card: 'M5 3h14v18H5zM9 7h6M13 14h2v3h-2z',
	share: 'M8.6 10.5l6.8-4M8.6 13.5l6.8 4M6 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM18 8a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM18 22a3 3 0 1 0 0-6 3 3 0 0 0 0 6z',
	email: 'M4 5h16a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1zM4 7l8 6 8-6',
	sms: 'M4 4h16a1 1 0 0 1 1 1v11a1 1 0 0 1-1 1h-9l-5 4v-4H4a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1zM8 10.5h.1M12 10.5h.1M16 10.5h.1',
	friends:
		'M9 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM2 21v-1a6 6 0 0 1 6-6h2a6 6 0 0 1 6 6v1M16 3.3a4 4 0 0 1 0 7.4M18.5 14.5A6 6 0 0 1 22 20v1',
	save: 'M12 3v12M7 10l5 5 5-5M4 17v2a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2v-2',
	privacy: 'M2 12s3.6-7 10-7 10 7 10 7-3.6 7-10 7S2 12 2 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z',
	delete: 'M4 6h16M9 6V3h6v3M6 6l1 15h10l1-15M10 10v7M14 10v7',

	// What one finds one's way by.
	back: 'M19 12H5M11 6l-6 6 6 6',
	close: 'M6 6l12 12M18 6L6 18',
	more: 'M4.5 12a.5.5 0 1 0 1 0 .5.5 0 0 0-1 0zm7 0a.5.5 0 1 0 1 0 .5.5 0 0 0-1 0zm7 0a.5.5 0 1 0 1 0 .5.5 0 0 0-1 0z',
	check: 'M5 13l4 4L19 7',

	// What tells how it stands.
	lock: 'M6 11h12a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1v-8a1 1 0 0 1 1-1zM8 11V7a4 4 0 0 1 8 0v4',
	forbidden: `${circle}M5.6 5.6l12.8 12.8`,
};

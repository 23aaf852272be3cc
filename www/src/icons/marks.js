/**
 * Marks of our own for networks that have none in simple-icons, which some of
 * them asked to leave out, or only one on terms that not every page can keep:
 * plain letters and signs, not their logos. And the icons of what else the
 * default ruleset does not name. The same lines as our other icons.
 *
 * @module
 */

const box = 'M5 3h14a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2z';

/** @type {Record<string, string>} */
export const marks = {
	linkedin: `${box}M8 11v6M8 7.5v.1M12 11v6M12 13.5a2.2 2.2 0 0 1 4.5 0V17`,
	friendica: `${box}M10 17V7h5.5M10 12h4.5`,
	hubzilla: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM9 8v8M15 8v8M9 12h6',
	gab: `${box}M15.5 7.5V15a3.5 3.5 0 0 1-6.5 2M15.5 10.5a3.2 3.2 0 1 1-6.4 0 3.2 3.2 0 0 1 6.4 0z`,
	lobsters: `${box}M10 7v10h5.5`,
	misskey: `${box}M7.5 17V8l4.5 5 4.5-5v9`,
	douban: 'M4 4h16M6 9h12v6H6zM9 15l1 5M15 15l-1 5M3 20h18',
	slack: 'M10 3L8 21M16 3l-2 18M4 9h17M3 15h17',
	outlook: 'M7.5 17a5 5 0 1 0 0-10 5 5 0 0 0 0 10zM14 6h8v12h-8M14 10l3.5 2.5L22 8.5',
	yahoo: 'M3 7l5 6.5M13.5 7L6.5 21M18.5 5l-.5 8M17.5 17v.1',
	raindrop: 'M12 3c4 4.8 6.5 7.6 6.5 11.2a6.5 6.5 0 0 1-13 0C5.5 10.6 8 7.8 12 3zM9 14.5a3 3 0 0 0 3 3',
	teams: 'M3 7h10M8 7v11M18.5 8.5a2.2 2.2 0 1 0 0-4.5 2.2 2.2 0 0 0 0 4.5zM15 12h7v4a3.5 3.5 0 0 1-7 0z',
	chatgpt:
		'M4 4h16a1 1 0 0 1 1 1v11a1 1 0 0 1-1 1h-9l-5 4v-4H4a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1zM12 6.5c.4 2.6 1.4 3.6 4 4-2.6.4-3.6 1.4-4 4-.4-2.6-1.4-3.6-4-4 2.6-.4 3.6-1.4 4-4z',
	grok: 'M4 20L20 4M6.5 14.5a6 6 0 0 1 8-8M17.5 9.5a6 6 0 0 1-8 8',
	embed: 'M7 7l-5 5 5 5M17 7l5 5-5 5M14 4l-4 16',
	print: 'M7 9V3h10v6M7 17H5a2 2 0 0 1-2-2v-4a2 2 0 0 1 2-2h14a2 2 0 0 1 2 2v4a2 2 0 0 1-2 2h-2M7 14h10v7H7z',
};

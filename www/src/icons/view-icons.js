/**
 * Icons of our own for what opens in a sheet: loaded when one of them is
 * shown.
 *
 * @module
 */
// Not taken from lines.js, which would then be a file of its own.
const circle = 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z';

/** @type {Record<string, string>} */
export const views = {
	copy: 'M11 9h8a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-8a2 2 0 0 1-2-2v-8a2 2 0 0 1 2-2zM5 15a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2h8a2 2 0 0 1 2 2',
	forward: 'M9 6l6 6-6 6',
	edit: 'M4 20l1-5L16 4l4 4L9 19zM13 7l4 4',
	undo: 'M8 5L4 9l4 4M4 9h10a5 5 0 0 1 0 10h-3',
	retry: 'M20 12a8 8 0 1 1-2.3-5.7L20 8.6M20 4v4.6h-4.6',
	send: 'M21 3L10 14M21 3l-7 18-4-7-7-4z',
	play: 'M7 4v16l13-8z',
	phone: 'M8 2h8a2 2 0 0 1 2 2v16a2 2 0 0 1-2 2H8a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2zM11 18h2',
	public: `${circle}M3 12h18M12 3c5 5.5 5 12.5 0 18-5-5.5-5-12.5 0-18z`,
	search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5L21 21',
	clock: `${circle}M12 7v5l3 2`,
	info: `${circle}M12 11v5.5M12 7.5v.1`,
	warning: 'M12 3L2 20h20zM12 9.5v4.5M12 17v.1',
};

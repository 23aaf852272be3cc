/**
 * What the sheet says about a file that it cleans: what is in it, in the middle of a
 * sentence, then whole sentences and buttons. Then what it says about a picture that it
 * draws, and its sizes; and what it asks where there are several files.
 */
export default {
	location: 'location',
	camera: 'camera',
	author: 'author',
	date: 'date',
	comment: 'comments',
	thumbnail: 'thumbnail',
	hidden: 'hidden data',
	telemetry: 'sensor data',
	'maker-note': 'maker notes',
	identifier: 'identifiers',
	history: 'edit history',
	software: 'app name',
	other: 'other metadata',
	removed: '{list} removed',
	kept: '{list} kept',
	none: 'No location or other hidden details found',
	ready: 'The file is ready.',
	unchecked: 'Not checked for location and other hidden details',
	uncheckable: 'This file couldn’t be checked for location and other hidden details.',
	anyway: 'Continue anyway',
	keep: 'Keep them',
	remove: 'Remove them',
	original: 'Save the original',
	drawing: 'Drawing the picture…',
	upright: 'Upright',
	wide: 'Wide',
	which: 'Which files?',
	'which.one': 'Which file?',
};

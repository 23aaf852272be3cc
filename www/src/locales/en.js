/**
 * The sheet in English, which every other language falls back to, word by
 * word. `{name}` stands for a value; an object has a form for each plural of
 * the language (Intl.PluralRules), chosen by `{n}`.
 *
 * Keys without a dot, and those of a target, are the engine's own: categories,
 * reasons, steps and targets.
 */
export default {
	// Frame
	share: 'Share',
	close: 'Close',
	back: 'Back',
	cancel: 'Cancel',
	done: 'Done',
	copy: 'Copy',
	undo: 'Undo',
	retry: 'Try again',
	loading: 'Finding out where this can go…',
	waiting: 'No answer yet.',
	'link.new-tab': 'opens in a new tab',
	'link.app': 'opens an app',
	more: 'More',
	search: 'Search',
	'search.found': { one: '{n} found', other: '{n} found' },
	'search.none': 'Nothing found',

	// Categories
	recent: 'Used lately',
	friends: 'Friends',
	story: 'Stories and reels',
	video: 'Video',
	social: 'Social networks',
	message: 'Messages',
	mail: 'Email',
	bookmark: 'Read later',
	work: 'Work and school',
	blog: 'Blogs',
	ai: 'Ask an assistant',
	link: 'Link and device',
	own: 'Actions',

	// Targets that are no names
	email: 'Email',
	sms: 'Text message',
	'link.copy': 'Copy link',
	'link.qr': 'QR code',
	'link.embed': 'Embed',
	system: 'More apps',
	'page.print': 'Print',
	'media.save': 'Save to device',
	'content.privacy': 'Who can see this',
	'content.delete': 'Delete',

	// What is refused: headings, then reasons
	'denied.story': 'Not for this story',
	'denied.video': 'Not for this video',
	'denied.photo': 'Not for this photo',
	'denied.live': 'Not for this broadcast',
	'denied.post': 'Not for this post',
	'denied.link': 'Not for this link',
	'denied.yet': 'Not yet for you',
	'denied.device': 'Not on this device',
	'denied.instead': 'Instead: {target}',
	'no-rule': 'This can’t be shared there.',
	forbidden: 'The rules here don’t allow it.',
	'not-yet': 'This is reaching people step by step. Your turn will come.',
	'needs-url': 'It has no link to share.',
	'needs-file': 'It has no file that could go there.',
	'needs-image': 'It has no picture to show there.',
	'needs-embed': 'It has no player to embed.',
	'needs-app-id': 'On a computer, this site isn’t set up for it.',
	'needs-share': 'The share menu can’t be opened here.',
	'needs-browser': 'Open this page in your browser to do that.',
	'needs-phone': 'This works on a phone.',
	'needs-computer': 'This works on a computer.',
	'needs-permission': 'None of the ways to get it there is allowed.',

	// Without the rules
	failed: 'We can’t check right now where this may be shared. These still work:',
	'failed.sheet': 'Something here isn’t working. Try again in a moment.',

	// Copy and the device's own sheet
	copied: 'Link copied.',
	'copied.code': 'Code copied.',
	'copy.failed': 'This browser doesn’t let us copy. The text is selected: copy it yourself.',
	'copy.field': 'Text to copy',
	'share.done': 'Handed over to your device.',
	'share.failed': 'Your device couldn’t share this. Try another way.',
	'bridge.done': 'Handed over to the app.',

	// Hand-off: steps, then ways
	'handoff.title': 'Share to {target}',
	'handoff.steps': 'Steps',
	'handoff.others': 'Other ways',
	'share-file': 'Share the file with the button below.',
	'save-file': 'Save the file.',
	'copy-link': 'Copy the link.',
	'scan-code': 'Point your phone’s camera at this code.',
	'open-phone': 'Open the page there and share it to {app}.',
	'scan-in-app': 'Scan this code with {app}.',
	'use-menu': 'Share the page from the menu there.',
	'pick-app': 'Choose {app}.',
	'pick-story': 'Choose “Story” there.',
	'add-sticker': 'Add a link sticker and paste the link.',
	'pick-reel': 'Choose “Reel” there.',
	'paste-link': 'Paste the link.',
	'way.share': 'Share the file',
	'way.link': 'Share the link',
	'way.qr': 'Show a QR code',
	'way.download': 'Save the file',
	'way.copy': 'Copy the link',
	'way.open': 'Open {target}',
	'way.file': 'Open the file',
	'file.getting': 'Getting the file ready: {percent}',
	'file.ready': 'The file is ready.',
	'file.failed': 'The file can’t be had right now.',

	// QR code
	'qr.about': 'Anybody who points a camera at it opens the link.',
	'qr.alt': 'QR code of {url}',
	'qr.png': 'Save as PNG',
	'qr.svg': 'Save as SVG',
	'qr.failed': 'The code can’t be drawn right now.',

	// Saving
	'save.progress': 'Saving {name}',
	'save.start': 'Saving {name}…',
	'save.percent': '{percent} saved',
	'save.done': '{name} is saved.',
	'save.failed': 'Saving stopped after {percent}. What is there is kept.',
	'save.barred': 'This page may not read the file. Open it and save it there.',
	'save.resume': 'Resume',
	'save.cancelled': 'Saving was cancelled.',

	// Friends
	'friends.more': 'All friends',
	'friends.title': 'Send to friends',
	'friends.search': 'Search friends',
	'friends.note': 'Add a note',
	'friends.send': { one: 'Send to {n} friend', other: 'Send to {n} friends' },
	'friends.choose': 'Choose who gets it.',
	'friends.sending': 'Sending…',
	'friends.sent': 'Sent to {names}.',
	'friends.failed': 'It wasn’t sent. Your choice and note are still here.',

	// Privacy
	'privacy.title': 'Who can see this?',
	'privacy.apply': 'Apply',
	'privacy.public': 'Everyone',
	'privacy.public.about': 'Anybody, also through other networks',
	'privacy.friends': 'Friends',
	'privacy.friends.about': 'Only friends, inside this app',
	'privacy.private': 'Only me',
	'privacy.private.about': 'Nobody else, and it can’t be shared',
	'privacy.done': 'Who can see this is now: {visibility}.',
	'privacy.failed': 'It wasn’t changed. Try again.',

	// Deleting
	'delete.title': 'Delete “{title}”?',
	'delete.untitled': 'Delete this?',
	'delete.about': 'It will be gone for everybody, with its comments and likes.',
	'delete.confirm': 'Delete',
	'delete.done': 'Deleted: {title}',
	'delete.undone': 'It’s back: {title}',
	'delete.failed': 'It wasn’t deleted. Try again.',
	'host.unanswered': 'This page can’t do that.',

	// Text, start and link
	compose: 'Edit the text first',
	'compose.title': 'Edit the text',
	'compose.target': 'For',
	'compose.text': 'Text',
	'compose.left': { one: '{n} character left', other: '{n} characters left' },
	'compose.over': {
		one: '{n} character too many. The end will be cut off.',
		other: '{n} characters too many. The end will be cut off.',
	},
	'compose.reset': 'Original text',
	'start-at': 'Start at {time}',
	receipt: { one: '{n} tracker removed', other: '{n} trackers removed' },
	'receipt.back': 'Put back',
	'receipt.kept': 'Trackers left in',
	'receipt.remove': 'Remove trackers',

	// Embedding
	'embed.title': 'Embed',
	'embed.about': 'Paste this code into a page. It brings no script along.',
	'embed.code': 'Code',

	// A network of many servers
	'instance.title': 'Which {target} server?',
	'instance.label': 'Your server',
	'instance.hint': 'For example {example}',
	'instance.wrong': 'That isn’t the name of a server.',
	'instance.forget': 'Forget this server',

	// What is remembered
	'recent.title': 'What is remembered',
	'recent.keep': 'Show what I used lately first',
	'recent.about': 'Kept on this device for 30 days, and sent to nobody.',
	'recent.clear': 'Forget now',
	'recent.cleared': 'Forgotten.',
};

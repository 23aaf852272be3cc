/**
 * The shapes that the engine takes and gives. Package share describes every
 * member; the names are the same there.
 *
 * @module
 */

export type Kind = 'story' | 'video' | 'photo' | 'live' | 'post' | 'link';
export type Attribute = string | number | boolean;

export interface Media {
	url: string;
	type?: string;
	bytes?: number;
	width?: number;
	height?: number;
	durationSeconds?: number;
}

export interface Content {
	id?: string;
	kind?: Kind;
	url?: string;
	title?: string;
	text?: string;
	tags?: string[];
	visibility?: 'public' | 'friends' | 'private';
	downloadable?: boolean;
	createdAt?: string;
	expiresAt?: string;
	media?: Media[];
	imageUrl?: string;
	embedUrl?: string;
	attributes?: Record<string, Attribute>;
}

export interface Viewer {
	id?: string;
	role?: 'owner' | 'friend' | 'follower' | 'public';
	region?: string;
	locale?: string;
	ageBand?: 'under-13' | '13-17' | '18+';
	attributes?: Record<string, Attribute>;
}

export interface Device {
	platform?: 'ios' | 'android' | 'desktop';
	share?: boolean;
	shareFiles?: boolean;
	clipboard?: boolean;
	inAppBrowser?: boolean;
	bridge?: boolean;
}

/** What the embedding page has set once for all its content. */
export interface Page {
	appIds?: Record<string, string>;
	instances?: Record<string, string>;
	via?: string;
	redirectUri?: string;
	keepTracking?: boolean;
	referral?: string;
	startAt?: number;
	text?: Record<string, string>;
}

export interface Request {
	content?: Content;
	viewer?: Viewer;
	device?: Device;
	page?: Page;
	/** RFC 3339. */
	now?: string;
}

export type Verdict = 'permitted' | 'forbidden' | 'not-permitted' | 'not-yet' | 'unavailable';
export type Method = 'link' | 'share' | 'copy' | 'download' | 'qr' | 'card' | 'embed' | 'bridge' | 'print' | 'host';

export interface Limit {
	max: number;
	unit: 'weighted' | 'graphemes' | 'short-urls' | 'characters' | 'emoji-bytes' | 'bytes';
	/** What the whole text has of the unit; more than max if it was cut. */
	count: number;
}

/** One file of the content. */
export interface ContentFile {
	url: string;
	type?: string;
	/** To save it as. */
	name: string;
}

/** How a permitted target is carried out. */
export interface Delivery {
	method: Method;
	href?: string;
	text?: string;
	title?: string;
	url?: string;
	files?: boolean;
	file?: ContentFile;
	ask?: 'instance';
	alternatives?: Method[];
	steps?: string[];
	message?: Record<string, unknown>;
	limit?: Limit;
}

/** The verdict for one target. One that is not permitted has a reason and no delivery. */
export interface Entry {
	target: string;
	verdict: Verdict;
	rule?: string;
	reason?: string;
	/**
	 * Where the reason is `not-known`: the facts, at most 8, because of which it can't be
	 * told whether any rule forbids the target.
	 */
	unknown?: string[];
	delivery?: Delivery;
	advice?: string;
	/** Of a target that the ruleset names, in the viewer's language. */
	name?: string;
	/** Of a target that the ruleset declares. */
	category?: string;
}

export interface Sheet {
	ruleset: string;
	hash: string;
	/** The content's URL as it is used in all deliveries, and what was removed from it. */
	link: { url?: string; removed?: { name: string; value: string }[] };
	/** In the order to show. */
	entries: Entry[];
	/** Words for the reasons and advice of the ruleset that this sheet uses, in the viewer's locale. */
	messages?: Record<string, string>;
}

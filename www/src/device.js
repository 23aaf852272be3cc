/**
 * Detects what the page can do on this device, as the engine's facts. It detects
 * features, and reads the user agent string only for what they do not show: the
 * platform, and whether the browser is part of another app. Nothing is stored or
 * sent.
 *
 * @module
 */

/** @typedef {import('./shapes.d.ts').Device} Device */

/**
 * The object by which the host's own app receives messages.
 *
 * @typedef {{ postMessage: (message: any) => unknown }} Bridge
 */

/**
 * The parts of a window that are read.
 *
 * @typedef {object} View
 * @property {Partial<Pick<Navigator, 'userAgent' | 'platform' | 'maxTouchPoints' | 'share' | 'canShare' |
 *   'clipboard'>> & { standalone?: boolean }} [navigator]
 * @property {any} [document]
 * @property {boolean} [isSecureContext]
 * @property {{ messageHandlers?: { sharewise?: Bridge } }} [webkit]
 * @property {Bridge} [SharewiseBridge]
 * @property {typeof globalThis.Document} [Document]
 * @property {typeof globalThis.Element} [Element]
 * @property {typeof globalThis.HTMLCollection} [HTMLCollection]
 */

/**
 * Apps that open pages in a browser of their own, by what they add to the user
 * agent string. Slack, Discord and X on iOS add nothing and cannot be distinguished
 * from Safari.
 */
const apps = new RegExp(
	[
		/\bFB(AN|AV|_IAB|IOS)\b/, // Facebook, Messenger
		/\b(Instagram|Barcelona|Snapchat|Pinterest|LinkedInApp|MicroMessenger|KAKAOTALK|Weibo|DingTalk)\b/,
		/\b(AlipayClient|Telegram-Android)\b/,
		/musical_ly|BytedanceWebview|TikTok|\btrill[_/]/, // TikTok
		/\bTwitter(Android| for )/,
		/\b(Line|QQ|GSA|Zalo|NAVER|WhatsApp|Viber|Reddit|Flipboard)[/(]/,
	]
		.map(({ source }) => source)
		.join('|'),
);

/**
 * Detects what the device and the page on it can do. Call it in a page, not on a
 * server, and again whenever a sheet opens, since a page may get permissions later.
 *
 * @param {View} [view] the page's window by default
 * @returns {Device} empty without a page; what is unknown is not offered
 */
export function detectDevice(view = /** @type {View} */ (globalThis)) {
	const { navigator, document } = view;
	if (!navigator || !document) return {};
	const name = navigator.userAgent ?? '';
	const platform = platformOf(navigator, name);
	return {
		platform,
		share: canShare(navigator, () => ({ url: 'https://example.com/' })),
		shareFiles:
			Boolean(navigator.canShare) &&
			canShare(navigator, () => ({ files: [new File(['.'], 'a.png', { type: 'image/png' })] })),
		clipboard:
			view.isSecureContext === true &&
			typeof navigator.clipboard?.writeText === 'function' &&
			isAllowed(view, 'clipboard-write'),
		inAppBrowser: apps.test(name) || isWebView(navigator, name),
		bridge: Boolean(bridge(view)),
	};
}

/**
 * Finds the host's own app that shows the page. On iOS it registers a message
 * handler named `sharewise` (WKUserContentController), on Android an object
 * named `SharewiseBridge` with a method `postMessage`
 * (WebViewCompat.addWebMessageListener). A frame or an element that has one of
 * these names is never taken for a bridge.
 *
 * @param {View} [view] the page's window by default
 * @returns {Bridge | undefined}
 */
export function bridge(view = /** @type {View} */ (globalThis)) {
	const { webkit } = view;
	const handler = isNamed(view, webkit) ? undefined : webkit?.messageHandlers?.sharewise;
	// A bridge is an own property of the window; a named element is not.
	const object =
		Object.hasOwn(view, 'SharewiseBridge') && !isNamed(view, view.SharewiseBridge)
			? view.SharewiseBridge
			: undefined;
	return [handler, object].find((bridge) => typeof bridge?.postMessage === 'function');
}

/**
 * Whether an object is a property of a window only because a frame or an element of
 * the page has its name (HTML, named access on the Window object): the window of a
 * frame, which is its own `window` even if it is of another site, an element, or a
 * list of several.
 *
 * @param {View} view
 * @param {any} object
 */
function isNamed({ Element, HTMLCollection }, object) {
	return (
		Boolean(object) &&
		((Boolean(Element) && object instanceof /** @type {any} */ (Element)) ||
			(Boolean(HTMLCollection) && object instanceof /** @type {any} */ (HTMLCollection)) ||
			object.window === object)
	);
}

/**
 * @param {NonNullable<View['navigator']>} navigator
 * @param {string} name
 * @returns {NonNullable<Device['platform']>}
 */
function platformOf({ platform = '', maxTouchPoints = 0 }, name) {
	// The user agent string of Windows Phone contains Android and iPhone too.
	if (/Windows/.test(name)) return 'desktop';
	// An iPad claims to be a Mac, but no Mac has a touch screen.
	if (/iP(hone|ad|od)/.test(name) || (platform === 'MacIntel' && maxTouchPoints > 1)) return 'ios';
	return /Android|OpenHarmony|KAIOS/.test(name) ? 'android' : 'desktop';
}

/**
 * @param {NonNullable<View['navigator']>} navigator
 * @param {() => ShareData} sample
 */
function canShare(navigator, sample) {
	if (typeof navigator.share !== 'function') return false;
	try {
		// Safari before 14 has share but not canShare.
		return navigator.canShare?.(sample()) ?? true;
	} catch {
		return false;
	}
}

/**
 * Whether the policy of the page, or of the frame it is in, allows a feature. Only
 * Chromium can tell. The property is read from the prototype, since an element
 * named "featurePolicy" would hide that of the document.
 *
 * @param {View} view
 * @param {string} feature
 */
function isAllowed({ document, Document }, feature) {
	try {
		return Reflect.get(Document?.prototype ?? document, 'featurePolicy', document)?.allowsFeature(feature) ?? true;
	} catch {
		return true;
	}
}

/**
 * Whether an app shows the page in the system's web view. The user agent string of
 * Android's says so, and that of iOS's lacks the word Safari, as does that of an app
 * on the home screen.
 *
 * @param {NonNullable<View['navigator']>} navigator
 * @param {string} name
 */
function isWebView({ standalone }, name) {
	return (
		/; wv\)/.test(name) ||
		(/iP(hone|ad|od)/.test(name) && /AppleWebKit/.test(name) && !/Safari\//.test(name) && !standalone)
	);
}

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { bridge, detectDevice } from '../src/device.js';
import { browsers as engines } from './browsers.js';
import { launch } from './chromium.js';
import { listen } from './listening.js';

// User agents of browsers and apps from 2021 to 2026.
const safari = 'AppleWebKit/605.1.15 (KHTML, like Gecko)';
const chrome = 'AppleWebKit/537.36 (KHTML, like Gecko)';
const iphone = `Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) ${safari}`;
const pixel = `Mozilla/5.0 (Linux; Android 14; Pixel 8 Build/AP2A.240805.005; wv) ${chrome} Version/4.0`;

/** @type {[browser: string, userAgent: string, platform: string, inAppBrowser: boolean, more?: object][]} */
const browsers = [
	['Safari on an iPhone', `${iphone} Version/18.5 Mobile/15E148 Safari/604.1`, 'ios', false],
	[
		'Safari on an iPod',
		`Mozilla/5.0 (iPod touch; CPU iPhone OS 12_5_5 like Mac OS X) ${safari} Version/12.1.2 Mobile/15E148 Safari/604.1`,
		'ios',
		false,
	],
	[
		'Safari on an iPad that asks for mobile pages',
		`Mozilla/5.0 (iPad; CPU OS 17_7 like Mac OS X) ${safari} Version/17.7 Mobile/15E148 Safari/604.1`,
		'ios',
		false,
	],
	[
		'Safari on an iPad',
		`Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${safari} Version/18.5 Safari/605.1.15`,
		'ios',
		false,
		{ platform: 'MacIntel', maxTouchPoints: 5 },
	],
	[
		'Safari on a Mac',
		`Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${safari} Version/18.5 Safari/605.1.15`,
		'desktop',
		false,
		{ platform: 'MacIntel', maxTouchPoints: 0 },
	],
	['a page on the home screen of an iPhone', `${iphone} Mobile/15E148`, 'ios', false, { standalone: true }],
	['Chrome on an iPhone', `${iphone} CriOS/138.0.7204.33 Mobile/15E148 Safari/604.1`, 'ios', false],
	['Firefox on an iPhone', `${iphone} FxiOS/140.0 Mobile/15E148 Safari/605.1.15`, 'ios', false],
	['Edge on an iPhone', `${iphone} Version/18.0 EdgiOS/137.0.3296.83 Mobile/15E148 Safari/604.1`, 'ios', false],
	[
		'Chrome on Android',
		`Mozilla/5.0 (Linux; Android 10; K) ${chrome} Chrome/138.0.0.0 Mobile Safari/537.36`,
		'android',
		false,
	],
	['Firefox on Android', 'Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0', 'android', false],
	[
		'Samsung Internet',
		`Mozilla/5.0 (Linux; Android 10; K) ${chrome} SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36`,
		'android',
		false,
	],
	[
		'DuckDuckGo on Android',
		`Mozilla/5.0 (Linux; Android 10; K) ${chrome} Version/4.0 Chrome/138.0.0.0 Mobile DuckDuckGo/5 Safari/537.36`,
		'android',
		false,
	],
	[
		'QQ Browser',
		`Mozilla/5.0 (Linux; U; Android 13; zh-cn; M2012K11AC Build/TKQ1) ${chrome} Version/4.0 Chrome/121.0.6167.71 MQQBrowser/15.3 Mobile Safari/537.36`,
		'android',
		false,
	],
	[
		'Huawei Browser on HarmonyOS NEXT',
		`Mozilla/5.0 (Phone; OpenHarmony 5.0) ${chrome} Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1.6.1 Mobile HuaweiBrowser/5.0.4.300`,
		'android',
		false,
	],
	['KaiOS', 'Mozilla/5.0 (Mobile; Nokia_8110_4G; rv:48.0) Gecko/48.0 Firefox/48.0 KAIOS/2.5', 'android', false],
	[
		'Edge on a Windows Phone',
		`Mozilla/5.0 (Windows Phone 10.0; Android 6.0.1; Microsoft; Lumia 950) ${chrome} Chrome/52.0.2743.116 Mobile Safari/537.36 Edge/15.15254`,
		'desktop',
		false,
	],
	[
		'Chrome on Windows',
		`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chrome} Chrome/138.0.0.0 Safari/537.36`,
		'desktop',
		false,
	],
	[
		'Edge on a Windows tablet',
		`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chrome} Chrome/138.0.0.0 Safari/537.36 Edg/138.0.0.0`,
		'desktop',
		false,
		{ platform: 'Win32', maxTouchPoints: 10 },
	],
	[
		'Chrome on a Chromebook',
		`Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${chrome} Chrome/138.0.0.0 Safari/537.36`,
		'desktop',
		false,
	],
	['Firefox on Linux', 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'desktop', false],

	[
		'Instagram on an iPhone',
		`${iphone} Mobile/22F76 Instagram 385.0.0.31.74 (iPhone14,5; iOS 18_5; en_US; en; scale=3.00; 1170x2532; 752837284; IABMV/1)`,
		'ios',
		true,
	],
	[
		'Instagram on Android',
		`${pixel} Chrome/137.0.7151.115 Mobile Safari/537.36 Instagram 385.0.0.38.85 Android (34/14; 420dpi; 1080x2205; Google; Pixel 8; shiba; shiba; ar_EG; 757372181; IABMV/1)`,
		'android',
		true,
	],
	[
		'Threads on an iPhone',
		`${iphone} Mobile/22F76 Barcelona 385.0.0.26.109 (iPhone14,5; iOS 18_5; en_US; en; scale=3.00; 1170x2532; 750000000)`,
		'ios',
		true,
	],
	[
		'Facebook on an iPhone',
		`${iphone} Mobile/22F76 [FBAN/FBIOS;FBAV/516.0.0.52.107;FBBV/746421184;FBDV/iPhone14,5;FBMD/iPhone;FBSN/iOS;FBSV/18.5;FBSS/3;FBID/phone;FBLC/ar_AR;FBOP/5]`,
		'ios',
		true,
	],
	[
		'Facebook on Android',
		`Mozilla/5.0 (Linux; Android 14; SM-A146U Build/UP1A.231005.007; wv) ${chrome} Version/4.0 Chrome/122.0.6261.88 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/453.0.0.40.107;]`,
		'android',
		true,
	],
	[
		'Messenger on an iPhone',
		`${iphone} Mobile/22F76 [FBAN/MessengerLiteForiOS;FBAV/511.0.0.40.105;FBBV/744174181;FBDV/iPhone14,5]`,
		'ios',
		true,
	],
	['TikTok on an iPhone', `${iphone} Mobile/22F76 musical_ly_40.4.0 BytedanceWebview/d8a21c6`, 'ios', true],
	[
		'TikTok on Android',
		`${pixel} Chrome/137.0.7151.115 Mobile Safari/537.36 trill_400403 JsSdk/1.0 NetType/WIFI Channel/googleplay AppName/musical_ly app_version/40.4.3 ByteLocale/ar BytedanceWebview/d8a21c6`,
		'android',
		true,
	],
	[
		'WeChat on an iPhone',
		`${iphone} Mobile/15E148 MicroMessenger/8.0.60(0x18003c2e) NetType/WIFI Language/zh_CN`,
		'ios',
		true,
	],
	[
		'WeChat on Android',
		`Mozilla/5.0 (Linux; Android 13; M2012K11AC Build/TKQ1.220829.002; wv) ${chrome} Version/4.0 Chrome/130.0.6723.103 Mobile Safari/537.36 XWEB/1300333 MMWEBSDK/20250201 MicroMessenger/8.0.58.2841(0x28003A5B) WeChat/arm64 Weixin NetType/WIFI Language/zh_CN ABI/arm64`,
		'android',
		true,
	],
	[
		'WeChat on Windows',
		`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chrome} Chrome/122.0.0.0 Safari/537.36 MicroMessenger/7.0.20.1781(0x6700143B) NetType/WIFI MiniProgramEnv/Windows WindowsWechat/WMPF`,
		'desktop',
		true,
	],
	['LINE on an iPhone', `${iphone} Mobile/15E148 Safari Line/15.9.0`, 'ios', true],
	[
		'LINE on Android',
		`Mozilla/5.0 (Linux; Android 14; SO-51D Build/64.2.A.2.235; wv) ${chrome} Version/4.0 Chrome/137.0.7151.89 Mobile Safari/537.36 Line/15.9.1/IAB`,
		'android',
		true,
	],
	[
		'KakaoTalk on Android',
		`Mozilla/5.0 (Linux; Android 14; SM-S918N Build/UP1A.231005.007; wv) ${chrome} Version/4.0 Chrome/137.0.7151.115 Mobile Safari/537.36;KAKAOTALK 2511880`,
		'android',
		true,
	],
	['Naver on an iPhone', `${iphone} Mobile/22F76 NAVER(inapp; search; 2120; 12.13.12; 14PRO)`, 'ios', true],
	[
		'Snapchat on an iPhone',
		`${iphone} Version/18.5 Mobile/15E148 Safari/604.1 Snapchat/13.45.0.50 (iPhone14,5; iOS 18.5; gzip)`,
		'ios',
		true,
	],
	['Pinterest on an iPhone', `${iphone} Mobile/22F76 [Pinterest/iOS]`, 'ios', true],
	[
		'LinkedIn on Android',
		`${pixel} Chrome/137.0.7151.115 Mobile Safari/537.36 [LinkedInApp]/4.1.1082`,
		'android',
		true,
	],
	['X on Android', `${pixel} Chrome/137.0.7151.115 Mobile Safari/537.36 TwitterAndroid`, 'android', true],
	['X on an iPhone, when it says so', `${iphone} Mobile/22F76 Twitter for iPhone/11.1.5`, 'ios', true],
	['Weibo on an iPhone', `${iphone} Mobile/15E148 Weibo (iPhone14,5__weibo__15.6.1__iphone__os18.5)`, 'ios', true],
	['QQ on an iPhone', `${iphone} Mobile/15E148 QQ/9.1.75.614 V1_IPH_SQ_9.1.75_1_APP_A Pixel/1170`, 'ios', true],
	[
		'Telegram on Android',
		`Mozilla/5.0 (Linux; Android 14; K) ${chrome} Chrome/137.0.0.0 Mobile Safari/537.36 Telegram-Android/11.12.0 (Google Pixel 8; Android 14; SDK 34; HIGH)`,
		'android',
		true,
	],
	['the Google app on an iPhone', `${iphone} GSA/374.0.770410116 Mobile/15E148 Safari/604.1`, 'ios', true],
	['some app on Android', `${pixel} Chrome/137.0.7151.115 Mobile Safari/537.36`, 'android', true],
	['some app on an iPhone', `${iphone} Mobile/15E148`, 'ios', true],
];

/** A window with every capability. @param {object} navigator @param {object} [more] */
const windowOf = (navigator, more) =>
	/** @type {any} */ ({
		navigator: {
			share: async () => {},
			canShare: () => true,
			clipboard: { writeText: async () => {} },
			...navigator,
		},
		document: {},
		isSecureContext: true,
		...more,
	});

for (const [browser, userAgent, platform, inAppBrowser, more] of browsers) {
	test(`${browser}: ${platform}, ${inAppBrowser ? 'inside an app' : 'a browser'}`, () => {
		const device = detectDevice(windowOf({ userAgent, ...more }));
		assert.deepEqual({ platform: device.platform, inAppBrowser: device.inAppBrowser }, { platform, inAppBrowser });
	});
}

/**
 * Windows and the devices that are to be detected.
 *
 * @type {[what: string, window: import('../src/device.js').View, want: import('../src/shapes.d.ts').Device][]}
 */
const features = [
	['everything', windowOf({}), { share: true, shareFiles: true, clipboard: true, bridge: false }],
	['no system share', windowOf({ share: undefined, canShare: undefined }), { share: false, shareFiles: false }],
	[
		'a share that cannot be asked, as in Safari 13',
		windowOf({ canShare: undefined }),
		{ share: true, shareFiles: false },
	],
	[
		'links but no files, as in Firefox on Android',
		windowOf({ canShare: (/** @type {ShareData} */ data) => !data.files }),
		{ share: true, shareFiles: false },
	],
	['a frame that may not share', windowOf({ canShare: () => false }), { share: false, shareFiles: false }],
	[
		'a canShare that throws',
		windowOf({
			canShare: () => {
				throw new TypeError('files');
			},
		}),
		{ share: false, shareFiles: false },
	],
	['http', windowOf({}, { isSecureContext: false }), { clipboard: false }],
	['no clipboard', windowOf({ clipboard: undefined }), { clipboard: false }],
	[
		'a frame that may not write to the clipboard',
		windowOf(
			{},
			{
				document: {
					featurePolicy: { allowsFeature: (/** @type {string} */ name) => name !== 'clipboard-write' },
				},
			},
		),
		{ clipboard: false },
	],
	[
		'our own app on iOS',
		windowOf({}, { webkit: { messageHandlers: { sharewise: { postMessage() {} } } } }),
		{ bridge: true },
	],
	['our own app on Android', windowOf({}, { SharewiseBridge: { postMessage() {} } }), { bridge: true }],
	[
		'another app on iOS',
		windowOf({}, { webkit: { messageHandlers: { other: { postMessage() {} } } } }),
		{ bridge: false },
	],
	['a bridge that takes no messages', windowOf({}, { SharewiseBridge: {} }), { bridge: false }],
];

for (const [what, window, want] of features) {
	test(`a window with ${what}`, () => {
		const device = detectDevice(window);
		assert.deepEqual(
			Object.fromEntries(Object.keys(want).map((name) => [name, /** @type {any} */ (device)[name]])),
			want,
		);
	});
}

test('the bridge is the object that takes the message', () => {
	const object = { postMessage() {} };
	assert.equal(bridge({ SharewiseBridge: object }), object);
	assert.equal(bridge({}), undefined);
});

/** Serves the module and an empty page. */
async function serve() {
	const server = createServer(({ url }, response) => {
		const script = url === '/device.js';
		response.writeHead(200, {
			'Content-Type': script ? 'text/javascript' : 'text/html',
			'Access-Control-Allow-Origin': '*',
		});
		response.end(
			script ? readFileSync(new URL('../src/device.js', import.meta.url)) : '<!doctype html><title>page</title>',
		);
	});
	const origin = await listen(server);
	return {
		origin,
		end: () => {
			server.close();
			server.closeAllConnections();
		},
	};
}

/** Markup that defines globals with the names of bridges, or of other objects that are examined. */
const clobbering = [
	'<iframe name="SharewiseBridge"></iframe>',
	'<iframe name="SharewiseBridge" sandbox srcdoc="<title>frame</title>"></iframe>',
	'<iframe name="SharewiseBridge"></iframe><iframe name="SharewiseBridge"></iframe>',
	'<iframe name="webkit"></iframe>',
	'<a id="SharewiseBridge"></a>',
	'<a id="SharewiseBridge"></a><a id="SharewiseBridge"></a>',
	'<a id="SharewiseBridge"></a><a id="SharewiseBridge" name="postMessage"></a>',
	'<form id="SharewiseBridge"><input name="postMessage"></form>',
	'<form name="SharewiseBridge"><object name="postMessage"></object></form>',
	'<form id="SharewiseBridge"><embed name="postMessage"></form>',
	'<img name="SharewiseBridge">',
	'<embed name="SharewiseBridge">',
	'<object id="SharewiseBridge"></object>',
	'<form id="webkit"><fieldset name="messageHandlers"></fieldset></form>',
	'<a id="webkit"></a><form id="webkit" name="messageHandlers"><object name="sharewise"></object></form>',
	'<form name="featurePolicy"><input name="allowsFeature"></form>',
	'<img name="featurePolicy"><img name="navigator"><img name="isSecureContext">',
];

/**
 * Puts each markup on the page, and returns those that were taken for a bridge or
 * have changed the detected device.
 *
 * @param {string[]} clobbering
 * @returns {Promise<string[]>}
 */
async function clobber(clobbering) {
	const { bridge, detectDevice } = await import(/** @type {any} */ ('/device.js'));
	const scope = /** @type {any} */ (globalThis);
	const takes = () => {
		scope.taken = true;
	};
	const before = JSON.stringify(detectDevice());
	const wrong = [];
	for (const html of clobbering) {
		document.body.innerHTML = html;
		// This is the most that a frame can do to resemble a bridge.
		for (const element of document.body.children) {
			const object = /** @type {any} */ (element).contentWindow ?? element;
			try {
				object.messageHandlers ??= { sharewise: { postMessage: takes } };
				object.postMessage = takes;
			} catch {
				/* it is cross-origin or sandboxed */
			}
		}
		bridge()?.postMessage('{}', '*');
		if (bridge() || scope.taken || JSON.stringify(detectDevice()) !== before) wrong.push(html);
		// The bridge of the site's own app is found all the same.
		for (const own of ['SharewiseBridge', 'webkit']) {
			const handler = { postMessage() {} };
			const kept = Object.getOwnPropertyDescriptor(scope, own);
			Object.defineProperty(scope, own, {
				configurable: true,
				value: own === 'webkit' ? { messageHandlers: { sharewise: handler } } : handler,
			});
			if (bridge() !== handler || !detectDevice().bridge) wrong.push(`${own} behind ${html}`);
			delete scope[own];
			if (kept) Object.defineProperty(scope, own, kept);
		}
	}
	return wrong;
}

for (const [name, start] of engines) {
	test(`in ${name}, no frame and no element is taken for the host's own app`, async (t) => {
		const { origin, end } = await serve();
		t.after(end);
		const page = await start();
		t.after(() => page.end());
		await page.go(origin);
		assert.deepEqual(await page.evaluate(clobber, clobbering), []);
	});
}

test('on a server nothing is known, so nothing is offered', () => {
	assert.deepEqual(detectDevice(), {});
	assert.equal(bridge(), undefined);
});

test('in Chromium, a frame has the clipboard only where its page allows it', async () => {
	const { origin, end } = await serve();
	const { port } = new URL(origin);
	const browser = await launch();
	try {
		const page = await browser.newPage();
		await page.goto(`http://localhost:${port}/`);
		const detect = () => import(/** @type {any} */ ('/device.js')).then((module) => module.detectDevice());
		const own = await page.evaluate(detect);
		assert.deepEqual([own.platform, own.clipboard, own.inAppBrowser, own.bridge], ['desktop', true, false, false]);
		for (const allow of ['', 'clipboard-write']) {
			await page.evaluate(
				([allow, src]) =>
					new Promise((done) => {
						const frame = Object.assign(document.createElement('iframe'), { allow, src, onload: done });
						document.body.append(frame);
					}),
				[allow, `http://127.0.0.1:${port}/${allow}`],
			);
			const frame = page.frames().find((frame) => frame.url() === `http://127.0.0.1:${port}/${allow}`);
			const device = await /** @type {import('playwright-core').Frame} */ (frame).evaluate(detect);
			assert.equal(device.clipboard, allow !== '', `allow="${allow}"`);
		}
	} finally {
		await browser.close();
		end();
	}
});

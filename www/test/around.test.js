/**
 * The sheet among all else that a page does: what is hidden, removed, moved,
 * copied or scaled around it, and what else locks the page or hears its keys.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { browsers, click, every, find } from './browsers.js';
import { serveFixture } from './fixture.js';
import { until } from './patience.js';

/** @type {Awaited<ReturnType<typeof serveFixture>>} */
let site;
before(async () => {
	site = await serveFixture();
});
after(() => site?.close());

for (const [name, start] of browsers) {
	describe(name, () => {
		/** @type {import('./browsers.js').Page} */
		let page;
		before(async () => {
			page = await start();
		});
		after(() => page?.end());

		/** @param {import('./fixture.js').Given} [given] */
		const visit = async (given) => {
			await page.go(site.page(given));
			await until(
				() => page.evaluate(() => Boolean(customElements.get('share-sheet')) && 'events' in globalThis),
				'the page has its scripts',
			);
		};
		/** Shows the sheet. @returns {Promise<string>} why that could not be */
		const show = () =>
			page.evaluate(() =>
				/** @type {any} */ (document.querySelector('share-sheet')).show().then(
					() => '',
					(/** @type {Error} */ { message }) => message,
				),
			);
		const close = () => page.evaluate(() => /** @type {any} */ (document.querySelector('share-sheet')).close());
		/** Whether the sheet is open, and whether it holds the page behind. */
		const held = () =>
			page.evaluate(() => {
				const sheet = /** @type {any} */ (document.querySelector('share-sheet'));
				return {
					open: sheet.open,
					modal: Boolean(sheet.shadowRoot?.querySelector('dialog:modal')),
					locked: getComputedStyle(document.documentElement).overflowY === 'hidden',
				};
			});
		const free = { open: false, modal: false, locked: false };
		const shown = { open: true, modal: true, locked: true };

		test('a sheet inside something hidden is not shown and holds nothing; one that is hidden while it is open is closed', async () => {
			await visit();
			const why = 'an element around the sheet is hidden';
			for (const tag of ['div', 'details']) {
				await page.evaluate((tag) => {
					const sheet = /** @type {HTMLElement} */ (document.querySelector('share-sheet'));
					const menu = document.createElement(tag);
					if (tag === 'div') menu.style.display = 'none';
					menu.id = 'menu';
					document.querySelector('main')?.append(menu);
					menu.append(sheet);
				}, tag);
				assert.equal(await show(), why, tag);
				assert.deepEqual(await held(), free, tag);
			}
			const { type, error } = (await page.evaluate(() => /** @type {any} */ (globalThis).events)).at(-1);
			assert.deepEqual([type, error], ['share-error', `Error: ${why}`]);
			await page.evaluate(() => document.querySelector('details')?.setAttribute('open', ''));
			assert.equal(await show(), '');
			assert.deepEqual(await held(), shown);
			await page.evaluate(() => {
				/** @type {HTMLElement} */ (document.querySelector('details')).style.display = 'none';
			});
			await until(async () => !(await held()).open, 'the sheet that was hidden stays open');
			assert.deepEqual(await held(), free);
			// The element shows nothing while it is closed, so that to hide it is to say nothing.
			await page.evaluate(() => {
				const sheet = /** @type {HTMLElement} */ (document.querySelector('share-sheet'));
				document.querySelector('main')?.append(sheet);
				sheet.hidden = true;
			});
			assert.equal(await show(), '');
			await find(page, 'dialog', 'Share');
		});

		test('the focus comes back near where it was, however the opener was lost', async () => {
			await visit();
			await page.evaluate(() => document.querySelector('main')?.removeAttribute('tabindex'));
			for (const how of ['remove', 'hide', 'disable']) {
				await page.evaluate(async (how) => {
					const text = document.createElement('p');
					text.id = how;
					const opener = document.createElement('button');
					opener.textContent = how;
					text.append(opener);
					document.querySelector('main')?.prepend(text);
					opener.focus();
					await /** @type {any} */ (document.querySelector('share-sheet')).show(opener);
					if (how === 'remove') opener.remove();
					if (how === 'hide') opener.hidden = true;
					if (how === 'disable') opener.disabled = true;
				}, how);
				await page.press('Escape');
				await until(
					() => page.evaluate((how) => document.activeElement?.id === how, how),
					`the focus is lost with an opener that is lost by “${how}”`,
				);
				await page.evaluate(() => /** @type {HTMLElement} */ (document.querySelector('#first')).focus());
				assert.equal(
					await page.evaluate((how) => document.getElementById(how)?.hasAttribute('tabindex'), how),
					false,
					'the page is left as it was',
				);
			}
		});

		test('what is typed and pasted in the sheet never reaches the page, also where nothing has the focus', async () => {
			await visit();
			await page.evaluate(() => {
				const heard = /** @type {string[]} */ ([]);
				Object.assign(globalThis, { heard });
				for (const type of ['keydown', 'keypress', 'keyup', 'input', 'paste']) {
					document.addEventListener(type, () => heard.push(`${type} on the document`));
					addEventListener(type, () => heard.push(`${type} on the window`));
					if (type.startsWith('key'))
						document.addEventListener(type, () => heard.push(`${type} before the sheet`), {
							capture: true,
						});
				}
				const field = document.createElement('input');
				field.slot = 'footer';
				field.id = 'own';
				document.querySelector('share-sheet')?.append(field);
			});
			const heard = () => page.evaluate(() => /** @type {any} */ (globalThis).heard.splice(0));
			await click(page, 'button', 'Share');
			await click(page, 'button', 'Edit message');
			await find(page, 'textbox');
			await page.press('k');
			await page.press('End');
			await until(
				() =>
					page.evaluate(() =>
						document
							.querySelector('share-sheet')
							?.shadowRoot?.querySelector('textarea')
							?.value.includes('k'),
					),
				'nothing is typed',
			);
			await page.evaluate(() => {
				const field = document.querySelector('share-sheet')?.shadowRoot?.querySelector('textarea');
				field?.dispatchEvent(new Event('paste', { bubbles: true, composed: true }));
				field?.blur();
			});
			await page.press('f');
			assert.deepEqual(await heard(), []);
			// What the page has put into the sheet is its own to hear.
			await page.evaluate(() => document.getElementById('own')?.focus());
			await page.press('o');
			assert.ok((await heard()).includes('keydown on the document'));
			await page.evaluate(() => /** @type {any} */ (document.querySelector('share-sheet')).close());
			await page.press('p');
			assert.ok((await heard()).includes('keydown on the window'), 'a closed sheet hears nothing');
		});

		test('the Escape of a composition leaves the view as it is', async () => {
			await visit();
			await click(page, 'button', 'Share');
			await click(page, 'button', 'Edit message');
			await find(page, 'textbox');
			const escape = (/** @type {object} */ how) =>
				page.evaluate((how) => {
					const field = document.querySelector('share-sheet')?.shadowRoot?.querySelector('textarea');
					const whole = { key: 'Escape', bubbles: true, composed: true, cancelable: true, ...how };
					const event = new KeyboardEvent('keydown', whole);
					// Which Firefox leaves out of what is made by script.
					if ('keyCode' in how) Object.defineProperty(event, 'keyCode', { value: how.keyCode });
					field?.dispatchEvent(event);
				}, how);
			const title = async () => (await every(page, 'heading'))[0]?.name;
			for (const how of [{ isComposing: true }, { keyCode: 229 }]) {
				await escape(how);
				assert.equal(await title(), 'Edit message', JSON.stringify(how));
			}
			await escape({});
			assert.equal(await title(), 'Share');
		});

		// WebKit on a busy machine took a dialog whose "display" had begun to change for hidden.
		test('the sheet is visible as soon as it is shown, whatever it fades in with', async () => {
			await visit();
			assert.equal(await show(), '');
			const changing = await page.evaluate(() => {
				const dialog = document.querySelector('share-sheet')?.shadowRoot?.querySelector('dialog');
				return [undefined, '::backdrop'].map(
					(part) => getComputedStyle(/** @type {Element} */ (dialog), part).transitionProperty,
				);
			});
			for (const properties of changing) assert.doesNotMatch(properties, /display|overlay|all/);
			await close();
		});

		test('the sheet is readable and whole on pages of every root size and zoom', async () => {
			await visit();
			for (const style of [
				...[50, 62.5, 100, 200, 300].map((size) => ({ fontSize: `${size}%` })),
				...[0.5, 1.5, 2].map((zoom) => ({ zoom: `${zoom}` })),
			]) {
				await page.evaluate((style) => {
					Object.assign(document.documentElement.style, { fontSize: '', zoom: '', ...style });
				}, style);
				await show();
				const found = await page.evaluate(() => {
					const root = /** @type {ShadowRoot} */ (document.querySelector('share-sheet')?.shadowRoot);
					const texts = [...root.querySelectorAll('h2, h3, p, span, button')].filter(
						(one) => one.checkVisibility() && one.textContent,
					);
					// Before zoom was standard, an element told its place in lengths of its own.
					const { zoom } = document.documentElement.style;
					const scale = 'currentCSSZoom' in root.host ? 1 : Number(zoom || 1);
					const surface = /** @type {Element} */ (root.querySelector('.surface')).getBoundingClientRect();
					const [top, bottom, left, right] = [surface.top, surface.bottom, surface.left, surface.right].map(
						(place) => place * scale,
					);
					const button = /** @type {Element} */ (
						root.querySelector('[part="close"]')
					).getBoundingClientRect();
					return {
						smallest: Math.min(...texts.map((one) => Number.parseFloat(getComputedStyle(one).fontSize))),
						button: Math.min(button.width, button.height),
						sideways: texts
							.filter((one) => one.getBoundingClientRect().right > surface.right)
							.map((one) => one.textContent),
						outside:
							top < 0 || left < 0 || bottom > innerHeight + 1 || right > innerWidth + 1
								? [top, left, bottom, right, innerWidth, innerHeight]
								: [],
					};
				});
				const { smallest, button, ...rest } = found;
				const said = `${JSON.stringify(style)}: ${JSON.stringify(found)}`;
				assert.ok(smallest >= 13, said);
				assert.ok(button >= 22, said);
				assert.deepEqual(rest, { sideways: [], outside: [] }, said);
				await close();
			}
		});

		test('the lock of the page and those of other libraries end in any order, and none is left', async () => {
			await visit();
			await page.evaluate(() => {
				const html = document.documentElement;
				const { body } = document;
				/**
				 * Each locks, and gives what unlocks, as the library of its name does.
				 *
				 * @type {Record<string, () => () => void>}
				 */
				const locks = {
					headless() {
						const before = html.style.overflow;
						html.style.overflow = 'hidden';
						return () => {
							html.style.overflow = before;
						};
					},
					'body-scroll-lock'() {
						const before = body.style.overflow;
						body.style.overflow = 'hidden';
						return () => {
							body.style.overflow = before;
						};
					},
					radix() {
						body.setAttribute('data-scroll-locked', '1');
						const style = new CSSStyleSheet();
						style.replaceSync('body[data-scroll-locked] { overflow: hidden !important; }');
						const before = document.adoptedStyleSheets;
						document.adoptedStyleSheets = [...before, style];
						return () => {
							body.removeAttribute('data-scroll-locked');
							document.adoptedStyleSheets = before; // and what was adopted since is gone, or comes back
						};
					},
					'scroll-lock on iOS'() {
						const { cssText } = body.style;
						const top = scrollY;
						body.style.cssText = `position: fixed; top: -${top}px; left: 0; right: 0; overflow: hidden`;
						return () => {
							body.style.cssText = cssText;
							scrollTo(0, top);
						};
					},
				};
				Object.assign(globalThis, { locks });
				scrollTo(0, 100);
			});
			for (const library of ['headless', 'body-scroll-lock', 'radix', 'scroll-lock on iOS']) {
				for (const order of ['other in sheet', 'sheet in other', 'other first out', 'sheet first out']) {
					const left = await page.evaluate(
						async (library, order) => {
							const sheet = /** @type {any} */ (document.querySelector('share-sheet'));
							const lock = /** @type {any} */ (globalThis).locks[library];
							let unlock;
							if (/^(sheet in|other first)/.test(order)) unlock = lock();
							await sheet.show();
							unlock ??= lock();
							const { overflowY } = getComputedStyle(document.documentElement);
							if (/^(other in|other first)/.test(order)) {
								unlock();
								sheet.close();
							} else {
								sheet.close();
								unlock();
							}
							const of = (/** @type {Element} */ one) => getComputedStyle(one).overflowY;
							return [overflowY, of(document.documentElement), of(document.body), scrollY];
						},
						library,
						order,
					);
					assert.deepEqual(left, ['hidden', 'visible', 'visible', 100], `${library}, ${order}`);
				}
			}
		});

		test('the sheet works in another document, dressed as in its own, and again in its own', async () => {
			await visit();
			const found = await page.evaluate(async () => {
				const frame = document.createElement('iframe');
				document.body.append(frame);
				const inner = /** @type {Document} */ (frame.contentDocument);
				const sheet = /** @type {any} */ (document.querySelector('share-sheet'));
				await sheet.show();
				/** @type {unknown[][]} */
				const found = [];
				for (const page of [inner, document, inner]) {
					const button = page.createElement('button');
					page.body.append(page.adoptNode(sheet), button);
					button.focus();
					await sheet.show();
					for (let i = 0; i < 500 && sheet.shadowRoot.adoptedStyleSheets.length < 3; i++)
						await new Promise((done) => setTimeout(done, 20));
					const view = /** @type {Window} */ (page.defaultView);
					const of = (/** @type {string} */ selector) =>
						view.getComputedStyle(sheet.shadowRoot.querySelector(selector));
					found.push([
						sheet.shadowRoot.adoptedStyleSheets.length,
						of('dialog').position,
						of('.tile').display,
						view.getComputedStyle(page.documentElement).overflowY,
						page === document || getComputedStyle(document.documentElement).overflowY !== 'hidden',
					]);
					sheet.close();
					found.push([page.activeElement === button, view.getComputedStyle(page.documentElement).overflowY]);
				}
				return found;
			});
			const round = [
				[3, 'fixed', 'flex', 'hidden', true],
				[true, 'visible'],
			];
			assert.deepEqual(found, [...round, ...round, ...round]);
		});

		test('moved with moveBefore, an open sheet stays open, with its view', async () => {
			await visit();
			if (!(await page.evaluate(() => 'moveBefore' in Element.prototype))) return;
			await click(page, 'button', 'Share');
			await click(page, 'button', 'Edit message');
			await find(page, 'textbox');
			await page.evaluate(() => {
				const place = document.createElement('section');
				document.body.append(place);
				/** @type {any} */ (place).moveBefore(document.querySelector('main'), null);
			});
			await until(async () => (await held()).modal, 'the dialog is no longer modal');
			assert.deepEqual(await held(), shown);
			assert.equal((await every(page, 'heading'))[0].name, 'Edit message');
			assert.deepEqual(
				(await page.evaluate(() => /** @type {any} */ (globalThis).events)).filter(
					(/** @type {any} */ { type }) => type === 'share-close',
				),
				[],
			);
			// The language around it is another one then, also one that is set later.
			await page.evaluate(() => {
				const root = document.createElement('div');
				document.body.append(root);
				const place = document.createElement('section');
				root.attachShadow({ mode: 'open' }).append(place);
				/** @type {any} */ (place).moveBefore(document.querySelector('main'), null);
				Object.assign(globalThis, { place });
			});
			const language = (/** @type {string} */ lang) =>
				until(
					() =>
						page.evaluate((lang) => {
							const sheet = /** @type {any} */ (globalThis).place.querySelector('share-sheet');
							return sheet.shadowRoot.querySelector('dialog:modal')?.lang === lang;
						}, lang),
					`the sheet is not in the language ${lang}`,
				);
			await page.evaluate(() => Object.assign(/** @type {any} */ (globalThis).place, { lang: 'fr' }));
			await language('fr');
			await page.evaluate(() => {
				const other = document.createElement('section');
				other.lang = 'de';
				const { place } = /** @type {any} */ (globalThis);
				place.append(other);
				/** @type {any} */ (other).moveBefore(place.firstElementChild, null);
			});
			await language('de');
		});

		test('in a copy of the page that is put in its place, as Turbo does, the sheet is closed and can be opened', async () => {
			await visit();
			await click(page, 'button', 'Share');
			await find(page, 'dialog', 'Share');
			await page.evaluate(() => {
				const copy = document.body.cloneNode(true);
				document.body.replaceWith(copy);
			});
			assert.deepEqual(await held(), free);
			await click(page, 'button', 'Share');
			await find(page, 'dialog', 'Share');
			assert.deepEqual(await held(), shown);
			// What the page itself says is open, is.
			await page.evaluate(() => {
				const sheet = /** @type {Element} */ (document.querySelector('share-sheet'));
				/** @type {any} */ (sheet).close();
				const copy = /** @type {Element} */ (sheet.cloneNode(true));
				copy.setAttribute('open', '');
				sheet.replaceWith(copy);
			});
			await find(page, 'dialog', 'Share');
		});

		test('put back as it was, as a page does that swaps its content, the sheet is closed and can be opened', async () => {
			for (const wasm of ['/dist/engine.wasm', '/fault/404/engine.wasm']) {
				await visit({ attributes: { wasm } });
				for (let time = 0; time < 2; time++) {
					await click(page, 'button', 'Share');
					await find(page, 'dialog', 'Share');
					await page.evaluate(() => {
						const { body } = document;
						Object.assign(globalThis, { swapped: body });
						body.replaceWith(document.createElement('body'));
					});
					const left = await page.evaluate(() => [
						getComputedStyle(document.documentElement).overflowY,
						document.adoptedStyleSheets.length,
						/** @type {any} */ (globalThis).swapped.querySelector('share-sheet').open,
					]);
					assert.deepEqual(left, ['visible', 0, false]);
					await page.evaluate(() => document.body.replaceWith(/** @type {any} */ (globalThis).swapped));
					assert.deepEqual(await held(), free);
				}
				// As Turbo does: a copy that was made while the sheet was open.
				await click(page, 'button', 'Share');
				await find(page, 'dialog', 'Share');
				await page.evaluate(() => document.body.replaceWith(document.body.cloneNode(true)));
				assert.deepEqual(await held(), free);
				await click(page, 'button', 'Share');
				const link = wasm.startsWith('/fault') ? 'Reddit by the server' : 'Reddit, opens in a new tab';
				await find(page, 'link', link);
				const all = (await every(page, 'link')).map((one) => one.name);
				assert.equal(all.filter((one) => /^Reddit/.test(one)).length, 1, all.join());
			}
		});

		test("with the attribute history, the browser's Back goes back in the sheet, and otherwise leaves the page", async () => {
			const state = () => page.evaluate(() => [history.length, JSON.stringify(history.state), location.pathname]);
			const back = () => page.evaluate(() => void setTimeout(() => history.back()));
			const isOpen = async () => (await held()).open;
			await visit({ attributes: { history: '' } });
			await page.evaluate(() => history.replaceState({ route: 7 }, ''));
			const [length, , path] = await state();
			const now = async () => {
				const [n, text, at] = await state();
				const { route, sharewise } = JSON.parse(/** @type {string} */ (text));
				assert.deepEqual([route, at], [7, path]);
				return { more: /** @type {any} */ (n) - /** @type {any} */ (length), isIn: Boolean(sharewise) };
			};
			const entered = () => until(async () => (await now()).isIn, 'the sheet has no entry');
			const left = () => until(async () => !(await now()).isIn, 'the sheet has left its entry behind');
			assert.equal(await show(), '');
			await entered();
			assert.equal((await now()).more, 1);

			await click(page, 'button', /unavailable/);
			await find(page, 'heading', 'Unavailable');
			await back();
			await find(page, 'heading', 'Share');
			await entered();
			assert.equal((await now()).more, 1);
			await back();
			await until(async () => !(await isOpen()), 'Back does not close the sheet');
			assert.equal((await now()).isIn, false);

			assert.equal(await show(), '');
			await entered();
			await page.press('Escape');
			await left();
			assert.deepEqual(await held(), free);
			assert.equal((await now()).more, 1, 'entries do not pile up');

			// A page that has moved on meanwhile stays where it is.
			assert.equal(await show(), '');
			await entered();
			await page.evaluate(() => history.pushState({ route: 7 }, '', '#next'));
			await close();
			assert.equal(await page.evaluate(() => location.hash), '#next');

			await visit();
			const before = (await state())[0];
			assert.equal(await show(), '');
			await find(page, 'link', 'Reddit, opens in a new tab');
			await close();
			assert.equal((await state())[0], before);
		});

		// No driver keeps pages in the back/forward cache, so the event is made by hand.
		test('a page that comes back from the back/forward cache has its open sheet opened anew', async () => {
			/** Comes back again and again: what hears of it may still load. @param {() => Promise<unknown>} is */
			const comeBack = (is) =>
				until(async () => {
					await page.evaluate(
						() => void dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })),
					);
					return is();
				}, 'the sheet is as it was');
			const { now, ...data } = site.story;

			await visit({
				data: { ...data, content: { ...data.content, kind: 'link', expiresAt: undefined } },
				attributes: { ruleset: '/dist/demo-everywhere.json' },
			});
			assert.equal(await show(), '');
			await find(page, 'link', 'Reddit, opens in a new tab');
			const first = () =>
				page.evaluate(() => {
					const { shadowRoot } = /** @type {any} */ (document.querySelector('share-sheet'));
					return shadowRoot.querySelector('[part~="apps"] [data-key]')?.dataset.key;
				});
			assert.notEqual(await first(), 'linkedin');
			await page.evaluate(() => {
				localStorage.setItem('sharewise.recent', JSON.stringify({ linkedin: [1, Date.now() / 1000] }));
			});
			await comeBack(async () => (await first()) === 'linkedin');
			await close();

			// An engine that was cut off is asked for again.
			await visit({ attributes: { wasm: '/fault/404/engine.wasm' } });
			assert.equal(await show(), '');
			await find(page, 'button', 'Try again');
			await page.evaluate(() => {
				const { fetch } = globalThis;
				globalThis.fetch = (address, options) =>
					fetch(String(address).replace('/fault/404/', '/dist/'), options);
			});
			await comeBack(async () => (await every(page, 'link')).some((one) => one.name.startsWith('Reddit')));
			assert.deepEqual(await held(), shown);
			await close();
			assert.deepEqual(await held(), free);
		});

		test('in a window of its own the sheet opens there, whether it was open before or not, and closes with it', async () => {
			for (const wasOpen of [false, true]) {
				await visit();
				if (wasOpen) await show();
				await page.evaluate(() => {
					/** @type {any} */ (document.querySelector('share-sheet')).close();
					document
						.getElementById('first')
						?.addEventListener('click', () =>
							Object.assign(globalThis, { popup: open('about:blank', '', 'width=700,height=700') }),
						);
				});
				await click(page, 'button', 'First');
				await until(
					() =>
						page.evaluate(() => /** @type {any} */ (globalThis).popup?.document.readyState === 'complete'),
					'no window opens',
				);
				const found = await page.evaluate(async () => {
					const { popup } = /** @type {any} */ (globalThis);
					const inner = popup.document;
					const sheet = /** @type {any} */ (document.querySelector('share-sheet'));
					Object.assign(globalThis, { sheet });
					inner.documentElement.lang = 'fr';
					const button = inner.createElement('button');
					const menu = inner.createElement('div');
					menu.id = 'menu';
					menu.append(inner.adoptNode(sheet));
					inner.body.append(button, menu);
					button.focus();
					await sheet.show();
					const dialog = sheet.shadowRoot.querySelector('dialog');
					const now = [
						sheet.matches(':state(open)'),
						dialog.matches(':modal'),
						dialog.lang,
						popup.getComputedStyle(dialog).position,
						popup.getComputedStyle(inner.documentElement).overflowY,
						getComputedStyle(document.documentElement).overflowY,
					];
					sheet.close();
					return [
						...now,
						inner.activeElement === button,
						popup.getComputedStyle(inner.documentElement).overflowY,
					];
				});
				assert.deepEqual(found, [true, true, 'fr', 'fixed', 'hidden', 'visible', true, 'visible']);
				// Everything it listens to is in that window.
				await page.evaluate(async () => {
					const { sheet, popup } = /** @type {any} */ (globalThis);
					await sheet.show();
					popup.document.documentElement.lang = 'de';
				});
				await until(
					() =>
						page.evaluate(
							() =>
								/** @type {any} */ (globalThis).sheet.shadowRoot.querySelector('dialog').lang === 'de',
						),
					'the language of the window is not followed',
				);
				await page.evaluate(() => {
					const { sheet, popup } = /** @type {any} */ (globalThis);
					const escape = new popup.KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true });
					sheet.shadowRoot.querySelector('h2').dispatchEvent(escape);
				});
				assert.equal(await page.evaluate(() => /** @type {any} */ (globalThis).sheet.open), false);
				await page.evaluate(async () => {
					const { sheet, popup } = /** @type {any} */ (globalThis);
					await sheet.show();
					popup.close();
				});
				await until(
					() => page.evaluate(() => /** @type {any} */ (globalThis).popup.closed),
					'the window stays',
				);
				await page.evaluate(() => {
					const { sheet } = /** @type {any} */ (globalThis);
					document.querySelector('main')?.append(document.adoptNode(sheet));
				});
				assert.deepEqual(await held(), free);
				await click(page, 'button', 'Share');
				await find(page, 'link', 'Reddit, opens in a new tab');
				assert.deepEqual(await held(), shown);
			}
		});

		test('in a document without a window the sheet waits, and says so', async () => {
			await visit();
			const said = await page.evaluate(async () => {
				const wrong = /** @type {string[]} */ ([]);
				addEventListener('error', ({ message }) => wrong.push(message));
				const inner = document.implementation.createHTMLDocument();
				const sheet = /** @type {any} */ (document.querySelector('share-sheet'));
				const button = /** @type {Element} */ (document.querySelector('share-button'));
				const place = /** @type {Element} */ (sheet.parentElement);
				inner.body.append(inner.adoptNode(sheet), inner.adoptNode(button));
				const why = await sheet.show().then(
					() => '',
					(/** @type {Error} */ { message }) => message,
				);
				place.append(document.adoptNode(sheet), document.adoptNode(button));
				return [why, wrong];
			});
			assert.deepEqual(said, ['the sheet is in no document of a window', []]);
			await click(page, 'button', 'Share');
			await find(page, 'link', 'Reddit, opens in a new tab');
			assert.deepEqual(await held(), shown);
		});

		test('targets are found on a Turkish page, and people however their names are typed', async () => {
			const { content, ...rest } = site.story;
			await visit({
				lang: 'tr',
				data: { content: { ...content, kind: 'link' }, ...rest },
				attributes: { ruleset: '/dist/demo-everywhere.json' },
				friends: ['Jose\u0301', 'İbrahim', 'Straße', 'ΟΔΥΣΣΕΥΣ', 'Ｎｏｕｒ', 'أحمد', 'Ed', 'Flo'].map(
					(name, i) => ({
						id: `${i}`,
						name,
					}),
				),
			});
			await show();
			const press = (/** @type {string} */ key) =>
				page.evaluate(
					(key) =>
						/** @type {HTMLElement | null | undefined} */ (
							document.querySelector('share-sheet')?.shadowRoot?.querySelector(`[data-key="${key}"]`)
						)?.click(),
					key,
				);
			const search = (/** @type {string} */ text) =>
				page.evaluate((text) => {
					const root = /** @type {ShadowRoot} */ (document.querySelector('share-sheet')?.shadowRoot);
					const field = /** @type {HTMLInputElement} */ (root.querySelector('.search'));
					field.value = text;
					field.dispatchEvent(new Event('input', { bubbles: true }));
					return [...root.querySelectorAll('.form .row')]
						.filter((one) => one.checkVisibility())
						.map((one) => one.textContent);
				}, text);
			await press('more');
			await until(async () => (await every(page, 'heading'))[0]?.name === 'Tüm uygulamalar', 'apps are shown');
			for (const network of ['linkedin', 'LINKEDIN', 'lınkedın'])
				assert.deepEqual(await search(network), ['LinkedIn'], network);
			await search('');
			await page.evaluate(() =>
				/** @type {HTMLElement | null | undefined} */ (
					document.querySelector('share-sheet')?.shadowRoot?.querySelector('.round')
				)?.click(),
			);
			await press('friends');
			await until(
				async () => (await every(page, 'heading'))[0]?.name === 'Arkadaşlara gönder',
				'friends are shown',
			);
			for (const [typed, found] of [
				['josé', 'Jose\u0301'],
				['jose', 'Jose\u0301'],
				['ibrahim', 'İbrahim'],
				['IBRAHIM', 'İbrahim'],
				['strasse', 'Straße'],
				['οδυσ', 'ΟΔΥΣΣΕΥΣ'],
				['nour', 'Ｎｏｕｒ'],
				['احمد', 'أحمد'],
			])
				assert.deepEqual(
					(await search(typed)).map((text) => text?.slice(-found.length)),
					[found],
					typed,
				);
		});
	});
}

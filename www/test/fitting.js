/**
 * Checks whether a page fits its window.
 *
 * @module
 */

/**
 * Returns the elements that extend beyond the window, are cut off, or overlap
 * their neighbours, one line each. Elements that scroll sideways and text that
 * ends in "…" are fine.
 *
 * @param {import('playwright-core').Page} page
 * @returns {Promise<string[]>}
 */
export const misfits = (page) =>
	page.evaluate(() => {
		/** @type {string[]} */
		const wrong = [];
		const room = document.documentElement.clientWidth;
		if (document.documentElement.scrollWidth > room)
			wrong.push(`the page is ${document.documentElement.scrollWidth} wide, of ${room}`);
		/** @param {Element} element */
		const scrolls = (element) => /auto|scroll/.test(getComputedStyle(element).overflowX);
		/** @param {ParentNode} parent @param {boolean} scrolled  whether an ancestor scrolls sideways */
		const visit = (parent, scrolled) => {
			for (const element of parent.children) {
				if (!element.checkVisibility({ visibilityProperty: true }) || element.matches('svg *, .cm-editor *'))
					continue;
				const box = element.getBoundingClientRect();
				const style = getComputedStyle(element);
				const unseen = box.width <= 1 || style.clipPath !== 'none';
				if (box.width > 0 && !unseen) {
					const name = `${element.localName}.${element.getAttribute('class') ?? ''} “${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 30)}”`;
					if (!scrolled && (box.left < -0.5 || box.right > room + 0.5))
						wrong.push(
							`${name} sticks out: ${Math.round(box.left)} to ${Math.round(box.right)} of ${room}`,
						);
					const ends = style.textOverflow === 'ellipsis' && style.overflowX !== 'visible';
					if (
						!scrolls(element) &&
						!ends &&
						style.display !== 'inline' &&
						style.writingMode === 'horizontal-tb' &&
						element.clientWidth > 0 &&
						element.scrollWidth > element.clientWidth + 1 &&
						!element.matches('input, select, textarea, svg')
					)
						wrong.push(`${name} is cut off: ${element.scrollWidth} > ${element.clientWidth}`);
					if (
						/hidden|clip/.test(style.overflowY) &&
						element.clientHeight > 0 &&
						element.scrollHeight > element.clientHeight + parseFloat(style.fontSize) / 2
					)
						wrong.push(`${name} is cut off below: ${element.scrollHeight} > ${element.clientHeight}`);
				}
				if (unseen) continue;
				visit(element, scrolled || scrolls(element));
				if (element.shadowRoot) visit(element.shadowRoot, scrolled || scrolls(element));
			}
		};
		visit(document.body, false);
		return wrong;
	});

/**
 * The viewer of stories, which shows one after the other.
 *
 * @module
 */

/** How long a picture is shown, in milliseconds. */
const pictureTime = 6000;

export class Viewer {
	/** @type {HTMLElement | undefined} */
	#slide;
	#paused = false;
	/** @type {Animation | undefined} */
	#progress;
	/** @type {HTMLDialogElement} */
	#dialog;
	/** @type {{ seen: (id: string) => void, words: (key: string, values?: Record<string, string>) => string }} */
	#host;

	/**
	 * @param {HTMLElement} dialog
	 * @param {{ seen: (id: string) => void, words: (key: string, values?: Record<string, string>) => string }} host
	 */
	constructor(dialog, host) {
		this.#dialog = /** @type {HTMLDialogElement} */ (dialog);
		this.#host = host;
		/** @param {string} selector @param {() => void} action */
		const on = (selector, action) => dialog.querySelector(selector)?.addEventListener('click', action);
		on('.next', () => this.#step(1));
		on('.previous', () => this.#step(-1));
		on('.pause', () => this.#pause(!this.#paused));
		on('.close', () => this.close());
		dialog.addEventListener('close', (event) => {
			if (event.target === dialog) this.#stop();
		});
		dialog.addEventListener('keydown', (event) => {
			const target = /** @type {Element} */ (event.target);
			if (target.closest('share-sheet')) return;
			const forward = getComputedStyle(dialog).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
			if (event.key === forward) this.#step(1);
			else if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') this.#step(-1);
			else if (event.key === ' ' && !target.closest('button, a, share-button')) this.#pause(!this.#paused);
			else return;
			event.preventDefault();
		});
		// A story pauses while it is being shared.
		dialog.addEventListener('click', (event) => {
			if (/** @type {Element} */ (event.target).closest('share-button')) this.#pause(true);
		});
	}

	/** @returns {HTMLElement[]} the slides on the page, in order */
	slides() {
		return [...this.#dialog.querySelectorAll('.slide')].map((slide) => /** @type {HTMLElement} */ (slide));
	}

	/** @param {string} id  of a slide */
	open(id) {
		const slide = this.slides().find((one) => one.id === id);
		if (!slide) return;
		this.#dialog.showModal();
		this.#pause(matchMedia('(prefers-reduced-motion: reduce)').matches);
		this.#show(slide);
	}

	/** Stops on the current story, as while it is being shared. */
	pause() {
		this.#pause(true);
	}

	close() {
		if (this.#dialog.open) this.#dialog.close();
	}

	/** @param {1 | -1} by */
	#step(by) {
		const all = this.slides();
		const next = all[all.indexOf(/** @type {HTMLElement} */ (this.#slide)) + by];
		if (next) this.#show(next);
		else if (by === 1) this.close();
	}

	/** @param {HTMLElement} slide */
	#show(slide) {
		this.#stop();
		this.#slide = slide;
		slide.classList.add('shown');
		slide.dataset.seen = 'yes';
		this.#host.seen(slide.dataset.post ?? '');
		const all = this.slides();
		const position = all.indexOf(slide);
		const title = slide.querySelector('h3')?.textContent ?? '';
		/** @type {HTMLElement} */ (this.#dialog.querySelector('[role="status"]')).textContent =
			`${title}, ${this.#host.words('story.position', { n: `${position + 1}`, m: `${all.length}` })}`;
		const previous = /** @type {HTMLButtonElement} */ (this.#dialog.querySelector('.previous'));
		if (position === 0 && previous.contains(document.activeElement))
			/** @type {HTMLElement} */ (this.#dialog.firstElementChild).focus();
		previous.disabled = position === 0;
		const bar = /** @type {HTMLElement} */ (slide.querySelector('.bars .now'));
		const video = slide.querySelector('video');
		this.#progress = bar.animate([{ transform: 'scaleX(0)' }, { transform: 'scaleX(1)' }], {
			duration: video?.duration ? video.duration * 1000 : pictureTime,
			pseudoElement: '::before',
			fill: 'both',
		});
		this.#progress.onfinish = () => this.#step(1);
		if (video) video.currentTime = 0;
		this.#pause(this.#paused);
	}

	#stop() {
		this.#progress?.cancel();
		this.#slide?.classList.remove('shown');
		this.#slide?.querySelector('video')?.pause();
		this.#slide = undefined;
	}

	/** @param {boolean} paused */
	#pause(paused) {
		this.#paused = paused;
		this.#dialog.firstElementChild?.classList.toggle('paused', paused);
		const button = /** @type {HTMLElement} */ (this.#dialog.querySelector('.pause'));
		button.dataset.wordLabel = paused ? 'story.play' : 'story.pause';
		button.setAttribute('aria-label', this.#host.words(button.dataset.wordLabel));
		const video = this.#slide?.querySelector('video');
		if (paused) {
			this.#progress?.pause();
			video?.pause();
		} else {
			this.#progress?.play();
			video?.play().catch(() => this.#pause(true));
		}
	}
}

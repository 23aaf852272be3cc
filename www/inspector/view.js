/**
 * The base class of the views of results.
 *
 * @module
 */

/**
 * A view that is redrawn when what it shows has changed; while it is hidden,
 * redrawing is postponed until it is shown.
 */
export class View {
	/** Whether it is shown. */
	visible = false;
	#stale = true;

	/** Whether there is anything to draw. */
	isReady() {
		return true;
	}

	/** Redraws the view. @type {(event?: Event) => unknown} */
	update() {
		return undefined;
	}

	/** Called when the view is shown again without being redrawn. */
	reshow() {
		// Most views have nothing to do.
	}

	/** @param {Event} [event] */
	refresh = (event) => {
		this.#stale = !this.visible || !this.isReady();
		if (!this.#stale) this.update(event);
	};

	show = () => {
		this.visible = true;
		if (this.#stale) this.refresh();
		else this.reshow();
	};

	hide = () => {
		this.visible = false;
	};
}

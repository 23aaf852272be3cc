/**
 * What the views of the results have in common.
 *
 * @module
 */

/**
 * A view that is drawn anew when what it shows has changed. While it is hidden,
 * nothing is drawn: a change is then made up for once it is shown.
 */
export class View {
	/** Whether it is shown. */
	visible = false;
	#stale = true;

	/** Whether there is anything to draw. */
	isReady() {
		return true;
	}

	/** Draws the view anew. @type {(event?: Event) => unknown} */
	update() {
		return undefined;
	}

	/** Is called where the view is shown again as it was drawn. */
	reshow() {
		// Most are as they were.
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

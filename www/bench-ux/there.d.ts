/** What chromium.js puts into every page, for what is evaluated there. */
declare const there: any;

/** Functions defined in every page by chromium.js, for code that is evaluated there. */
declare const there: any;

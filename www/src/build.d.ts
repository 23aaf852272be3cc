/** What the build fills in. */
declare const SHEET_LANGUAGES: string;
declare const SHEET_LACKING: string;
declare const SHEET_RULESET: string;

declare module '*.css' {
	const text: string;
	export default text;
}

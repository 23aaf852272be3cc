/** What the build fills in. */
declare const SHEET_LANGUAGES: string;
declare const SHEET_WORDS: number;

declare module '*.css' {
	const text: string;
	export default text;
}

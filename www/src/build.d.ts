/** What the build fills in. */
declare const SHEET_LACKING: string;
declare const SHEET_RULESET: string;

declare module '*.css' {
	const text: string;
	export default text;
}

/** A file of locales/ for every language, loaded when it is called. */
declare module 'languages' {
	const languages: Record<
		string,
		() => Promise<{ default: Record<string, string | Partial<Record<Intl.LDMLPluralRule, string>>> }>
	>;
	export default languages;
}

/** A file of file-words/ for every language, loaded when it is called. */
declare module 'file-languages' {
	const languages: Record<string, () => Promise<{ default: Record<string, string> }>>;
	export default languages;
}

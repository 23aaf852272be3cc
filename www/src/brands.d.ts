/** Path data of networks' marks, by network; icons.mjs makes these modules when the page is built. */
declare module 'brands/first' {
	const marks: Record<string, string>;
	export default marks;
}

declare module 'brands/rest' {
	const marks: Record<string, string>;
	export default marks;
}

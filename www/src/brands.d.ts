// What the build makes of the registry of targets; see registry.mjs.

declare module 'registry/groups' {
	/** The targets of each group in display order, with their names: `instagram.story=Instagram Stories|Snapchat`. */
	const groups: Record<string, string>;
	export default groups;
}

declare module 'registry/colours' {
	/** The colours of networks, such as `ff4500`. */
	export const colours: Record<string, string>;
	/** The networks whose colour takes a black mark. */
	export const light: string[];
}

declare module 'registry/icons' {
	/** The names of icons, by the targets whose icon is not called as their network is. */
	const names: Record<string, string>;
	export default names;
}

declare module 'registry/counts' {
	/** The most files at once, by the targets of which that is known. */
	const counts: Record<string, number>;
	export default counts;
}

declare module 'brands/first' {
	/** Path data of networks' marks, by the name of the icon. */
	const marks: Record<string, string>;
	export default marks;
}

declare module 'brands/rest' {
	/** Path data of networks' marks, by the name of the icon. */
	const marks: Record<string, string>;
	export default marks;
}

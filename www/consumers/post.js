/** The content of every project. @type {import('sharewise').Content} */
export const content = {
	id: '7100',
	kind: 'story',
	url: 'https://video.example/@lina/story/7100',
	title: 'Sunset',
	text: "Tonight's sky",
	visibility: 'public',
	createdAt: new Date(Date.now() - 3_600_000).toISOString(),
};
/** @type {import('sharewise').Viewer} */
export const viewer = { id: 'u-42', role: 'owner', region: 'SY', locale: 'en' };

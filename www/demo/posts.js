/**
 * The data of Lamha: people and their posts. The words of a post are in
 * words/, under its id.
 *
 * @module
 */

/**
 * @typedef {object} Post
 * @property {string} id
 * @property {string} author      a key of people
 * @property {'story' | 'video' | 'photo'} kind
 * @property {string} scene       name of its files in media/: SCENE.jpg and, for a clip, SCENE.mp4
 * @property {boolean} clip
 * @property {[number, number]} size  in pixels
 * @property {number} bytes       of the file that is shared
 * @property {number} [seconds]
 * @property {number} hours       since it was posted
 * @property {number} likes
 * @property {[string, string][]} comments  the author, and the key of the words
 * @property {'public' | 'friends' | 'private'} visibility
 * @property {boolean} downloadable
 */

/** @type {Record<string, { handle: string, name: { en: string, ar: string } }>} */
export const people = {
	lina: { handle: 'lina', name: { en: 'Lina Haddad', ar: 'لينا حداد' } },
	omar: { handle: 'omar.shoots', name: { en: 'Omar Nasser', ar: 'عمر ناصر' } },
	nour: { handle: 'nour', name: { en: 'Nour Aziz', ar: 'نور عزيز' } },
	salma: { handle: 'salma', name: { en: 'Salma Idris', ar: 'سلمى إدريس' } },
	karim: { handle: 'karim', name: { en: 'Karim Fares', ar: 'كريم فارس' } },
	yusuf: { handle: 'yusuf', name: { en: 'Yusuf Amin', ar: 'يوسف أمين' } },
};

const tall = /** @type {[number, number]} */ ([720, 1280]);

/** Newest first. @type {Post[]} */
export const posts = [
	{
		id: '7100',
		author: 'lina',
		kind: 'story',
		scene: 'harbour',
		clip: true,
		size: tall,
		bytes: 139425,
		seconds: 6,
		hours: 2,
		likes: 0,
		comments: [],
		visibility: 'public',
		downloadable: true,
	},
	{
		id: '7101',
		author: 'lina',
		kind: 'story',
		scene: 'coffee',
		clip: false,
		size: [1080, 1920],
		bytes: 205626,
		hours: 9,
		likes: 0,
		comments: [],
		visibility: 'public',
		downloadable: true,
	},
	{
		id: '7200',
		author: 'omar',
		kind: 'story',
		scene: 'lanterns',
		clip: true,
		size: tall,
		bytes: 142999,
		seconds: 6,
		hours: 5,
		likes: 0,
		comments: [],
		visibility: 'public',
		downloadable: false,
	},
	{
		id: '7211',
		author: 'nour',
		kind: 'story',
		scene: 'step',
		clip: false,
		size: [1080, 1920],
		bytes: 97165,
		hours: 7,
		likes: 0,
		comments: [],
		visibility: 'public',
		downloadable: true,
	},
	{
		id: '7110',
		author: 'lina',
		kind: 'video',
		scene: 'train',
		clip: true,
		size: tall,
		bytes: 128966,
		seconds: 6,
		hours: 15,
		likes: 12483,
		comments: [
			['salma', '7110.comment'],
			['karim', '7110.comment2'],
		],
		visibility: 'public',
		downloadable: true,
	},
	{
		id: '7111',
		author: 'lina',
		kind: 'photo',
		scene: 'tiles',
		clip: false,
		size: [1080, 1350],
		bytes: 205409,
		hours: 28,
		likes: 3906,
		comments: [['omar', '7111.comment']],
		visibility: 'public',
		downloadable: true,
	},
	{
		id: '7210',
		author: 'nour',
		kind: 'video',
		scene: 'surf',
		clip: true,
		size: tall,
		bytes: 144148,
		seconds: 6,
		hours: 52,
		likes: 88210,
		comments: [['yusuf', '7210.comment']],
		visibility: 'public',
		downloadable: true,
	},
	{
		id: '7220',
		author: 'omar',
		kind: 'photo',
		scene: 'dunes',
		clip: false,
		size: [1080, 1350],
		bytes: 34920,
		hours: 74,
		likes: 1274,
		comments: [['nour', '7220.comment']],
		visibility: 'public',
		downloadable: false,
	},
];

/** @param {Post} post */
export const file = (post) => `media/${post.scene}.${post.clip ? 'mp4' : 'jpg'}`;

/** @param {Post} post */
export const picture = (post) => `media/${post.scene}.jpg`;

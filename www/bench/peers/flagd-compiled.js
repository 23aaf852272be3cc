import { flags } from './flagd.js';

export { needs } from './flagd.js';

export async function make(files) {
	return [
		{
			name: 'flagd-core, compiled',
			package: '@openfeature/flagd-core',
			needsEval: true,
			note: 'as it comes: JavaScript made at run time; on a strict page every flag has its default',
			decide: flags(files, {}),
		},
	];
}

/**
 * Makes the npm package from what was built: "node package.mjs FOLDER" writes
 * sharewise-VERSION.tgz there and prints its path. Before, it writes descriptions
 * for editors and pages into dist:
 *
 *     custom-elements.json          the manifest of the elements, made from their comments
 *     vscode.html-custom-data.json  the same for completion in VS Code
 *     integrity.json                hashes for subresource integrity of every file that a page loads
 *     sbom.cdx.json                 the bill of materials, with THIRD-PARTY-NOTICES; see bill.mjs
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateVsCodeCustomElementData } from 'custom-element-vs-code-integration';
import { writeBills } from './bill.mjs';

const folder = import.meta.dirname;
const dist = join(folder, 'dist');

/** The files that a page loads from the package, which excludes the inspector, the demo and the registry's page. */
const loaded = /^(?!inspector|demo|targets|docs|engine\.go|media\.go).*\.(js|wasm|json)$/;

/**
 * Writes the manifest of the elements (custom-elements-manifest schema 2.1.0)
 * and the completion data for VS Code made from it.
 *
 * @param {string} [into]
 */
export function describe(into = dist) {
	execFileSync('node_modules/.bin/cem', ['analyze', '--outdir', relative(folder, into), '--quiet'], { cwd: folder });
	const path = join(into, 'custom-elements.json');
	const manifest = JSON.parse(readFileSync(path, 'utf8'));
	for (const module of manifest.modules) {
		module.path = module.path.replace(/^src\//, 'dist/');
		for (const exported of module.exports ?? []) {
			if (exported.declaration?.module)
				exported.declaration.module = exported.declaration.module.replace(/^\/?(src|dist)\//, 'dist/');
		}
		for (const declared of module.declarations ?? []) {
			// Private members begin with #.
			declared.members = declared.members?.filter(
				(/** @type {any} */ member) => !member.name.startsWith('#') && member.privacy !== 'private',
			);
			for (const event of declared.events ?? []) {
				const [, instead] = /^deprecated: (.+)/s.exec(event.description ?? '') ?? [];
				if (instead) event.deprecated = instead;
			}
		}
	}
	writeFileSync(path, `${JSON.stringify(manifest, null, '\t')}\n`);
	generateVsCodeCustomElementData(manifest, {
		outdir: into,
		htmlFileName: 'vscode.html-custom-data.json',
		cssFileName: 'vscode.css-custom-data.json',
	});
}

/** Writes the hashes of the files, by their path in the package. */
function seal() {
	/** @type {Record<string, string>} */
	const hashes = {};
	for (const name of readdirSync(dist, { recursive: true, encoding: 'utf8' }).sort()) {
		if (!loaded.test(name) || /custom-elements|vscode|integrity|cdx|bundled/.test(name)) continue;
		hashes[`dist/${name}`] = `sha384-${createHash('sha384')
			.update(readFileSync(join(dist, name)))
			.digest('base64')}`;
	}
	writeFileSync(join(dist, 'integrity.json'), `${JSON.stringify(hashes, null, '\t')}\n`);
}

/**
 * @param {string} into
 * @returns {string} the path of the package
 */
export function makePackage(into) {
	describe();
	seal();
	writeBills();
	copyFileSync(join(folder, '../LICENSE'), join(folder, 'LICENSE'));
	const [{ filename }] = JSON.parse(
		execFileSync('npm', ['pack', '--json', '--pack-destination', into], {
			cwd: folder,
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'ignore'],
		}),
	);
	return join(into, filename);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	console.log(makePackage(resolve(process.argv[2] ?? '.')));
}

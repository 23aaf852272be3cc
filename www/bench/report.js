export async function writeReport(r) {
	for (const k of ['go','node','chromium']) { const x = r[k]; if (!x) continue; console.log(k); for (const e of [...x.engines,...x.sheet]) console.log(' ', e.name.padEnd(44),(e.median/1000).toFixed(3)); console.log(x.failed) }
	if (r.chromium) { console.table(r.chromium.cold.map(({times,...x})=>x)); console.log(r.chromium.ready, r.chromium.shown); console.table(r.chromium.curves); console.log(JSON.stringify(r.chromium.memory)); }
}

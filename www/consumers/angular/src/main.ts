import { Component, CUSTOM_ELEMENTS_SCHEMA, provideZonelessChangeDetection, signal } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import 'sharewise/define.js';

@Component({
	selector: 'app-story',
	schemas: [CUSTOM_ELEMENTS_SCHEMA],
	template: ` <share-button for="sheet">Share</share-button>
		<share-sheet
			id="sheet"
			[content]="content"
			[viewer]="viewer"
			wasm="sharewise/engine.wasm"
			ruleset="sharewise/ruleset.json"
			(share-done)="shared.set($any($event).detail.target)"
		></share-sheet>
		<output>{{ shared() }}</output>`,
})
class Story {
	readonly content = {
		id: '7100',
		kind: 'story',
		url: 'https://video.example/@lina/story/7100',
		title: 'Sunset',
		text: "Tonight's sky",
		visibility: 'public',
		createdAt: new Date(Date.now() - 3_600_000).toISOString(),
	};
	readonly viewer = { id: 'u-42', role: 'owner', region: 'SY', locale: 'en' };
	readonly shared = signal('');
}

void bootstrapApplication(Story, { providers: [provideZonelessChangeDetection()] });

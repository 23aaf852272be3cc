import { mount } from 'svelte';
import 'sharewise/define.js';
import Story from './Story.svelte';

mount(Story, { target: document.getElementById('app') });

import { createApp } from 'vue';
import 'sharewise/define.js';
import Story from './Story.vue';

createApp(Story).mount('#app');

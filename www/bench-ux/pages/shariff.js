import 'shariff/dist/shariff.complete.css';
import 'shariff/dist/shariff.complete.js';

document.documentElement.dataset.ready = '';

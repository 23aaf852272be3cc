import 'sharewise/define.js';
import { content, viewer } from '../post.js';

Object.assign(document.querySelector('share-sheet'), { content, viewer });

import { init } from 'shareon';
import 'shareon/css';

init();
document.documentElement.dataset.ready = '';

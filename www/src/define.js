/**
 * Registers `<share-sheet>` and `<share-button>`. Importing it twice, or beside
 * another copy, is harmless; on a server it does nothing.
 *
 * @module
 */
import { ShareButtonElement } from './share-button.js';
import { ShareSheetElement } from './share-sheet.js';

ShareSheetElement.define();
ShareButtonElement.define();

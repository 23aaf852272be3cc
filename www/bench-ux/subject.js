/**
 * The content that every page shares.
 *
 * @module
 */
export const url = 'https://lamha.example/@lina/video/7110';
export const title = 'Sunset over the old harbour';
export const text = 'Tonight’s sky';

/** What a Vite before 8 needs to be told. */
export default { optimizeDeps: { exclude: ['sharewise'] } };

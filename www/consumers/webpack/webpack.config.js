export default {
	mode: 'production',
	entry: './main.js',
	output: {
		path: new URL('dist', import.meta.url).pathname,
		publicPath: 'auto',
		module: true,
		filename: '[name].js',
		chunkFilename: '[name].js',
	},
	experiments: { outputModule: true },
	devServer: {
		static: import.meta.dirname,
		devMiddleware: { publicPath: '/dist/' },
	},
};

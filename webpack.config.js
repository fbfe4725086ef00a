const path = require("node:path");
const CopyWebpackPlugin = require("copy-webpack-plugin");
const HtmlWebpackPlugin = require("html-webpack-plugin");
const MiniCssExtractPlugin = require("mini-css-extract-plugin");
const MinimizerPlugin = require("minimizer-webpack-plugin");

const typescript = {
  test: /\.tsx?$/,
  exclude: /node_modules/,
  use: {
    loader: "swc-loader",
    options: {
      jsc: {
        target: "es2022",
        parser: { syntax: "typescript", tsx: true },
        transform: { react: { runtime: "automatic" } },
      },
    },
  },
};
const resolve = { extensions: [".tsx", ".ts", ".js"] };
const cache = {
  type: "filesystem",
  cacheDirectory: path.resolve(__dirname, "node_modules/.cache/webpack"),
};

/** What ships: the add-in's page, its functions and its worker. */
const addin = {
  name: "addin",
  cache,
  devtool: "source-map",
  entry: { addin: ["./src/functions/functions.ts", "./src/taskpane/index.ts"] },
  output: {
    path: path.resolve(__dirname, "dist"),
    filename: "[name].[contenthash:8].js",
    clean: true,
  },
  resolve,
  module: { rules: [typescript] },
  plugins: [
    new HtmlWebpackPlugin({
      filename: "taskpane.html",
      template: "src/taskpane/taskpane.html",
      scriptLoading: "blocking",
      inject: "head",
    }),
    new CopyWebpackPlugin({
      patterns: [
        { from: "assets", to: "assets", globOptions: { ignore: ["**/pictures/**"] } },
        { from: "src/functions/*.json", to: "[name][ext]" },
      ],
    }),
  ],
  // swc makes the same bundles as terser in a third of the time, and it is here for TypeScript anyway.
  optimization: {
    minimizer: [new MinimizerPlugin({ minify: MinimizerPlugin.swcMinify })],
  },
  performance: { hints: false },
};

/** Node programs: built, since Node 20 reads no TypeScript. */
const node = (name, entry) => ({
  name,
  cache,
  target: "node20",
  devtool: "source-map",
  entry: { [name]: entry },
  output: { path: path.resolve(__dirname, "build"), filename: "[name].cjs" },
  resolve,
  module: { rules: [typescript] },
  optimization: { minimize: false },
  performance: { hints: false },
});

/** The stage: Excel's part, played in a page. Never shipped, so never minified. */
const workbench = {
  name: "workbench",
  cache,
  devtool: false,
  entry: { workbench: "./src/workbench/main.ts" },
  output: { path: path.resolve(__dirname, "build/workbench"), filename: "[name].js", clean: true },
  resolve,
  module: {
    rules: [typescript, { test: /\.css$/, use: [MiniCssExtractPlugin.loader, "css-loader"] }],
  },
  plugins: [
    new MiniCssExtractPlugin(),
    new HtmlWebpackPlugin({ filename: "index.html", template: "src/workbench/index.html" }),
  ],
  optimization: { minimize: false, splitChunks: false },
  performance: { hints: false },
};

module.exports = [
  addin,
  node("companion", "./src/companion/main.ts"),
  node("sandbox", "./src/sandbox/main.ts"),
  node("simulation", "./src/simulation/main.ts"),
  workbench,
];

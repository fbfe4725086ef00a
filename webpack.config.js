const { createHash } = require("node:crypto");
const { readFileSync } = require("node:fs");
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
      // Behind the outline, so that it is painted before they run; Office.js comes first, in the head.
      scriptLoading: "blocking",
      inject: "body",
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

const pageFolder = path.resolve(__dirname, "src/verify/page");

/** The page as one file: script and style stand in it, and its policy allows those two alone. */
function onePage({ compilation }) {
  const source = compilation.getAsset("verify.js").source.source().toString();
  const script = source.replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--");
  const style = readFileSync(path.join(pageFolder, "page.css"), "utf8");
  const hashOf = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; ");
  const written = {
    '<meta name="policy" />': `<meta http-equiv="Content-Security-Policy" content="${policy}" />`,
    '<link rel="stylesheet" href="page.css" />': `<style>${style}</style>`,
    '<script src="main.ts"></script>': `<script>${script}</script>`,
  };
  return Object.entries(written).reduce(
    (html, [tag, text]) => html.replace(tag, () => text),
    readFileSync(path.join(pageFolder, "page.html"), "utf8"),
  );
}

/** The page that checks stock proofs, sent from person to person. */
const verifyPage = {
  name: "verifyPage",
  cache,
  devtool: false,
  entry: { verify: "./src/verify/page/main.ts" },
  output: { path: path.resolve(__dirname, "build/verify"), filename: "[name].js", clean: true },
  resolve,
  module: { rules: [typescript] },
  plugins: [
    new HtmlWebpackPlugin({
      filename: "verify.html",
      templateContent: onePage,
      inject: false,
      minify: false,
    }),
  ],
  optimization: {
    minimizer: [new MinimizerPlugin({ minify: MinimizerPlugin.swcMinify })],
  },
  performance: { hints: false },
};

module.exports = [
  addin,
  node("companion", "./src/companion/main.ts"),
  node("sandbox", "./src/sandbox/main.ts"),
  node("simulation", "./src/simulation/main.ts"),
  node("verify", "./src/verify/main.ts"),
  verifyPage,
  workbench,
];

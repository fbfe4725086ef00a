/** A bundle of one TypeScript file, for pages and programs that belong to a test. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import webpack from "webpack";

const project = resolve(__dirname, "..", "..");

export async function bundle(entry: string, target: "web" | "node20" = "web"): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "streamstock-bundle-"));
  try {
    await new Promise<void>((done, fail) => {
      webpack(
        {
          mode: "production",
          target,
          context: project,
          entry: resolve(project, entry),
          output: { path: folder, filename: "bundle.js" },
          resolve: { extensions: [".tsx", ".ts", ".js"] },
          // What comes later in the product is in the one file here.
          plugins: [new webpack.optimize.LimitChunkCountPlugin({ maxChunks: 1 })],
          devtool: false,
          performance: { hints: false },
          module: {
            rules: [
              {
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
              },
            ],
          },
        },
        (error, stats) => {
          const problem =
            error?.message ?? (stats?.hasErrors() ? stats.toString("errors-only") : "");
          if (problem === "") done();
          else fail(new Error(problem));
        },
      );
    });
    return readFileSync(join(folder, "bundle.js"), "utf8");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

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
          resolve: { extensions: [".ts", ".js"] },
          devtool: false,
          performance: { hints: false },
          module: {
            rules: [
              {
                test: /\.ts$/,
                exclude: /node_modules/,
                use: {
                  loader: "swc-loader",
                  options: { jsc: { target: "es2022", parser: { syntax: "typescript" } } },
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

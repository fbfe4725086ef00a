import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { expectedSignature } from "../../src/sandbox/tiktok/signature";
import { describeWithSpecs, specs } from "./shared";

interface Vector {
  readonly kind: string;
  readonly app_secret: string;
  readonly path: string;
  readonly query: Record<string, string>;
  readonly body?: string;
  readonly sign: string;
}

describeWithSpecs("the sandbox's TikTok signature", () => {
  test("reproduces every published and computed vector", () => {
    const file = readFileSync(join(specs, "tiktok/sign_vectors.json"), "utf8");
    const { vectors } = JSON.parse(file) as { vectors: Vector[] };
    expect(vectors.length).toBeGreaterThanOrEqual(5);
    for (const vector of vectors) {
      const signature = expectedSignature(vector.app_secret, {
        path: vector.path,
        query: [...Object.entries(vector.query), ["sign", "left out"], ["access_token", "too"]],
        body: vector.body ?? "",
        contentType: "application/json",
      });
      expect({ kind: vector.kind, sign: signature }).toEqual({
        kind: vector.kind,
        sign: vector.sign,
      });
    }
  });
});

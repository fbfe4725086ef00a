/** eBay's own contracts as judges: does a request, or an answer, fit what they describe? */
import Ajv, { type ValidateFunction } from "ajv";
import type { OutgoingRequest } from "../../../src/channels/http/channel-auth";
import { readSpec } from "../../support/reference-specs";

type Json = ReturnType<typeof JSON.parse>;

interface Operation {
  readonly parameters?: readonly { name: string; in: string; required?: boolean }[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Json };
  readonly responses: Record<string, { readonly content?: Json }>;
}

const files = ["ebay/sell_inventory_v1_oas3.json", "ebay/sell_fulfillment_v1_oas3.json"] as const;

/** eBay's schemas name no field that is required and forbid none: here a field they do not know is wrong. */
function closed(node: Json): Json {
  if (Array.isArray(node)) return node.map(closed);
  if (typeof node !== "object" || node === null) return node;
  const copy = Object.fromEntries(Object.entries(node).map(([key, at]) => [key, closed(at)]));
  return typeof node.properties === "object" && node.type === "object"
    ? { ...copy, additionalProperties: false }
    : copy;
}

export interface Contract {
  /** What is wrong with a request, in words; none: it fits. */
  faultsOf(request: OutgoingRequest): string[];
  /** What is wrong with an answer to that request. */
  answerFaults(request: OutgoingRequest, status: number, body: string): string[];
  /** An answer with every field of the contract in it. */
  fullAnswer(path: string, method: string): Json;
  /** Sample texts anywhere in the contracts. */
  readonly samples: number;
}

export function ebayContract(): Contract {
  const documents = files.map((file) => readSpec(file));
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  documents.forEach((document, n) =>
    ajv.addSchema({ components: closed(document.components) }, `doc${n}`),
  );
  const compiled = new Map<string, ValidateFunction>();

  function check(document: number, schema: Json, value: unknown): string[] {
    const ref = `doc${document}${schema.$ref}`;
    const validate = compiled.get(ref) ?? ajv.compile({ $ref: ref });
    compiled.set(ref, validate);
    if (validate(value)) return [];
    return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
  }

  function find(url: URL, method: string) {
    for (const [n, document] of documents.entries()) {
      const base: string = document.servers[0].variables.basePath.default;
      if (!url.pathname.startsWith(`${base}/`)) continue;
      const path = url.pathname.slice(base.length);
      // A fixed path goes before one with a parameter: /offer/publish_by... is no offer's id.
      const templates = Object.keys(document.paths).sort(
        (a, b) => a.split("{").length - b.split("{").length,
      );
      for (const template of templates) {
        const pattern = new RegExp(`^${template.replace(/\{\w+\}/g, "[^/]+")}$`);
        const operation = document.paths[template][method.toLowerCase()] as Operation | undefined;
        if (pattern.test(path) && operation !== undefined) return { n, operation, document };
      }
    }
    return null;
  }

  function full(document: Json, schema: Json, depth = 0): Json {
    if (schema.$ref !== undefined) {
      const name = schema.$ref.split("/").at(-1) as string;
      return depth > 12 ? {} : full(document, document.components.schemas[name], depth + 1);
    }
    if (schema.type === "array") return [full(document, schema.items, depth + 1)];
    if (schema.type === "integer" || schema.type === "number") return 200;
    if (schema.type === "boolean") return true;
    if (schema.type === "string") return "text";
    const fields = Object.entries<Json>(schema.properties ?? {}).map(([name, of]) => [
      name,
      of.type === "string" && /date/i.test(name)
        ? "2026-11-23T10:00:00.000Z"
        : full(document, of, depth + 1),
    ]);
    return Object.fromEntries(fields);
  }

  return {
    samples: documents.reduce(
      (sum, document) =>
        sum + (JSON.stringify(document).match(/"(x-)?(example|sample)s?":/g) ?? []).length,
      0,
    ),
    faultsOf({ url: text, method, headers, body }) {
      const url = new URL(text);
      const found = find(url, method);
      if (found === null) return [`${method} ${url.pathname} is not in the contracts`];
      const { operation, n } = found;
      const parameters = operation.parameters ?? [];
      const named = (place: string) =>
        parameters.filter((parameter) => parameter.in === place).map(({ name }) => name);
      const faults = [...url.searchParams.keys()]
        .filter((key) => !named("query").includes(key))
        .map((key) => `query ${key} is not in the contract`);
      const sent = new Set([
        ...Object.keys(headers).map((name) => name.toLowerCase()),
        ...url.searchParams.keys(),
      ]);
      for (const { name, in: place, required } of parameters) {
        if (required !== true || place === "path") continue;
        if (!sent.has(place === "header" ? name.toLowerCase() : name))
          faults.push(`${place} ${name} is missing`);
      }
      const content = operation.requestBody?.content["application/json"];
      if (content === undefined && body !== null) faults.push("a body that nobody expects");
      if (operation.requestBody?.required === true && body === null) faults.push("no body");
      if (content !== undefined && body !== null)
        faults.push(...check(n, content.schema, JSON.parse(body)));
      return faults;
    },
    answerFaults({ url, method }, status, body) {
      const found = find(new URL(url), method);
      if (found === null) return ["no such operation"];
      const described = found.operation.responses[String(status)];
      if (described === undefined) return [`HTTP ${status} is not in the contract`];
      // A 207 has no schema of its own; it is the 200 with other numbers in its rows.
      const of = status === 207 ? found.operation.responses["200"] : described;
      const schema = of?.content?.["application/json"]?.schema;
      if (schema === undefined) return [];
      return check(found.n, schema, JSON.parse(body));
    },
    fullAnswer(path, method) {
      const found = find(new URL(`https://api.ebay.com${path}`), method);
      if (found === null) throw new Error(`${method} ${path}`);
      return full(
        found.document,
        found.operation.responses["200"]?.content["application/json"].schema,
      );
    },
  };
}

/**
 * Holds requests and replies against an official Swagger 2.0 model: method, path, query parameters
 * (none unknown, none missing, types, enumerations, lists), body. Answers what is wrong in words.
 */
import Ajv, { type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import { readSpec } from "./reference-specs";

interface Parameter {
  readonly name: string;
  readonly in: "query" | "path" | "body" | "header";
  readonly required?: boolean;
  readonly type?: string;
  readonly schema?: object;
  readonly [more: string]: unknown;
}

interface StaticCase {
  readonly request: { readonly parameters: Record<string, { readonly value: unknown }> };
  readonly response: unknown;
}

interface Operation {
  readonly operationId: string;
  readonly parameters: readonly Parameter[];
  readonly responses: Record<
    string,
    { readonly schema?: object; readonly "x-amzn-api-sandbox"?: { readonly static: StaticCase[] } }
  >;
}

export interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

export class Swagger {
  readonly #paths: Record<string, Record<string, Operation>>;
  readonly #ajv: Ajv;

  constructor(spec: string) {
    const model = readSpec(spec);
    this.#paths = model.paths;
    this.#ajv = new Ajv({ strict: false, allErrors: true });
    addFormats(this.#ajv);
    this.#ajv.addSchema({ $id: "model", definitions: model.definitions });
  }

  /** The operation that a request reaches; null: none of this model. */
  operation(method: string, pathname: string): { id: string; path: string } | null {
    const found = this.#find(method, pathname);
    return found === null ? null : { id: found.operation.operationId, path: found.path };
  }

  /** What is wrong with a request; empty: nothing. */
  requestFaults({ method, url, headers, body }: Sent): string[] {
    const { pathname, searchParams } = new URL(url);
    const found = this.#find(method, pathname);
    if (found === null) return [`${method} ${pathname}: no such operation`];
    const { parameters } = found.operation;
    const faults: string[] = [];
    for (const [name] of searchParams) {
      if (!parameters.some((one) => one.in === "query" && one.name === name))
        faults.push(`${name}: no such parameter`);
      if (searchParams.getAll(name).length > 1) faults.push(`${name}: comes twice`);
    }
    for (const parameter of parameters) {
      const { name, required = false } = parameter;
      if (parameter.in === "query") {
        const text = searchParams.get(name);
        if (text === null && required) faults.push(`${name}: is missing`);
        if (text !== null) faults.push(...this.#valueFaults(parameter, text));
      }
      if (parameter.in === "body") {
        if (body === null) faults.push(...(required ? ["body: is missing"] : []));
        else faults.push(...this.#bodyFaults(parameter.schema, body, headers));
      }
    }
    if (body !== null && !parameters.some((one) => one.in === "body")) faults.push("body: unasked");
    return faults;
  }

  /** What is wrong with a reply, also that its status is not one of the operation's. */
  replyFaults(method: string, url: string, status: number, body: unknown): string[] {
    const found = this.#find(method, new URL(url).pathname);
    if (found === null) return ["no such operation"];
    const reply = found.operation.responses[String(status)];
    if (reply === undefined) return [`${status}: no such reply`];
    return reply.schema === undefined ? [] : this.#schemaFaults(reply.schema, body);
  }

  /** The static sandbox cases of an operation: [HTTP status, parameters, reply]. */
  staticCases(operationId: string): [number, StaticCase["request"]["parameters"], unknown][] {
    const operation = Object.values(this.#paths)
      .flatMap((path) => Object.values(path))
      .find((one) => one.operationId === operationId);
    return Object.entries(operation?.responses ?? {}).flatMap(([status, reply]) =>
      (reply["x-amzn-api-sandbox"]?.static ?? []).map(
        (one): [number, StaticCase["request"]["parameters"], unknown] => [
          Number(status),
          one.request.parameters,
          one.response,
        ],
      ),
    );
  }

  #find(method: string, pathname: string): { operation: Operation; path: string } | null {
    for (const [path, operations] of Object.entries(this.#paths)) {
      const pattern = path.replace(/[.]/g, "\\.").replace(/\{\w+\}/g, "[^/]+");
      const operation = operations[method.toLowerCase()];
      if (operation !== undefined && new RegExp(`^${pattern}$`).test(pathname))
        return { operation, path };
    }
    return null;
  }

  #valueFaults(parameter: Parameter, text: string): string[] {
    const { name } = parameter;
    // A parameter's own words are no words of a schema.
    const schema: Record<string, unknown> = { ...parameter, in: undefined, required: undefined };
    const value =
      schema["type"] === "array"
        ? text.split(",")
        : schema["type"] === "integer" && /^\d+$/.test(text)
          ? Number(text)
          : text;
    return this.#schemaFaults(schema, value).map((fault) => `${name}: ${fault}`);
  }

  #bodyFaults(
    schema: object | undefined,
    body: string,
    headers: Readonly<Record<string, string>>,
  ): string[] {
    const type = headers["content-type"] ?? "none";
    const faults = type.startsWith("application/json") ? [] : [`content-type: ${type}`];
    return [...faults, ...this.#schemaFaults(schema ?? {}, JSON.parse(body))];
  }

  #schemaFaults(schema: object, value: unknown): string[] {
    const check = this.#compiled(schema);
    if (check(value) === true) return [];
    return (check.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
  }

  #compiled(schema: object): ValidateFunction {
    const text = JSON.stringify(schema).replaceAll('"#/definitions/', '"model#/definitions/');
    return this.#ajv.compile(JSON.parse(text));
  }
}

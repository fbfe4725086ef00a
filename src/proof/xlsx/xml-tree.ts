/** A small XML part as a tree, by the reader that the imports have: no document type, no entities. */
import { attributesOf, XmlReader, type XmlFault } from "../../channels/exports/xml-reader";
import { err, ok, type Result } from "../../base/result";

export interface XmlNode {
  /** Without its prefix. */
  readonly name: string;
  /** With their prefixes, as they are written. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlNode[];
  /** Its own text, without its children's. */
  readonly text: string;
}

interface OpenNode extends XmlNode {
  readonly children: OpenNode[];
  text: string;
}

const newNode = (name: string, attributes: ReadonlyMap<string, string>): OpenNode => ({
  name,
  attributes,
  children: [],
  text: "",
});

export function parseXml(text: string): Result<XmlNode, XmlFault> {
  const root = newNode("", new Map());
  const open: OpenNode[] = [root];
  const reader = new XmlReader({
    open: (name, tag) => {
      const node = newNode(name, attributesOf(tag));
      open.at(-1)?.children.push(node);
      open.push(node);
    },
    close: () => void open.pop(),
    text: (more) => {
      const node = open.at(-1);
      if (node !== undefined) node.text += more;
    },
  });
  const fault = reader.push(text) ?? reader.end();
  const [top] = root.children;
  return fault === null && top !== undefined ? ok(top) : err(fault ?? "broken_file");
}

export function childrenOf(node: XmlNode | null, name: string): readonly XmlNode[] {
  return node?.children.filter((child) => child.name === name) ?? [];
}

export function childOf(node: XmlNode | null, name: string): XmlNode | null {
  return node?.children.find((child) => child.name === name) ?? null;
}

/** The first of the names that occurs anywhere below. */
export function findBelow(node: XmlNode, names: ReadonlySet<string>): string | null {
  for (const child of node.children) {
    const found = names.has(child.name) ? child.name : findBelow(child, names);
    if (found !== null) return found;
  }
  return null;
}

/** "1" and "true" (XML Schema's boolean). */
export function isTrue(value: string | undefined): boolean {
  return value === "1" || value === "true";
}

/** Elements from words. Texts are set as texts: nothing that a file says can become markup. */

type Child = Node | string;

export type Attributes = Readonly<Record<string, string | undefined>>;

export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

export function button(text: string, onClick: () => void): HTMLButtonElement {
  const made = element("button", { type: "button" }, text);
  made.addEventListener("click", onClick);
  return made;
}

export function list(items: readonly string[]): HTMLUListElement {
  return element("ul", {}, ...items.map((item) => element("li", {}, item)));
}

const SVG = "http://www.w3.org/2000/svg";

/** A drawing of lines in a field of 48 by 48; hidden from those who hear the page. */
export function drawing(lines: readonly string[]): SVGSVGElement {
  const made = document.createElementNS(SVG, "svg");
  made.setAttribute("viewBox", "0 0 48 48");
  made.setAttribute("class", "sign");
  made.setAttribute("aria-hidden", "true");
  for (const line of lines) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", line);
    made.append(path);
  }
  return made;
}

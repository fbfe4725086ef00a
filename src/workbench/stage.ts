/** The page around grid and add-in: header, splitter, and the words that tell how it is going. */
import { languageNames, languages, type Language, type Words, wordsIn } from "./words";

const PANE_MIN = 320;
const PANE_MAX = 720;

export interface StageActions {
  /** A new workbook in place of this one. */
  anew(): void;
  reload(): void;
  save(): Promise<void>;
  /** A workbook from a file in place of this one. */
  open(file: File): Promise<void>;
}

export interface Stage {
  readonly grid: HTMLElement;
  readonly pane: HTMLElement;
  titled(workbook: string, addin: string): void;
  connected(): void;
  failed(reason: string): void;
  focusTools(): void;
  /** What a function says of the error in the selected cell; null = nothing. */
  noted(message: string | null): void;
}

function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  className: string,
  text = "",
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

function slot(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page has no #${id}`);
  return found;
}

function languageSelect(language: Language): HTMLElement {
  const label = element("label", "language");
  label.title = wordsIn(language).language;
  const select = element("select", "control");
  select.setAttribute("aria-label", wordsIn(language).language);
  for (const one of languages) {
    const option = element("option", "", languageNames[one]);
    option.value = one;
    option.selected = one === language;
    select.append(option);
  }
  select.addEventListener("change", () => {
    const url = new URL(location.href);
    url.searchParams.set("lang", select.value);
    location.assign(url);
  });
  label.append(select);
  return label;
}

function makeResizable(splitter: HTMLElement, pane: HTMLElement): void {
  const resize = (width: number) => {
    const bounded = Math.min(PANE_MAX, Math.max(PANE_MIN, width));
    pane.style.width = `${bounded}px`;
    window.dispatchEvent(new Event("resize"));
  };
  splitter.addEventListener("pointerdown", (event) => {
    splitter.setPointerCapture(event.pointerId);
    document.body.classList.add("resizing");
  });
  splitter.addEventListener("pointermove", (event) => {
    if (splitter.hasPointerCapture(event.pointerId)) resize(window.innerWidth - event.clientX);
  });
  splitter.addEventListener("pointerup", () => document.body.classList.remove("resizing"));
  splitter.addEventListener("keydown", (event) => {
    if (event.key === "ArrowLeft") resize(pane.offsetWidth + 16);
    if (event.key === "ArrowRight") resize(pane.offsetWidth - 16);
  });
}

/** A workbook's mark: a sheet with a header row, in the colour of the header. */
const LOGO =
  '<svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true"><rect x="1.5" y="2.5" width="17" height="15" rx="2.5" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="M1.5 7h17M7 7v10.5M1.5 12h17" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="M2 7V5a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2v2z" fill="currentColor" opacity=".45"/></svg>';

function openButton(words: Words, actions: StageActions): HTMLElement {
  const button = element("button", "control", words.open);
  button.title = words.openHint;
  const chooser = element("input", "");
  chooser.type = "file";
  chooser.accept = ".xlsx";
  chooser.hidden = true;
  chooser.addEventListener("change", () => {
    const [file] = chooser.files ?? [];
    chooser.value = "";
    if (file !== undefined) void actions.open(file);
  });
  button.addEventListener("click", () => chooser.click());
  const both = element("span", "opener");
  both.append(button, chooser);
  return both;
}

export function setStage(language: Language, actions: StageActions): Stage {
  const words = wordsIn(language);
  document.documentElement.lang = language;
  document.title = words.product;

  const logo = element("span", "logo");
  logo.innerHTML = LOGO;
  const workbook = element("span", "workbook");
  const brand = element("div", "brand");
  brand.append(logo, element("strong", "product", words.product), workbook);

  const state = element("span", "state", words.starting);
  const addin = element("span", "addin");
  const reload = element("button", "control", words.reload);
  reload.addEventListener("click", () => {
    setState(words.starting, "starting");
    actions.reload();
  });
  const anew = element("button", "control", words.anew);
  anew.title = words.anewHint;
  anew.addEventListener("click", () => actions.anew());
  const save = element("button", "control primary", words.save);
  save.addEventListener("click", () => {
    save.disabled = true;
    save.textContent = words.saving;
    void actions.save().finally(() => {
      save.disabled = false;
      save.textContent = words.save;
    });
  });
  const tools = element("div", "tools");
  tools.append(state, languageSelect(language), anew, openButton(words, actions), reload, save);
  slot("header").append(brand, element("span", "promise", words.promise), tools);

  const pane = slot("pane");
  const title = element("div", "pane-title");
  title.append(addin);
  pane.append(title);
  makeResizable(slot("splitter"), pane);

  const setState = (text: string, kind: string) => {
    state.textContent = text;
    state.dataset["kind"] = kind;
  };
  setState(words.starting, "starting");
  const grid = slot("grid");
  const note = element("div", "cell-note");
  note.setAttribute("role", "status");
  note.hidden = true;
  grid.after(note);
  return {
    grid,
    noted(message) {
      note.hidden = message === null;
      if (note.textContent !== (message ?? "")) note.textContent = message ?? "";
    },
    pane,
    titled(book, name) {
      workbook.textContent = `${book}.xlsx`;
      addin.textContent = name === "" ? words.pane : name;
    },
    connected: () => setState(words.ready, "ready"),
    focusTools: () => reload.focus(),
    failed(reason) {
      setState(words.failed, "failed");
      state.title = reason;
    },
  };
}

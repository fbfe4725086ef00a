/**
 * The add-in's iframe and its conversation with the host, as the parent frame of Excel on the web
 * holds it (workbench.md 1). Transport and handshake only: what a call means is the host's affair.
 * The library decides by itself whether to trust this origin; on plain http it asks the person.
 */
import type { Language } from "../words";
import { appContext } from "./app-context";
import {
  actionType,
  answer,
  eventMessage,
  type ExecuteData,
  parseExecute,
  parseRequest,
  type XdmRequest,
} from "./message";

export interface AddinHost {
  /** A page has connected, the first or a reloaded one: whatever an earlier one held is gone. */
  connected(): void;
  /** One rich-API batch, as JSON text; resolves to the JSON text of its answer. */
  runBatch(body: string): Promise<string>;
  saveSettings(properties: readonly (readonly [string, string])[]): void;
  settings(): ReadonlyMap<string, string>;
  /** Tab, Esc or F6 wants out of the page: the library keeps these keys and asks the host to act. */
  leftByKeyboard(): void;
}

const dispatch = { loadSettings: 75, saveSettings: 76, richApi: 93 } as const;
/** Flags of the host information: shared runtime (1) with custom functions (2). */
const SHARED_RUNTIME_WITH_FUNCTIONS = 3;

/** Notifications by which the library hands the keyboard back: 13 to 18 are its ways out. */
function isExit(data: unknown): boolean {
  const action: unknown = Array.isArray(data) ? data[1] : undefined;
  return typeof action === "number" && action >= 13 && action <= 18;
}

export class AddinFrame {
  readonly element: HTMLIFrameElement;
  readonly #host: AddinHost;
  readonly #language: Language;
  readonly #controlId: string;
  readonly #subscriptions = new Map<string, XdmRequest>();
  /** Counts the pages that connected, so that no page gets an answer meant for the one before it. */
  #page = 0;

  constructor(url: string, language: Language, host: AddinHost) {
    this.#host = host;
    this.#language = language;
    this.#controlId = crypto.randomUUID();
    this.element = document.createElement("iframe");
    // The name has to stand before the frame enters the document: the library reads it at its start.
    this.element.name = JSON.stringify({
      baseFrameName: "addin",
      hostInfo: `Excel|Web|16.01|${language}|${crypto.randomUUID()}|||${SHARED_RUNTIME_WITH_FUNCTIONS}`,
      xdmInfo: `${crypto.randomUUID()}|${this.#controlId}|${location.origin}/`,
      serializerVersion: "1",
    });
    this.element.src = url;
    this.element.allow = "clipboard-read; clipboard-write";
    window.addEventListener("message", (event) => {
      if (event.source !== this.element.contentWindow) return;
      const request = parseRequest(event.data);
      if (request !== null) void this.#receive(request);
    });
  }

  reload(): void {
    this.element.contentWindow?.location.reload();
  }

  /** Sends an event to the page, if it has asked for it. */
  raise(event: string, data: unknown): void {
    const subscription = this.#subscriptions.get(event);
    if (subscription !== undefined) this.#post(eventMessage(subscription, data));
  }

  #post(message: string): void {
    this.element.contentWindow?.postMessage(message, location.origin);
  }

  async #receive(request: XdmRequest): Promise<void> {
    if (request._actionName === "ContextActivationManager_getAppContextAsync") this.#connect();
    const page = this.#page;
    try {
      const data = await this.#handle(request);
      if (page === this.#page) this.#post(answer(request, data));
    } catch (error) {
      console.error(`The workbench could not answer ${request._actionName}`, error);
      if (page === this.#page) this.#post(answer(request, null, -2));
    }
  }

  #connect(): void {
    this.#page += 1;
    this.#subscriptions.clear();
    this.#host.connected();
  }

  async #handle(request: XdmRequest): Promise<unknown> {
    if (request._actionType === actionType.registerEvent) {
      this.#subscriptions.set(request._actionName, request);
      return { Error: 0 };
    }
    if (request._actionType === actionType.unregisterEvent) {
      this.#subscriptions.delete(request._actionName);
      return { Error: 0 };
    }
    switch (request._actionName) {
      case "ContextActivationManager_getAppContextAsync":
        return appContext({
          controlId: this.#controlId,
          language: this.#language,
          origin: location.origin,
          settings: this.#host.settings(),
        });
      case "ContextActivationManager_notifyHost":
        if (isExit(request._data)) this.#host.leftByKeyboard();
        return null;
      case "executeMethod":
        return this.#execute(parseExecute(request._data));
      default:
        console.error(`The workbench does not know the host call ${request._actionName}`);
        return { Version: 1, Error: 5000 };
    }
  }

  async #execute(data: ExecuteData | null): Promise<unknown> {
    switch (data?.DdaMethod.DispatchId) {
      case dispatch.richApi: {
        const body = data.ArrayData?.[4];
        if (typeof body !== "string") return { Version: 1, Error: 5000 };
        const result = await this.#host.runBatch(body);
        return { Version: 1, Error: 0, Data: [200, ["Content-Type", "application/json"], result] };
      }
      case dispatch.saveSettings:
        this.#host.saveSettings(data.DdaSettingsMethod?.Properties ?? []);
        return { Version: 1, Error: 0 };
      case dispatch.loadSettings:
        return { Version: 1, Error: 0, Data: { Properties: [...this.#host.settings()] } };
      default:
        console.error(`The workbench has no method ${data?.DdaMethod.DispatchId ?? "?"}`);
        return { Version: 1, Error: 5000 };
    }
  }
}

/** Puts the object model together over a workbook, and answers the page's batches with it. */
import type { WorkbookBackend } from "../backend/backend";
import { eventSource, type SendEntries } from "./events";
import { Executor } from "./executor";
import type { Host } from "./host";
import { HostObject } from "./host-object";
import { chartsClass } from "./objects/charts";
import { conditionalFormatsClass } from "./objects/conditional-formats";
import { dataValidationClass } from "./objects/data-validation";
import { namesClass } from "./objects/names";
import { rangeClass } from "./objects/range";
import { rangeFormatClass } from "./objects/range-format";
import { type FunctionsPort, type RuntimeState, serviceNamed } from "./objects/services";
import { scopedTablesClass, tableAround, tableClass, tablesClass } from "./objects/tables";
import { settingsClass, workbookClass } from "./objects/workbook";
import { worksheetClass, worksheetsClass } from "./objects/worksheets";

export interface WorkbookHostPorts {
  readonly functions: FunctionsPort;
  /** Sends entries of a richApiMessage event to the page. */
  readonly send: SendEntries;
  thisYear(): number;
}

function createHost(backend: WorkbookBackend, thisYear: () => number): Host {
  const host: Host = {
    backend,
    thisYear,
    settings: new Map(),
    properties: new Map(),
    protectedSheets: new Set(),
    subscriptions: new Set(),
    state: { calculationMode: "Automatic" },
    make: {
      worksheet: (id) => HostObject.of(worksheetClass, { host, id }),
      worksheets: () => HostObject.of(worksheetsClass, host),
      range: (area) => HostObject.of(rangeClass, { host, area }),
      rangeFormat: (area) => HostObject.of(rangeFormatClass, { host, area }),
      conditionalFormats: (area) => HostObject.of(conditionalFormatsClass, { host, area }),
      dataValidation: (area) => HostObject.of(dataValidationClass, { host, area }),
      charts: (sheet) => HostObject.of(chartsClass, { host, sheet }),
      tables: (sheet) => HostObject.of(tablesClass, { host, sheet, area: null }),
      tablesIn: (area) => HostObject.of(scopedTablesClass, { host, sheet: area.sheet, area }),
      table: (id) => HostObject.of(tableClass, { host, id }),
      names: () => HostObject.of(namesClass, host),
      settings: () => HostObject.of(settingsClass, host),
    },
  };
  return host;
}

export class WorkbookHost {
  readonly #host: Host;
  readonly #executor: Executor;

  constructor(backend: WorkbookBackend, ports: WorkbookHostPorts) {
    this.#host = createHost(backend, () => ports.thisYear());
    const runtime: RuntimeState = { startState: "Inactive", visibility: "Visible" };
    this.#executor = new Executor({
      root: () => HostObject.of(workbookClass, this.#host),
      service: (name) => serviceNamed(name, ports.functions, runtime),
      settled: () => backend.settled(),
    });
    const tableOf = (area: Parameters<typeof tableAround>[1]) => tableAround(this.#host, area);
    backend.listen(
      eventSource(
        this.#host,
        (edit) => tableOf(edit.area)?.id ?? null,
        (entries) => ports.send(entries),
      ),
    );
  }

  /** What Excel keeps in the file beside the cells. */
  get beside(): Pick<Host, "settings" | "protectedSheets"> {
    return this.#host;
  }

  /** A new page: the references and registrations of the one before it are gone. */
  reset(): void {
    this.#executor.reset();
    this.#host.subscriptions.clear();
  }

  run(body: string): Promise<string> {
    return this.#executor.run(body);
  }
}

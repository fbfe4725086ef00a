/**
 * Puts Univer's grid and formula engine into the page. Its own packages are assembled here, since
 * the convenience package that does this also installs parts without a licence.
 */
import "@univerjs/preset-sheets-core/lib/index.css";
import "@univerjs/preset-sheets-table/lib/index.css";
import {
  type Injector,
  type IWorkbookData,
  LocaleType,
  LogLevel,
  mergeLocales,
  toDisposable,
  Univer,
  UniverInstanceType,
} from "@univerjs/core";
import { FUniver } from "@univerjs/core/facade";
import { IRenderManagerService, UniverSheetsCorePreset } from "@univerjs/preset-sheets-core";
import coreEn from "@univerjs/preset-sheets-core/locales/en-US";
import coreZh from "@univerjs/preset-sheets-core/locales/zh-CN";
import { UniverSheetsTablePlugin, UniverSheetsTableUIPlugin } from "@univerjs/preset-sheets-table";
import tableEn from "@univerjs/preset-sheets-table/locales/en-US";
import tableZh from "@univerjs/preset-sheets-table/locales/zh-CN";
import { UniverSheetsSortPlugin } from "@univerjs/sheets-sort";
import type { Language } from "../words";
import { tableTheme } from "./table-theme";

export interface Grid {
  readonly univer: Univer;
  readonly api: FUniver;
  readonly injector: Injector;
}

/** The workbook is put in by `openWorkbook`, after the add-in's functions are known to the engine. */
export function mountGrid(container: HTMLElement, language: Language): Grid {
  const univer = new Univer({
    locale: language === "zh-CN" ? LocaleType.ZH_CN : LocaleType.EN_US,
    locales: {
      [LocaleType.EN_US]: mergeLocales(coreEn, tableEn),
      [LocaleType.ZH_CN]: mergeLocales(coreZh, tableZh),
    },
    logLevel: LogLevel.WARN,
  });
  const presets = [
    UniverSheetsCorePreset({
      container,
      header: true,
      toolbar: false,
      disableAutoFocus: true,
      disableTextFormatAlert: true,
      disableTextFormatMark: true,
      sheets: { disableForceStringAlert: true, disableForceStringMark: true },
      footer: { sheetBar: true, statisticBar: true, menus: false, zoomSlider: true },
    }),
  ];
  for (const preset of presets) {
    for (const plugin of preset.plugins) {
      if (Array.isArray(plugin)) univer.registerPlugin(plugin[0], plugin[1]);
      else univer.registerPlugin(plugin);
    }
  }
  univer.registerPlugin(UniverSheetsTablePlugin, { userThemes: [tableTheme] });
  // The table's own menu sorts by it.
  univer.registerPlugin(UniverSheetsSortPlugin);
  univer.registerPlugin(UniverSheetsTableUIPlugin, { hideAnchor: true });
  const injector = univer.__getInjector();
  leaveOut("ForceStringRenderController", injector.get(IRenderManagerService));
  return { univer, api: FUniver.newAPI(univer), injector };
}

/**
 * Each time a cell with a text is drawn, Univer reads the text as a number and a date to mark it as one,
 * also where its own setting forbids the mark: a quarter of all drawing.
 */
function leaveOut(controller: string, renders: IRenderManagerService): void {
  const register = renders.registerRenderModule.bind(renders);
  renders.registerRenderModule = (type, dependency) => {
    const [{ name }] = dependency as readonly [{ readonly name?: string }];
    return name === controller ? toDisposable(() => undefined) : register(type, dependency);
  };
}

export function openWorkbook(grid: Grid, data: Partial<IWorkbookData>): void {
  grid.univer.createUnit(UniverInstanceType.UNIVER_SHEET, data);
}

/** The few words that the workbench itself says. The add-in's words are the add-in's affair. */
export const languages = ["en-US", "zh-CN"] as const;
export type Language = (typeof languages)[number];

export interface Words {
  readonly product: string;
  readonly promise: string;
  readonly language: string;
  readonly anew: string;
  readonly anewHint: string;
  readonly open: string;
  readonly openHint: string;
  readonly unreadable: string;
  readonly reload: string;
  readonly save: string;
  readonly saving: string;
  readonly pane: string;
  readonly starting: string;
  readonly ready: string;
  readonly failed: string;
}

export const languageNames: Readonly<Record<Language, string>> = {
  "en-US": "English",
  "zh-CN": "简体中文",
};

const words: Readonly<Record<Language, Words>> = {
  "en-US": {
    product: "StreamStock Workbench",
    promise: "Plays Excel; nothing leaves this machine",
    language: "Language",
    anew: "New workbook",
    anewHint: "Closes this workbook without saving and opens a fresh one",
    open: "Open .xlsx",
    openHint: "Closes this workbook without saving and opens one from a file",
    unreadable: "This file is not an .xlsx workbook, or it is protected by a password.",
    reload: "Reload add-in",
    save: "Save .xlsx",
    saving: "Saving …",
    pane: "Add-in",
    starting: "Starting …",
    ready: "Connected",
    failed: "The add-in could not be started",
  },
  "zh-CN": {
    product: "StreamStock 工作台",
    promise: "模拟 Excel；数据不离开本机",
    language: "语言",
    anew: "新建工作簿",
    anewHint: "不保存当前工作簿，重新打开一个",
    open: "打开 .xlsx",
    openHint: "不保存当前工作簿，打开文件里的工作簿",
    unreadable: "这个文件不是 .xlsx 工作簿，或设有密码，无法打开。",
    reload: "重新加载加载项",
    save: "保存 .xlsx",
    saving: "正在保存…",
    pane: "加载项",
    starting: "正在启动…",
    ready: "已连接",
    failed: "加载项未能启动",
  },
};

export function wordsIn(language: Language): Words {
  return words[language];
}

/** Asked for in the address (?lang=), else as the browser speaks. */
export function chosenLanguage(search: string, preferred: readonly string[]): Language {
  const asked = new URLSearchParams(search).get("lang");
  const wish = asked ?? preferred[0] ?? "en-US";
  return wish.toLowerCase().startsWith("zh") ? "zh-CN" : "en-US";
}

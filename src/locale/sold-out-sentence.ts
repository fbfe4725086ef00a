/** What is said on stream when stock ends (requirement 73), in both languages whatever the pane speaks. */
import type { LocaleId } from "./formats";

export const soldOutSentence: Readonly<Record<LocaleId, string>> = {
  en: "This one flew off the shelf and is sold out! We restock tomorrow and will tell everyone.",
  "zh-CN": "商品太火爆，库存已售罄，明天补货后通知大家",
};

import { formatsOf } from "./formats";
import type { SheetMessages } from "./sheet-messages";

const { number, percent } = formatsOf("zh-CN");
const day = new Intl.DateTimeFormat("zh-CN", { day: "numeric", month: "short" });
const moment = new Intl.DateTimeFormat("zh-CN", { dateStyle: "medium", timeStyle: "short" });
const factor = (n: number) => n.toFixed(2).replace(/0$/, "");
const alerts = { yellow: "黄色", orange: "橙色", red: "红色" } as const;

export const zhCnSheets: SheetMessages = {
  sheet: { live: "Live", plan: "直播安排", review: "直播复盘" },

  button: {
    live: "实时库存表",
    plan: "直播安排表",
    review: "直播复盘表",
    reserve: "预留",
    repair: "修复公式",
  },

  notInBook: "账本里没有",
  keptTitle: "这一列由 StreamStock 更新",
  keptText: "这里的数字来自你的店铺。想记东西，请写在表格旁边你自己的列里。",

  planTitle: "接下来的直播",
  planHow:
    "每场直播一行：什么时候、和谁、播哪个 SKU。填好后在右侧窗格点“预留”，计划的库存就会留出来。",
  planColumn: {
    no: "编号",
    start: "开播时间",
    creator: "达人",
    followers: "粉丝数",
    sku: "SKU",
    sold30: "近 30 天销量",
    forecast: "计划备货",
    estimate: "达人预估",
    ask: "3 倍要求",
    guaranteed: "可保证",
    gap: "距 3 倍还差",
    state: "预留",
    deadline: "最晚预留",
  },
  reservation: (state, { units, missing, at }) => {
    switch (state) {
      case "incomplete":
        return "请填开播时间、SKU 和销量";
      case "not_reserved":
        return "未预留";
      case "waiting":
        return at === null ? "已安排" : `已安排，${day.format(at)}自动预留`;
      case "reserved":
        return `${zhCnSheets.reservationStart.reserved} ${number(units)} 件`;
      case "short":
        return `${zhCnSheets.reservationStart.short} ${number(missing)} 件，已预留 ${number(units)} 件`;
      case "released":
        return "已释放";
      case "over":
        return "已结束";
    }
  },
  reservationStart: { reserved: "已预留", short: "还缺" },
  urgency: { in_time: "最晚", due: "该预留了，期限", late: "已超期，期限" },
  deadline: (urgency, dueAt) => `${zhCnSheets.urgency[urgency]} ${day.format(dueAt)}`,
  reserveRefusal: {
    incomplete: "请先填好开播时间、SKU 和计划备货。",
    sku_unknown: "当前账本里没有这个 SKU，请检查拼写。",
    plan_not_whole: "计划备货不是件数，请检查这一行的销量。",
    start_past: "开播时间已经过去，请填下一场的日期。",
    nothing_free: "没有可用库存。请补货，或释放别的预留。",
    already_released: "这笔预留已释放，请另起一行安排这场直播。",
    window_over: "这场直播已结束，下一场请另起一行。",
    fewer: "计划比已预留的少。想重来，请先释放预留。",
  },

  reviewTitle: "直播之后",
  reviewWaiting: "直播结束后，这张表会自动填好。",
  reviewOf: (creator, sku, endedAt) => `${creator} · ${sku} · ${moment.format(endedAt)}结束`,
  reviewFact: {
    planned: "计划备货",
    sold: "直播售出",
    accuracy: "售出占计划",
    stockout: "断货时间占比",
    stockoutMinutes: "断货分钟数",
    demand: "不断货时的需求",
    elsewhere: "其他渠道售出",
    left: "尚未释放",
    oversold: "超卖",
  },
  reviewLowerBound: "至少",
  reviewTarget: "目标：低于 5%",
  reviewVerdict: {
    overstocked: "备货过多。",
    watch_over: "备货略多。",
    reasonable: "备货正合适。",
    watch_short: "备货略少。",
    short: "备货太少。",
    sold_out: "卖断货了：真实需求比售出的更高。",
    no_plan: "这场直播没有计划备货。",
  },
  suggestionTitle: "下一场直播",
  suggestCoefficient: (f, share) =>
    `把这位达人的系数调到现在的 ${factor(f)} 倍：需求只有计划的 ${percent(share)}。`,
  suggestBuffer: (buffer, share) =>
    `把备货安全系数调到 ${factor(buffer)}：需求是计划的 ${percent(share)}。`,
  suggestPlan: (f) => `按 ${factor(f)} 倍备货：这位达人之前也略缺货。`,
  suggestMore: "下次多留一些：卖断货了，到底还能卖多少没人知道。",
  suggestNothing: "不用调整，下一场照样安排。",
  timelineColumn: { minute: "分钟", sold: "已售", stock: "剩余库存", event: "发生了什么" },
  timelineEvent: {
    start: "开播",
    end: "下播",
    soldOut: "断货",
    back: "恢复有货",
    paused: "其他渠道暂停销售",
    resumed: "其他渠道恢复销售",
  },
  timelineAlert: (alert, left) => `${alerts[alert]}预警：剩 ${number(left)} 件`,
  chartTitle: "每分钟的销量与库存",
};

/** 简体中文：直播中要问的话，和各渠道的状况。 */
import { formatsOf } from "./formats";
import type { PaneMessages } from "./pane-messages";

const { number, duration, ago, percent } = formatsOf("zh-CN");
const units = (n: number) => `${number(n)} 件`;
const soon = (ms: number) => (ms <= 0 ? "现在" : `${duration(ms)}后`);
const listings = (n: number) => `${number(n)} 个商品链接`;

export const zhCnPane: PaneMessages = {
  askTitle: (act, left, channelName) =>
    act === "pause_others"
      ? `只剩 ${units(left)}，要暂停其他渠道吗？`
      : `最后 ${units(left)}，要停止在 ${channelName} 销售吗？`,
  askBody: (act) =>
    act === "pause_others"
      ? "剩下的留给直播间。库存恢复后，其他渠道会自动恢复销售。"
      : "直播商品库存将设为 0，保证正在路上的订单能发货。",
  askYes: { pause_others: "暂停", stop_live: "停售" },
  askNo: { pause_others: "继续卖", stop_live: "继续卖" },
  askCountdown: (ms) => `不回答的话，${duration(ms)}后自动执行。`,
  askTimeLeft: "剩余回答时间",
  engineRefusal: {
    ask_over: "晚了一步：已经回答过或已经执行。请看下面的操作记录。",
    case_closed: "这条差异已经结束：已处理，或已自行解释。",
    not_offered: "这个链接现在不能这样处理，请换一种方式。",
    stream_unknown: "这场直播已经不在了，请重新看一下列表。",
    sku_unknown: "当前账本里没有这个 SKU，请检查拼写。",
    listing_unknown: "这个 SKU 在该渠道没有链接，或两个渠道相同，请重新选择。",
    bad_acts: "倒计时要在 1 到 600 秒之间。",
    bad_plan: "有一项填得不对，请改正标出的那一项。",
    not_live: "这项功能用于正式账本，请先在“渠道”里打开。",
    latency_running: "已经有一个测试在进行，请等它结束或停止它。",
    no_latency: "当前没有测试在进行。",
    not_linked:
      "这场直播中，直播渠道卖的是自己的份额，数字不会跟着其他渠道变。请在另外两个渠道之间测试，或在开播前测试。",
  },
  planField: {
    planned: "请填整数，至少 1 件。",
    id: "这场直播已经开始，或属于其他 SKU，请新建计划。",
    startsAt: "请填一个还没到的时间。",
    minutes: "1 到 1440 分钟。",
    followers: "请填 0 或更大的数字。",
    creator: "最多 200 个字。",
    policy: "请从三种里选一种。",
  },

  gap: {
    sleep: (ms) => `电脑休眠了：有 ${duration(ms)} 没有读数`,
    restart: (ms) => `StreamStock 关闭过：有 ${duration(ms)} 没有读数`,
    companion: (ms) => `后台程序断开过：有 ${duration(ms)} 没有读数`,
    lease: (ms) => `另一个窗口在主导：这里有 ${duration(ms)} 没有读数`,
    clock: (ms) => `这台电脑的时钟被调慢了 ${duration(ms)}`,
  },
  gapReading: (names) => `正在重新读取：${names.join("、")}。读完之前，任何数字都不算可售。`,

  pausedNow: {
    title: "其他渠道已暂停",
    next: "它们显示 0，库存恢复或直播结束后会自动恢复销售。",
  },
  stoppedNow: (channelName) => ({
    title: `${channelName} 已停在 0`,
    next: "最后几件留给正在路上的订单。请告诉达人换讲别的商品。",
  }),

  actsTitle: "预警做什么",
  actsHow: "黄色预警永远只提醒。",
  actsForAll: "用于没有单独设置的所有直播。黄色预警永远只提醒。",
  actsOrange: "橙色：暂停其他渠道",
  actsRed: "红色：停售直播商品",
  actsMode: { ask: "先问我", auto: "自动做", tell: "只提醒" },
  actsCountdown: "回答时间（秒）",
  actsSaved: "已保存，从现在起生效。",

  policyTitle: "库存怎么分",
  policyHow: "三种方式此刻会让每个渠道显示多少。",
  policyName: { seed: "经验法", buffer: "按销速", escrow: "直播份额" },
  policyWhat: {
    seed: "各渠道显示同一个数，剩 50 件时暂停其他渠道。",
    buffer: "每个渠道预留下次读数前可能卖掉的数量。",
    escrow: "直播渠道先拿到自己的份额，直播时最稳妥。",
  },
  policyCurrent: "正在使用",
  policyCompare: "比较三种方式",
  policyAgain: "重新比较",
  policyPending: "正在计算…",
  policyNone: "没有可比较的：另一个窗口在主导，或账本里没有这个 SKU。",
  policyPauses: "其他渠道暂停",
  policyStops: "直播商品为 0",
  policyKeeps: "保持不变",
  policySame: "现在没有直播用到这个 SKU，三种方式结果相同。",

  chartLikely: (p50, p90) => `预计总销量 ${number(p50)}，十场里有九场不超过 ${number(p90)}。`,
  chartShort: (chance, need) =>
    need > 0
      ? `卖断货的可能：${percent(chance)}。要稳妥还差约 ${units(need)}。`
      : `卖断货的可能：${percent(chance)}。`,

  endStream: "结束直播",
  endStreamAsk: "最后的订单仍会读取，剩余预留一天后归还。",
  endStreamSure: "是的，已结束",
  endStreamNo: "继续直播",

  driftTitle: "对不上的数字",
  driftNone: "各渠道显示的都与账本一致。",
  driftShows: (channelName, shown, ours) =>
    `${channelName} ${shown === null ? "没有显示数字" : `显示 ${number(shown)}`}，账本${ours === null ? "没有数字" : `是 ${number(ours)}`}`,
  driftBy: (n) => `${n < 0 ? "少" : "多"} ${units(Math.abs(n))}`,
  driftSince: (ms) => `${ago(ms)}发现`,
  driftCauses: "可能的原因，由大到小",
  driftCause: {
    order_not_listed: "渠道还没列出的订单，可能会自行解释。",
    lowered_by_hand: "有人在卖家后台改小了库存。",
    raised_by_hand: "有人在卖家后台改大了库存。",
    cancellation_not_listed: "渠道还没列出的取消订单。",
  },
  driftOverwritten: "它多于实际库存，所以已立即改回。",
  driftChoice: { accept: "以渠道为准", push: "以账本为准", ignore: "都不动" },
  driftEffect: {
    accept: (n) =>
      n < 0
        ? `从账本减去 ${units(-n)}：已在别处卖出或丢失。`
        : `账本增加 ${units(n)}：你已盘点确认。`,
    push: () => "把账本的数字重新发给渠道。",
    ignore: () => "差异不变就什么都不改。",
  },
  driftPending: "正在处理…",

  healthTitle: "各渠道状况",
  healthLastOk: "上次成功",
  healthNext: "下次读取",
  healthEvery: "通常读取间隔",
  healthWrite: "写入耗时",
  healthBacklog: "等待写入",
  healthBudget: "剩余次数",
  healthClock: "渠道时钟",
  healthLastError: "上次错误",
  healthNoError: "还没有",
  healthIn: soon,
  healthCall: { read_stock: "读库存", read_orders: "读订单", write_stock: "写库存" },
  healthCalls: (left, waitMs) => {
    const wait = waitMs <= 0 ? "" : `，${soon(waitMs)}可用`;
    return left === null ? `不计次数${wait}` : `${number(left)} 次${wait}`;
  },
  healthListings: listings,
  healthSkew: (ms) =>
    Math.abs(ms) < 2000 ? "准确" : `${ms > 0 ? "快" : "慢"} ${duration(Math.abs(ms))}`,
  healthErrorAt: ago,
  healthUnknownListings: (n) => `${listings(n)}有订单但没有 SKU，请在上面重新读取商品。`,
  healthLockedListings: (n) => `${listings(n)}被活动锁定，不会写入。`,

  latencyTitle: "速度测试",
  latencyHow: "自己在一个渠道下单 1 件，另一个渠道显示新数字时，秒表停止。",
  latencySku: "商品 SKU",
  latencyFrom: "下单渠道",
  latencyTo: "观察渠道",
  latencyStart: "开始计时",
  latencyStop: "停止测试",
  latencyAgain: "再测一次",
  latencyNeeds: "需要两个渠道在卖同一个 SKU。",
  latencyPhase: {
    waiting: (from, _to, sku) => `现在去 ${from} 下单 1 件 ${sku}。`,
    ordered: (_from, to) => `已看到订单，等待 ${to} 更新数字。`,
    done: (_from, to) => `${to} 已是新数字。`,
    no_change: (_from, to) => `订单到了，但 ${to} 不用改：它预留的更多。请换一个库存更多的 SKU。`,
    expired: () => "15 分钟内没有结果。请检查两个渠道的连接后再试。",
    stopped: () => "测试已停止。",
  },
  latencyVerdict: {
    good: { title: "很好", next: "5 秒以内，可以开播。" },
    pass: { title: "够快", next: "1 分钟以内，建议多预留几件。" },
    fail: { title: "太慢", next: "超过 1 分钟。库存少时不要两边同时卖。" },
  },
  latencyWatch: "秒表",
  latencyCancel: (from) => `请在 ${from} 取消测试订单，它不计入销量。`,

  preflightTitle: "开播前检查",
  preflightRun: "全部检查",
  preflightAgain: "重新检查",
  preflightPending: "正在检查…",
  preflightEmpty: "账本还在打开，请稍后再试。",
  preflightSum: (fail, warn) =>
    fail > 0
      ? `开播前要解决 ${number(fail)} 项`
      : warn > 0
        ? `可以开播，有 ${number(warn)} 项要留意`
        : "一切就绪，可以开播",
  preflightFine: (lines) => `${number(lines)} 项正常`,
  preflightName: {
    connection: "连接",
    budget: "调用次数",
    clock: "时钟",
    listings: "商品链接",
    plan_stock: "计划库存",
    creator_stock: "达人要的 3 倍",
    reservation: "直播预留",
    journal: "安全副本",
    leads: "本窗口",
    gap: "没有中断",
    drift: "数字一致",
    latency: "速度测试",
  },
  preflightLine: {
    connection: (w) =>
      w.n === null
        ? "还没读取过，请在“渠道”里连接。"
        : w.status === "ok"
          ? `${ago(w.n)}读取。`
          : `${ago(w.n)}读取。请等新的读数，或在“渠道”里测试。`,
    budget: (w) =>
      w.n === null
        ? "这里没有次数限制。"
        : w.status === "ok"
          ? `还可写入 ${number(w.n)} 次。`
          : `只剩 ${number(w.n)} 次写入，却有${listings(w.of ?? 0)}。请等下一个时段。`,
    clock: (w) =>
      w.n === null
        ? "还没测量。"
        : w.status === "ok"
          ? "准确。"
          : `相差 ${duration(Math.abs(w.n))}。请让电脑时钟与网络同步。`,
    listings: (w) =>
      w.status === "ok" ? "全部已对应。" : `${listings(w.n ?? 0)}没有 SKU 或在活动中。`,
    plan_stock: (w) =>
      w.status === "ok"
        ? `现有 ${number(w.n ?? 0)}，计划 ${number(w.of ?? 0)}。`
        : `现有 ${number(w.n ?? 0)}，计划 ${number(w.of ?? 0)}。请补货或减少计划。`,
    creator_stock: (w) =>
      w.status === "ok"
        ? `现有 ${number(w.n ?? 0)}，要求 ${number(w.of ?? 0)}。`
        : `现有 ${number(w.n ?? 0)}，要求 ${number(w.of ?? 0)}。请告知达人或补货。`,
    reservation: (w) =>
      w.status === "fail"
        ? "还没有预留，开播前 5 天自动预留。"
        : w.status === "warn"
          ? `已预留 ${number(w.n ?? 0)} / ${number(w.of ?? 0)}：可用库存不够。`
          : `已预留 ${number(w.n ?? 0)} / ${number(w.of ?? 0)}。`,
    journal: (w) =>
      w.status === "fail"
        ? "后台程序没有响应，请重新启动它。"
        : w.status === "warn"
          ? `${number(w.n ?? 0)} 条记录等待备份，请不要关闭窗格。`
          : "全部已备份。",
    leads: (w) =>
      w.status === "ok"
        ? "由它同步：整场直播请保持窗格打开。"
        : "另一个窗口在同步。请保持它打开，或把它关掉。",
    gap: (w) =>
      w.status === "ok" ? "没有遗漏。" : `有 ${duration(w.n ?? 0)} 没有读数，请等全部重新读完。`,
    drift: (w) =>
      w.status === "ok" ? "没有待处理的差异。" : `${number(w.n ?? 0)} 个待处理，见“渠道”。`,
    latency: (w) =>
      w.n === null
        ? "最近 7 天没有测试，请在“渠道”里测一次。"
        : w.status === "ok"
          ? `上次测试 ${duration(w.n)}。`
          : `上次测试 ${duration(w.n)}：太慢。`,
  },
  status: { ok: "正常", warn: "留意", fail: "要解决" },
};

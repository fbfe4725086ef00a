/** What cells say in Simplified Chinese. */
import { formatsOf } from "./formats";
import type { FunctionMessages } from "./function-messages";

const { number, percent, clock } = formatsOf("zh-CN");

const units = (n: number) => `${number(n)} 件`;
const factor = (n: number) => String(Math.round(n * 100) / 100);
const ofTen = (share: number) => `十场有 ${factor(share * 10)} 场`;

export const functionZhCn: FunctionMessages = {
  skuNear: (sku, near) => `台账里没有 SKU ${sku}，是不是 ${near}？大小写和符号要一致。`,
  skusTooMany: (most) => `超过 ${number(most)} 个单元格，请选小一点的 SKU 区域。`,
  readingSince: (at) => `上次同步 ${clock(at)}，正在重新读取各渠道，请稍候。`,
  measureUnknown: (text) =>
    `不认识“${text}”。可用：实际库存、可用、待发货、待付款、预留、在途、不良品、超卖、速度、可卖分钟、时效。`,
  measureHasNoChannel: (measure) => `“${measure}”是各渠道共用的一个数，请不要填渠道。`,
  nothingSells: "最近 5 分钟没有卖出，暂时看不到卖完的时间。",
  paceElsewhere: "销售速度只有正在同步的窗口知道，请到那里看。",
  numberMissing: (name) => `请填${name}（数字）。`,
  minutesTogether: "断货分钟数要和直播分钟数一起填。",
  noSales: "没有销量，库存卖不完，请核对日均销量。",
  rangesDiffer: "秒数请填一个，或者每个速度对应一个。",

  measure: {
    onHand: "实际库存",
    available: "可用",
    committed: "待发货",
    unpaid: "待付款",
    reserved: "预留",
    incoming: "在途",
    damaged: "不良品",
    oversold: "超卖",
    velocity: "速度",
    cover: "可卖分钟",
    age: "时效",
  },
  measureAlso: {
    onHand: ["在库", "总库存", "库存"],
    available: ["可用库存", "公共可用"],
    committed: ["待发货占用", "订单占用"],
    unpaid: ["待付款占用", "未付款"],
    reserved: ["直播预留", "预留库存"],
    incoming: ["在途库存", "待到货"],
    damaged: ["不良", "残次"],
    oversold: ["超卖数"],
    velocity: ["销售速度", "每分钟销量"],
    cover: ["可售分钟", "剩余分钟"],
    age: ["数据时效", "秒数"],
  },
  number: {
    followers: "粉丝数",
    service: "保障率",
    sold: "目前已售件数",
    share: "直播进度",
    stockLeft: "剩余件数",
    plan: "计划件数",
    actual: "实际售出件数",
    stockoutMinutes: "断货分钟数",
    streamMinutes: "直播分钟数",
    averageStock: "平均库存",
    dailySales: "日均销量",
    estimate: "预计销量",
    rate: "每分钟售出件数",
    seconds: "其他渠道得知前的秒数",
    buffer: "留出的件数",
    risk: "可接受的风险",
  },
  yes: ["是", "断货", "卖断货", "售罄", "卖完"],

  planned: "备货量",
  unitsADay: "日均销量",
  multiplier: "× 直播倍数",
  coefficient: "× 达人系数",
  expected: "= 预计销量",
  planBuffer: "× 安全缓冲",
  methodPlan: "= 方法算出的备货",
  firstTime: "× 首次合作",
  lift: "往期直播：实际与预计之比",
  pastStreams: "计入的往期场次",
  weight: "往期直播的权重",
  lastsIn: "不断货的场次占比",
  quantile: (share) => `${ofTen(share)}够卖`,
  creatorAsk: "达人通常要求",
  followerBand: "粉丝数的 1% 到 2%",
  band: (low, high) => `${number(low)} 到 ${number(high)} 件`,
  inWords: "说明",
  note: "提示",
  planTold: (plan) => {
    const lasts = `大约${ofTen(plan.service)}够卖。`;
    if (plan.base === null) {
      return `${units(plan.units)}：首播，按 ${number(plan.followers ?? 0)} 粉丝推算。${lasts}`;
    }
    const factors = [plan.base, plan.multiplier, plan.coefficient, plan.buffer]
      .map((n) => factor(n ?? 1))
      .join(" × ");
    const learnt = plan.streams === 0 ? "" : `，再按 ${number(plan.streams)} 场往期直播修正`;
    return `${units(plan.units)}：${factors}${learnt}。${lasts}`;
  },
  forecastNote: {
    cold_start: (low, high) =>
      `暂无销量：按粉丝数推算，通常能卖 ${number(low)} 到 ${number(high)} 件。`,
    first_time_left_out: (n) => `首次合作多备两成是 ${number(n)} 件；没有销量时宁少勿多，未计入。`,
    options_left_out: "没有销量时，倍数、缓冲和系数不起作用。",
    thin_sales: (n) => `销量太少：只按粉丝数推算是 ${number(n)} 件。`,
    near_boundary: (followers, below, above) =>
      `接近分档线：粉丝到 ${number(followers)} 时，备货从 ${number(below)} 变为 ${number(above)} 件。`,
    history_skipped: (rows) => `往期直播里有 ${number(rows)} 行读不懂，未计入。`,
    history_cut: (rows) => `最早的 ${number(rows)} 场未计入，只看最近的场次。`,
    sold_out_learnt: (rows) => `${number(rows)} 场卖断货，按“至少能卖这么多”计算。`,
  },

  total: (share) => `全场需求，${ofTen(share)}够卖`,
  soldOutChance: "卖断货的可能性",
  emptyAt: (share) => `卖完时的直播进度，${ofTen(share)}`,
  need: "还缺件数",
  lasts: "够卖",
  updateTold: (total, chance, need) =>
    need > 0
      ? `全场大约卖 ${units(total)}，卖断货的可能性 ${percent(chance)}：补 ${units(need)}，或放慢节奏。`
      : `全场大约卖 ${units(total)}，卖断货的可能性 ${percent(chance)}：库存够用。`,

  change: "改动",
  difference: "差额",
  asItIs: "不改动",

  accuracy: "预测准确率",
  verdict: "结论",
  next: "下次",
  lowerBound: "中途断货：准确率是下限，结论按需求判断。",
  forecastAccuracy: "不含安全缓冲",
  stockoutShare: "缺货时间占比",
  stockoutVerdict: "目标低于 5%",
  demand: "全程有货能卖多少件",
  coefficientFactor: "达人系数乘以",
  bufferNext: "建议安全缓冲",

  pledged: "可以承诺",
  asked: (times) => `达人要求（${factor(times)} 倍）`,
  missing: "还差",
  reservedForStream: "已为直播预留",
  pledgeTold: (pledged, gap) =>
    gap > 0
      ? `可以承诺 ${units(pledged)}，还差 ${units(gap)}。可以提高佣金，或少承诺一些。`
      : `可以承诺 ${units(pledged)}，够了。`,

  oversellChance: "超卖的可能性",
  oversellUnits: "平均超卖件数",
  oversellBuffer: (risk) => `风险 ${percent(risk)} 时要留出`,
  oversellTold: (chance, buffer, enough, risk) =>
    buffer >= enough
      ? `留出 ${units(buffer)} 就够了：超卖的可能性 ${percent(chance)}。`
      : `留出 ${units(buffer)} 时，超卖的可能性 ${percent(chance)}；要降到 ${percent(risk)}，请留出 ${units(enough)}。`,

  ordersOn: (channel) => `${channel} 待发货`,
  unpaidOn: (channel) => `${channel} 待付款`,
  reservedOn: (channel) => `${channel} 直播预留`,
  sellableOn: (channel) => (channel === "" ? "= 各渠道共用可用库存" : `= ${channel} 可售`),
  soldBeyond: "已超卖：显示为 0",

  alertLeft: (level, n) => `${level} · 剩 ${units(n)}`,
  alertOversold: (n) => `超卖 ${units(n)}`,
  alertPaused: "其他渠道已暂停",
  alertStale: (at) => `不是实时数据：上次读取 ${clock(at)}`,
  alertUnread: "还没读取",
  join: (parts) => parts.join(" · "),

  cardTitle: (sku) => `${sku}：还能卖多少`,
};

/** 简体中文，写给在 TikTok Shop 上卖货的人：简短、具体、告诉下一步怎么做。 */
import { zhCnImports } from "./zh-cn-imports";
import { zhCnShops } from "./zh-cn-shops";
import { formatsOf } from "./formats";
import type { ActivityWords, AlertName, Messages } from "./messages";

const { number, clock, duration, ago } = formatsOf("zh-CN");

const units = (n: number) => `${number(n)} 件`;

const alertNames: Readonly<Record<AlertName, string>> = {
  none: "正常",
  yellow: "黄色",
  orange: "橙色",
  red: "红色",
};

const oversoldCauses: Readonly<Record<string, string>> = {
  late_payment: "：买家在占用释放后才付款",
  same_second: "：两个渠道同时卖出最后几件",
  count: "：盘点数量比预期少",
};

function isAlertName(text: string): text is AlertName {
  return Object.hasOwn(alertNames, text);
}

const alertText = (detail: string) => (isAlertName(detail) ? alertNames[detail] : detail);
const on = ({ channel }: ActivityWords) => (channel === "" ? "" : `${channel} `);

export const zhCn: Messages = {
  shops: zhCnShops,
  imports: zhCnImports,

  productName: "StreamStock",
  bookRehearsal: "演练",
  bookRehearsalHint: "不影响你的真实店铺。",
  bookLive: "实盘",
  bookLiveHint: "改动会推送到真实店铺。",
  languageLabel: "语言",
  opening: "正在打开库存…",
  paneFailed: {
    title: "面板没能打开。",
    next: "请确认本机的 StreamStock 还在运行，然后重新加载面板。",
  },
  channel: { tiktok: "TikTok Shop", amazon: "Amazon", shopify: "Shopify", ebay: "eBay" },

  companionLostTitle: "StreamStock 后台程序没有响应",
  companionLostBody:
    "各渠道库存暂停同步。请检查本机的后台程序是否在运行。恢复后会自动继续同步，订单不会丢。",
  companionLostSince: (at, forMs) => `${clock(at)} 起 · 已 ${duration(forMs)}`,
  companionBackTitle: "后台程序已恢复",
  companionBackBody: "同步继续，正在补读中断期间的订单。",
  followerTitle: "由另一个窗口负责同步",
  followerBody:
    "StreamStock 还在另一个窗口打开，由它负责同步。这里显示同样的数字；那边关闭后，这里自动接手。",
  fault: {
    storage_blocked: {
      title: "浏览器不允许 StreamStock 保存数据",
      next: "同步已停止。请退出无痕模式，或允许本页面保存网站数据，然后重新加载面板。",
    },
    storage_full: {
      title: "磁盘空间已满",
      next: "为避免漏记订单，同步已停止。请清理磁盘空间，之后会自动继续，订单不会丢。",
    },
    storage_failed: {
      title: "库存台账读写失败",
      next: "同步已停止。请重新加载面板，台账会从后台程序的副本恢复。",
    },
    older_tab: {
      title: "另一个窗口还在运行旧版 StreamStock",
      next: "同步正在等待。请关闭或重新加载那个窗口，这里随后自动继续。",
    },
    newer_schema: {
      title: "这份台账由更新版本的 StreamStock 写入",
      next: "为保护数据，同步已停止。请关闭旧版本窗口，改用最新版本。",
    },
    diverged: {
      title: "浏览器里的台账与后台程序的副本记录不一致",
      next: "同步已停止，两边都未改动。如果 StreamStock 换过数据文件夹，请用原来的文件夹启动；如果没有，请先反馈下面的内容，不要清除任何数据。",
    },
    broken_assumption: {
      title: "StreamStock 发现自身错误，已停止",
      next: "不会再向渠道推送库存。请重新加载面板；如再次出现，请反馈下面的内容。",
    },
  },
  faultOther: {
    title: "StreamStock 已停止",
    next: "不会再向渠道推送库存。请重新加载面板再开始。",
  },
  faultDetail: (detail) => `详情：${detail}`,
  backlogTitle: (entries) => `${number(entries)} 条记录还没备份`,
  backlogBody: "记录已保存在本浏览器。请先别关面板，等后台程序备份完成。",

  idleTitle: "开播前，先演练一场",
  idleValue: ["3 小时直播，几分钟演完，四个渠道同时出单。", "看备货够不够卖到下播，库存准不准。"],
  planTitle: "主推商品",
  planUnits: (n) => `计划备货 ${units(n)}`,
  planCreator: "达人",
  planFollowers: "粉丝数",
  planOnHand: "实际库存",
  planPending: "开始演练后，这里显示主推商品、达人和备货计划。",
  speedLabel: "3 小时压缩到",
  speedChoice: (realMs) => duration(realMs),
  speedChoiceFull: (minutes, realMs) => `${duration(minutes * 60_000)}压缩到${duration(realMs)}`,
  rehearse: "演练一场直播",
  rehearseStarting: "正在开店…",
  whyEngineStarting: "正在读取库存，请稍候。",
  whyPreparing: "正在盘点并预留库存，请稍候。",
  whyCompanionDown: "后台程序没有响应。请先启动它，再试一次。",
  whyFollower: "由另一个窗口负责同步。请到那个窗口开始演练，或把它关掉。",
  whyStopped: "StreamStock 已停止，请看上方提示。",
  refusal: {
    busy: () => "上一步操作还没完成，请稍后再试。",
    not_leader: () => "由另一个窗口负责同步。请到那个窗口操作，或把它关掉。",
    companion_down: () => "后台程序没有响应。请检查它是否在本机运行，再试一次。",
    already_running: () => "已有一场演练在进行，请先结束它。",
    no_stream: () => "还没有直播可操作，请先演练一场。",
    live_open: () => "当前打开的是实盘。请先切换到演练，切换期间店铺暂停同步。",
    plan: (detail) =>
      `工作簿里名为 StreamPlan 的单元格显示“${detail}”，不是件数。请先改好计划，再演练。`,
    storage: (detail) => `台账写入失败，数据没有改动。请重新加载面板再试。${detail}`,
    refused: (detail) => `操作被拒绝，数据没有改动。请重新加载面板再试。${detail}`,
  },

  phaseRunning: "直播中",
  phaseSettling: "收尾中",
  streamTime: "直播时间",
  streamMinute: (minute, minutes) => `第 ${number(minute)} 分钟，共 ${number(minutes)} 分钟`,
  streamLeft: (realMs) => `还剩 ${duration(realMs)}`,
  streamSettling: "直播已结束，正在读取最后的订单。",
  speedTimes: (speed) => `${number(speed)} 倍速`,
  bigSellable: (channelName) => `${channelName} 可售`,
  bigSoldOf: (planned) => `已售 · 计划 ${number(planned)}`,
  ladderTitle: "库存预警",
  ladderName: alertNames,
  ladderBound: (below) => `低于 ${number(below)}`,
  ladderFrom: (n) => `${number(n)} 及以上`,
  ladderAction: {
    none: "库存充足，无需操作。",
    yellow: "库存变少，可以准备下一款了。",
    orange: "库存偏低，其他渠道已暂停，剩余留给直播。",
    red: "只剩最后几件，请通知达人换品。",
  },
  chartTitle: "累计销量",
  chartSold: "已售",
  chartPlanned: "计划",
  chartSummary: (sold, planned, minute) =>
    `到第 ${number(minute)} 分钟已售 ${units(sold)}，全场计划 ${units(planned)}。`,
  chartEmpty: "第一单进来后开始画线。",
  chartMinute: (minute) => `${number(minute)} 分`,
  stop: "结束演练",
  stopping: "正在结束…",
  announceStock: (channelName, sellable, sold) =>
    `${channelName} 可售 ${units(sellable)}，已售 ${units(sold)}。`,
  announceAlert: (alert) => (alert === "none" ? "" : `${alertNames[alert]}预警。`),

  channelsTitle: "渠道",
  channelStatus: {
    waiting: "等待中",
    ok: "已同步",
    slow: "较慢",
    failing: "异常",
    paused: "已暂停",
  },
  channelAge: (ms) => `${ago(ms)}读取`,
  channelUnread: "尚未读取",
  channelListed: "平台在售",
  channelOrders: "订单",
  channelPush: "最近推送",
  channelPushMs: (ms) => (ms < 1000 ? `${number(ms)} 毫秒` : duration(ms)),
  channelError: {
    companion_down: "后台程序没有响应，请检查它是否在本机运行。",
    fenced_off: "另一个窗口已接手同步，这里没有发送任何数据。",
    unreachable: "连不上该渠道。请检查网络，系统会自动重试。",
    throttled: "渠道要求放慢请求，稍后自动继续同步。",
    unauthorised: "渠道拒绝了登录授权，请重新连接店铺。",
    server_error: "渠道自身出错，系统会自动重试。",
    rejected: "渠道拒绝了这次修改，请到卖家后台检查商品。",
    malformed: "渠道返回的数据异常，未被采用，请反馈详情。",
  },
  channelErrorOther: "渠道响应异常，系统会自动重试。",
  unknown: "–",
  stockTitle: "各 SKU 库存",
  stockEmpty: "还没有 SKU。演练一场直播就会出现。",
  stockOversold: (n) => `超卖 ${number(n)}`,
  activityTitle: "系统做了什么",
  activityEmpty: "暂无记录。每笔订单、推送和暂停都会连同原因列在这里。",
  activity: {
    stock_counted: (w) => `盘点 ${w.sku}：${units(w.n)}`,
    reserved: (w) => `为直播预留 ${w.sku} ${units(w.n)}`,
    reserved_short: (w) => `库存不足计划，只为直播预留了 ${w.sku} ${units(w.n)}`,
    stream_started: () => "直播开始",
    stream_ended: () => "直播结束",
    order: (w) =>
      `${on(w)}售出 ${w.sku} ${units(w.n)}${w.detail === "unpaid" ? "，待付款先占用" : ""}`,
    order_cancelled: (w) => `${on(w)}取消 ${w.sku} ${units(w.n)}，恢复可售`,
    push: (w) => `${w.channel} 的 ${w.sku} 改为 ${units(w.n)}，与库存保持一致`,
    paused: (w) => `${w.sku} 只剩 ${units(w.n)}，其他渠道暂停销售，留给直播`,
    resumed: (w) => `${w.sku} 各渠道恢复销售`,
    refilled: (w) => `把 ${w.sku} ${units(w.n)}转给直播`,
    alert: (w) =>
      w.detail === "none"
        ? `${w.sku} 预警解除，还有 ${units(w.n)}`
        : `${w.sku} ${alertText(w.detail)}预警，还剩 ${units(w.n)}`,
    oversold: (w) => `${on(w)}超卖 ${w.sku} ${units(w.n)}${oversoldCauses[w.detail] ?? ""}`,
    companion_lost: () => "后台程序没有响应，同步暂停",
    companion_back: () => "后台程序已恢复，同步继续",
    gap: (w) => `中断同步 ${duration(w.n)}，已全部重新读取`,
    released: (w) => `释放 ${w.sku} ${units(w.n)}，各渠道均可售`,
    drift: (w) =>
      `对账差异：${w.channel} 的 ${w.sku} 比台账${w.n < 0 ? "少" : "多"} ${units(Math.abs(w.n))}`,
    drift_settled: (w) => `${w.channel}：${w.sku} 的对账差异已处理`,
    asked: (w) =>
      w.detail.startsWith("stop_live")
        ? `是否将 ${w.sku} 的直播链接停售？等待你的答复`
        : `是否暂停 ${w.sku} 的其他渠道？等待你的答复`,
    answered: (w) =>
      /refused$/.test(w.detail)
        ? `你选择了否，${w.sku} 未作改动`
        : /timeout$/.test(w.detail)
          ? `${w.sku} 未收到答复，为防超卖已执行`
          : /confirmed$/.test(w.detail)
            ? `你选择了是：${w.sku}`
            : `${w.sku} 的询问已不再需要`,
    live_stopped: (w) => `${w.sku} 的直播链接已设为 0，剩余 ${units(w.n)}`,
    live_resumed: (w) => `${w.sku} 的直播链接恢复销售`,
    channel_held: (w) => `你停售了${w.channel}，商品显示 0`,
    channel_freed: (w) => `你恢复了${w.channel}的销售`,
    constants_set: (w) =>
      w.n === 0 ? "常数全部恢复为方法原值" : `常数已改，${number(w.n)} 个与方法不同`,
    latency: (w) => `测试订单：${w.channel} 在 ${duration(w.n)} 后更新`,
  },

  reviewTitle: "直播复盘",
  reviewPending: "正在读取最后的订单，复盘马上就好。",
  reviewPlanned: "计划备货",
  reviewSold: "直播售出",
  reviewAccuracy: "预测准确率",
  reviewAccuracyHow: "售出 ÷ 计划",
  reviewNoPlan: "没有备货计划，无法对比。",
  verdict: {
    overstocked: { title: "备货过多", next: "下次调低达人系数。" },
    watch_over: {
      title: "备货略多",
      next: "先不调整，再观察一场。（本区间为我们补充，原方法未提。）",
    },
    reasonable: { title: "合理", next: "继续用这个方法备货。" },
    watch_short: {
      title: "备货略少",
      next: "再出现就多备 20%。（本区间为我们补充，原方法未提。）",
    },
    short: { title: "备货不足", next: "下次调高安全缓冲。" },
    sold_out: { title: "已售罄", next: "实际需求只会更高，下次多预留一些。" },
  },
  reviewStockout: "缺货时间占比",
  reviewStockoutTarget: "目标低于 5%",
  reviewStockoutOk: "达标",
  reviewStockoutOver: "超标",
  reviewStockoutMinutes: (out, minutes) =>
    `${number(minutes)} 分钟里有 ${number(out)} 分钟无货可卖`,
  reviewElsewhere: "其他渠道售出",
  reviewLeft: "剩余直播预留",
  reviewOversold: "超卖",
  reviewOversoldNone: "没有超卖，每单都能发货。",
  reviewOversoldSome: "订单超出库存，请今天补货或取消这些订单。",
  units,
  release: (n) => `释放 ${units(n)}`,
  releasing: "正在释放…",
  released: (n) => `已释放 ${units(n)}，各渠道都可以继续卖。`,
  rehearseAgain: "再演练一场",

  columnSku: "SKU",
  columnOnHand: "实际库存",
  columnCommitted: "待发货占用",
  columnHeld: "待付款占用",
  columnReserved: "直播预留",
  columnSellable: (channelName) => `可售库存 · ${channelName}`,
  columnAlert: "预警",
  columnAsOf: "更新时间",
  alertCell: (alert, below) =>
    alert === "none" ? alertNames.none : `${alertNames[alert]} · 低于 ${number(below)}`,

  cellStarting: "正在读取台账，请稍候。",
  cellNotConnected: "尚未连接，请打开 StreamStock 面板。",
  cellStopped: "StreamStock 已停止，请打开面板查看原因。",
  cellSkuEmpty: "请填写 SKU（文本）。",
  cellSkuTooLong: "SKU 超过 200 个字符。",
  cellSkuUnknown: (sku) => `台账里没有 SKU ${sku}，请检查拼写。`,
  cellChannelUnknown: (text) => `不认识渠道 ${text}，请用 tiktok、amazon、shopify 或 ebay。`,
  cellChannelUnlisted: (sku, channelName) => `${sku} 没有在 ${channelName} 上架。`,
  cellChannelUnread: (channelName) => `${channelName} 还没读取，请稍候。`,
  cellLastSync: (at) => `上次同步 ${clock(at)}`,
  cellTooOld: (at) => `数据太旧，不可靠：上次同步 ${clock(at)}。请打开 StreamStock 面板。`,
  cellSalesType: "请填 30 天销量（一个数字）、每日销量区域，或一个 SKU。",
  cellSalesNegative: "销量不能小于 0。",
  cellFollowersType: "请填达人粉丝数（数字）。",
  cellFollowersNegative: "粉丝数不能小于 0。",
  cellNothingToForecast: "销量和粉丝数都是空的，请至少填一个。",
  cellCoefficientRange: "达人系数必须大于 0。",
  cellBufferRange: "安全缓冲必须大于 0。",
  cellServiceRange: "服务水平必须在 0 和 1 之间。",
  cellOptions: (text) => `选项里的“${text}”看不懂。写法示例：first=1;multiplier=20;buffer=1.3`,
  cellOutOfRange: (text) => `${text} 超出范围，请核对这个数字。`,
  cellColdStart: "暂无销量：按粉丝数的 1% 备货。",
  cellNoHistory: (sku) => `台账里还没有 ${sku} 的 30 天销量。`,
};

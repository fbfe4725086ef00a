/** 简体中文：计划、应急步骤、库存证明、库存、设置与健康。 */
import type { DeskMessages } from "./desk-messages";
import { formatsOf } from "./formats";

const { number, duration } = formatsOf("zh-CN");
const moment = new Intl.DateTimeFormat("zh-CN", { dateStyle: "medium", timeStyle: "short" });
const units = (n: number) => `${number(n)} 件`;

export const zhCnDesk: DeskMessages = {
  moment: (at) => moment.format(at),
  loading: "请稍候…",

  runBookTitle: "断货应急步骤",
  runBookSoldOut: "已售罄，请现在逐步完成。",
  runBookLow: "快卖完了，请做好准备。",
  runBookDone: (done, of) => `已完成 ${number(done)} / ${number(of)}`,
  runBookStep: {
    told_creator: { title: "告诉达人", next: "马上说：这个商品卖完了。" },
    switched: { title: "换讲别的商品", next: "这些商品还剩最多：" },
    said_it: { title: "在直播间说明", next: "复制这句话给达人：" },
    asked_supplier: {
      title: "问供应商",
      next: "2 小时内能到货吗？勾选后开始计时。",
    },
    wait_list: { title: "记下谁在等", next: "记下想买的观众，到货后通知他们。" },
    stopped_ads: { title: "暂停广告", next: "售罄商品的广告还会继续花几个小时的钱。" },
  },
  runBookNothingElse: "这个渠道没有其他可卖的 SKU。",
  runBookLeft: (sku, n) => `${sku}：${units(n)}`,
  runBookCopy: { en: "复制英文", "zh-CN": "复制中文" },
  runBookCopied: "已复制。",
  runBookCopyFailed: "浏览器不允许复制，请选中这句话手动复制。",
  runBookTimer: (ms) => `等供应商还剩 ${duration(ms)}`,
  runBookTimerOver: "2 小时已到。没有答复就是今天补不了，请在直播间说明。",
  runBookAt: (at) => `${moment.format(at)} 完成`,

  streamsTitle: "直播场次",
  streamsNone: "还没有直播，请在下面计划第一场。",
  streamsAgain: "刷新",
  streamPhase: { preparing: "已计划", running: "直播中", settling: "收尾中", ended: "已结束" },
  streamPlanned: (planned, reserved, shortBy) =>
    `计划 ${number(planned)}，已预留 ${number(reserved)}${shortBy > 0 ? `，还差 ${number(shortBy)}` : ""}`,
  streamSold: (sold, planned) => `计划 ${number(planned)}，卖出 ${number(sold)}`,
  streamChange: "修改",
  formTitle: "计划一场直播",
  formChange: "修改这场直播",
  formNeedsLive: "现在打开的是演练，它自带一场直播。有日期的直播属于正式账本。",
  formGoLive: "去“渠道”",
  formCreator: "达人",
  formFollowers: "粉丝数",
  formSku: "商品 SKU",
  formStart: "开播时间（本机时间）",
  formMinutes: "时长（分钟）",
  formChannel: "直播渠道",
  formPolicy: "库存怎么分",
  formPlanned: "预留件数",
  formSave: "计划并预留",
  formSaving: "正在保存…",
  formSaved: {
    title: "已计划",
    next: "开播前 5 天自动预留，到时自动开始，结束一天后归还剩余。",
  },
  formNew: "再计划一场",
  formRequired: "这一项必填。",
  forecastTitle: "预测",
  forecastNone: "选好 SKU，填上达人粉丝数，就会显示预测。",
  forecastTake: (n) => `按 ${units(n)} 计划`,
  forecastSpread: (p50, p90) =>
    `一半的直播不超过 ${number(p50)}，十场里九场不超过 ${number(p90)}。`,
  forecastAsk: (n) => `达人通常要 3 倍：${units(n)}。`,
  pastTitle: (creator) => `${creator} 最近的直播`,
  pastNone: "账本里没有这位达人的直播：第一次合作，暂无数据。",
  sheetsTitle: "在工作簿里",
  sheetsHow: "同样的场次、实时数字和复盘，也可以做成工作表。只有你要时才会建立。",
  sheetTrouble: {
    protected: "工作表受保护，请先取消保护再试。",
    cell_edit: "有单元格正在编辑，请先按回车再试。",
    no_sku_column: "实时表里的 SKU 列不见了，请撤销，或重新建立工作表。",
    failed: "Excel 没有接受，请再试一次。",
    no_rows: "场次表里没有填好的行，请打开填一行。",
  },
  sheetRow: (sku, n, missing) =>
    missing > 0
      ? `${sku}：已预留 ${units(n)}，还差 ${number(missing)}`
      : `${sku}：已预留 ${units(n)}`,
  sheetRepaired: (n) => (n === 0 ? "没有需要修复的公式。" : `已修复 ${number(n)} 个公式。`),

  proofTitle: "给达人的库存证明",
  proofHow: "一份签名的表，写明现有与预留的库存，改动任何一个数字都会被发现。",
  proofSeller: "店铺名（达人所知道的）",
  proofExpected: "预计销量",
  proofRequirement: (n) => `要求：${units(n)}（3 倍）`,
  proofDays: "有效天数（1–31）",
  proofLanguage: "达人的语言",
  proofMake: "生成证明",
  proofMaking: "正在签名…",
  proofMade: {
    title: "证明已保存",
    next: "把文件和核对页一起发给达人，通话时读出指纹。",
  },
  proofPage: "保存核对页",
  proofFingerprint: "你的密钥指纹",
  proofFingerprintHow: "同一账本的指纹永远相同，达人的核对页上必须一致。",
  proofRefusal: {
    no_sku: (sku) => `当前账本里没有 ${sku}，请换一个 SKU。`,
    stale: (channel) => `${channel} 已有 10 分钟没读数，不能作证明。请在“渠道”里测试它。`,
    key_locked: () => "电脑的钥匙串已锁，请解锁后再试。",
    bad_proof: (detail) => `有一项不符合要求，请改正后再试。${detail}`,
  },
  proofNothing: "还没有可证明的 SKU。请先演练，或打开正式账本。",

  timelineTitle: "逐分钟回看",
  timelineSummary: (sold, left) => `卖出 ${units(sold)}，结束时剩 ${number(left)}。`,
  timelineSold: "卖出",
  timelineStock: "剩余库存",
  suggestionsTitle: "给下一场的建议",

  stockSearch: "搜索 SKU 或名称",
  stockCount: (shown, all) =>
    shown === all ? `${number(all)} 个 SKU` : `${number(all)} 个 SKU 中的 ${number(shown)} 个`,
  stockNothing: (text) => `没有找到“${text}”。`,
  stockFree: "公共可用",
  stockClear: "显示全部",
  stockListLabel: "SKU 列表：实际库存、待发货占用、直播预留、公共可用",

  houseTitle: "健康状况",
  houseBook: "打开的账本",
  houseEntries: "账本记录数",
  houseJournal: "安全副本",
  houseJournalOk: "完整",
  houseJournalBehind: (n) => `${number(n)} 条等待中，请不要关闭窗格`,
  houseJournalDown: "后台程序没有响应，请重新启动",
  houseLease: "本窗口",
  houseRole: {
    starting: "正在打开账本",
    leader: "负责同步，直播时请保持打开",
    follower: "显示另一个窗口同步的内容",
    stopped: "已停止，请看上面的提示",
  },
  houseStorage: "存储空间",
  houseStorageUsed: (megabytes, share) => `${number(megabytes)} 兆，占允许空间的 ${share}`,
  houseStorageUnknown: "浏览器没有提供",
  houseKept: (kept) => (kept ? "不会被清理" : "可能被浏览器清理，安全副本不受影响"),
  houseSheets: "实时工作表",
  houseSheetsOk: "已对齐，或未建立",
  houseLog: "保存日志",
  houseLogHow: "一个文本文件，内容就是这里显示的，给帮助你的人看。不含密钥和买家信息。",
};

/** The stock proof in Simplified Chinese. */
import type { ProofMessages } from "./proof-messages";

const MINUTE_MS = 60_000;
const HOUR_MINUTES = 60;
const DAY_MINUTES = 24 * HOUR_MINUTES;

function duration(ms: number): string {
  const minutes = Math.floor(Math.max(0, ms) / MINUTE_MS);
  const days = Math.floor(minutes / DAY_MINUTES);
  const hours = Math.floor((minutes % DAY_MINUTES) / HOUR_MINUTES);
  if (days > 0) return hours > 0 ? `${days} 天 ${hours} 小时` : `${days} 天`;
  if (hours > 0) return `${hours} 小时 ${minutes % HOUR_MINUTES} 分钟`;
  return minutes > 0 ? `${minutes} 分钟` : "不到 1 分钟";
}

const day = new Intl.DateTimeFormat("zh-CN", { dateStyle: "long" });

export const zhCnProof: ProofMessages = {
  duration,
  day: (at) => day.format(at),
  sheet: {
    tab: "库存证明",
    title: "库存证明",
    subtitle: "商家库存账在下列时间的记录，已加封：改动任何一个数字都会被发现。",
    rehearsal: "演练：这是练习数据，不是真实库存，不能证明有货。",
    seller: "商家",
    creator: "出具给",
    stream: "直播时间",
    notDated: "时间未定",
    asOf: "数据时间",
    validUntil: "有效期至",
    fingerprint: "密钥指纹",
    book: "库存账",
    columns: {
      sku: "SKU",
      onHand: "实际库存",
      reserved: "本场直播预留",
      available: "本场可售",
      expected: "预计销量",
      requirement: "达人要求",
      missing: "还差",
    },
    notSaid: "未提供",
    waysOut: "数量不足时有两个办法：直播时少承诺一些，或者重新谈佣金。",
    provesTitle: "能证明什么",
    proves: [
      "商家的库存账在上述时间就是这些数字，之后没有任何改动。",
      "它由上面指纹对应的密钥加封。通电话时互相念一遍指纹：以后指纹相同的证明都出自同一商家。",
      "库存账的序号和哈希锁定了此前的全部记录，商家事后改写会被发现。",
      "实际库存只算仓库里的现货，在途货物不算。",
    ],
    provesNotTitle: "不能证明什么",
    provesNot: [
      "货物真的存在。它只是转述商家自己的账；需要时请商家拍照或清点。",
      "现在还有这么多。过了“有效期至”，请商家重新出具。",
      "预留以外的也归你。“本场可售”包含公共可用库存，其他渠道可能先卖掉。",
    ],
    checkTitle: "怎样核验",
    check: [
      "用浏览器打开 streamstock-verify.html，把本文件拖进去。不用注册，不用联网。",
      "可以用 Excel、WPS 或 LibreOffice 查看和另存本文件，但不要改动内容。",
    ],
    sealTitle: "封印",
  },
  check: {
    title: "核验库存证明",
    intro: "商家给你发了一份 Excel 库存表？在这里核对：数字是否和商家加封时完全一致，是否还有效。",
    drop: "把库存证明拖到这里",
    choose: "选择文件",
    another: "再核验一份",
    working: "正在核验…",
    privacy: "文件不会离开本设备。本页面不发送任何数据，断网也能用。",
    language: "语言",
    ownName: "中文",
    between: "",
    numbers: "zh-CN",
    verdict: {
      true: "属实",
      expired: "已过期",
      changed: "已被改动",
      other_key: "密钥不同",
      rehearsal: "仅为演练",
      early: "尚未生效",
      not_a_proof: "不是库存证明",
      refused: "无法读取",
    },
    advice: {
      true: "每个单元格都和商家加封时一致。",
      expired: "每个单元格都和商家加封时一致，但库存可能已经变化。请商家重新出具一份。",
      changed: "这份文件已不是商家加封的内容。里面的数字都不要采信，请商家重新发送。",
      other_key:
        "封印有效，但不是这家商家以前用的密钥，可能是别人做的。采信之前，请打电话给商家核对指纹。",
      rehearsal: "封印有效，但这是演练用的练习数据，与真实库存无关。",
      early: "证明的时间在将来。请检查本设备的时钟；如果没错，请商家重新出具。",
      not_a_proof: "这份表格里没有封印。是不是复制到新文件里了？请商家发送原文件。",
      refused: "没有打开这份文件。",
    },
    refusal: {
      too_large: "文件过大，或解压后过大，不像库存证明。",
      unsafe: "文件结构异常，正常的表格不会这样。也不要用其他软件打开。",
      broken: "文件不完整或已损坏。请重新下载，或请商家重新发送。",
      old_excel: "这是旧的 .xls 文件，或者设了密码。库存证明是不带密码的 .xlsx 文件。",
      not_a_workbook: "这不是 Excel 表格。库存证明是 .xlsx 文件。",
    },
    expiredFor: (length) => `已过期 ${length}。`,
    validFor: (length) => `还有 ${length} 有效。`,
    differencesTitle: "哪里不同",
    difference: {
      changed: (where) => `单元格 ${where} 被改动。`,
      added: (where) => `单元格 ${where} 是后加的。`,
      missing: (where) => `单元格 ${where} 被清空。`,
      formula: (where) => `单元格 ${where} 里有公式。库存证明只有数值。`,
      disguised: (where) => `单元格 ${where} 的格式使它显示成别的内容。`,
      hidden: (where) => `${where} 被隐藏。`,
      sheet: (where) => `多出一张工作表：${where}。`,
      extra: (where) => `多出不该有的内容：${where}。`,
      seal: (where) => `封印本身被改动（${where}）。`,
    },
    nowSays: (text) => `现在的内容：${text}`,
    moreDifferences: (n) => `另有 ${n} 处。`,
    noMap: "无法指出是哪个单元格。",
    figuresTitle: "商家加封的内容",
    figuresHint: "这些数字直接读自文件。如果其他软件显示得不一样，以这里为准。",
    keyTitle: "密钥指纹",
    keyFirst:
      "这是本设备第一次收到这家商家的证明。请打电话核对这串数字：商家的 StreamStock 里也能看到。",
    keyKnown: (since) => `与这家商家以前的证明是同一密钥，本设备自${since}起认识它。`,
    keyCompared: (since) => `这是你在${since}与商家核对过的密钥。`,
    keyOther: (since) => `本设备自${since}起收到的这家商家的证明，用的是另一密钥。`,
    keyBefore: "以前",
    keyHere: "本文件",
    compare: "我已和商家核对",
    trustOther: "我已致电商家：新密钥确实是他的",
    notRemembered: "此浏览器不为本页面保存任何内容，以后换了密钥也无法提醒。请把指纹记下来。",
    noCrypto: "此浏览器在这里无法核验签名。请用新版 Chrome、Edge、Firefox 或 Safari 打开本页面。",
    limitsTitle: "“属实”不代表什么",
    limits: [
      "货物是否真的存在：它只是转述商家自己的库存账。",
      "现在还剩多少：它说的是“数据时间”那一刻。",
      "密钥是谁的：只有通电话核对指纹才知道。",
    ],
  },
  terminal: {
    usage: [
      "用法：npm run verify 文件",
      '      npm run verify -- 文件 [--key "指纹"] [--json]',
      "",
      "  --key   商家念给你的指纹；密钥不同会提示",
      "  --json  输出一个 JSON 对象",
      "",
      "结束代码：0 属实；1 已改动、已过期、密钥不同、演练、尚未生效；2 无法核验。",
    ].join("\n"),
    noFile: (name) => `找不到文件：${name}`,
    notFile: (name) => `无法作为文件读取：${name}`,
    badKey: "指纹是 24 位数字。",
    file: "文件",
    keyHint: "请与商家念给你的指纹核对，或用 --key 传入。",
    keySame: "指纹与你给出的一致。",
  },
};

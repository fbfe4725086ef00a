/** 本机助手的简体中文。 */
import type { CompanionMessages } from "./companion-messages";

export const companionZhCn: CompanionMessages = {
  levelTitle: {
    yellow: (sku) => `库存偏低：${sku}`,
    orange: (sku) => `即将售罄：${sku}`,
    red: (sku) => `已停止销售：${sku}`,
  },
  levelBody: {
    yellow: (left) => `本场直播还可售 ${left} 件。`,
    orange: (left) => `仅剩 ${left} 件，其他渠道已暂缓放货。`,
    red: (left) => `剩余 ${left} 件，各渠道已显示 0。`,
  },
  oversoldTitle: (sku) => `超卖：${sku}`,
  oversoldBody: (n) => `多卖出 ${n} 件。打开 StreamStock 查看涉及的订单。`,
  channelTitle: (channel) => `${channel} 没有响应`,
  channelBody: "恢复之前，该渠道的销量不会计入。打开 StreamStock 查看处理办法。",
  silentTitle: "StreamStock 已停止同步",
  silentBody: "直播正在进行，但库存没有在同步。请在 Excel 里重新打开 StreamStock 面板。",

  excelNone: "本系统没有 Excel。请改用演练台：运行 npm start，会在浏览器中打开。",
  excelPlan: "为了在本机的 Excel 里运行，StreamStock 将会：",
  excelUndoPlan: "为了恢复 Excel 原状，StreamStock 将会：",
  excelMakeCertificate: (days) => `生成一张只用于本机 localhost 的证书，有效期 ${days} 天`,
  excelKeepCertificate: "沿用本机已有的证书",
  excelTrust: "让你的用户账户信任这张证书（Windows 会请你确认）",
  excelTrustMac: "让你的用户账户信任这张证书（macOS 会要求输入密码）",
  excelWriteManifest: "把加载项清单写入数据文件夹",
  excelRegister: "在你的用户账户下把加载项登记到 Excel",
  excelWriteWorkbook: "生成起始工作簿，打开它时面板会自动出现",
  excelOpen: "启动 StreamStock，并在 Excel 中打开起始工作簿",
  excelUntrust: "不再信任这张证书",
  excelUnregister: "从 Excel 中移除加载项",
  excelForget: "删除证书、私钥、清单和起始工作簿",
  excelAsk: "继续吗？[y/N] ",
  excelDeclined: "没有做任何改动。",
  excelStepFailed: (step) => `这一步没有成功，后面的步骤未执行：${step}`,
  excelPortNeeded: "Excel 需要固定的地址：这里 PORT 不能是 0。",
  excelDone: "StreamStock 已装入 Excel。撤销请运行：npm run excel -- --undo",
  excelUndone: "Excel 和本机已恢复原状。你的库存数据没有动。",
};

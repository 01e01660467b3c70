// How bills, and what two persons decide about them, are called.

/** @type {Record<string, string>} */
export const ways = { hand: "人工发放", credit: "话费充值文件", wechat: "微信转账" };

/** @type {Record<string, string>} */
export const wayHints = {
  hand: "线下发红包或转账，发完在这里逐笔填凭证号。",
  credit: "下载编号的文件交给充值商，充完把结果文件传回来。",
  wechat: "系统通过微信转账，中奖人在微信里确认收款。",
};

/** @type {Record<string, string>} */
export const states = {
  proposed: "待同事确认",
  rejected: "没有同意",
  planned: "待发出",
  pending: "处理中",
  waiting: "等待发放",
  held: "暂停：号码改过",
  paid: "已发放",
  failed: "没有成功",
};

/** @type {Record<string, string>} */
export const actNames = {
  batch: "安排发放",
  failed: "判定没有成功",
  again: "重新发放",
  copy: "再下载一份充值文件",
  payee: "号码改过，发给谁",
  results: "充值商说没有成功",
};

/** @param {number} cents */
export const yuan = (cents) => `${(cents / 100).toFixed(2)} 元`;

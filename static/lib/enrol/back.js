// What a person is told who comes back from a door: from WeChat or an account elsewhere by the address (#signed-in,
// #signin=CODE), or from the sheet itself. The codes are those of x-problems in openapi.yaml.
import { html } from "../../html.js";
import { Sheet } from "../sheet.js";

/** @typedef {"new" | "kept" | "added" | "known" | "switched"} Outcome */

/** @type {Record<string, string>} */
export const outcomes = {
  new: "身份已经确认。",
  kept: "身份已经确认，刚才答的题和成绩都在。",
  added: "已经加上。原来的方式仍然有效，您还是同一位参赛者。",
  known: "这就是您，成绩都在，什么都没有变。",
  found: "找到了您之前参加的那一份，现在接着用。",
  switched: "您之前已经用另一部手机参加过，现在接着用那一份；这部手机上刚才答的题不再计入。",
};

/** Why it did not work, and what to do. @type {Record<string, string>} */
const faults = {
  signin_forged: "这个登录链接不完整，请重新登录一次。",
  signin_old: "登录用的时间太长了，请重新登录一次。",
  signin_other_browser: "登录是在另一个浏览器里开始的，请在这个页面里重新登录一次。",
  signin_underway: "登录还在进行，请等几秒再试。",
  wechat_off: "这个活动没有开通微信登录，请换一种方式。",
  wechat_snapshot: "现在看到的是微信的预览页，请点右下角“使用完整服务”，打开后再登录。",
  wechat_code: "微信没有认出这次登录，请再点一次“微信登录”。",
  wechat_busy: "微信现在有点忙，请过一会儿再登录。",
  wechat_broken: "微信登录暂时不能用，工作人员已收到提醒，请换一种方式。",
  provider_unknown: "没有这种登录方式，请重新选择。",
  signin_denied: "登录没有完成：您没有同意，或中途退出了。需要时请重新点登录。",
  signin_refused: "对方系统没有认可这次登录，请重新点登录；多次不行请联系主办方。",
  signin_away: "登录的系统暂时没有回应，请稍后再试。",
  signin_token: "登录凭证没有通过核对，请重新点登录；多次不行请联系主办方。",
  signin_incomplete: "登录的系统没有告诉我们您是谁，请联系主办方。",
  signin_level: "您的账号还没有实名认证，请先在那个系统里完成实名认证，再来登录。",
  proof_taken: "这个手机号或账号已经是另一位参赛者。要用它参加，请先在“我的”里退出登录，再用它登录。",
  contest_unknown: "没有找到这个活动，请核对链接。",
  unavailable: "服务器忙，请稍后再试。",
  storage_full: "服务器忙，请稍后再试。",
};

const unknown = "这次没有登录成功，请再试一次，或换一种方式。";

/**
 * What the address says of a door that was gone through.
 * @param {string} hash @returns {{good: boolean, text: string}}
 */
export function tellingOf(hash) {
  const good = /^#signed-in(?:=(\w+))?$/.exec(hash);
  if (good) return { good: true, text: outcomes[good[1]] || outcomes.new };
  const code = hash.replace(/^#signin=/, "");
  return { good: false, text: faults.hasOwnProperty(code) ? faults[code] : unknown };
}

/**
 * Somebody is back from a door.
 * @param {{hash: string, close: () => void, again: () => void}} props
 */
export function BackSheet({ hash, close, again }) {
  const { good, text } = tellingOf(hash);
  return html`<${Sheet} title=${good ? "登录好了" : "没有登录成功"} close=${close}>
    <div class="stack">
      <p role=${good ? "status" : "alert"}>${text}</p>
      ${!good && html`<p class="soft">已经答的题都在，可以先继续答题。</p>
      <button class="main wide" onClick=${again}>再试一次，或换一种方式</button>`}
      <button class=${good ? "main wide" : "quiet wide"} onClick=${close}>${good ? "好" : "先继续答题"}</button>
    </div>
  </${Sheet}>`;
}

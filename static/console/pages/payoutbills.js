// The bills of a contest, what can be done about each, and the awards that have more than one.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { moment } from "../lib/moment.js";
import { Ask } from "../parts/ask.js";
import { Field, Radio, Text } from "../parts/field.js";
import { WayChoice } from "./payoutways.js";
import { states, ways, yuan } from "./payoutwords.js";

/** @typedef {import("./payouts.js").Bill} Bill */

/** @param {Bill} b */
const tagOf = (b) => (b.state === "paid" ? "" : b.state === "failed" || b.state === "held" ? "is-rejected" : "plain");

/** What can be done about a bill. @param {Bill} b @returns {"" | "mark" | "again" | "payee"} */
function next(b) {
  if (b.state === "waiting" && b.way !== "wechat") return "mark";
  if (b.state === "failed" && !b.replaced) return "again";
  return b.state === "held" ? "payee" : "";
}

const words = { mark: "标记结果", again: "重发", payee: "核实号码", "": "" };

/**
 * @param {{desk: import("../types").Desk, data: import("./payouts.js").Payouts, done: (text: string) => void}} props
 */
export function Bills({ desk, data, done }) {
  const [asking, ask] = useState(/** @type {{what: string, bill: Bill} | null} */ (null));
  if (data.payouts.length === 0) return null;
  const told = (/** @type {string} */ text) => {
    ask(null);
    done(text);
  };
  const props = asking && { desk, bill: asking.bill, ways: data.ways, close: () => ask(null), done: told };
  return html`<div class="scroll">
    <table class="rows">
      <thead>
        <tr>
          <th>中奖人</th><th>奖品</th><th class="n">金额</th><th>方式</th><th>状态</th><th>时间</th><th></th>
        </tr>
      </thead>
      <tbody>
        ${data.payouts.map(
          (b) => html`<tr key=${b.number} class=${b.replaced || b.state === "rejected" ? "off" : null}>
            <td>
              <b>${b.nickname || "已退出"}</b> <small>${b.name}${b.tail && ` 尾号 ${b.tail}`}</small>
            </td>
            <td data-name="奖品">${b.remark}</td>
            <td class="n" data-name="金额">${yuan(b.cents)}</td>
            <td data-name="方式">${ways[b.way] || b.way}${b.file > 0 && html` <small>第 ${b.file} 号文件</small>`}</td>
            <td data-name="状态">
              <span class=${"tag " + tagOf(b)}>${states[b.state]}</span>
              ${b.detail && html` <small>${b.detail}</small>`}
            </td>
            <td data-name="时间">${moment(b.changed_at)}</td>
            <td class="n">
              ${next(b) && html`<button class="link" onClick=${() => ask({ what: next(b), bill: b })}>
                ${words[next(b)]}
              </button>`}
            </td>
          </tr>`,
        )}
      </tbody>
    </table>
    ${asking && asking.what === "mark" && html`<${MarkDialog} ...${props} />`}
    ${asking && asking.what === "again" && html`<${AgainDialog} ...${props} />`}
    ${asking && asking.what === "payee" && html`<${PayeeDialog} ...${props} />`}
  </div>`;
}

/**
 * @typedef {{desk: import("../types").Desk, bill: Bill, ways: string[], close: () => void, done: (text: string) =>
 *   void}} Asked
 */

/** @param {Asked} props */
function MarkDialog({ desk, bill, close, done }) {
  const [paid, setPaid] = useState(true);
  const [detail, setDetail] = useState("");
  return html`<${Ask} title="标记结果" yes=${paid ? "标记" : "提交"} ready=${!!detail.trim()} close=${close}
    run=${async () => {
      await desk.call("POST", `/payouts/${bill.number}/mark`, { paid, detail: detail.trim() });
      done(paid ? "已经标记为发放。" : "已经提交，等另一位同事确认以后可以重发。");
    }}>
    <p>${bill.nickname}，${bill.remark}，${yuan(bill.cents)}，${ways[bill.way]}。标记以后不能更改。</p>
    <div class="stack">
      <${Radio} name="paid" on=${paid} set=${() => setPaid(true)}>已经发到</${Radio}>
      <${Radio} name="paid" on=${!paid} set=${() => setPaid(false)}>
        没有成功，钱没有出去 <small class="soft">要另一位同事确认</small>
      </${Radio}>
    </div>
    <${Field} label=${paid ? "凭证号" : "原因"} hint=${paid ? "转账单号、充值流水号或签收单编号" : "写明为什么没有成功"}>
      <${Text} name="detail" max=${100} value=${detail} set=${setDetail} />
    </${Field}>
  </${Ask}>`;
}

/** @param {Asked} props */
function AgainDialog({ desk, bill, ways: can, close, done }) {
  const [way, setWay] = useState(bill.way);
  const [reason, setReason] = useState("");
  return html`<${Ask} title="重新发放" yes="提交" ready=${!!reason.trim()} close=${close}
    run=${async () => {
      await desk.call("POST", `/payouts/${bill.number}/again`, { way, reason: reason.trim() });
      done("已经提交，等另一位同事确认。");
    }}>
    <p>${bill.nickname}，${bill.remark}，${yuan(bill.cents)}。上一笔确定没有成功：${bill.detail || "没有说明"}。</p>
    <${WayChoice} ways=${can} way=${way} set=${setWay} />
    <${Field} label="为什么重发"><${Text} name="reason" max=${100} value=${reason} set=${setReason} /></${Field}>
  </${Ask}>`;
}

/** @param {Asked} props */
function PayeeDialog({ desk, bill, close, done }) {
  const [replace, setReplace] = useState(false);
  const [reason, setReason] = useState("");
  return html`<${Ask} title="核实号码" yes="提交" ready=${!!reason.trim()} close=${close}
    run=${async () => {
      await desk.call("POST", `/payouts/${bill.number}/payee`, { replace, reason: reason.trim() });
      done("已经提交，等另一位同事确认。");
    }}>
    <p>
      ${bill.nickname}，${bill.remark}，${yuan(bill.cents)}。安排发放以后，中奖人的收款信息变了，所以先停下。
      请打电话核实是不是本人改的。
    </p>
    <div class="stack">
      <${Radio} name="replace" on=${!replace} set=${() => setReplace(false)}>
        按原来的发${bill.tail && `（尾号 ${bill.tail}）`}
      </${Radio}>
      <${Radio} name="replace" on=${replace} set=${() => setReplace(true)}>改发到中奖人现在留的</${Radio}>
    </div>
    <${Field} label="怎么核实的"><${Text} name="reason" max=${100} value=${reason} set=${setReason} /></${Field}>
  </${Ask}>`;
}

/** The awards with more than one bill: where money could have left twice. @param {{bills: Bill[]}} props */
export function Repeated({ bills }) {
  if (bills.length === 0) return null;
  const several = bills.filter((b) => !bills.some((x) => x.award === b.award && x.turn > b.turn));
  return html`<details class="panel">
    <summary>${several.length} 份奖品有过不止一笔发放</summary>
    <ul class="payout-lines">
      ${several.map(
        (last) => html`<li key=${last.award}>
          <div>
            <b>${last.nickname || "已退出"}</b> ${last.remark}
            ${bills
              .filter((b) => b.award === last.award)
              .map(
                (b) => html`<p key=${b.number} class="soft">
                  第 ${b.turn} 笔：${yuan(b.cents)}，${ways[b.way] || b.way}，${states[b.state]}${b.detail && `，${b.detail}`}
                </p>`,
              )}
          </div>
        </li>`,
      )}
    </ul>
  </details>`;
}

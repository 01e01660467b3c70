// What is paid to winners: phone credit and cash, bill by bill, each award once.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { number } from "../../lib/format.js";
import { moment } from "../lib/moment.js";
import { Dialog } from "../parts/dialog.js";
import { Field, Radio, Text } from "../parts/field.js";
import { Oops, Shown, useLoad, useWork } from "../parts/load.js";

/**
 * @typedef {{number: string, award: string, nickname: string, name: string, phone: string, way: string, cents: number,
 *   remark: string, state: string, detail: string, turn: number, replaced: boolean, made_at: number, changed_at:
 *   number}} Bill
 */
/**
 * @typedef {{contest: {slug: string, title: string}, ways: string[], due: number, sums: {state: string, bills: number,
 *   cents: number}[], payouts: Bill[]}} Payouts
 */

/** @type {Record<string, string>} */
const ways = { hand: "人工发放", credit: "话费充值文件", wechat: "微信转账" };
/** @type {Record<string, string>} */
const wayHints = {
  hand: "线下发红包或转账，发完在这里逐笔标记。",
  credit: "下载文件交给充值商，充完在这里标记。",
  wechat: "系统通过微信转账，中奖人在微信里确认收款。",
};
/** @type {Record<string, string>} */
const states = { planned: "待发出", pending: "处理中", waiting: "等待发放", paid: "已发放", failed: "没有成功" };
const perPage = 50;

/** @param {number} cents */
const yuan = (cents) => `${(cents / 100).toFixed(2)} 元`;

/** @param {Bill} b */
const byHand = (b) => b.way !== "wechat" && b.state !== "paid" && b.state !== "failed";

/**
 * Whether there is phone credit to charge, and the role may see numbers.
 * @param {import("../types").Desk} desk
 * @param {Payouts} data
 */
const fileDue = (desk, data) =>
  desk.may("payout.manage") && data.payouts.some((b) => b.way === "credit" && b.state === "waiting");

/** @param {{desk: import("../types").Desk, contest: string}} props */
export function PayoutsPage({ desk, contest }) {
  const path = "/contests/" + encodeURIComponent(contest);
  const [after, setAfter] = useState(0);
  const list = useLoad(() => desk.call("GET", `${path}/payouts?after=${after}`), [contest, after]);
  const [asking, ask] = useState(/** @type {{what: "plan" | "mark" | "again", bill: Bill | null} | null} */ (null));
  const done = (/** @type {string} */ text) => {
    ask(null);
    desk.tell(text);
    list.again();
  };
  return html`<div>
    <div class="head">
      <h1>话费与红包</h1>
      <button class="btn quiet" disabled=${list.busy} onClick=${list.again}>刷新</button>
    </div>
    <p class="soft">
      每份奖品只有一笔有效的发放，发过的不会再发；没有成功的可以换一种方式重发。被取消资格的人先不发，恢复后再发。
    </p>
    <${Shown} of=${list}>
      ${(/** @type {Payouts} */ data) => html`<div>
        ${data.due + data.payouts.length === 0 && html`<p class="state">
          ${data.contest.title}现在没有要发放的话费和红包。
        </p>`}
        ${(data.due > 0 || fileDue(desk, data)) && html`<section class="panel">
          <h2>${data.due > 0 ? `${number(data.due)} 份奖品可以发放` : "话费等待充值"}</h2>
          ${fileDue(desk, data) && html`<p class="soft">充值文件里有完整的手机号，下载会记入操作日志；用完请删除。</p>`}
          <p class="acts">
            ${data.due > 0 && html`<button class="btn" onClick=${() => ask({ what: "plan", bill: null })}>
              安排发放
            </button>`}
            ${fileDue(desk, data) && html`<a class="btn quiet" href=${`/api/v1/console${path}/payouts/credit.csv`}
              download>
              下载话费充值文件
            </a>`}
          </p>
        </section>`}
        ${data.sums.length > 0 && html`<dl class="figures small">
          ${data.sums.map(
            (s) => html`<div key=${s.state}>
              <dt>${states[s.state]}</dt>
              <dd>${yuan(s.cents)}</dd>
              <dt>${number(s.bills)} 笔</dt>
            </div>`,
          )}
        </dl>`}
        ${data.payouts.length > 0 && html`<div class="scroll">
          <table class="rows">
            <thead>
              <tr>
                <th>中奖人</th>
                <th>奖品</th>
                <th class="n">金额</th>
                <th>方式</th>
                <th>状态</th>
                <th>时间</th>
                <th></th>
              </tr>
            </thead>
            <tbody>
              ${data.payouts.map(
                (b) => html`<tr key=${b.number} class=${b.replaced ? "off" : null}>
                  <td>
                    <b>${b.nickname || "已退出"}</b> <small>${[b.name, b.phone].filter(Boolean).join(" ")}</small>
                  </td>
                  <td data-name="奖品">${b.remark}</td>
                  <td class="n" data-name="金额">${yuan(b.cents)}</td>
                  <td data-name="方式">${ways[b.way] || b.way}</td>
                  <td data-name="状态">
                    <span class=${"tag " + (b.state === "paid" ? "" : b.state === "failed" ? "is-rejected" : "plain")}>
                      ${states[b.state]}
                    </span>
                    ${b.detail && b.detail !== "等待人工发放" && html` <small>${b.detail}</small>`}
                  </td>
                  <td data-name="时间">${moment(b.changed_at)}</td>
                  <td class="n">
                    ${byHand(b) && html`<button class="link" onClick=${() => ask({ what: "mark", bill: b })}>
                      标记结果
                    </button>`}
                    ${b.state === "failed" && !b.replaced && html`<button class="link"
                      onClick=${() => ask({ what: "again", bill: b })}>
                      重发
                    </button>`}
                  </td>
                </tr>`,
              )}
            </tbody>
          </table>
        </div>`}
        ${(after > 0 || data.payouts.length === perPage) && html`<p class="acts">
          <button class="btn quiet" disabled=${after === 0} onClick=${() => setAfter(Math.max(0, after - perPage))}>
            上一页
          </button>
          <button class="btn quiet" disabled=${data.payouts.length < perPage}
            onClick=${() => setAfter(after + perPage)}>
            下一页
          </button>
        </p>`}
        ${asking && asking.what === "plan" && html`<${WayDialog} title="安排发放" ways=${data.ways} yes="安排"
          close=${() => ask(null)}
          act=${async (/** @type {string} */ way) => {
            const got = await desk.call("POST", path + "/payouts", { way });
            done(`安排了 ${number(got.planned)} 笔，几十秒内出现在名单里等待发放。`);
          }}>
          <p>给 ${number(data.due)} 份奖品各安排一笔发放。</p>
        </${WayDialog}>`}
        ${asking && asking.what === "again" && asking.bill && html`<${WayDialog} title="重新发放" ways=${data.ways}
          yes="重发" close=${() => ask(null)}
          act=${async (/** @type {string} */ way) => {
            await desk.call("POST", `/payouts/${/** @type {Bill} */ (asking.bill).number}/again`, { way });
            done("已经重新安排。");
          }}>
          <p>
            ${asking.bill.nickname}，${asking.bill.remark}，${yuan(asking.bill.cents)}。上一笔确定没有成功：
            ${asking.bill.detail || "没有说明"}。
          </p>
        </${WayDialog}>`}
        ${asking && asking.what === "mark" && asking.bill && html`<${MarkDialog} desk=${desk} bill=${asking.bill}
          close=${() => ask(null)} done=${done} />`}
      </div>`}
    </${Shown}>
  </div>`;
}

/**
 * @param {{title: string, ways: string[], yes: string, act: (way: string) => Promise<void>, close: () => void,
 *   children?: any}} props
 */
function WayDialog({ title, ways: can, yes, act, close, children }) {
  const [way, setWay] = useState(can[0]);
  const work = useWork();
  return html`<${Dialog} title=${title} close=${close} first="input">
    <form onSubmit=${(/** @type {Event} */ e) => {
        e.preventDefault();
        work.run(() => act(way));
      }}>
      ${children}
      <div class="stack">
        ${can.map(
          (w) => html`<div key=${w}>
            <${Radio} name="way" on=${w === way} set=${() => setWay(w)}>
              <b>${ways[w] || w}</b> <small class="soft">${wayHints[w]}</small>
            </${Radio}>
          </div>`,
        )}
      </div>
      <${Oops} problem=${work.problem} />
      <footer class="dialog-foot">
        <button type="button" class="btn quiet" onClick=${close}>取消</button>
        <button class="btn" disabled=${work.busy}>${yes}</button>
      </footer>
    </form>
  </${Dialog}>`;
}

/** @param {{desk: import("../types").Desk, bill: Bill, close: () => void, done: (text: string) => void}} props */
function MarkDialog({ desk, bill, close, done }) {
  const [paid, setPaid] = useState(true);
  const [detail, setDetail] = useState("");
  const work = useWork();
  return html`<${Dialog} title="标记结果" close=${close} first="input">
    <form onSubmit=${(/** @type {Event} */ e) => {
        e.preventDefault();
        work.run(async () => {
          await desk.call("POST", `/payouts/${bill.number}/mark`, { paid, detail: detail.trim() });
          done(paid ? "已经标记为发放。" : "已经标记为没有成功，可以重发。");
        });
      }}>
      <p>${bill.nickname}，${bill.remark}，${yuan(bill.cents)}，${ways[bill.way]}。标记以后不能更改。</p>
      <div class="stack">
        <${Radio} name="paid" on=${paid} set=${() => setPaid(true)}>已经发到</${Radio}>
        <${Radio} name="paid" on=${!paid} set=${() => setPaid(false)}>没有成功，钱没有出去</${Radio}>
      </div>
      <${Field} label="说明" hint=${paid ? "可以不填，例如转账单号" : "写明为什么没有成功"}>
        <${Text} name="detail" max=${100} value=${detail} set=${setDetail} />
      </${Field}>
      <${Oops} problem=${work.problem} />
      <footer class="dialog-foot">
        <button type="button" class="btn quiet" onClick=${close}>取消</button>
        <button class="btn" disabled=${work.busy || (!paid && !detail.trim())}>标记</button>
      </footer>
    </form>
  </${Dialog}>`;
}

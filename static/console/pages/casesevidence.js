// What is known about one player: signals, attempts, how the player came, whom the player brought, what was won.
import { html } from "../../html.js";
import { number } from "../../lib/format.js";
import { moment } from "../lib/moment.js";
import { Name } from "./cases.js";
import { Signals } from "./casessignals.js";

/** @typedef {import("./cases.js").Person} Person */
/**
 * @typedef {{id: string, level: string, finished_at: number, answered: number, correct: number, score: number, used_ms:
 *   number, passed: boolean, hasty: number}} Attempt
 */
/**
 * @typedef {{who: Person, signals: import("./casessignals.js").Signal[], looked_at: number, finished: number, attempts:
 *   Attempt[], came: {channel: string, inviter: Person | null, arrived_at: number, same_here: number} | null, invited:
 *   (Person & {state: string, arrived_at: number, finished: number})[], awards: {id: string, prize: string, source:
 *   string, status: string, won_at: number}[], held: Record<string, number>, others: Person[]}} Evidence
 */

/** @type {Record<string, string>} */
const sources = { pool: "抽奖", shop: "积分兑换", drawing: "公开摇奖", live: "直播答题" };
/** @type {Record<string, string>} */
const statuses = {
  won: "待填写",
  claimed: "待发放",
  redeemed: "已领取",
  credited: "已到账",
  forfeited: "已作废",
  paying: "发放中",
  paid: "已发放",
};
/** @type {Record<string, string>} */
const invited = { waiting: "未计入", counted: "已计入", refused: "超过上限" };
/** @type {[string, string, string][]} */
const held = [
  ["points", "积分", "分"],
  ["chance", "抽奖机会", "次"],
  ["card", "卡片", "张"],
  ["try", "答题次数", "次"],
];

/** 9.5 s of thinking a question; what nobody thinks in is told to the millisecond. @param {Attempt} a */
const pace = (a) => (a.answered ? `${thought(a.used_ms / a.answered)} 秒` : "—");

/** @param {number} ms */
const thought = (ms) => (ms / 1000).toFixed(ms < 100 ? 3 : 1);

/** What to say where no signal stands. @param {Evidence} of */
function noSignals(of) {
  const hasty = of.attempts.filter((a) => a.hasty > 1).length;
  if (hasty) return `还没有列为线索，但有 ${hasty} 次答题比读题还快，见下面。请到“核查”页重新检查。`;
  return of.looked_at ? "没有线索。" : "还没有检查过。";
}

/** @param {{of: Evidence, at: string}} props */
export const EvidenceView = ({ of }) => html`<div>
  <section>
    <h2>现在的线索</h2>
    ${of.signals.length ? html`<${Signals} signals=${of.signals} explained />`
      : html`<p class="soft">${noSignals(of)}</p>`}
    ${of.others.length > 0 && html`<p class="soft">
      涉及：${of.others.map((o, i) => html`${i > 0 && "、"}<span key=${o.player}>${o.nickname || "已退出"}</span>`)}
    </p>`}
    <p class="soft">
      ${[
        ...held
          .filter(([kind]) => of.held[kind])
          .map(([kind, name, unit]) => `${name} ${number(of.held[kind])} ${unit}`),
        came(of),
      ]
        .filter(Boolean)
        .join("；")}
    </p>
  </section>
  <section>
    <h2>答题 <small class="soft">共 ${number(of.finished)} 次</small></h2>
    ${of.attempts.length > 0 && html`<div class="scroll">
      <table class="rows">
        <thead>
          <tr>
            <th>结束时间</th>
            <th>关卡</th>
            <th class="n">答对</th>
            <th class="n">得分</th>
            <th class="n">每题平均</th>
          </tr>
        </thead>
        <tbody>
          ${of.attempts.map(
            (a) => html`<tr key=${a.id}>
              <td>${moment(a.finished_at)}</td>
              <td data-name="关卡">${a.level}${a.passed && html` <span class="tag">通过</span>`}</td>
              <td class="n" data-name="答对">${a.correct} / ${a.answered}</td>
              <td class="n" data-name="得分">${number(a.score)}</td>
              <td class="n" data-name="每题平均">
                ${pace(a)}${a.hasty > 0 && html` <span class="tag is-rejected">${number(a.hasty)} 题来不及读</span>`}
              </td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>`}
  </section>
  ${of.invited.length > 0 && html`<section>
    <h2>邀请的人</h2>
    <div class="scroll">
      <table class="rows">
        <thead><tr><th>参赛者</th><th>加入</th><th>邀请</th><th class="n">答题</th></tr></thead>
        <tbody>
          ${of.invited.map(
            (v) => html`<tr key=${v.player}>
              <td><${Name} of=${v} /></td>
              <td data-name="加入">${moment(v.arrived_at)}</td>
              <td data-name="邀请">${invited[v.state] || v.state}</td>
              <td class="n" data-name="答题">${number(v.finished)} 次</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`}
  ${of.awards.length > 0 && html`<section>
    <h2>中奖 <small class="soft">取消资格不收回已经发出的奖品</small></h2>
    <div class="scroll">
      <table class="rows">
        <thead><tr><th>奖品</th><th>来源</th><th>中奖时间</th><th>状态</th></tr></thead>
        <tbody>
          ${of.awards.map(
            (w) => html`<tr key=${w.id}>
              <td><b>${w.prize}</b></td>
              <td data-name="来源">${sources[w.source]}</td>
              <td data-name="中奖时间">${moment(w.won_at)}</td>
              <td data-name="状态">${statuses[w.status] || w.status}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`}
</div>`;

/** @param {Evidence} of */
function came({ came }) {
  if (!came) return "";
  const by = came.inviter
    ? `由${came.inviter.nickname || "已退出的人"}邀请`
    : came.channel
      ? `从渠道 ${came.channel} 进来`
      : "";
  return `${moment(came.arrived_at)} 加入${by && "，" + by}${came.same_here > 1 ? `，同一部手机上共 ${came.same_here} 人` : ""}`;
}

// What looks unusual about players, in words.
import { html } from "../../html.js";
import { number } from "../../lib/format.js";
import { moment } from "../lib/moment.js";

/** @typedef {{kind: string, weight: number, evidence: any}} Signal */

/** @type {Record<string, string>} */
export const signalNames = {
  speed: "答题过快",
  sure: "又快又全对",
  same: "错得一样",
  device: "同一部手机",
  network: "同一网络",
  phone: "同一手机号",
  address: "同一地址",
  ring: "邀请小号",
  rules: "成绩对不上",
  hand: "人工发起",
};

/** @param {number} seconds */
const apart = (seconds) => (seconds < 60 ? `${seconds} 秒` : `${Math.round(seconds / 60)} 分钟`);

/** What a signal rests on. @param {Signal} s @returns {string} */
export function signalText(s) {
  const e = s.evidence;
  switch (s.kind) {
    case "speed":
      return `答了 ${number(e.answers)} 题，其中 ${number(e.fast)} 题比读完题目还快，用时约为大家的 ${e.time}%`;
    case "sure":
      return `答对 ${e.right}%（同样的题大家平均 ${e.crowd_right}%），用时只有大家的 ${e.time}%`;
    case "same":
      return `相隔 ${apart(e.seconds)}，与 ${e.others.length} 人的答案完全相同，其中 ${e.wrong} 题错得一样${e.attempts > 1 ? `，共 ${e.attempts} 次` : ""}`;
    case "device":
      return `${number(e.players)} 名参赛者从同一部手机加入`;
    case "network":
      return `${number(e.players)} 名参赛者在一小时内从同一网络加入`;
    case "phone":
      return `${number(e.players)} 名参赛者填了同一个手机号`;
    case "address":
      return `${number(e.players)} 名参赛者填了同一个地址`;
    case "ring":
      return `邀请了 ${number(e.invited)} 人，其中 ${number(e.idle)} 人只答过一次，${number(e.device)} 人来自同一部手机`;
    case "rules":
      return [
        e.attempts > 0 && `${number(e.attempts)} 次成绩与作答记录算出的不一致`,
        e.grants > 0 && `${number(e.grants)} 笔奖励不是规则给的`,
      ]
        .filter(Boolean)
        .join("；");
  }
  return "";
}

/** The signals of one player, each with what it rests on. @param {{signals: Signal[]}} props */
export const Signals = ({ signals }) => html`<ul class="signals">
  ${signals.map(
    (s) => html`<li key=${s.kind}>
      <span class=${"tag " + (s.weight >= 70 ? "is-rejected" : "is-warned")}>
        ${signalNames[s.kind] || s.kind}
      </span> ${signalText(s)}
    </li>`,
  )}
</ul>`;

/** @type {Record<string, string>} */
const grants = { points: "积分", chance: "抽奖机会", card: "卡片", try: "答题次数" };

/** What the rules do not give, line by line. @param {{signals: Signal[]}} props */
export function OddResults({ signals }) {
  const rules = signals.filter((s) => s.kind === "rules")[0];
  if (!rules) return null;
  const { results, odd } = rules.evidence;
  return html`<section>
    <h2>与规则不一致</h2>
    <div class="scroll">
      <table class="rows">
        <thead><tr><th>时间</th><th>什么</th><th class="n">记录</th><th class="n">按规则</th><th>说明</th></tr></thead>
        <tbody>
          ${results.map(
            (/** @type {any} */ r) => html`<tr key=${r.attempt}>
              <td>${moment(r.at)}</td>
              <td data-name="什么">一次答题的得分</td>
              <td class="n" data-name="记录">${number(r.stored)}</td>
              <td class="n" data-name="按规则">${number(r.counted)}</td>
              <td data-name="说明">
                ${[r.foreign > 0 && `${r.foreign} 题不在试卷里`, r.wrongly > 0 && `${r.wrongly} 题对错判得不对`]
                  .filter(Boolean)
                  .join("，") || "总分算得不对"}
              </td>
            </tr>`,
          )}
          ${odd.map(
            (/** @type {any} */ g) => html`<tr key=${g.kind + g.source}>
              <td>${moment(g.at)}</td>
              <td data-name="什么">${grants[g.kind] || g.kind}</td>
              <td class="n" data-name="记录">${number(g.amount)}</td>
              <td class="n" data-name="按规则">没有</td>
              <td data-name="说明"><small>${g.source}</small></td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}

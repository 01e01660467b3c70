// What looks unusual about players, in words.
import { html } from "../../html.js";
import { number } from "../../lib/format.js";
import { moment } from "../lib/moment.js";

/** @typedef {{kind: string, weight: number, evidence: any}} Signal */

/** @type {Record<string, string>} */
export const signalNames = {
  haste: "来不及读题",
  speed: "答题过快",
  sure: "又快又全对",
  same: "错得一样",
  device: "同一部手机",
  claims: "一部手机代领",
  network: "同一网络",
  names: "成串的昵称",
  phone: "同一手机号",
  address: "同一地址",
  ring: "邀请小号",
  rules: "成绩对不上",
  hand: "人工发起",
};

/** What a signal means, and when honest people look like it. @type {Record<string, string>} */
const signalNotes = {
  haste: "题目出现到作答的时间，比认一遍题目的字还短，人做不到，多半是程序代答。点错一两题不算在内。",
  speed: "和已证明身份的人相比，一半以上的题快得少见。做过很多遍、背熟了题的人也会这样。",
  sure: "几乎全对，时间只有别人的五分之一以下。专业人员、背熟了题的人也会这样。",
  same: "错得和别人一样，交卷又挨得近，可能在抄同一份答案。坐在一起商量着答的人也会这样。",
  device: "没有证明身份的人共用一部手机加入。摊位上大家轮流用的平板、一大家人合用的手机也会这样。",
  claims: "好几个人的奖品在一部手机上填写领奖信息。替家里老人、邻居领奖的人也会这样。",
  network:
    "一小时里从同一网络加入的人多得少见。会场、学校、大单位和手机运营商的网络也会这样；" +
    "会场和学校请登记在活动设置的“很多人共用一个网络的地点”里，登记后不再提示。",
  names: "昵称按编号连着排，或像程序随手生成，加入的时间又挨得近。老师让学生用学号当昵称时也会这样。",
  phone: "没有证明身份的手机号谁都能填。家人合用一个号码时也会这样。",
  address: "同住的家人、收发室代收的单位也会这样。",
  ring: "邀请来的人几乎都只答一次，又多半来自一部手机。摊位上帮人扫码的工作人员也会这样。",
  rules: "记录里的成绩或奖励和按规则算出来的不同。题目改正过而成绩还没有重算时也会这样。",
};

/** @param {number} seconds */
const apart = (seconds) => (seconds < 60 ? `${seconds} 秒` : `${Math.round(seconds / 60)} 分钟`);

/** How long it took them to join. @param {{from: number, to: number}} e */
const within = ({ from, to }) =>
  to - from < 3600000 ? `${Math.max(1, Math.round((to - from) / 60000))} 分钟内` : `${Math.ceil((to - from) / 3600000)} 小时内`;

/** What a signal rests on. @param {Signal} s @returns {string} */
export function signalText(s) {
  const e = s.evidence;
  switch (s.kind) {
    case "haste":
      return (
        `${number(e.attempts)} 次答题共 ${number(e.answers)} 题，${number(e.hasty)} 题来不及读：` +
        `最快 ${(e.fastest / 1000).toFixed(3)} 秒，读这道题至少要 ${(e.least / 1000).toFixed(1)} 秒`
      );
    case "speed":
      return `答了 ${number(e.answers)} 题，其中 ${number(e.fast)} 题快得少见，用时约为已证明身份的人的 ${e.time}%`;
    case "sure":
      return `答对 ${e.right}%（同样的题大家平均 ${e.crowd_right}%），用时只有大家的 ${e.time}%`;
    case "same":
      return `相隔 ${apart(e.seconds)}，与 ${e.others.length} 人的答案完全相同，其中 ${e.wrong} 题错得一样${e.attempts > 1 ? `，共 ${e.attempts} 次` : ""}`;
    case "device":
      return `${number(e.players)} 名没有证明身份的参赛者用过同一部手机`;
    case "claims":
      return `${number(e.players)} 名参赛者的领奖信息是在同一部手机上填的`;
    case "network":
      return `${number(e.players)} 名没有证明身份的参赛者在一小时内从同一网络加入`;
    case "names":
      return e.length
        ? `${number(e.players)} 人的昵称${e.stem ? `都以“${e.stem}”开头，后面` : ""}像是程序生成的 ${e.length} 个字母和数字，${within(e)}加入`
        : `${number(e.players)} 人的昵称连着编号：${e.stem}${e.low} 到 ${e.stem}${e.high}，${within(e)}加入`;
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

/**
 * The signals of one player, each with what it rests on.
 * @param {{signals: Signal[], explained?: boolean}} props explained: with what it means, and who looks like it
 */
export const Signals = ({ signals, explained }) => html`<ul class="signals">
  ${signals.map(
    (s) => html`<li key=${s.kind}>
      <span class=${"tag " + (s.weight >= 70 ? "is-rejected" : "is-warned")}>
        ${signalNames[s.kind] || s.kind}
      </span> ${signalText(s)}
      ${explained && signalNotes[s.kind] && html`<br /><small class="soft">${signalNotes[s.kind]}</small>`}
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

// The rules, who organizes, and what is kept about a player.
import { html } from "../../html.js";
import { Sheet } from "../parts/sheet.js";
import { days } from "../lib/format.js";

/** @param {{contest: import("../types").Contest, close: () => void, elder: boolean, setElder: (on: boolean) => void}} props */
export function AboutSheet({ contest, close, elder, setElder }) {
  return html`<${Sheet} title="活动规则" close=${close}>
    <p>${days(contest)}</p>
    <ol class="rules">${contest.rules.map((rule) => html`<li>${rule}</li>`)}</ol>
    <h3>怎么看得更清楚</h3>
    <button class="quiet wide" aria-pressed=${elder} onClick=${() => setElder(!elder)}>${elder ? "换回标准字号" : "换成大字版"}</button>
    <h3>保存了什么</h3>
    <p>昵称、参赛单位、答题记录，只用来计分和排名。手机上另外保存没有发出去的答案和字号设置。</p>
    ${(contest.organizer || contest.contact) && html`<h3>主办方</h3><p>${contest.organizer}</p>${contest.contact && html`<p>联系：${contest.contact}</p>`}`}
  </${Sheet}>`;
}

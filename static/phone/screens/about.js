// The rules, who organizes, and what is kept about a player.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { ForgetSheet, Held } from "../parts/held.js";
import { Sheet } from "../parts/sheet.js";
import { days } from "../lib/format.js";
import "../css/about.css";

/**
 * @param {object} props
 * @param {import("../app").Parts["api"]} props.api
 * @param {import("../types").Contest} props.contest
 * @param {boolean} props.known whether the player has signed in
 * @param {boolean} props.elder @param {(on: boolean) => void} props.setElder
 * @param {() => void} props.close
 * @param {() => void} props.forgotten the player's information is deleted
 */
export function AboutSheet({ api, contest, known, close, elder, setElder, forgotten }) {
  const [forgetting, forget] = useState(false);
  if (forgetting) return html`<${ForgetSheet} key="forget" api=${api} contest=${contest.slug} close=${() => forget(false)} done=${forgotten} />`;
  return html`<${Sheet} key="about" title="活动规则" close=${close}>
    <p>${days(contest)}</p>
    <ol class="rules">${contest.rules.map((rule) => html`<li>${rule}</li>`)}</ol>
    <h3>怎么看得更清楚</h3>
    <button class="quiet wide" aria-pressed=${elder} onClick=${() => setElder(!elder)}>${elder ? "换回标准字号" : "换成大字版"}</button>
    <h3>保存了什么</h3>
    <p>昵称、参赛单位、答题记录，只用来计分和排名。手机上另外保存没有发出去的答案和字号设置。</p>
    ${known && html`<${Held} api=${api} contest=${contest} forget=${() => forget(true)} />`}
    ${(contest.organizer || contest.contact) && html`<h3>主办方</h3><p>${contest.organizer}</p>${contest.contact && html`<p>联系：${contest.contact}</p>`}`}
  </${Sheet}>`;
}

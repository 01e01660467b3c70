// What a player has gained, in a row of tiles: points, cards, draws that wait, and today's check-in.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { number } from "../../lib/format.js";
import { earnedWords } from "../lib/earned.js";
import { say } from "../../lib/problems.js";

/** @param {{parts: import("../app").Parts, home: import("../../lib/types").Home, refresh: () => void}} props */
export function GainsBar({ parts, home, refresh }) {
  const {
    contest: { gains },
    me,
  } = home;
  if (!gains.earnings.length || !me) return null;
  return html`<nav class="gains" aria-label="我的收获">
    ${(gains.points || me.points > 0) && html`<${Tile} to="gains" figure=${number(me.points)} name="积分" />`}
    ${gains.cards.length > 0 && html`<${Tile} to="gains" figure=${me.cards.length} of=${gains.cards.length}
      name="集卡" />`}
    ${(gains.draws || me.chances > 0) && html`<${Tile} to="draw" figure=${me.chances}
      name=${me.chances ? "去抽奖" : "抽奖"} lit=${me.chances > 0} />`}
    ${gains.earnings.some((e) => e.for === "checkin") && html`<${CheckIn} parts=${parts} home=${home}
      refresh=${refresh} />`}
    <a class="gain more" href="#/gains"><span>怎么得</span></a>
  </nav>`;
}

/** @param {{to: string, figure: any, of?: number, name: string, lit?: boolean}} props */
const Tile = ({ to, figure, of, name, lit }) => html`<a class=${lit ? "gain lit" : "gain"} href=${"#/" + to}>
  <b>${figure}${of ? html`<small>/${of}</small>` : ""}</b>
  <span>${name}</span>
</a>`;

/** @param {{parts: import("../app").Parts, home: import("../../lib/types").Home, refresh: () => void}} props */
export function CheckIn({ parts, home: { contest, me }, refresh }) {
  const [busy, setBusy] = useState(false);
  if (!me || contest.phase !== "open") return null;
  if (me.checked_in) return html`<span class="gain done"><b aria-hidden="true">✓</b><span>已签到</span></span>`;
  async function checkIn() {
    if (busy) return;
    setBusy(true);
    try {
      const { earned } = await parts.api("POST", `/contests/${contest.slug}/checkins`, {});
      parts.tell("签到成功" + (earned.length ? "，得到" + earnedWords(earned) : "") + "。");
      refresh();
    } catch (problem) {
      parts.tell(say(problem));
    }
    setBusy(false);
  }
  return html`<button class="gain lit" aria-disabled=${busy} onClick=${checkIn}><b>签到</b><span>今天</span></button>`;
}

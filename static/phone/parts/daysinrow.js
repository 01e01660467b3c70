// The days on which I checked in: how many in a row, each of the last seven, and how a missed one is made up.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { say } from "../../lib/problems.js";
import { earnedWords } from "../lib/earned.js";

/** @typedef {NonNullable<import("../../lib/types").Me["rows"]>} Rows */

/** @param {{parts: import("../app").Parts, slug: string, rows: Rows, refresh: () => void}} props */
export function DaysInRow({ parts, slug, rows: { row, days, makeup }, refresh }) {
  const [chosen, choose] = useState(0); // the day to make up
  const price = makeup ? makeup.price + (makeup.purse ? " 个" + makeup.purse.title : " 积分") : "";
  const missed = days.filter((day) => day.missed);
  return html`<div class="days-in-row">
    <p>${row > 0 ? html`已连续签到 <b>${row}</b> 天` : "今天签到，就是连续的第 1 天"}</p>
    <ol>
      ${days.map((day, i) => {
        const today = i === days.length - 1;
        const said = day.came ? "已签到" : today ? "还没有签到" : "没有签到";
        return html`<li class=${day.came ? "came" : ""} key=${day.day}>
          <b aria-hidden="true">${day.came ? "✓" : today ? "今" : "–"}</b>
          <span>${today ? "今天" : dateOf(day.day)}</span><span class="unseen">${said}</span>
        </li>`;
      })}
    </ol>
    ${makeup && missed.length > 0 && html`<p class="soft">漏签的一天可以用 ${price} 补上，还能补 ${makeup.left} 天。</p>`}
    ${makeup && makeup.left > 0 && html`<p class="makeups">
      ${missed.map((day) => html`<button class="quiet" key=${day.day} onClick=${() => choose(day.day)}>
        补签 ${dateOf(day.day)}
      </button>`)}
    </p>`}
    ${makeup && chosen > 0 && html`<${Sure} parts=${parts} slug=${slug} day=${chosen}
      price=${makeup.price} told=${price} done=${() => {
        choose(0);
        refresh();
      }} />`}
  </div>`;
}

/**
 * Asks before points are taken. A reply that is lost does no harm: a day is paid for once.
 * @param {{parts: import("../app").Parts, slug: string, day: number, price: number, told: string,
 *   done: () => void}} props
 */
function Sure({ parts, slug, day, price, told, done }) {
  const [busy, setBusy] = useState(false);
  async function makeUp() {
    if (busy) return;
    setBusy(true);
    try {
      const { earned } = await parts.api("POST", `/contests/${slug}/makeups`, { day, price });
      parts.tell("补签成功" + (earned.length ? "，得到" + earnedWords(earned) : "") + "。");
      done();
    } catch (problem) {
      parts.tell(say(problem));
      setBusy(false);
    }
  }
  return html`<p class="makeups">
    <button class="main" aria-disabled=${busy} onClick=${makeUp}>用 ${told}补 ${dateOf(day)}</button>
    <button class="quiet" onClick=${done}>不补了</button>
  </p>`;
}

/** @param {number} day as yyyymmdd */
const dateOf = (day) => `${Math.floor(day / 100) % 100}/${day % 100}`;

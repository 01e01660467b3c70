// The days on which I checked in: how many in a row, and each of the last seven.
import { html } from "../../html.js";

/** @typedef {NonNullable<import("../../lib/types").Me["rows"]>} Rows */

/** @param {{rows: Rows}} props */
export const DaysInRow = ({ rows: { row, days } }) => html`<div class="days-in-row">
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
</div>`;

/** @param {number} day as yyyymmdd */
const dateOf = (day) => `${Math.floor(day / 100) % 100}/${day % 100}`;

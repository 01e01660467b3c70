// One board of the big screen. A row keeps its element and moves to its new place, so that the hall sees who climbs.
import { html } from "../html.js";
import { number } from "../phone/lib/format.js";

/** @typedef {import("../phone/types").BoardPage} BoardPage */

export const rows = 8;

/** @param {{title: string, page: BoardPage | null, late: boolean}} props */
export function BigBoard({ title, page, late }) {
  const entries = page ? page.entries.slice(0, rows) : [];
  return html`<section class="panel">
    <header class="panel-head"><h2>${title}</h2>
      <p>${late || (page && page.late) ? "榜单稍后更新" : page ? `共${number(page.total)}${page.subject === "unit" ? "个单位" : "人"}` : ""}</p></header>
    <ol class="rows">
      ${entries.map((e, i) => html`<li key=${e.name + "|" + e.unit} class=${`big-row place-${i}${e.rank <= 3 ? " top" + e.rank : ""}`}>
        <span class="big-rank">${e.rank}</span>
        <span class="big-name"><b>${e.name}</b>${e.unit && html`<small>${e.unit}</small>`}</span>
        <b class="big-score">${number(e.score)}<small>${page && page.measure}</small></b>
      </li>`)}
    </ol>
    ${page && !entries.length && html`<p class="nobody">还没有人上榜<br />扫码答题，争第一名</p>`}
  </section>`;
}

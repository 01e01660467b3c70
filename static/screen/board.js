// The boards of the big screen. A row keeps its element and moves to its new place, so that the hall sees who climbs.
import { html } from "../html.js";
import { useEffect, useState } from "../vendor/hooks.js";
import { number, scored } from "../lib/format.js";
import { poll } from "../lib/poll.js";

/** @typedef {import("../lib/types").Contest} Contest @typedef {import("../lib/types").BoardPage} BoardPage */

const every = 3000;
const rows = 8;

/** @param {{api: (method: string, path: string) => Promise<any>, contest: Contest, children?: any}} props */
export function Boards({ api, contest, children }) {
  const [pages, setPages] = useState(/** @type {Record<string, BoardPage>} */ ({}));
  const [late, setLate] = useState(/** @type {Record<string, boolean>} */ ({}));
  const boards = leading(contest);
  useEffect(
    () =>
      poll(
        async () => {
          for (const { key } of boards) {
            try {
              const page = await api("GET", `/contests/${contest.slug}/boards/${key}?from=1&size=${rows}&on=screen`);
              setPages((was) => ({ ...was, [key]: page }));
              setLate((was) => ({ ...was, [key]: false }));
            } catch (bad) {
              if (bad.code !== "board_unavailable") throw bad;
              setLate((was) => ({ ...was, [key]: true })); // counters go on, the last board stays
            }
          }
        },
        every,
        () => {},
      ),
    [contest.slug, boards.map((b) => b.key).join()],
  );
  return html`<div class=${"boards of-" + boards.length}>
    ${boards.map(
      (b) => html`<${BigBoard} key=${b.key} title=${b.title} page=${pages[b.key] || null} late=${!!late[b.key]} />`,
    )}
    ${children}
  </div>`;
}

/** The boards a hall sees: the first of players and the first of units. @param {Contest} contest */
export function leading(contest) {
  /** @type {("player" | "unit")[]} */
  const subjects = ["player", "unit"];
  return subjects.map((s) => contest.boards.find((b) => b.subject === s)).filter((b) => !!b);
}

/** @param {{title: string, page: BoardPage | null, late: boolean}} props */
function BigBoard({ title, page, late }) {
  const entries = page ? page.entries.slice(0, rows) : [];
  return html`<section class="panel">
    <header class="panel-head">
      <h2>${title}</h2>
      <p>
        ${late || (page && page.late)
          ? "榜单稍后更新"
          : page
            ? `共${number(page.total)}${page.subject === "unit" ? "个单位" : "人"}`
            : ""}
      </p>
    </header>
    <ol class="rows">
      ${entries.map(
        (e, i) => html`<li key=${e.name + "|" + e.unit}
          class=${`big-row place-${i}${e.rank <= 3 ? " top" + e.rank : ""}`}>
          <span class="big-rank">${e.rank}</span>
          <span class="big-name"><b>${e.name}</b>${e.unit && html`<small>${e.unit}</small>`}</span>
          <b class="big-score">${scored(e.score, page ? page.measure : "")}<small>${page && page.measure}</small></b>
        </li>`,
      )}
    </ol>
    ${page && !entries.length && html`<p class="nobody">还没有人上榜<br />扫码答题，争第一名</p>`}
  </section>`;
}

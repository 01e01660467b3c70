// The boards of the big screen. A row keeps its element and moves to its new place, so that the hall sees who climbs;
// for a moment it says by how many places.
import { html } from "../html.js";
import { useEffect, useRef, useState } from "../vendor/hooks.js";
import { number, scored, span } from "../lib/format.js";
import { poll } from "../lib/poll.js";

/** @typedef {import("../lib/types").Contest} Contest @typedef {import("../lib/types").BoardPage} BoardPage */
/** @typedef {BoardPage["entries"][number]} Entry */
/** @typedef {Contest["boards"][number]} Board */

const every = 3000;
const near = 8; // places that a room can read
const far = 5; // places that can be read from 20 metres
const change = 12000; // milliseconds that each board of the far view has
const shows = 4000; // milliseconds that a climb is told

/**
 * The first places of boards, and of which the ranking is late.
 * @param {(method: string, path: string) => Promise<any>} api @param {Contest} contest @param {Board[]} boards
 * @param {number} size
 */
function usePages(api, contest, boards, size) {
  const [pages, setPages] = useState(/** @type {Record<string, BoardPage>} */ ({}));
  const [late, setLate] = useState(/** @type {Record<string, boolean>} */ ({}));
  useEffect(
    () =>
      poll(
        async () => {
          for (const { key } of boards) {
            try {
              const page = await api("GET", `/contests/${contest.slug}/boards/${key}?from=1&size=${size}&on=screen`);
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
  return { pages, late };
}

/** @param {{api: (method: string, path: string) => Promise<any>, contest: Contest, children?: any}} props */
export function Boards({ api, contest, children }) {
  const boards = leading(contest);
  const { pages, late } = usePages(api, contest, boards, near);
  return html`<div class=${"boards of-" + boards.length}>
    ${boards.map(
      (b) => html`<${BigBoard} key=${b.key} title=${b.title} page=${pages[b.key] || null} late=${!!late[b.key]}
        size=${near} />`,
    )}
    ${children}
  </div>`;
}

/**
 * Five places in letters that are read from the last row; where a contest ranks units too, each board in turn.
 * @param {{api: (method: string, path: string) => Promise<any>, contest: Contest, children?: any}} props
 */
export function FarBoard({ api, contest, children }) {
  const boards = leading(contest);
  const { pages, late } = usePages(api, contest, boards, far);
  const [round, setRound] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setRound((n) => n + 1), change);
    return () => clearInterval(timer);
  }, []);
  const b = boards[round % boards.length];
  return html`<div class="boards far-boards">
    ${b && html`<${BigBoard} key=${b.key} title=${b.title} page=${pages[b.key] || null} late=${!!late[b.key]}
      size=${far} />`}
    ${children}
  </div>`;
}

/** The boards a hall sees: the first of players, of units and of teams, two at most. @param {Contest} contest */
export function leading(contest) {
  /** @type {("player" | "unit" | "team")[]} */
  const subjects = ["player", "unit", "team"];
  return subjects.map((s) => contest.boards.find((b) => b.subject === s)).filter((b) => !!b).slice(0, 2);
}

/** @param {Entry} e */
const nameOf = (e) => e.name + "|" + e.unit;

/**
 * By how many places entries have climbed within the last seconds.
 * @param {Entry[]} entries @returns {Record<string, number>}
 */
function useClimbs(entries) {
  const was = useRef(/** @type {Record<string, number> | null} */ (null));
  const [climbs, setClimbs] = useState(/** @type {Record<string, number>} */ ({}));
  const order = entries.map((e, i) => nameOf(e) + i).join();
  useEffect(() => {
    if (!entries.length) return;
    const before = was.current;
    /** @type {Record<string, number>} */
    const places = (was.current = {});
    /** @type {Record<string, number>} */
    const climbed = {};
    entries.forEach((e, i) => {
      places[nameOf(e)] = i;
      if (!before) return;
      const from = before[nameOf(e)];
      const up = (from === undefined ? Object.keys(before).length : from) - i; // who is new comes from below
      if (up > 0) climbed[nameOf(e)] = up;
    });
    setClimbs(climbed);
    const timer = setTimeout(() => setClimbs({}), shows);
    return () => clearTimeout(timer);
  }, [order]);
  return climbs;
}

/** @param {{title: string, page: BoardPage | null, late: boolean, size: number}} props */
function BigBoard({ title, page, late, size }) {
  // A unit that nobody has answered for is not the last of a race.
  const entries = page ? page.entries.filter((e) => page.subject !== "unit" || e.score > 0).slice(0, size) : [];
  const climbs = useClimbs(entries);
  const round = page && page.rounds && page.rounds.find((r) => r.round === page.round);
  return html`<section class="panel">
    <header class="panel-head">
      <h2>${title}${round && html`<small>${round.title}</small>`}</h2>
      <p>
        ${late || (page && page.late)
          ? "榜单稍后更新"
          : page
            ? `共${number(page.total)}${page.subject === "unit" ? "个单位" : page.subject === "team" ? "个队" : "人"}`
            : ""}
      </p>
    </header>
    <ol class=${"rows of-" + size}>
      ${entries.map((e, i) => {
        const up = climbs[nameOf(e)];
        return html`<li key=${nameOf(e)}
          class=${`big-row place-${i}${e.rank <= 3 ? " top" + e.rank : ""}${up ? " climbing" : ""}`}>
          <span class="big-rank">${e.rank}</span>
          <span class="big-name"><b>${e.name}</b>${e.unit && html`<small>${e.unit}</small>`}</span>
          ${up && html`<i class="big-up">▲${up}</i>`}
          <b class="big-score">
            ${scored(e.score, page ? page.measure : "")}<small>${page && page.measure}</small>
            ${e.used_ms && html`<small class="big-used">${span(e.used_ms)}</small>`}
          </b>
        </li>`;
      })}
    </ol>
    ${page && !entries.length && html`<p class="nobody">还没有人上榜<br />扫码答题，争第一名</p>`}
  </section>`;
}

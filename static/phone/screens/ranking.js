// The boards: players or units, overall, today or round by round, with my own place always in sight.
import { html } from "../../html.js";
import { useEffect, useState } from "../../vendor/hooks.js";
import { Heading } from "../parts/chrome.js";
import { Honours } from "../parts/honours.js";
import { Pairings } from "../parts/pairings.js";
import { Failed, Waiting } from "../../lib/waiting.js";
import { day, number, scored, span } from "../../lib/format.js";
import "../css/ranking.css";

/** @typedef {import("../../lib/types").Entry} Entry @typedef {import("../../lib/types").BoardPage} BoardPage */

/** @typedef {import("../../lib/types").Me} Me */

/**
 * @param {{parts: import("../app").Parts, contest: import("../../lib/types").Contest, me: Me | null, register: () =>
 *   void}} props
 */
export function RankingScreen({ parts, contest, me, register }) {
  const [key, setKey] = useState(contest.boards.length ? contest.boards[0].key : "");
  const [today, setToday] = useState(false);
  const [round, setRound] = useState(""); // of a board of rounds; the newest one until another is chosen
  const [page, setPage] = useState(/** @type {BoardPage | null} */ (null));
  const [problem, setProblem] = useState(/** @type {import("../../lib/types").Problem | null} */ (null));
  const [tries, setTries] = useState(0);
  const board = contest.boards.find((b) => b.key === key);
  const daily = !!board && board.daily && today;
  useEffect(() => {
    let stale = false;
    setPage(null);
    setProblem(null);
    const of = daily ? "&day=" + day(parts.clock.now()) : round && "&round=" + round;
    parts
      .api("GET", `/contests/${contest.slug}/boards/${key}?from=1&size=50${of}`)
      .then(
        (got) => stale || setPage(got),
        (bad) => stale || setProblem(bad),
      );
    return () => {
      stale = true;
    };
  }, [key, daily, round, tries, me && me.missing_earn.length]);
  /** @param {string} to */
  const choose = (to) => {
    setRound("");
    setKey(to);
  };
  const lists = contest.lists && html`<p class="to-lists"><a class="quiet wide" href="#/lists">看公开名单</a></p>`;
  if (!board)
    return html`<main class="plain"><${Heading} title="排行榜" note="这次活动没有排行榜。" />${lists}</main>`;
  return html`<main class="plain rank">
    <${Heading} title="排行榜" note=${contest.boards.length === 1 ? board.title : ""} />
    ${contest.phase === "closed" && html`<${Honours} parts=${parts} slug=${contest.slug} />`}
    ${lists}
    ${contest.pairings && html`<${Pairings} parts=${parts} slug=${contest.slug} />`}
    ${contest.boards.length > 1 && html`<div class="tabs" role="group" aria-label="榜单">
      ${contest.boards.map(
        (b) => html`<button aria-pressed=${b.key === key} onClick=${() => choose(b.key)}>${b.title}</button>`,
      )}
    </div>`}
    ${board.daily && html`<div class="tabs small" role="group" aria-label="时间">
      <button aria-pressed=${!today} onClick=${() => setToday(false)}>累计</button>
      <button aria-pressed=${today} onClick=${() => setToday(true)}>今天</button>
    </div>`}
    ${problem &&
    (problem.code === "board_unavailable" ? html`<${Late} again=${() => setTries(tries + 1)} />`
      : html`<${Failed} problem=${problem} again=${() => setTries(tries + 1)} />`)}
    ${!problem && !page && html`<${Waiting} />`}
    ${page && page.rounds && html`<${Rounds} page=${page} choose=${setRound} />`}
    ${page && me && !page.me && html`<${Absent} me=${me} contest=${contest} of=${board.subject}
      daily=${daily} register=${register} />`}
    ${page && html`<${List} page=${page} of=${board.subject} team=${contest.teams} />`}
  </main>`;
}

/** Which week or period is shown, and the way to those before and after it.
 * @param {{page: BoardPage, choose: (round: string) => void}} props
 */
function Rounds({ page, choose }) {
  const rounds = page.rounds || [];
  const at = rounds.findIndex((r) => r.round === page.round);
  /** @param {number} to @param {string} text @param {string} name */
  const step = (to, text, name) => html`<button class="quiet" aria-label=${name} disabled=${!rounds[to]}
    onClick=${() => choose(rounds[to].round)}>${text}</button>`;
  return html`<div class="rounds" role="group" aria-label="哪一段时间">
    ${step(at + 1, "‹", "前一段")}
    <b role="status">${rounds[at].title}</b>
    ${step(at - 1, "›", "后一段")}
  </div>`;
}

/** @param {{again: () => void}} props */
const Late = ({ again }) => html`<div class="failed" role="status">
  <p><b>榜单稍后更新</b></p>
  <p class="soft">答题不受影响，成绩已经记下。</p>
  <button class="quiet" onClick=${again}>刷新</button>
</div>`;

/** Why the player stands on no place of this board.
 * @param {{me: Me, contest: import("../../lib/types").Contest, of: string, daily: boolean, register: () => void}}
 *   props
 */
function Absent({ me, contest, of, daily, register }) {
  if (me.missing_earn.length > 0) {
    return html`<div class="note register">
      <p>您还没有填登记信息，所以榜上没有您。</p>
      <button class="main" onClick=${register}>去填写</button>
    </div>`;
  }
  const why =
    me.decision === "standing"
      ? "您的资格暂时被取消，所以榜上没有您。"
      : of === "team"
        ? `您没有加入${contest.teams}，或者有成绩的队员还不够。`
      : of === "unit" && !me.unit
        ? `您没有选${contest.unit_label || "参赛单位"}，所以没有单位名次。`
        : daily
          ? "您今天还没有上榜。"
          : "这个榜上还没有您的名次。";
  return html`<p class="note">${why}</p>`;
}

/** @param {{page: BoardPage, of: string, team?: string}} props */
function List({ page, of, team }) {
  const group = of === "unit" ? "单位" : of === "team" ? team || "队伍" : "";
  const { entries, me, measure, total } = page;
  const listed = entries.some((e) => e.me);
  const mine = me && me.around.find((e) => e.me);
  if (!entries.length) return html`<p class="empty">还没有人上榜。答完一关，名字就会出现在这里。</p>`;
  return html`<div>
    ${page.late && html`<p class="note" role="status">榜单稍后更新，现在看到的可能不是最新。</p>`}
    <ol class="board">${entries.map((e) => html`<${Line} key=${e.rank + e.name} entry=${e} measure=${measure} />`)}</ol>
    ${me && !listed && html`<h2 class="board-gap">我附近</h2>
    <ol class="board">
      ${me.around.map((e) => html`<${Line} key=${e.rank + e.name} entry=${e} measure=${measure} />`)}
    </ol>`}
    <p class="soft board-total">共${number(total)}${group ? "个" + group : "人"}上榜</p>
    ${me && html`<p class="my-place">
      <span>${group ? "我的" + group : "我"}<span class="soft less">${mine && group ? mine.name : ""}</span></span>
      <b>第${number(me.rank)}名</b>
      <b>${scored(me.score, measure)}${measure}</b>
    </p>`}
  </div>`;
}

/** @param {{entry: Entry, measure: string}} props */
const Line = ({
  entry,
  measure,
}) => html`<li class=${`line${entry.me ? " mine" : ""}${entry.rank <= 3 ? " top" + entry.rank : ""}`}>
  <span class="line-rank"><span class="unseen">第</span>${number(entry.rank)}<span class="unseen">名</span></span>
  <span class="line-name">
    <b>${entry.name}</b>
    ${entry.me && html`<em>我</em>`}
    ${entry.unit && html`<small class="soft less">${entry.unit}</small>`}
  </span>
  <span class="line-score">
    ${scored(entry.score, measure)}<small>${measure}</small>
    ${entry.used_ms && html`<small class="line-used">${span(entry.used_ms)}</small>`}
  </span>
</li>`;

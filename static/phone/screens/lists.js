// The lists that everybody may see: who goes on, and first of all whether I do. Fetched when it is opened first.
import { html } from "../../html.js";
import { useEffect, useState } from "../../vendor/hooks.js";
import { Heading } from "../parts/chrome.js";
import { Failed, Waiting } from "../../lib/waiting.js";
import { poll } from "../../lib/poll.js";
import { dateTime, number } from "../../lib/format.js";
import "../css/ranking.css";
import "../css/lists.css";

/** @typedef {import("../../lib/schemas").components["schemas"]["PublicList"]} List */
/** @typedef {import("../../lib/schemas").components["schemas"]["PublicListPage"]} Page */
/** @typedef {import("../../lib/types").Problem} Problem */

const atOnce = 50;
const every = 15000; // who waits for a list sees it when it is made

/** @param {import("../screens").Shared} props level: the key of the list that is asked for */
export function ListsScreen({ parts, contest, me, level: asked }) {
  const [lists, setLists] = useState(/** @type {List[] | null} */ (null));
  const [key, setKey] = useState(asked || "");
  const [problem, setProblem] = useState(/** @type {Problem | null} */ (null));
  const path = `/contests/${contest.slug}/lists`;
  const load = () =>
    parts.api("GET", path).then(
      (got) => {
        setLists(got.lists);
        setProblem(null);
      },
      (bad) => {
        setProblem(bad);
        throw bad;
      },
    );
  useEffect(() => poll(load, every, () => {}), [!!me]);
  const list = lists && (lists.filter((l) => l.key === key)[0] || lists[0]);
  return html`<main class="plain rank">
    <${Heading} title="名单" note=${lists && lists.length === 1 ? lists[0].title : ""} />
    ${!lists && (problem ? html`<${Failed} problem=${problem} again=${() => load().catch(() => {})} />`
      : html`<${Waiting} />`)}
    ${lists && !list && html`<p class="empty">这次活动没有公开的名单。</p>`}
    ${lists && lists.length > 1 && html`<div class="tabs" role="group" aria-label="哪个名单">
      ${lists.map((l) => html`<button key=${l.key} aria-pressed=${l === list} onClick=${() => setKey(l.key)}>
        ${l.title}
      </button>`)}
    </div>`}
    ${list && html`<${One} key=${list.key + list.open} parts=${parts} path=${path + "/" + list.key} list=${list}
      known=${!!me} />`}
  </main>`;
}

/** @param {{parts: import("../app").Parts, path: string, list: List, known: boolean}} props known: not a stranger */
function One({ parts, path, list, known }) {
  const [page, setPage] = useState(/** @type {Page | null} */ (null));
  const [problem, setProblem] = useState(/** @type {Problem | null} */ (null));
  const rows = page ? page.players : [];
  const read = () =>
    parts.api("GET", `${path}?from=${rows.length + 1}&size=${atOnce}`).then((/** @type {Page} */ got) => {
      setPage({ ...got, players: rows.concat(got.players) });
      setProblem(null);
    }, setProblem);
  useEffect(() => {
    if (list.open) read();
  }, []);
  const now = parts.clock.now();
  if (!list.open)
    return html`<div class="note">
      <p>${list.at > now ? dateTime(list.at, now) + " 确定" : "名单还没有确定"}，确定以后在这里公开。</p>
      <p class="soft">名单里是：${list.says}。</p>
    </div>`;
  return html`<div>
    ${known && html`<${Mine} list=${page ? page.list : list} />`}
    <p class="soft list-says">${list.says}${list.made_at > 0 && "，" + dateTime(list.made_at, now) + " 确定"}。</p>
    ${page && page.units.length > 0 && html`<h2 class="board-gap">入选的${page.group}</h2>
    <ol class="board">
      ${page.units.map((unit, i) => html`<li class="line" key=${i}>
        <span class="line-rank">${i + 1}</span><span class="line-name"><b>${unit}</b></span>
      </li>`)}
    </ol>
    <h2 class="board-gap">入选的人</h2>`}
    ${page && !rows.length && html`<p class="empty">名单里现在没有人。</p>`}
    <ol class="board">
      ${rows.map((r, i) => html`<li class=${(r.me ? "line mine" : "line") + (r.place ? "" : " no-place")} key=${i}>
        ${r.place > 0 && html`<span class="line-rank">
          <span class="unseen">第</span>${number(r.place)}<span class="unseen">名</span>
        </span>`}
        <span class="line-name">
          <b>${r.name}</b>${r.me && html`<em>我</em>`}${r.unit && html`<small class="soft">${r.unit}</small>`}
        </span>
      </li>`)}
    </ol>
    ${problem ? html`<${Failed} problem=${problem} again=${read} />` : !page && html`<${Waiting} />`}
    ${page && rows.length > 0 && html`<p class="soft board-total">
      共${number(page.list.total)}人${!page.more && page.list.total > rows.length && `，这里列出前${number(rows.length)}人`}
    </p>`}
    ${page && page.more && html`<button class="quiet wide" onClick=${read}>再看${atOnce}人</button>`}
  </div>`;
}

/** @param {{list: List}} props */
const Mine = ({ list }) => html`<p class=${list.mine ? "note on-list" : "note"} role="status">
  ${list.mine ? html`<b>您在名单里${list.place > 0 && `，第${number(list.place)}名`}</b>` : "您不在这个名单里。"}
</p>`;

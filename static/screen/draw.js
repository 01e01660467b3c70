// The show of a public drawing in the hall: what was fixed beforehand, then the winners one by one, masked. The result
// is
// known when the page opens; the show only reveals it, at the pace of who hosts, and can be skipped at any time.
import "./draw.css";
import { html } from "../html.js";
import { useEffect, useState } from "../vendor/hooks.js";
import { Mark } from "../art/mark.js";
import { useEvents } from "../lib/events.js";
import { number } from "../lib/format.js";
import { say } from "../lib/problems.js";

/**
 * @typedef {{place: number, prize: string, name: string, unit: string, entry: number, gone: boolean, reason: string,
 *   by: number}} Winner
 */
/**
 * @typedef {{drawing: {id: string, title: string, state: string, prizes: {title: string, count: number}[], entries:
 *   number, fingerprint: string}, contest: {title: string}, people: number, excluded: {reason: string, count:
 *   number}[], sources: {name: string, values: string}[], seal: string, winners: Winner[]}} Detail
 */

const perPage = 12; // names that a hall can read at once

/** @param {{api: (method: string, path: string) => Promise<any>, id: string, show: string}} props */
export function DrawShow({ api, id, show }) {
  const [detail, setDetail] = useState(/** @type {Detail | null} */ (null));
  const [problem, setProblem] = useState("");
  const [shown, setShown] = useState(0); // how many names are revealed
  useEffect(() => {
    let timer = 0;
    let stopped = false;
    async function look() {
      try {
        const got = await api("GET", `/drawings/${id}${show ? "?show=" + encodeURIComponent(show) : ""}`);
        if (stopped) return;
        setDetail(got);
        setProblem("");
        if (got.winners.length) return; // the show goes on with what it has
      } catch (bad) {
        if (!stopped) setProblem(say(bad));
      }
      if (!stopped) timer = setTimeout(look, 3000);
    }
    look();
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [id, show]);

  const winners = detail ? reveal(detail.winners) : [];
  const over = shown >= winners.length;
  useEvents(window, ["keydown"], (event) => {
    if (!event) return;
    const { key } = /** @type {KeyboardEvent} */ (event);
    if (key === " " || key === "Enter" || key === "ArrowRight" || key === "PageDown") {
      event.preventDefault();
      setShown((n) => Math.min(n + 1, winners.length));
    } else if (key === "ArrowLeft" || key === "PageUp") setShown((n) => Math.max(0, n - 1));
    else if (key === "End") setShown(winners.length);
  });

  if (!detail) return html`<main class="empty-screen"><${Mark} /><p>${problem || "正在打开"}</p></main>`;
  const last = shown ? winners[shown - 1] : null;
  return html`<main class="hall draw-hall">
    <header class="band">
      <${Mark} />
      <div><h1>${detail.drawing.title}</h1><p>${detail.contest.title}</p></div>
      <p class="band-when">${number(detail.people)} 人入围，${number(detail.drawing.entries)} 个号</p>
    </header>
    ${!winners.length ? html`<${Fixed} detail=${detail} problem=${problem} />`
      : html`<div class="draw-stage">
        <section class="panel draw-now" aria-live="polite">
          ${last ? html`<${Big} key=${shown} winner=${last} fresh=${!over || winners.length === shown} />`
            : html`<div class="draw-wait"><p>结果已经按约定的号码算出</p><b>按空格键开始揭晓</b></div>`}
        </section>
        <${Rolls} winners=${winners.slice(0, shown)} total=${winners.length} />
      </div>`}
    <footer class="draw-foot">
      <p class="draw-print">
        <span>冻结指纹</span>${detail.drawing.fingerprint || "名单还没有冻结"}
        ${detail.seal && over && winners.length > 0 && html`<br /><span>结果指纹</span>${detail.seal}`}
      </p>
      ${winners.length > 0 && html`<p class="draw-keys">
        <button onClick=${() => setShown(Math.max(0, shown - 1))} disabled=${!shown}>上一个</button>
        <button onClick=${() => setShown(shown + 1)} disabled=${over}>下一个</button>
        <button onClick=${() => setShown(winners.length)} disabled=${over}>全部揭晓</button>
      </p>`}
    </footer>
  </main>`;
}

/**
 * Winners in the order of the show: the smallest prize first, the first prize last; reserves and places given up stay
 * out.
 * @param {Winner[]} winners */
export function reveal(winners) {
  const held = winners.filter((w) => w.prize && !w.gone);
  const tiers = held
    .map((w) => w.prize)
    .filter((p, i, all) => all.indexOf(p) === i)
    .reverse();
  return tiers.reduce((all, tier) => all.concat(held.filter((w) => w.prize === tier)), /** @type {Winner[]} */ ([]));
}

/** @param {{winner: Winner, fresh: boolean}} props */
const Big = ({ winner, fresh }) => html`<div class=${fresh ? "draw-big arriving" : "draw-big"}>
  <p class="draw-prize">${winner.prize}</p>
  <b>${winner.name}</b>
  ${winner.unit && html`<p>${winner.unit}</p>`}
  <small>名单第 ${number(winner.entry)} 号</small>
</div>`;

/** What is revealed so far, the newest of it. @param {{winners: Winner[], total: number}} props */
function Rolls({ winners, total }) {
  return html`<section class="panel draw-roll">
    <header class="panel-head"><h2>中奖名单</h2><p>已揭晓 ${number(winners.length)} / ${number(total)}</p></header>
    <ol>
      ${winners
        .slice(-perPage)
        .map((w) => html`<li key=${w.place}><b>${w.name}</b><span>${w.unit}</span><i>${w.prize}</i></li>`)}
    </ol>
  </section>`;
}

/** Before the draw: what anybody should photograph. @param {{detail: Detail, problem: string}} props */
const Fixed = ({ detail, problem }) => html`<section class="panel draw-fixed">
  <h2>${detail.drawing.fingerprint ? "名单已经冻结，请拍下这串指纹" : "名单还没有冻结"}</h2>
  ${detail.drawing.fingerprint && html`<p class="draw-finger">
    ${detail.drawing.fingerprint.split("-").map((g) => html`<span>${g}</span>`)}
  </p>`}
  <p>${detail.drawing.prizes.map((p) => `${p.title} ${number(p.count)} 份`).join("，")}</p>
  <p>用这些号码摇奖：${detail.sources.map((s) => s.name + (s.values ? "（" + s.values + "）" : "")).join("；")}</p>
  ${detail.excluded.length > 0 && html`<p>
    不在名单里的：${detail.excluded.map((e) => `${e.reason} ${number(e.count)} 人`).join("，")}
  </p>`}
  <p class="soft">${problem || "名单、规则、种子和约定的号码改动一个字，指纹就会变。"}</p>
</section>`;

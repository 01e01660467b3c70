// A public drawing in the hall: what was fixed beforehand, the numbers as they were thrown, then the winners one by one
// as the remote control reveals them. The screen has no more of the result than is revealed.
import "./draw.css";
import { html } from "../html.js";
import { useEffect, useRef, useState } from "../vendor/hooks.js";
import { Mark } from "../art/mark.js";
import { number } from "../lib/format.js";
import { poll } from "../lib/poll.js";
import { say } from "../lib/problems.js";
import { Roll } from "./roll.js";

/** @typedef {import("../lib/schemas").components["schemas"]["ScreenWinner"]} Winner */
/** @typedef {NonNullable<import("./follow.js").ScreenState["reveal"]>} Reveal */
/**
 * @typedef {{drawing: {id: string, title: string, state: string, prizes: {title: string, count: number}[], shares:
 *   string, entries: number, fingerprint: string}, contest: {title: string}, people: number, excluded:
 *   {reason: string, count: number}[], sources: {name: string, values: string, thrown: string}[], seal: string}} Detail
 */

const every = 2000;

/** @param {{api: (method: string, path: string) => Promise<any>, id: string, reveal: Reveal | null}} props */
export function DrawShow({ api, id, reveal }) {
  const [detail, setDetail] = useState(/** @type {Detail | null} */ (null));
  const [problem, setProblem] = useState("");
  const rolls = useRolls(reveal ? reveal.step : 0);
  useEffect(
    () =>
      poll(
        async () => {
          try {
            setDetail(await api("GET", "/drawings/" + id));
            setProblem("");
          } catch (bad) {
            setProblem(say(bad));
            throw bad;
          }
        },
        every,
        () => {},
      ),
    [id],
  );
  if (!detail) return html`<main class="empty-screen"><${Mark} /><p>${problem || "正在打开"}</p></main>`;
  const { drawing } = detail;
  const winners = reveal ? reveal.winners : [];
  const over = !!reveal && winners.length > 0 && reveal.step === reveal.total;
  return html`<main class="hall draw-hall">
    <header class="band">
      <${Mark} />
      <div class=${drawing.title.length > 14 ? "band-long" : ""}>
        <h1>${drawing.title}</h1><p>${detail.contest.title}</p>
      </div>
      <p class="band-when">${number(detail.people)} 人入围，${number(drawing.entries)} 个号</p>
    </header>
    ${reveal && winners.length ? html`<div class="draw-stage">
      <section class="panel draw-now">
        <${Big} key=${reveal.step} winner=${winners[winners.length - 1]} rolls=${rolls} />
      </section>
      <${Revealed} winners=${winners} reveal=${reveal} />
    </div>`
      : detail.sources.some((s) => s.values) ? html`<${Thrown} detail=${detail} reveal=${reveal} />`
        : html`<${Fixed} detail=${detail} problem=${problem} />`}
    <footer class="draw-foot">
      <p class="draw-print">
        <span>冻结指纹</span>${drawing.fingerprint || "名单还没有冻结"}
        ${detail.seal && over && html`<br /><span>结果指纹</span>${detail.seal}`}
      </p>
      ${winners.length > 0 && html`<p class="draw-own">手机上“我的奖品”里有您的摇奖号，对一对末尾 8 位</p>`}
    </footer>
  </main>`;
}

/** Whether the last step was one winner more, for whom the hall has just been waiting. @param {number} step */
function useRolls(step) {
  const was = useRef(step);
  const rolls = useRef(false);
  if (step !== was.current) {
    rolls.current = step > 0 && step === was.current + 1;
    was.current = step;
  }
  return rolls.current;
}

/** @param {{winner: Winner, rolls: boolean}} props */
function Big({ winner, rolls }) {
  const [done, setDone] = useState(!rolls);
  return html`<div class=${done ? "draw-big done" : "draw-big"}>
    <p class="draw-prize">${winner.prize}</p>
    <${Roll} slip=${winner.slip} rolls=${rolls} done=${() => setDone(true)} />
    <b class="draw-name">${winner.name}</b>
    <p class="draw-unit">${winner.unit}</p>
    <small>名单第 ${number(winner.entry)} 号</small>
  </div>`;
}

/** What is revealed so far, the newest of it. @param {{winners: Winner[], reveal: Reveal}} props */
function Revealed({ winners, reveal }) {
  return html`<section class="panel draw-roll">
    <header class="panel-head">
      <h2>中奖名单</h2><p>已揭晓 ${number(reveal.step)} / ${number(reveal.total)}</p>
    </header>
    <ol>
      ${winners
        .slice(0, -1)
        .reverse()
        .map((w) => html`<li key=${w.slip}><b>${w.name}</b><span>${w.slip.slice(-9)}</span><i>${w.prize}</i></li>`)}
    </ol>
  </section>`;
}

/** The public numbers in the order in which they came. @param {{detail: Detail, reveal: Reveal | null}} props */
function Thrown({ detail, reveal }) {
  const many = detail.sources.length > 2 || detail.sources.some((s) => s.thrown.length > 40);
  return html`<section class=${many ? "panel draw-fixed draw-many" : "panel draw-fixed"}>
    <h2>约定的公开号码</h2>
    ${detail.sources.map(
      (s) => html`<div class="draw-source" key=${s.name}>
        <p>${s.name}</p>
        <ul>${s.thrown.split(" ").map((value) => html`<li>${value}</li>`)}</ul>
      </div>`,
    )}
    <p class="soft">
      ${!reveal || (!reveal.hidden && !reveal.total) ? "号码和冻结的名单决定结果，谁也改不了"
        : reveal.hidden ? "结果已经算出。这块大屏没有连接，公布以后才显示" : `${number(reveal.total)} 份奖品，马上揭晓`}
    </p>
  </section>`;
}

/** Before the draw: what anybody should photograph. @param {{detail: Detail, problem: string}} props */
const Fixed = ({ detail, problem }) => html`<section class="panel draw-fixed">
  <h2>${detail.drawing.fingerprint ? "名单已经冻结，请拍下这串指纹" : "名单还没有冻结"}</h2>
  ${detail.drawing.fingerprint && html`<p class="draw-finger">
    ${detail.drawing.fingerprint.split("-").map((g) => html`<span>${g}</span>`)}
  </p>`}
  <p>
    ${detail.drawing.shares && `名单里的人平分：${detail.drawing.shares}。`}
    ${detail.drawing.prizes.map((p) => `${p.title} ${number(p.count)} 份`).join("，")}
  </p>
  <p>用这些号码摇奖：${detail.sources.map((s) => s.name).join("；")}</p>
  ${detail.excluded.length > 0 && html`<p>
    不在名单里的：${detail.excluded.map((e) => `${e.reason} ${number(e.count)} 人`).join("，")}
  </p>`}
  <p class="soft">${problem || "名单、规则、种子和约定的号码改动一个字，指纹就会变。"}</p>
</section>`;

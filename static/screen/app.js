// The big screen of a hall: it follows what staff choose in the console, and bears no controls itself.
import { html } from "../html.js";
import { useEffect, useState } from "../vendor/hooks.js";
import { Mark } from "../art/mark.js";
import { time } from "../lib/format.js";
import { poll } from "../lib/poll.js";
import { say } from "../lib/problems.js";
import { Boards, FarBoard } from "./board.js";
import { HallClock } from "./clock.js";
import { CodeAlone, Join } from "./code.js";
import { useRemote, useView } from "./follow.js";
import { MissedQuestion } from "./missed.js";
import { useOrigin } from "./origin.js";
import { PairWall } from "./pairs.js";
import { PledgeWall } from "./pledgewall.js";
import { PrizeWall } from "./prizes.js";
import { Rising } from "./rising.js";
import { Fetched } from "./fetched.js";

/** @typedef {import("../lib/types").Contest} Contest */
/** @typedef {{players: number, attempts: number, answers: number, correct: number, passed: number}} Stats */

const every = 3000;

/** @param {{api: (method: string, path: string) => Promise<any>, clock: {now(): number}, slug: string}} props */
export function Screen({ api, clock, slug }) {
  const [contest, setContest] = useState(/** @type {Contest | null} */ (null));
  const [problem, setProblem] = useState("");
  const { state, code } = useRemote(api, slug);
  const view = useView(state);
  useEffect(
    () =>
      poll(
        async () => {
          try {
            const { contest } = await api("GET", "/contests/" + slug);
            setContest(contest);
            setProblem("");
          } catch (bad) {
            setProblem(say(bad));
            throw bad;
          }
        },
        10 * every,
        () => {},
      ),
    [],
  );
  if (!contest || !state || !view)
    return html`<main class="empty-screen"><${Mark} /><p>${problem || "正在打开"}</p></main>`;
  return html`<div>
    ${view === "live" && state.hidden ? html`<main class="empty-screen">
      <${Mark} /><p>正在演练直播答题，在控制台连接这块大屏以后显示</p>
    </main>`
      : view === "live" ? html`<${Fetched} key=${state.subject} load=${stage} name="LiveStage" api=${api}
      id=${state.subject} />`
      : view === "drawing" ? html`<${Fetched} key=${state.subject} load=${show} name="DrawShow" api=${api}
        id=${state.subject} reveal=${state.reveal} />`
        : html`<${Hall} api=${api} clock=${clock} contest=${contest} view=${view} sponsors=${state.sponsors} />`}
    ${code && html`<aside class="pairing" role="status">
      <span>连接这块大屏，请在控制台输入</span><b>${code.slice(0, 3)} ${code.slice(3)}</b>
    </aside>`}
  </div>`;
}

const stage = () => import("./live/stage.js");
const show = () => import("./draw.js");

/**
 * The views of the contest itself, in one frame.
 * @param {{api: (method: string, path: string) => Promise<any>, clock: {now(): number}, contest: Contest, view:
 *   string, sponsors: {name: string, logo: string}[]}} props
 */
function Hall({ api, clock, contest, view, sponsors }) {
  const [stats, setStats] = useState(/** @type {Stats | null} */ (null));
  const [failures, setFailures] = useState(0);
  const [seen, setSeen] = useState(0);
  const origin = useOrigin(api);
  const { slug } = contest;
  useEffect(
    () =>
      poll(
        async () => {
          setStats(await api("GET", `/contests/${slug}/stats`));
          setSeen(clock.now());
        },
        every,
        setFailures,
      ),
    [slug],
  );
  const home = origin + "/c/" + slug;
  const pass = contest.pass ? `?pass=${contest.pass}` : "";
  const join = html`<${Join} title="扫码答题" home=${home} query=${pass} note="每题都有讲解和依据" />`;
  return html`<main class=${"hall view-" + view}>
    ${contest.rehearsal && html`<p class="rehearsal">演练</p>`}
    <header class="band">
      <${Mark} />
      <div class=${contest.title.length > 14 ? "band-long" : ""}>
        <h1>${contest.title}</h1><p>${contest.subtitle || contest.organizer}</p>
      </div>
      <${HallClock} api=${api} clock=${clock} contest=${contest} />
    </header>
    ${view === "pledge" ? html`<${PledgeWall} api=${api} slug=${slug}>
      <${Join} title="扫码签名接力" home=${home} query=${pass ? pass + "&pledge=" : "?pledge="} note="签名领证书，把安全传下去" />
    </${PledgeWall}>`
      : view === "code" ? html`<${CodeAlone} home=${home} query=${pass} />`
        : view === "far" ? html`<${FarBoard} api=${api} contest=${contest}>${join}</${FarBoard}>`
          : view === "pairs" ? html`<${PairWall} api=${api} clock=${clock} slug=${slug}>${join}</${PairWall}>`
          : view === "missed" ? html`<${MissedQuestion} api=${api} slug=${slug}>${join}</${MissedQuestion}>`
          : view === "prizes" ? html`<${PrizeWall} api=${api} slug=${slug}>${join}</${PrizeWall}>`
            : html`<${Boards} api=${api} contest=${contest}>${join}</${Boards}>`}
    ${sponsors.length > 0 && html`<ul class="sponsors" aria-label="支持单位">
      ${sponsors.map(
        (s) => html`<li key=${s.name}>
          ${s.logo && html`<img src=${"/api/v1/images/" + s.logo} alt="" />`}<span>${s.name}</span>
        </li>`,
      )}
    </ul>`}
    <footer class="counts">
      <${Count} name="加入人数" value=${stats && stats.players} />
      <${Count} name="作答题数" value=${stats && stats.answers} />
      <${Count} name="正确率" unit="%" value=${stats && stats.answers ? (100 * stats.correct) / stats.answers : null} />
      <${Count} name="通关人次" value=${stats && stats.passed} />
      <p class=${failures ? "fresh stale" : "fresh"} role="status">
        ${seen && failures ? "网络中断，这是" + time(seen) + "的数据" : ""}
      </p>
    </footer>
  </main>`;
}

/** @param {{name: string, value: number | null, unit?: string}} props null: not known, or of nothing yet */
const Count = ({ name, value, unit = "" }) => html`<p class="count">
  ${value === null ? html`<b>—</b>` : html`<${Rising} to=${Math.round(value)} unit=${unit} />`}
  <span>${name}</span>
</p>`;

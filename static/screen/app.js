// The big screen of a hall: who leads, how many take part, and the code to join.
import { html } from "../html.js";
import { useEffect, useState } from "../vendor/hooks.js";
import { Mark } from "../art/mark.js";
import { number, time, when } from "../phone/lib/format.js";
import { say } from "../phone/lib/problems.js";
import { BigBoard, rows } from "./board.js";
import { poll } from "./poll.js";

/** @typedef {import("../phone/types").Contest} Contest @typedef {import("../phone/types").BoardPage} BoardPage */
/** @typedef {{players: number, attempts: number, answers: number, correct: number, passed: number}} Stats */

const every = 3000;

/** @param {{api: (method: string, path: string) => Promise<any>, clock: {now(): number}, slug: string}} props */
export function Screen({ api, clock, slug }) {
  const [contest, setContest] = useState(/** @type {Contest | null} */ (null));
  const [stats, setStats] = useState(/** @type {Stats | null} */ (null));
  const [pages, setPages] = useState(/** @type {Record<string, BoardPage>} */ ({}));
  const [late, setLate] = useState(/** @type {Record<string, boolean>} */ ({}));
  const [failures, setFailures] = useState(0);
  const [seen, setSeen] = useState(0);
  const [problem, setProblem] = useState("");

  useEffect(() => poll(async () => {
    try {
      const { contest } = await api("GET", "/contests/" + slug);
      setContest(contest);
      setProblem("");
    } catch (bad) {
      setProblem(say(bad));
      throw bad;
    }
  }, 10 * every, () => {}), []);

  const boards = contest ? leading(contest) : [];
  const keys = boards.map((b) => b.key).join();
  useEffect(() => {
    if (!contest) return;
    return poll(async () => {
      setStats(await api("GET", `/contests/${contest.slug}/stats`));
      setSeen(clock.now());
      for (const { key } of boards) {
        try {
          const page = await api("GET", `/contests/${contest.slug}/boards/${key}?from=1&size=${rows}`);
          setPages((was) => ({ ...was, [key]: page }));
          setLate((was) => ({ ...was, [key]: false }));
        } catch (bad) {
          if (bad.code !== "board_unavailable") throw bad;
          setLate((was) => ({ ...was, [key]: true })); // counters go on, the last board stays
        }
      }
    }, every, setFailures);
  }, [keys]);

  if (!contest) return html`<main class="empty-screen"><${Mark} /><p>${problem || "正在打开"}</p></main>`;
  return html`<main class="hall">
    <header class="band"><${Mark} /><div><h1>${contest.title}</h1><p>${contest.subtitle || contest.organizer}</p></div>
      <p class="band-when">${when(contest, clock.now())}</p></header>
    <div class=${"boards of-" + boards.length}>
      ${boards.map((b) => html`<${BigBoard} key=${b.key} title=${b.title} page=${pages[b.key] || null} late=${!!late[b.key]} />`)}
      <${Join} slug=${slug === "current" ? "" : slug} />
    </div>
    <footer class="counts">
      <${Count} name="参赛人数" value=${stats && number(stats.players)} />
      <${Count} name="作答题数" value=${stats && number(stats.answers)} />
      <${Count} name="正确率" value=${stats && (stats.answers ? Math.round((100 * stats.correct) / stats.answers) + "%" : "—")} />
      <${Count} name="通关人次" value=${stats && number(stats.passed)} />
      <p class=${failures ? "fresh stale" : "fresh"} role="status">${seen ? (failures ? "网络中断，这是" + time(seen) + "的数据" : "更新于" + time(seen)) : ""}</p>
    </footer>
  </main>`;
}

/** The boards a hall sees: the first of players and the first of units. @param {Contest} contest */
export function leading(contest) {
  /** @type {("player" | "unit")[]} */
  const subjects = ["player", "unit"];
  return subjects.map((s) => contest.boards.find((b) => b.subject === s)).filter((b) => !!b);
}

/** @param {{name: string, value: string | null}} props */
const Count = ({ name, value }) => html`<p class="count"><b>${value === null ? "—" : value}</b><span>${name}</span></p>`;

/** The code of the player page; the address alone when there is no code. @param {{slug: string}} props */
function Join({ slug }) {
  const [coded, setCoded] = useState(true);
  const address = location.origin + (slug ? "/c/" + slug : "/");
  return html`<aside class="join">
    <h2>${coded ? "扫码答题" : "打开网址答题"}</h2>
    ${coded && html`<div class="code"><img src=${"/qr.svg?text=" + encodeURIComponent(address)} alt=${"二维码：" + address} onError=${() => setCoded(false)} /></div>`}
    <p class="address">${address.replace(/^https?:\/\//, "").replace(/\/$/, "")}</p>
    <p>每题都有讲解和依据</p>
  </aside>`;
}

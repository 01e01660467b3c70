// The big screen of a hall: who leads, how many take part, and the code to join.
import { html } from "../html.js";
import { useEffect, useState } from "../vendor/hooks.js";
import { Mark } from "../art/mark.js";
import { number, time, when } from "../lib/format.js";
import { say } from "../lib/problems.js";
import { Boards } from "./board.js";
import { PledgeWall } from "./pledgewall.js";
import { local } from "../lib/local.js";
import { poll } from "../lib/poll.js";
import { useOrigin } from "./origin.js";
import { Switch, useView } from "./switch.js";

/** @typedef {import("../lib/types").Contest} Contest */
/** @typedef {{players: number, attempts: number, answers: number, correct: number, passed: number}} Stats */

const every = 3000;

/** @param {{api: (method: string, path: string) => Promise<any>, clock: {now(): number}, slug: string}} props */
export function Screen({ api, clock, slug }) {
  const [contest, setContest] = useState(/** @type {Contest | null} */ (null));
  const [stats, setStats] = useState(/** @type {Stats | null} */ (null));
  const [failures, setFailures] = useState(0);
  const [seen, setSeen] = useState(0);
  const [problem, setProblem] = useState("");
  const [view, choice, choose] = useView(contest);
  const origin = useOrigin(api);

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
  const known = contest ? contest.slug : "";
  useEffect(() => {
    if (!known) return;
    return poll(
      async () => {
        setStats(await api("GET", `/contests/${known}/stats`));
        setSeen(clock.now());
      },
      every,
      setFailures,
    );
  }, [known]);

  if (!contest) return html`<main class="empty-screen"><${Mark} /><p>${problem || "正在打开"}</p></main>`;
  const home = origin + "/c/" + slug;
  const pass = contest.pass ? `?pass=${contest.pass}` : "";
  return html`<main class="hall">
    ${contest.rehearsal && html`<p class="rehearsal">演练</p>`}
    <header class="band">
      <${Mark} />
      <div><h1>${contest.title}</h1><p>${contest.subtitle || contest.organizer}</p></div>
      <p class="band-when">${when(contest, clock.now())}</p>
    </header>
    ${view === "pledge" ? html`<${PledgeWall} api=${api} slug=${contest.slug}>
      <${Join} title="扫码签名接力" home=${home} query=${pass ? pass + "&pledge=" : "?pledge="} note="签名领证书，把安全传下去" />
    </${PledgeWall}>`
      : html`<${Boards} api=${api} contest=${contest}>
        <${Join} title="扫码答题" home=${home} query=${pass} note="每题都有讲解和依据" />
      </${Boards}>`}
    <footer class="counts">
      <${Count} name="参赛人数" value=${stats && number(stats.players)} />
      <${Count} name="作答题数" value=${stats && number(stats.answers)} />
      <${Count} name="正确率"
        value=${stats && (stats.answers ? Math.round((100 * stats.correct) / stats.answers) + "%" : "—")} />
      <${Count} name="通关人次" value=${stats && number(stats.passed)} />
      <${Switch} contest=${contest} choice=${choice} choose=${choose} />
      <p class=${failures ? "fresh stale" : "fresh"} role="status">
        ${seen ? (failures ? "网络中断，这是" + time(seen) + "的数据" : "更新于" + time(seen)) : ""}
      </p>
    </footer>
  </main>`;
}

/** @param {{name: string, value: string | null}} props */
const Count = ({ name, value }) => html`<p class="count">
  <b>${value === null ? "—" : value}</b>
  <span>${name}</span>
</p>`;

/** The code of a page for phones; the address alone when there is no code.
 * @param {{title: string, home: string, query: string, note: string}} props query: what the code adds to the address */
function Join({ title, home, query, note }) {
  const [coded, setCoded] = useState(true);
  return html`<aside class="join">
    <h2>${coded ? title : title.replace("扫码", "打开网址")}</h2>
    ${coded && html`<div class="code">
      <img src=${"/qr.svg?text=" + encodeURIComponent(home + query)} alt=${"二维码：" + home}
        onError=${() => setCoded(false)} />
    </div>`}
    <p class="address">
      ${home
        .replace(/^https?:\/\//, "")
        .replace(/\/$/, "")
        .split("/c/")
        .map((part, i) => (i ? html`<wbr />${"/c/" + part}` : part))}
    </p>
    <p>${local(home) ? "手机打不开这个地址，启动时请加 --public" : note}</p>
  </aside>`;
}

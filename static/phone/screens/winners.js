// Who won, masked, for everybody to see: in instant draws and in public drawings. Fetched when it is opened first.
import "../css/prizes.css";
import { html } from "../../html.js";
import { useEffect, useState } from "../../vendor/hooks.js";
import { Heading } from "../parts/chrome.js";
import { Failed, Waiting } from "../../lib/waiting.js";
import { date } from "../../lib/format.js";

/** @typedef {{prize: string, source: "pool" | "drawing", name: string, unit: string, won_at: number}} Win */

const most = 100; // that the server lists

/** @param {{parts: import("../app").Parts, contest: import("../../lib/types").Contest}} props */
export function WinnersScreen({ parts, contest }) {
  const [wins, setWins] = useState(/** @type {Win[] | null} */ (null));
  const [problem, setProblem] = useState(/** @type {import("../../lib/types").Problem | null} */ (null));
  const load = () => {
    setProblem(null);
    parts.api("GET", `/contests/${contest.slug}/winners`).then((got) => setWins(got.winners), setProblem);
  };
  useEffect(load, []);
  return html`<main class="plain prizes">
    <${Heading} title="中奖名单" note="昵称只显示头尾。兑换的、直播答题分到的和放弃的不列在这里。" />
    ${problem ? html`<${Failed} problem=${problem} again=${load} />`
      : !wins ? html`<${Waiting} />`
      : !wins.length ? html`<p class="empty">还没有人中奖。公开摇奖的结果公布以后，也列在这里。</p>`
      : html`<ol class="winners">
        ${wins.map(
          (w) => html`<li>
            <span><b>${w.name}</b><small class="soft">${w.unit}</small></span>
            <span>
              ${w.prize}<small class="soft">${w.source === "drawing" ? "公开摇奖" : "抽奖"}，${date(w.won_at)}</small>
            </span>
          </li>`,
        )}
      </ol>`}
    ${wins && wins.length === most && html`<p class="soft">
      只列最近 ${most} 份。每次公开摇奖的完整名单在“我的奖品”里。
    </p>`}
    <p class="prizes-more"><a class="quiet wide" href="#/prizes"><span>我的奖品和公开摇奖</span></a></p>
  </main>`;
}

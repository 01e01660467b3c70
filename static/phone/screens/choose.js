// The contests to choose from, where the address names none: what is open, what comes next, what is over. Fetched where
// there are several.
import "../css/choose.css";
import { html } from "../../html.js";
import { useEffect } from "../../vendor/hooks.js";
import { date, when } from "../../lib/format.js";
import { useRecords } from "./home.js";

/** @typedef {import("../../lib/types").ContestLine} Line */

/** @type {[string, Line["phase"][]][]} */
const groups = [
  ["正在进行", ["open"]],
  ["热身中", ["training"]],
  ["接下来", ["upcoming"]],
  ["已经结束", ["closed"]],
];

/** @param {{contests: Line[], now: number}} props contests: in the server's order */
export function ChooseScreen({ contests, now }) {
  useRecords();
  useEffect(() => {
    document.title = "安全答·选一个活动";
  }, []);
  const open = contests.filter((c) => c.phase === "open" || c.phase === "training").length;
  return html`<main class="plain choose">
    <div class="heading">
      <h1 tabindex="-1">${open ? "选一个活动" : "现在没有进行中的活动"}</h1>
      ${open > 0 && html`<p class="soft">现在有 ${open} 个活动可以参加，点开就能答题。</p>`}
    </div>
    ${groups.map(([title, phases]) => {
      const of = contests.filter((c) => phases.indexOf(c.phase) >= 0);
      return (
        of.length > 0 &&
        html`<section key=${title}>
          <h2>${title}</h2>
          <ul>${of.map((c) => html`<${Card} key=${c.slug} contest=${c} now=${now} />`)}</ul>
        </section>`
      );
    })}
  </main>`;
}

/** @param {{contest: Line, now: number}} props */
const Card = ({ contest, now }) => html`<li>
  <a class=${"choice " + contest.phase} href=${"/c/" + contest.slug}>
    <b>${contest.title}</b>
    <span>${contest.phase === "closed" ? date(contest.closes_at - 1, now) + "结束" : when(contest, now)}</span>
    <small class="soft">${contest.organizer}</small>
  </a>
</li>`;

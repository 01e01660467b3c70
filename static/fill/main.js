// What a unit fills in of what happened off line: /fill#token. The token stands behind the #, so that it reaches no log
// and no other site. What was typed stays on the phone until it is reported.
import { html } from "../html.js";
import { useEffect, useState } from "../vendor/hooks.js";
import { render } from "../vendor/preact.js";
import { Mark } from "../art/mark.js";
import { newApi } from "../lib/api.js";
import { newClock } from "../lib/clock.js";
import { dateTime } from "../lib/format.js";
import { say } from "../lib/problems.js";
import { Entry } from "./entry.js";

/** @typedef {import("../lib/schemas").components["schemas"]["Fill"]} Fill */

const clock = newClock();
const call = newApi(clock);

/** The first period that is begun and not reported; else the newest that is begun. @param {Fill} fill */
function firstOpen(fill) {
  const begun = fill.periods.filter((p) => p.begins_at <= clock.now());
  const open = begun.find((p) => !p.report) || begun[begun.length - 1];
  return open ? open.due_at : 0;
}

/** @param {{token: string}} props */
function Page({ token }) {
  const [fill, setFill] = useState(/** @type {Fill | null} */ (null));
  const [problem, setProblem] = useState(/** @type {any} */ (null));
  const [due, setDue] = useState(0);
  const load = () =>
    call("POST", "/fill", { token }).then((/** @type {Fill} */ got) => {
      setFill(got);
      setDue((was) => was || firstOpen(got));
    });
  useEffect(() => {
    load().catch(setProblem);
  }, []);
  if (problem) return html`<div class="failed" role="alert"><p>${say(problem)}</p></div>`;
  if (!fill) return html`<div class="waiting" role="status"><${Mark} /><p>正在打开</p></div>`;
  const begun = fill.periods.filter((p) => p.begins_at <= clock.now());
  const period = begun.find((p) => p.due_at === due);
  return html`<main class="fill">
    <h1>${fill.unit}</h1>
    <p class="soft">${fill.contest} · 线下活动填报</p>
    ${begun.length > 1 && html`<label>
      填哪一期
      <select class="input" value=${String(due)} onChange=${(/** @type {any} */ e) => setDue(Number(e.target.value))}>
        ${begun.map((p) => html`<option value=${String(p.due_at)} selected=${p.due_at === due}>
          ${dateTime(p.due_at)} 截止，${p.report ? "已报" : "还没报"}
        </option>`)}
      </select>
    </label>`}
    ${period ? html`<${Entry} key=${due} token=${token} fill=${fill} period=${period} call=${call} clock=${clock}
        done=${setFill} again=${load} />`
      : html`<p class="state">现在没有要填的。</p>`}
  </main>`;
}

const into = /** @type {Element} */ (document.getElementById("app"));
into.textContent = "";
render(html`<${Page} token=${location.hash.slice(1)} />`, into);
addEventListener("hashchange", () => location.reload());

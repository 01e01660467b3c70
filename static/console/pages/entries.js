// What units fill in of what happened off line: who is missing, what came of it, and the figures kept of each period.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { number } from "../../lib/format.js";
import { linkIn } from "../lib/contests.js";
import { moment } from "../lib/moment.js";
import { Oops, Shown, useLoad, useWork } from "../parts/load.js";
import { EntriesPlan } from "./entriesplan.js";
import { PeriodView } from "./entriesperiod.js";
import { SnapshotView } from "./entriessnapshot.js";

/** @typedef {import("../../lib/schemas").components["schemas"]["Entries"]} Entries */

/** @param {{desk: import("../types").Desk, contest: string}} props */
export function EntriesPage({ desk, contest }) {
  const path = `/contests/${encodeURIComponent(contest)}/entries`;
  const state = useLoad(() => desk.call("GET", path), [path]);
  return html`<div>
    <h1>线下填报</h1>
    <p class="soft">
      各单位不用账号，打开自己的链接，就能填线下开展了多少活动、附上图片。这里看谁还没报，合计会进总结材料和统计表。
    </p>
    <${Shown} of=${state}>
      ${(/** @type {Entries} */ data) => html`<${Body} desk=${desk} contest=${contest} path=${path} data=${data}
        set=${state.set} again=${state.again} />`}
    </${Shown}>
  </div>`;
}

/**
 * @param {{desk: import("../types").Desk, contest: string, path: string, data: Entries, set: (data: Entries) => void,
 *   again: () => Promise<void>}} props
 */
function Body({ desk, contest, path, data, set, again }) {
  const [planning, setPlanning] = useState(!data.plan.revision);
  if (!data.units) {
    return html`<p class="state">
      这个活动还没有单位。<a class="link" href=${linkIn(contest, ["units", "import"])}>先导入单位</a>
    </p>`;
  }
  if (planning) {
    return html`<${EntriesPlan} desk=${desk} path=${path} data=${data}
      close=${data.plan.revision ? () => setPlanning(false) : null}
      done=${(/** @type {Entries} */ fresh) => {
        set(fresh);
        setPlanning(false);
      }} />`;
  }
  return html`<div>
    <div class="acts">
      <button class="btn quiet" onClick=${() => setPlanning(true)}>改填报内容和截止时间</button>
    </div>
    <${Periods} desk=${desk} path=${path} data=${data} />
    <section class="en-part">
      <h2>合计</h2>
      <dl class="figures small">
        ${data.totals.map((t) => html`<div>
          <dt>${t.title}</dt><dd>${number(t.value)} <small>${t.measure}</small></dd>
        </div>`)}
      </dl>
    </section>
    <${Snapshots} desk=${desk} path=${path} data=${data} again=${again} />
  </div>`;
}

/** The period that runs; the last where all are over. @param {Entries} data */
const running = ({ periods }) => (periods.find((p) => p.due_at > Date.now()) || periods[periods.length - 1]).due_at;

/** @param {{desk: import("../types").Desk, path: string, data: Entries}} props */
function Periods({ desk, path, data }) {
  const [due, setDue] = useState(running(data));
  return html`<section class="en-part">
    <h2>各期</h2>
    <div class="scroll"><table class="en-table">
      <thead><tr><th>截止</th><th class="n">已报</th><th class="n">其中迟报</th><th class="n">没报</th></tr></thead>
      <tbody>
        ${data.periods.map((p) => html`<tr key=${p.due_at} class=${p.due_at === due ? "on" : null}>
          <td><button class="link" aria-pressed=${p.due_at === due} onClick=${() => setDue(p.due_at)}>
            ${moment(p.due_at)}
          </button></td>
          <td class="n">${number(p.reported)}</td><td class="n">${number(p.late)}</td>
          <td class="n">${number(p.missing)}</td>
        </tr>`)}
      </tbody>
    </table></div>
    <${PeriodView} key=${due} desk=${desk} path=${path} due=${due} title=${data.title} />
  </section>`;
}

/** @param {{desk: import("../types").Desk, path: string, data: Entries, again: () => Promise<void>}} props */
function Snapshots({ desk, path, data, again }) {
  const [shown, setShown] = useState(0);
  const work = useWork();
  const freeze = () =>
    work.run(async () => {
      const kept = await desk.call("POST", path + "/snapshots", {});
      setShown(kept.for);
      await again();
    });
  return html`<section class="en-part">
    <h2>留存的数</h2>
    <p class="soft">每期一到截止时间，线上线下的数都自动留一份，以后不再变。报出去的数随时能查到。</p>
    <div class="acts"><button class="btn quiet" disabled=${work.busy} onClick=${freeze}>现在留一份</button></div>
    <${Oops} problem=${work.problem} />
    <ul class="plain">
      ${data.snapshots.map((s) => html`<li key=${s.for}>
        <button class="link" onClick=${() => setShown(s.for)}>${moment(s.for)}</button>${" "}
        <small class="soft">${s.taken_by ? s.taken_by + " 留存" : "到期自动留存"}</small>
      </li>`)}
    </ul>
    ${shown !== 0 && html`<${SnapshotView} key=${shown} desk=${desk} path=${path} at=${shown}
      close=${() => setShown(0)} />`}
  </section>`;
}

// Tables that other offices sent to be filled: which cell gets which figure, and the filled table.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { number } from "../../lib/format.js";
import { linkIn } from "../lib/contests.js";
import { moment } from "../lib/moment.js";
import { sendFile } from "../lib/sendfile.js";
import { Confirm } from "../parts/dialog.js";
import { Select } from "../parts/field.js";
import { Oops, Shown, useLoad, useWork } from "../parts/load.js";
import { FormGrid, PickFigure } from "./formsgrid.js";

/** @typedef {import("../../lib/schemas").components["schemas"]["FilledForm"]} Form */
/** @typedef {import("../../lib/schemas").components["schemas"]["FormPlace"]} Place */
/** @typedef {import("../../lib/schemas").components["schemas"]["SnapshotLine"]} Snapshot */
/** @typedef {{id: string, name: string, uploaded_at: number}} Line */

/** @param {{desk: import("../types").Desk, contest: string, id: string}} props */
export function FormsPage({ desk, contest, id }) {
  const path = `/contests/${encodeURIComponent(contest)}/forms`;
  const list = useLoad(() => desk.call("GET", path), [path]);
  const work = useWork();
  /** @param {any} event */
  const upload = (event) => {
    const file = event.target.files[0];
    event.target.value = "";
    if (file) {
      work.run(async () => {
        const made = await sendFile(desk, `${path}?name=${encodeURIComponent(file.name)}`, file);
        await list.again();
        location.hash = linkIn(contest, ["forms", made.id]).slice(1);
      });
    }
  };
  return html`<div>
    <h1>统计表</h1>
    <p class="soft">
      上级发的统计表（xlsx）传上来，告诉程序哪一格填哪个数，以后每次下载都自动填好。表里也可以直接写 {{参与人数}} 这样的名称。
    </p>
    <div class="acts fm-top">
      <label class="btn file-btn">
        ${work.busy ? "正在读取" : "上传表格"}
        <input class="unseen" type="file" accept=".xlsx" disabled=${work.busy} onChange=${upload} />
      </label>
    </div>
    <${Oops} problem=${work.problem} />
    <${Shown} of=${list}>
      ${(/** @type {{forms: Line[]}} */ data) => html`<ul class="plain fm-list">
        ${data.forms.map((f) => html`<li key=${f.id}>
          <a class="link" aria-current=${f.id === id ? "page" : null} href=${linkIn(contest, ["forms", f.id])}>
            ${f.name}
          </a>
          ${" "}<small class="soft">${moment(f.uploaded_at)} 上传</small>
        </li>`)}
        ${!data.forms.length && html`<li class="soft">还没有表格。</li>`}
      </ul>`}
    </${Shown}>
    ${id && html`<${OneForm} key=${id + newest(list.data)} desk=${desk} contest=${contest}
      path=${path} id=${id} gone=${list.again} />`}
  </div>`;
}

/** Changes when a table is sent anew. @param {{forms: Line[]} | null} list */
const newest = (list) => (list ? Math.max(0, ...list.forms.map((f) => f.uploaded_at)) : 0);

/**
 * @param {{desk: import("../types").Desk, contest: string, path: string, id: string, gone: () => Promise<void>}} props
 */
function OneForm({ desk, contest, path, id, gone }) {
  const form = useLoad(() => desk.call("GET", `${path}/${id}`), [path, id]);
  const kept = useLoad(() => desk.call("GET", path.replace(/forms$/, "entries")), [path]);
  const [at, setAt] = useState("0");
  const [dropping, setDropping] = useState(false);
  const [picked, setPicked] = useState(/** @type {{sheet: string, cell: string} | null} */ (null));
  const work = useWork();
  /** @param {Form} data @param {Place[]} places */
  const save = (data, places) =>
    work.run(async () => {
      form.set(await desk.call("PUT", `${path}/${id}`, { revision: data.revision, places }));
      setPicked(null);
    });
  const drop = async () => {
    await desk.call("DELETE", `${path}/${id}`);
    location.hash = linkIn(contest, ["forms"]).slice(1);
    await gone();
  };
  /** @type {Snapshot[]} */
  const snapshots = kept.data ? kept.data.snapshots : [];
  const moments = snapshots.map((s) => [s.for, moment(s.for) + " 留存的数"]);
  return html`<${Shown} of=${form}>
    ${(/** @type {Form} */ data) => html`<section class="fm-one">
      <h2>${data.name}</h2>
      <div class="row">
        <${Select} label="用哪个时候的数" value=${at} set=${setAt} options=${[["0", "用现在的数"], ...moments]} />
        <a class="btn" download href=${`/api/v1/console${path}/${id}/filled${at === "0" ? "" : "?at=" + at}`}>
          下载填好的表
        </a>
        <button class="btn quiet" onClick=${() => setDropping(true)}>删除</button>
      </div>
      <p>会填 ${number(data.filled)} 格。${data.filled ? "" : "还没有要填的地方，请点下面的格子选要填的数。"}</p>
      ${data.findings.length > 0 && html`<ul class="fm-found">
        ${data.findings.map((f) => html`<li class=${f.wrong ? "is-wrong" : null}>
          <b>${f.sheet} ${f.cell}</b> ${f.message}${f.wrong ? "（没有填）" : ""}
        </li>`)}
      </ul>`}
      ${data.suggested.length > 0 && html`<p class="state note">
        有 ${data.suggested.length} 个空格旁边写着能填的名称：
        ${data.suggested.slice(0, 8).map((p) => `${p.cell} ${p.name}`).join("，")}${data.suggested.length > 8 ? "……" : ""}。
        <button class="link" disabled=${work.busy} onClick=${() => save(data, [...data.places, ...data.suggested])}>
          都填上
        </button>
      </p>`}
      <${Oops} problem=${work.problem} />
      ${data.sheets.map((s) => html`<${FormGrid} key=${s.name} sheet=${s} data=${data}
        pick=${(/** @type {string} */ cell) => setPicked({ sheet: s.name, cell })} />`)}
      ${picked && html`<${PickFigure} at=${picked} data=${data} busy=${work.busy} close=${() => setPicked(null)}
        save=${(/** @type {Place[]} */ places) => save(data, places)} />`}
      ${dropping && html`<${Confirm} title="删除这份表格" yes="删除" danger act=${drop} close=${() => setDropping(false)}>
        <p>“${data.name}”和选好的格子都会删除。</p>
      </${Confirm}>`}
    </section>`}
  </${Shown}>`;
}

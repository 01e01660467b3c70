// Questions written by hand, one after another, into a draft that the server keeps; then into a bank.
import { html } from "../../html.js";
import { useEffect, useRef, useState } from "../../vendor/hooks.js";
import { number } from "../../lib/format.js";
import { fromForm, toForm } from "../lib/form.js";
import { go, hold, link } from "../lib/route.js";
import { Oops, useLoad, useWork } from "../parts/load.js";
import { PictureField } from "../parts/picturefield.js";
import { PlayerView } from "../parts/playerview.js";
import { Problems } from "../parts/problems.js";
import { QuestionForm } from "../parts/questionform.js";

/** @typedef {import("../lib/form.js").Form} Form @typedef {import("../types").Row} Row */

/** A new question goes on as the one before in what is often the same. @param {Form | null} last @returns {Form} */
function blank(last) {
  const form = toForm({ id: "", kind: "single", stem: "", answer: "", options: ["", "", "", ""], difficulty: 1 });
  if (!last) return form;
  const { kind, topics, audience, difficulty, title, version, effective } = last;
  const { material, materialTitle } = last; // questions of one case come one after another
  const { image, image_alt } = last.from.material || {};
  if (image) form.from = { ...form.from, material: { id: "", image, image_alt } };
  return { ...form, kind, topics, audience, difficulty, title, version, effective, material, materialTitle };
}

/** What goes on over the change of the address when a draft begins. @type {Form | null} */
let carried = null;

function firstForm() {
  const form = carried || blank(null);
  carried = null;
  return form;
}

/** @param {Form} form */
const begun = (form) => form.stem.trim() !== "" || form.options.some((o) => o.trim()) || form.explanation.trim() !== "";

/** @param {{desk: import("../types").Desk, id: string, bank: string}} props id: of the draft; "" before the first */
export function WritePage({ desk, id, bank }) {
  const rows = useLoad(
    async () => (id ? desk.call("GET", `/drafts/${id}/rows?after=0&size=200`) : { rows: [] }),
    [id],
  );
  const [form, setForm] = useState(firstForm);
  const [row, setRow] = useState(/** @type {Row | null} */ (null)); // that is written anew; null: a new one
  const [tried, setTried] = useState(false);
  const work = useWork();
  const me = useRef({});
  useEffect(() => hold(me.current, begun(form)), [form]);
  useEffect(() => () => hold(me.current, false), []);
  const read = fromForm(form);
  /** @type {Record<string, string>} */
  const wrong = tried ? { ...read.wrong } : {};
  if (row && !row.accepted)
    for (const p of row.problems) if (p.severity === "error" && !wrong[p.cell]) wrong[p.cell] = p.message;
  if (work.problem && work.problem.field) wrong[work.problem.field.replace("question.", "")] = work.problem.detail;
  /** @param {Form} next @param {Row | null} of */
  function begin(next, of) {
    setForm(next);
    setRow(of);
    setTried(false);
    work.clear();
  }
  function save() {
    setTried(true);
    if (Object.keys(read.wrong).length) return;
    work.run(async () => {
      const draft = id || (await desk.call("POST", "/drafts/written", {})).id;
      const body = { question: read.question };
      const saved = row
        ? await desk.call("PUT", `/drafts/${draft}/rows/${row.ordinal}`, body)
        : await desk.call("POST", `/drafts/${draft}/rows`, body);
      if (saved.accepted) {
        begin(blank(form), null);
        desk.tell(`第 ${saved.ordinal} 道写好了。`);
      } else setRow(saved);
      hold(me.current, false);
      if (!id && saved.accepted) {
        carried = blank(form);
        return go(["import", "write", draft], { bank });
      }
      if (!id) return go(["import", draft], { bank, state: "rejected" }); // it is kept, and mended there
      rows.again();
    });
  }
  const drop = (/** @type {number} */ ordinal) =>
    work.run(async () => {
      await desk.call("DELETE", `/drafts/${id}/rows/${ordinal}`);
      if (row && row.ordinal === ordinal) begin(blank(form), null);
      rows.again();
    });
  /** @type {Row[]} */
  const written = rows.data ? rows.data.rows : [];
  const good = written.filter((r) => r.accepted).length;
  return html`<div>
    <p class="crumbs"><a href=${link(["banks"])}>题库</a> ›</p>
    <div class="head">
      <h1>${row ? `改第 ${row.ordinal} 道` : "写题目"}</h1>
      ${good > 0 && html`<a class="btn" href=${link(["import", id, "plan"], { bank })}>写完了，放进题库（${good} 道）</a>`}
    </div>
    <p class="soft">每写好一道就存下来，草稿保留 14 天；放进题库以前，参赛者看不到。</p>
    <div class="mend">
      <div class="mend-form panel">
        ${row && !row.accepted && html`<${Problems} problems=${row.problems} />`}
        <${QuestionForm} desk=${desk} form=${form} wrong=${wrong}
          set=${(/** @type {Form} */ f) => {
            setForm(f);
            work.clear();
          }} />
        <${PictureField} desk=${desk} label="图片（可以没有）" name="picture" of=${form.from}
          set=${(/** @type {object} */ part) => setForm({ ...form, from: { ...form.from, ...part } })} />
        ${work.problem && !work.problem.field && html`<${Oops} problem=${work.problem} />`}
        <p class="acts">
          <button class="btn" disabled=${work.busy} onClick=${save}>
            ${work.busy ? "正在检查" : row ? "保存并检查" : "保存，再写一道"}
          </button>
          ${row && html`<button class="btn quiet" onClick=${() => begin(blank(form), null)}>不改了，写新的</button>`}
          ${tried && Object.keys(read.wrong).length > 0 && html`<span class="oops">还有地方要填：见红字</span>`}
        </p>
      </div>
      <div class="mend-view">
        <h3>参赛者看到的样子</h3>
        <${PlayerView} key=${form.kind + form.options.length} question=${read.question} />
      </div>
    </div>
    ${written.length > 0 && html`<h2>已经写了 ${number(written.length)} 道</h2>
    <ul class="draft-list">
      ${written.map(
        (r) => html`<li key=${r.ordinal} class=${"draft-row " + (r.accepted ? "accepted" : "rejected")}>
          <p class="draft-at">
            <b>第 ${r.ordinal} 道</b>
            <span class=${"tag is-" + (r.accepted ? "accepted" : "rejected")}>${r.accepted ? "写好了" : "还要改"}</span>
          </p>
          <p class="draft-what draft-stem">${r.question.stem}</p>
          <p class="draft-acts">
            <button class="btn quiet small" onClick=${() => begin(toForm(r.question), r)}>改</button>
            <button class="btn quiet small" disabled=${work.busy} onClick=${() => drop(r.ordinal)}>删</button>
          </p>
        </li>`,
      )}
    </ul>`}
  </div>`;
}

// Mending one question of a draft in place; it is judged as soon as it is saved.
import { html } from "../../html.js";
import { useEffect, useRef, useState } from "../../vendor/hooks.js";
import { fromForm, toForm } from "../lib/form.js";
import { hold, mayLeave } from "../lib/route.js";
import { Dialog } from "../parts/dialog.js";
import { Oops, useWork } from "../parts/load.js";
import { PlayerView } from "../parts/playerview.js";
import { Problems } from "../parts/problems.js";
import { QuestionForm } from "../parts/questionform.js";

/** @typedef {import("../types").Row} Row */

/** Codes after which the answer that was read is not to be trusted. @param {Row} row */
const unsure = (row) => !row.accepted && row.problems.some((p) => /^(answer_|truefalse_|kind_|stem_two)/.test(p.code));

/**
 * @param {object} props
 * @param {import("../types").Desk} props.desk
 * @param {string} props.draft
 * @param {Row} props.row
 * @param {(row: Row) => void} props.put the row as the server judged it
 * @param {(row: Row) => Promise<void>} props.next on to the next one that needs mending
 * @param {() => void} props.close
 */
export function MendDialog({ desk, draft, row, put, next, close }) {
  const [form, setForm] = useState(() => toForm(row.question, unsure(row)));
  const [judged, setJudged] = useState(row);
  const [fresh, setFresh] = useState(true); // nothing was changed since the server judged it
  const [tried, setTried] = useState(false);
  const work = useWork();
  const me = useRef({});
  useEffect(() => hold(me.current, !fresh), [fresh]);
  useEffect(() => () => hold(me.current, false), []);
  const read = fromForm(form);
  /** @type {Record<string, string>} */
  const wrong = tried ? { ...read.wrong } : {};
  if (fresh && !judged.accepted)
    for (const p of judged.problems) if (p.severity === "error" && !wrong[p.cell]) wrong[p.cell] = p.message;
  if (work.problem && work.problem.field) wrong[work.problem.field.replace("question.", "")] = work.problem.detail;

  /** @param {boolean} on on to the next */
  async function save(on) {
    setTried(true);
    if (Object.keys(read.wrong).length) return;
    await work.run(async () => {
      const saved = await desk.call("PUT", `/drafts/${draft}/rows/${row.ordinal}`, { question: read.question });
      setJudged(saved);
      setFresh(true);
      hold(me.current, false);
      put(saved);
      if (!saved.accepted) return;
      if (on) return next(saved);
      desk.tell(`第 ${row.ordinal} 道已改好，通过了。`);
    });
  }
  const leave = () => {
    if (mayLeave()) close();
  };
  return html`<${Dialog} title=${`改第 ${row.ordinal} 道${row.line ? "（文件第 " + row.line + " 行）" : ""}`}
    size="wide" close=${leave}>
    <div class="mend">
      <div class="mend-form">
        ${judged.accepted && fresh && judged !== row ? html`<p class="state">✓ 这一题通过了。</p>`
          : html`<${Problems} problems=${judged.problems} />`}
        <${QuestionForm} desk=${desk} form=${form} wrong=${wrong}
          set=${(/** @type {any} */ f) => {
            setForm(f);
            setFresh(false);
            work.clear();
          }} />
      </div>
      <div class="mend-view">
        <h3>参赛者看到的样子</h3>
        <${PlayerView} key=${form.kind + form.options.length} question=${read.question} />
      </div>
    </div>
    ${work.problem && !work.problem.field && html`<${Oops} problem=${work.problem} />`}
    <footer class="dialog-foot sticky">
      ${tried && Object.keys(read.wrong).length > 0 && html`<span class="oops">还有地方要填：见红字</span>`}
      <button class="btn quiet" onClick=${leave}>关闭</button>
      <button class="btn quiet" disabled=${work.busy} onClick=${() => save(false)}>
        ${work.busy ? "正在检查" : "保存并检查"}
      </button>
      <button class="btn" disabled=${work.busy} onClick=${() => save(true)}>保存，改下一道</button>
    </footer>
  </${Dialog}>`;
}

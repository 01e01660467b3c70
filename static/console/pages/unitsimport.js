// A table of units on its way in: what is wrong with it, what it would change, and the word to do it. Nothing is kept
// before that; the file stays in this page and is sent again.
import { html } from "../../html.js";
import { useEffect, useRef, useState } from "../../vendor/hooks.js";
import { number } from "../../lib/format.js";
import { linkIn } from "../lib/contests.js";
import { sendFile } from "../lib/sendfile.js";
import { Check, Field, Group, Radio, Text } from "../parts/field.js";
import { Oops, useWork } from "../parts/load.js";
import { UnitChanges, UnitProblems, UnitZeros } from "./unitsplan.js";

/** @typedef {import("./unitsplan.js").Plan} Plan */

/** @param {{desk: import("../types").Desk, path: string, contest: string, done: () => Promise<void>}} props */
export function UnitsImport({ desk, path, contest, done }) {
  const [file, setFile] = useState(/** @type {File | null} */ (null));
  const [mode, setMode] = useState(/** @type {"replace" | "merge"} */ ("replace"));
  const [zeros, setZeros] = useState(/** @type {"" | "restore" | "written"} */ (""));
  const [plan, setPlan] = useState(/** @type {Plan | null} */ (null));
  const [taken, setTaken] = useState(/** @type {Plan | null} */ (null));
  const work = useWork();
  /** @param {File} chosen */
  const check = (chosen) =>
    work.run(async () => {
      setPlan(null);
      setPlan(await sendFile(desk, `${path}/check?${asked(chosen, mode, zeros)}`, chosen));
    });
  useEffect(() => {
    if (file) check(file);
  }, [file, mode, zeros]);
  /** @param {File | null} chosen */
  const take = (chosen) => {
    setFile(chosen);
    setZeros("");
  };
  const anew = () => {
    take(null);
    setPlan(null);
    setTaken(null);
    work.clear();
  };
  if (taken) return html`<${Taken} plan=${taken} contest=${contest} anew=${anew} />`;
  return html`<div>
    <p class="soft">
      先看报告和改动，确认了才生效。成绩跟着编码走：改名、换上级都不丢。
      <a href="/api/v1/console/units/template" download>下载模板</a>
    </p>
    <${Group} label="怎样收这张表">
      <div class="choices">
        <${Radio} name="mode" on=${mode === "replace"} disabled=${work.busy} set=${() => setMode("replace")}>
          <b>整个替换</b>
          <small>单位变成和表里一样；表里没有的不再让人选，成绩还留着。</small>
        </${Radio}>
        <${Radio} name="mode" on=${mode === "merge"} disabled=${work.busy} set=${() => setMode("merge")}>
          <b>加进去</b>
          <small>表里没有的单位都不动，适合各乡镇分别报来的表。</small>
        </${Radio}>
      </div>
    </${Group}>
    <${Drop} file=${file} busy=${work.busy} take=${take} />
    ${work.problem && html`<${Oops} problem=${work.problem} />`}
    ${plan && html`<${UnitZeros} zeros=${plan.zeros} busy=${work.busy} take=${setZeros} />`}
    ${file && plan && html`<${Report} key=${plan.version + mode + zeros} desk=${desk} path=${path} file=${file}
      query=${asked(file, mode, zeros)}
      plan=${plan} stale=${() => check(file)}
      done=${async (/** @type {Plan} */ p) => {
        setTaken(p);
        await done();
      }} />`}
  </div>`;
}

/** How a table is to be read. @param {File} file @param {string} mode @param {string} zeros */
const asked = (file, mode, zeros) =>
  `name=${encodeURIComponent(file.name)}&mode=${mode}` + (zeros && "&zeros=" + zeros);

/** @param {{file: File | null, busy: boolean, take: (file: File) => void}} props */
function Drop({ file, busy, take }) {
  const [over, setOver] = useState(false);
  const chooser = useRef(/** @type {HTMLInputElement | null} */ (null));
  /** @param {FileList | null | undefined} files */
  const choose = (files) => {
    if (files && files[0]) take(files[0]);
    if (chooser.current) chooser.current.value = "";
  };
  return html`<div class=${(over ? "drop over" : "drop") + (file ? " ut-small" : "")}
    onDragOver=${(/** @type {DragEvent} */ e) => {
      e.preventDefault();
      setOver(true);
    }}
    onDragLeave=${() => setOver(false)}
    onDrop=${(/** @type {DragEvent} */ e) => {
      e.preventDefault();
      setOver(false);
      choose(e.dataTransfer && e.dataTransfer.files);
    }}>
    ${busy ? html`<p role="status">正在读取 <b>${file ? file.name : ""}</b></p>`
      : html`<p class=${file ? null : "drop-big"}>
        ${file ? html`<b>${file.name}</b>，改好了再拖进来一次就行` : "把单位表拖到这里"}
      </p>
      <p>
        <button class=${file ? "btn quiet" : "btn"} onClick=${() => chooser.current && chooser.current.click()}>
          ${file ? "换一个文件" : "选择文件"}
        </button>
      </p>
      ${!file && html`<p class="soft">
        Excel（.xlsx）或 CSV，最大 10 MB、20000 个单位。列的先后不限：编码、名称、上级、别名、人数；也可以写一列“路径”，或者县、镇、村各一列。
      </p>`}`}
    <input class="unseen" type="file" name="file" aria-label="单位表" tabindex="-1" accept=".xlsx,.csv,.tsv,.txt"
      ref=${chooser} onChange=${(/** @type {any} */ e) => choose(e.target.files)} />
  </div>`;
}

/**
 * @param {{desk: import("../types").Desk, path: string, file: File, query: string, plan: Plan, stale: () => void, done:
 *   (plan: Plan) => Promise<void>}} props
 */
function Report({ desk, path, file, query, plan, stale, done }) {
  const [onlyValid, setOnlyValid] = useState(false);
  const [reason, setReason] = useState("");
  const work = useWork();
  if (!plan.found) {
    return html`<div class="state bad">
      <p><b>这个文件没有读成。</b></p>
      <ul class="dots">${plan.problems.map((p) => html`<li>${p.message}</li>`)}</ul>
    </div>`;
  }
  const left = plan.rejected > 0 && !onlyValid;
  const gone = plan.changes.find((c) => c.kind === "gone");
  const apply = () =>
    work.run(async () => {
      const word = `version=${plan.version}&only_valid=${onlyValid}&reason=${encodeURIComponent(reason.trim())}`;
      await done(await sendFile(desk, `${path}/import?${query}&${word}`, file));
    });
  const changed = work.problem && work.problem.code === "units_changed";
  return html`<section class="ut-report">
    <dl class="figures small">
      <div><dt>读到</dt><dd>${number(plan.found)}</dd></div>
      <div><dt>通过</dt><dd>${number(plan.accepted)}</dd></div>
      <div class=${plan.rejected ? "loud" : null}><dt>未通过</dt><dd>${number(plan.rejected)}</dd></div>
      <div><dt>改后共有单位</dt><dd>${number(plan.units)}</dd></div>
      <div><dt>人数合计</dt><dd>${number(plan.people)}</dd></div>
    </dl>
    <${UnitProblems} plan=${plan} />
    ${plan.accepted > 0 && html`<h2>会改什么</h2>
    <${UnitChanges} plan=${plan} />
    <div class="panel">
      ${plan.rejected > 0 && html`<${Check} name="valid" on=${onlyValid} set=${setOnlyValid}>
        只收通过的 ${number(plan.accepted)} 行，未通过的 ${number(plan.rejected)} 行先不要
      </${Check}>`}
      <${Field} label="原因" hint="记入操作日志"
        wrong=${work.problem && work.problem.field === "reason" ? work.problem.detail : ""}>
        <${Text} name="reason" max=${60} value=${reason} set=${setReason} placeholder="例如：县里核对过的名单" />
      </${Field}>
      ${gone && html`<p class="amber">
        有 <b>${number(gone.total)}</b> 个单位不再让人选。已经选了它们的人和成绩不受影响。
      </p>`}
      ${changed ? html`<p class="oops" role="alert">
        ${work.problem && work.problem.detail} <button class="link" onClick=${stale}>重新看</button>
      </p>`
        : work.problem && !work.problem.field && html`<${Oops} problem=${work.problem} />`}
      <p class="acts">
        <button class=${gone ? "btn danger" : "btn"} disabled=${work.busy || left || reason.trim().length < 2}
          onClick=${apply}>
          ${work.busy ? "正在保存" : "确认，改单位"}
        </button>
        ${left && html`<span class="soft">还有没通过的行：改好表再拖进来，或勾上“只收通过的”。</span>`}
      </p>
    </div>`}
  </section>`;
}

/** @param {{plan: Plan, contest: string, anew: () => void}} props */
const Taken = ({ plan, contest, anew }) => html`<div class="state done">
  <h2>✓ 单位已经改好</h2>
  <p>现在有 ${number(plan.units)} 个单位。几秒钟内参赛者就能选到，排行榜也会跟着变。</p>
  <p class="acts">
    <a class="btn" href=${linkIn(contest, ["units"])}>看单位树</a>
    <button class="btn quiet" onClick=${anew}>再传一张表</button>
  </p>
</div>`;

// From a draft into a bank: where to, how, and what exactly would change, before anything does.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { number } from "../../lib/format.js";
import { link } from "../lib/route.js";
import { Difference } from "../parts/difference.js";
import { Check, Field, Group, Radio, Select, Text } from "../parts/field.js";
import { Oops, Shown, useLoad, useWork } from "../parts/load.js";

/**
 * @typedef {import("../types").Compared & {questions: number}} Plan
 * @typedef {{bank: string, title: string, version: number, difference: import("../types").Difference}} Imported
 */

/** @param {{desk: import("../types").Desk, draft: import("../types").Draft, bank: string}} props */
export function DraftImport({ desk, draft, bank }) {
  const banks = useLoad(() => desk.call("GET", "/banks"), []);
  const [done, setDone] = useState(
    /** @type {Imported | null} */ (null),
  );
  if (done) return html`<${Done} desk=${desk} done=${done} />`;
  if (draft.state !== "ready") return html`<p class="state note">这份草稿已经导入过，或没有读成。</p>`;
  if (!draft.accepted) return html`<p class="state note">还没有一道题通过，先改好题目。</p>`;
  return html`<${Shown} of=${banks}>
    ${(/** @type {{banks: import("../types").BankInfo[]}} */ data) => html`<${ImportForm} desk=${desk} draft=${draft}
      banks=${data.banks} bank=${bank} done=${setDone} />`}
  </${Shown}>`;
}

/**
 * @param {{desk: import("../types").Desk, draft: import("../types").Draft, banks: import("../types").BankInfo[], bank:
 *   string, done: (done: any) => void}} props
 */
function ImportForm({ desk, draft, banks, bank: wanted, done }) {
  const known = banks.some((b) => b.name === wanted);
  const [bank, setBank] = useState(known ? wanted : banks.length ? "" : "+");
  const [fresh, setFresh] = useState("");
  const [mode, setMode] = useState(/** @type {"merge" | "replace"} */ ("merge"));
  const [onlyValid, setOnlyValid] = useState(draft.rejected > 0);
  const [note, setNote] = useState(draft.file.slice(0, 60));
  const [plan, setPlan] = useState(/** @type {Plan | null} */ (null));
  const planning = useWork();
  const importing = useWork();
  const name = bank === "+" ? fresh.trim() : bank;
  const to = bank === "+" ? { bank: "", title: name, mode: "replace" } : { bank, mode };
  const body = { ...to, only_valid: onlyValid, note: note.trim() };
  /** @param {() => void} change */
  const anew = (change) => {
    change();
    setPlan(null);
    planning.clear();
    importing.clear();
  };
  const bad = planning.problem || importing.problem;
  /** @param {string} field */
  const wrong = (field) => (bad && bad.field === field ? bad.detail : "");
  const taken = banks.some((b) => b.title === fresh.trim());
  const into = banks.find((b) => b.name === bank);
  return html`<div class="panel">
    <p>
      <b>${draft.file}</b>：通过 ${number(draft.accepted)} 道
      ${draft.rejected ? `，未通过 ${number(draft.rejected)} 道` : ""}。
    </p>
    <${Field} label="导入到" wrong=${bank === "+" ? "" : wrong("bank")}>
      <${Select} name="bank" value=${bank} set=${(/** @type {string} */ b) => anew(() => setBank(b))}
        options=${[["", "请选择题库"]].concat(
          banks.map((b) => [b.name, `${b.title}（${b.questions} 道）`]),
          [["+", "新建一个题库"]],
        )} />
    </${Field}>
    ${bank === "+" && html`<${Field} label="新题库的名称" hint="例如 青山县题库；1 到 30 个字"
      wrong=${wrong("title") || wrong("bank") || (taken ? "已经有这个题库，请在上面选它" : "")}>
      <${Text} name="fresh" max=${30} value=${fresh} set=${(/** @type {string} */ t) => anew(() => setFresh(t))} />
    </${Field}>`}
    ${into && html`<${Group} label="怎样导入" wrong=${wrong("mode")}>
      <div class="choices">
        <${Radio} name="mode" on=${mode === "merge"} set=${() => anew(() => setMode("merge"))}>
          <b>加进去</b>
          <small>原有的题目都留着；编号相同的，换成文件里的。</small>
        </${Radio}>
        <${Radio} name="mode" on=${mode === "replace"} set=${() => anew(() => setMode("replace"))}>
          <b>整个替换</b>
          <small>题库变成和文件一样；文件里没有的题目会移除。</small>
        </${Radio}>
      </div>
    </${Group}>`}
    ${draft.rejected > 0 && html`<${Check} name="valid" on=${onlyValid}
      set=${(/** @type {boolean} */ on) => anew(() => setOnlyValid(on))}>
      只导入通过的 ${number(draft.accepted)} 道，未通过的 ${number(draft.rejected)} 道先不要
    </${Check}>
    ${!onlyValid && html`<p class="amber">
      要全部导入，请先 <a href=${link(["import", draft.id], { state: "rejected", bank: wanted })}>改好未通过的题目</a>。
    </p>`}`}
    <${Field} label="这一版的说明" wrong=${wrong("note")}>
      <${Text} name="note" max=${60} value=${note} set=${setNote} />
    </${Field}>
    ${bad && !bad.field && html`<${Oops} problem=${bad} />`}
    <p class="acts">
      <button class=${plan ? "btn quiet" : "btn"}
        disabled=${!name || (bank === "+" && taken) || planning.busy || (draft.rejected > 0 && !onlyValid)}
        onClick=${() => planning.run(async () => setPlan(await desk.call("POST", `/drafts/${draft.id}/plan`, body)))}>
        ${planning.busy ? "正在比较" : "看看会改什么"}
      </button>
    </p>
    ${plan && html`<section class="plan">
      <h2>会改什么</h2>
      <p>
        导入后题库有 <b>${number(plan.questions)}</b> 道题：新增 <b>${number(plan.difference.added.length)}</b>
        ，修改 <b>${number(plan.difference.changed.length)}</b>
        ，移除 <b class=${plan.difference.removed.length ? "red" : null}>${number(plan.difference.removed.length)}</b>。
      </p>
      <p class="acts">
        <button class="btn" disabled=${importing.busy}
          onClick=${() =>
            importing.run(async () => {
              const got = await desk.call("POST", `/drafts/${draft.id}/import`, body);
              done({ title: into ? into.title : name, ...got });
            })}>
          ${importing.busy ? "正在导入" : "确认导入"}
        </button>
        <span class="soft">导入后还能撤销。正在答题的人不受影响。</span>
      </p>
      <${Difference} compared=${plan} />
    </section>`}
  </div>`;
}

/** @param {{desk: import("../types").Desk, done: Imported}} props */
const Done = ({ desk, done: { bank, title, version, difference: d } }) => html`<div class="state done">
  <h2>✓ 已导入</h2>
  <p>
    题库“${title}”现在是第 ${version} 版：新增 ${number(d.added.length)}，修改 ${number(d.changed.length)}
    ，移除 ${number(d.removed.length)}。
  </p>
  <p class="acts">
    <a class=${fresh(desk, version) ? "btn quiet" : "btn"} href=${link(["banks", bank])}>看题库</a>
    ${fresh(desk, version) && html`<a class="btn" href=${link(["contests"], { bank })}>用它新建活动</a>`}
    ${version > 1 && html`<a class="btn quiet"
      href=${link(["banks", bank], { tab: "versions", a: version - 1, b: version })}>
      看差异，可以撤销
    </a>`}
    <a class="btn quiet" href=${link(["import"])}>再导入一个文件</a>
  </p>
</div>`;

/** A new bank leads on to a contest. @param {import("../types").Desk} desk @param {number} version */
const fresh = (desk, version) => version === 1 && desk.may("contest.edit");

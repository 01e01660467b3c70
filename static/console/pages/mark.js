// Audience, topics and difficulty of many questions at once, with the number that changes shown before.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { number } from "../../lib/format.js";
import { split } from "../lib/form.js";
import { audiences, difficulties } from "../lib/words.js";
import { Dialog } from "../parts/dialog.js";
import { Check, Field, Group, Radio, Select, Text } from "../parts/field.js";
import { Oops, useWork } from "../parts/load.js";

/** @typedef {{base: number, ids: string[], count: number, asked: string}} Chosen asked: the filter of an address */

/**
 * @param {object} props
 * @param {import("../types").Desk} props.desk
 * @param {string} props.bank
 * @param {Chosen} props.chosen no ids: all that the filter lets through
 * @param {() => void} props.close
 * @param {(version: number, changed: number) => void} props.done
 */
export function MarkDialog({ desk, bank, chosen, close, done }) {
  const [audience, setAudience] = useState(/** @type {string[]} */ ([]));
  const [topics, setTopics] = useState("");
  const [difficulty, setDifficulty] = useState(0);
  const [add, setAdd] = useState(false);
  const [plan, setPlan] = useState(/** @type {{questions: number, changed: number} | null} */ (null));
  const work = useWork();
  const path = `/banks/${encodeURIComponent(bank)}/mark`;
  const set = { audience, topics: split(topics), difficulty, add };
  const body = { base: chosen.base, ids: chosen.ids, set };
  const some = audience.length > 0 || set.topics.length > 0 || difficulty > 0;
  /** @param {() => void} change */
  const anew = (change) => {
    change();
    setPlan(null);
    work.clear();
  };
  /** @param {string} field */
  const wrong = (field) => (work.problem && work.problem.field === "set." + field ? work.problem.detail : "");
  const look = () =>
    work.run(async () => setPlan(await desk.call("POST", path + "/preview?" + chosen.asked.slice(1), body)));
  const send = () =>
    work.run(async () => {
      const got = await desk.call("POST", path + "?" + chosen.asked.slice(1), body);
      done(got.version, got.changed);
    });
  return html`<${Dialog} title=${`设置 ${number(chosen.count)} 道题`} close=${close}>
    <p class="soft">没有选的项目，每道题都照原来的。题干和答案不动，成绩不会变。</p>
    <${Group} label="适用对象" wrong=${wrong("audience")}>
      <div class="row">
        ${audiences.map(
          (a) => html`<${Check} key=${a} on=${audience.indexOf(a) >= 0}
            set=${(/** @type {boolean} */ on) =>
              anew(() => setAudience(on ? audience.concat(a) : audience.filter((x) => x !== a)))}>
            ${a}
          </${Check}>`,
        )}
      </div>
    </${Group}>
    <${Field} label="知识点" hint="几个之间用顿号隔开，第一个为主" wrong=${wrong("topics")}>
      <${Text} name="mark-topics" value=${topics} set=${(/** @type {string} */ t) => anew(() => setTopics(t))} />
    </${Field}>
    <${Field} label="难度" wrong=${wrong("difficulty")}>
      <${Select} name="mark-difficulty" value=${difficulty}
        options=${[[0, "照原来的"], ...[1, 2, 3, 4, 5].map((n) => [n, difficulties[n]])]}
        set=${(/** @type {string} */ n) => anew(() => setDifficulty(Number(n)))} />
    </${Field}>
    ${(audience.length > 0 || set.topics.length > 0) && html`<${Group} label="已经写了对象或知识点的题">
      <div class="choices">
        <${Radio} name="add" on=${!add} set=${() => anew(() => setAdd(false))}>换成上面选的</${Radio}>
        <${Radio} name="add" on=${add} set=${() => anew(() => setAdd(true))}>原有的留着，再加上</${Radio}>
      </div>
    </${Group}>`}
    ${work.problem && html`<${Oops} problem=${work.problem} />`}
    ${plan && html`<p class="state" role="status">
      ${plan.changed ? html`选中的 ${number(plan.questions)} 道题里，会改 <b>${number(plan.changed)}</b> 道，成为题库的新版本。
        可以在“版本和差异”里撤销。`
        : `选中的 ${number(plan.questions)} 道题已经都是这样，没有要改的。`}
    </p>`}
    <footer class="dialog-foot">
      <button class="btn quiet" onClick=${close}>先不</button>
      ${plan && plan.changed > 0 ? html`<button class="btn" disabled=${work.busy} onClick=${send}>
          ${work.busy ? "正在设置" : `设置 ${number(plan.changed)} 道`}
        </button>`
        : html`<button class="btn" disabled=${!some || work.busy} onClick=${look}>看看会改几道</button>`}
    </footer>
  </${Dialog}>`;
}

/** A list of question ids that was pasted. @param {{close: () => void, choose: (ids: string[]) => void}} props */
export function PasteDialog({ close, choose }) {
  const [text, setText] = useState("");
  const ids = split(text);
  return html`<${Dialog} title="按编号选题" close=${close} first="textarea">
    <${Field} label="题目的编号" hint="从表格里整列粘贴，一行一个，或用逗号隔开">
      <${Text} name="ids" rows=${8} value=${text} set=${setText} />
    </${Field}>
    <footer class="dialog-foot">
      <button class="btn quiet" onClick=${close}>先不</button>
      <button class="btn" disabled=${!ids.length} onClick=${() => choose(ids)}>选 ${number(ids.length)} 道</button>
    </footer>
  </${Dialog}>`;
}

// What units are asked for, down to which depth, and until when.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { forInput, inChina } from "../lib/datetime.js";
import { Check, Field, Group, Radio, Select, Text } from "../parts/field.js";
import { Oops, useWork } from "../parts/load.js";

/** @typedef {import("../../lib/schemas").components["schemas"]["Entries"]} Entries */
/** @typedef {import("../../lib/schemas").components["schemas"]["EntriesItem"]} Item */

const weekMs = 7 * 24 * 3600 * 1000;
/** What most tables of superior offices ask for, until somebody chooses. */
const usual = ["宣讲和大讲堂", "宣讲参加人次", "应急演练", "演练参加人次", "发放宣传资料", "媒体报道"];

/** Thursday noon, when weekly tables are due, after now. @param {number} now */
function nextThursday(now) {
  const noon = new Date(now + 8 * 3600 * 1000);
  noon.setUTCDate(noon.getUTCDate() + ((11 - noon.getUTCDay()) % 7));
  noon.setUTCHours(12, 0, 0, 0);
  const at = noon.getTime() - 8 * 3600 * 1000;
  return at > now ? at : at + weekMs;
}

/**
 * @param {{desk: import("../types").Desk, path: string, data: Entries, close: (() => void) | null,
 *   done: (data: Entries) => void}} props
 */
export function EntriesPlan({ desk, path, data, close, done }) {
  const { plan } = data;
  const now = Date.now();
  const [items, setItems] = useState(
    plan.revision ? plan.items : data.standard.filter((item) => usual.includes(item.title)),
  );
  const [own, setOwn] = useState({ title: "", measure: "" });
  const [weekly, setWeekly] = useState(plan.weekly);
  const [first, setFirst] = useState(forInput(plan.first_due || nextThursday(now)));
  const [last, setLast] = useState(forInput(Math.min(Math.max(plan.last_due, now + weekMs), now + 52 * weekMs)));
  const [depth, setDepth] = useState(String(plan.depth));
  const work = useWork();
  /** @param {Item} item */
  const asked = (item) => items.some((i) => i.title === item.title);
  /** @param {Item} item */
  const toggle = (item) => setItems(asked(item) ? items.filter((i) => i.title !== item.title) : [...items, item]);
  const offered = [...data.standard, ...items.filter((i) => !data.standard.some((s) => s.title === i.title))];
  const add = () => {
    setItems([...items, { title: own.title.trim(), measure: own.measure.trim() }]);
    setOwn({ title: "", measure: "" });
  };
  const save = () =>
    work.run(async () => {
      const ordered = offered.filter(asked); // as they stand here, whatever was ticked first
      const body = {
        depth: Number(depth),
        items: ordered,
        weekly,
        first_due: weekly ? inChina(first) : 0,
        last_due: inChina(last),
        revision: plan.revision,
      };
      done(await desk.call("PUT", path + "/plan", body));
      desk.tell("填报的设定已保存。");
    });
  const wrong = work.problem ? work.problem.field : "";
  /** @param {string} field */
  const about = (field) => (work.problem && wrong === field ? work.problem.detail : "");
  return html`<section class="en-part">
    <h2>请各单位填什么</h2>
    <${Group} label="要填的数" wrong=${about("items")}>
      <div class="en-items">
        ${offered.map((item) => html`<${Check} on=${asked(item)} set=${() => toggle(item)} name=${item.title}>
          ${item.title}<small class="soft">（${item.measure}）</small>
        </${Check}>`)}
      </div>
      <div class="row">
        <${Text} value=${own.title} set=${(/** @type {string} */ title) => setOwn({ ...own, title })} name="own-title"
          label="另外要填的数" placeholder="另外要填的数" max=${30} />
        <${Text} value=${own.measure} set=${(/** @type {string} */ measure) => setOwn({ ...own, measure })}
          name="own-measure" label="它的单位" placeholder="单位，如 场" max=${6} />
        <button class="btn quiet" disabled=${!own.title.trim() || !own.measure.trim()} onClick=${add}>加上</button>
      </div>
    </${Group}>
    <${Group} label="什么时候报">
      <div class="en-once">
        <${Radio} on=${!weekly} set=${() => setWeekly(false)} name="cadence">只在最后报一次</${Radio}>
        <${Radio} on=${weekly} set=${() => setWeekly(true)} name="cadence">每周报一次，最后再报一次</${Radio}>
      </div>
    </${Group}>
    ${weekly && html`<${Field} label="第一次截止" hint="以后每周同一时间" wrong=${about("first_due")}>
      <${Text} type="datetime-local" name="first" value=${first} set=${setFirst} />
    </${Field}>`}
    <${Field} label="最后一次截止" wrong=${about("last_due")}>
      <${Text} type="datetime-local" name="last" value=${last} set=${setLast} />
    </${Field}>
    <${Field} label="哪些单位要报" wrong=${about("depth")}>
      <${Select} name="depth" value=${depth} set=${setDepth}
        options=${[["1", "只要第一层单位"], ["2", "第一、二层单位"], ["3", "前三层单位"], ["8", "所有单位"]]} />
    </${Field}>
    ${plan.revision > 0 && html`<p class="soft">已经过了截止时间的、有单位报过的各期保留，其余按新的时间重排。</p>`}
    ${!["items", "first_due", "last_due", "depth"].includes(wrong) && html`<${Oops} problem=${work.problem} />`}
    <div class="acts">
      <button class="btn" disabled=${work.busy} onClick=${save}>${work.busy ? "正在保存" : "保存"}</button>
      ${close && html`<button class="btn quiet" onClick=${close}>先不改</button>`}
    </div>
  </section>`;
}

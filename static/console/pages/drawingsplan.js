// Settling a drawing: which public numbers decide, when they come out, and by which algorithm.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { forInput, inChina } from "../lib/datetime.js";
import { Dialog } from "../parts/dialog.js";
import { Check, Field, Group, Radio, Select, Text } from "../parts/field.js";
import { Oops, useWork } from "../parts/load.js";

/**
 * @typedef {{name: string, values: number, lowest: number, highest: number, distinct: boolean, hex: number}} SourcePlan
 */

/**
 * The sources that are at hand; 第…期 is filled in by who plans.
 * @type {{key: string, title: string, hint: string, sources: SourcePlan[]}[]}
 */
export const presets = [
  {
    key: "ssq",
    title: "双色球",
    hint: "写明期号，例如 2026070",
    sources: [
      { name: "双色球第…期红球", values: 6, lowest: 1, highest: 33, distinct: true, hex: 0 },
      { name: "双色球第…期蓝球", values: 1, lowest: 1, highest: 16, distinct: false, hex: 0 },
    ],
  },
  {
    key: "dlt",
    title: "大乐透",
    hint: "写明期号，例如 26070",
    sources: [
      { name: "大乐透第…期前区", values: 5, lowest: 1, highest: 35, distinct: true, hex: 0 },
      { name: "大乐透第…期后区", values: 2, lowest: 1, highest: 12, distinct: true, hex: 0 },
    ],
  },
  {
    key: "dice",
    title: "现场掷骰子",
    hint: "写明由谁掷，例如 公证员",
    sources: [{ name: "六枚骰子，由…当众掷出", values: 6, lowest: 1, highest: 6, distinct: false, hex: 0 }],
  },
  {
    key: "beacon",
    title: "随机数信标",
    hint: "写明信标和轮次",
    sources: [{ name: "随机数信标 …", values: 1, lowest: 0, highest: 0, distinct: false, hex: 128 }],
  },
  {
    key: "own",
    title: "其他号码",
    hint: "例如 上证指数 6月18日收盘（不要小数点）",
    sources: [{ name: "…", values: 1, lowest: 0, highest: 999999, distinct: false, hex: 0 }],
  },
];


/**
 * @param {{desk: import("../types").Desk, path: string, announced: import("./drawings.js").Announced, now: number,
 *   close: () => void, done: (d: import("./drawings.js").Drawing) => void}} props
 */
export function PlanDialog({ desk, path, announced, now, close, done }) {
  const [preset, setPreset] = useState(presets[0].key);
  const [which, setWhich] = useState("");
  const [own, setOwn] = useState(presets[4].sources[0]);
  const [at, setAt] = useState(forInput(Math.max(now, announced.at || 0) + 864e5));
  const [held, setHeld] = useState(announced.every ? forInput(now) : "");
  const [algorithm, setAlgorithm] = useState("hmac-sha256");
  const work = useWork();
  const chosen = presets.find((p) => p.key === preset) || presets[0];
  const sources =
    chosen.key === "own"
      ? [{ ...own, name: which.trim() }]
      : chosen.sources.map((s) => ({ ...s, name: s.name.replace("…", which.trim()) }));
  const about = (/** @type {string} */ field) =>
    work.problem && work.problem.field.indexOf(field) === 0 ? work.problem.detail : "";
  /** @param {Event} event */
  function send(event) {
    event.preventDefault();
    work.run(async () => {
      const body = { key: announced.key, at: held ? inChina(held) : 0, algorithm, sources, source_at: inChina(at) };
      done((await desk.call("POST", path + "/drawings", body)).drawing);
    });
  }
  return html`<${Dialog} title=${"安排：" + announced.title} close=${close} first="select">
    <form onSubmit=${send}>
      ${announced.every && html`<${Field} label="在哪一天摇" hint="决定用哪一期的成绩：摇的那天之前的最后一个整期">
        <${Text} type="datetime-local" name="held" value=${held} set=${setHeld} />
      </${Field}>`}
      <${Field} label="公开号码">
        <${Select} name="preset" value=${preset} set=${setPreset} options=${presets.map((p) => [p.key, p.title])} />
      </${Field}>
      <${Field} label=${chosen.key === "own" ? "号码的名称" : "哪一期、由谁"} hint=${chosen.hint}
        wrong=${about("sources")}>
        <${Text} name="which" max=${40} value=${which} set=${setWhich} />
      </${Field}>
      ${chosen.key === "own" && html`<${Own} source=${own} set=${setOwn} />`}
      <ul class="dots soft">
        ${sources.map(
          (s) => html`<li>
            ${s.name || "…"}：
            ${s.hex
              ? `${s.hex} 位十六进制数`
              : `${s.values} 个${s.distinct ? "不同的" : ""}数，${s.lowest} 到 ${s.highest}`}
          </li>`,
        )}
      </ul>
      <${Field} label="什么时候公布" hint="北京时间；名单必须在这之前冻结" wrong=${about("source_at")}>
        <${Text} type="datetime-local" name="source-at" value=${at} set=${setAt} />
      </${Field}>
      <${Group} label="算法">
        <div class="choices">
          <${Radio} name="algorithm" on=${algorithm === "hmac-sha256"} set=${() => setAlgorithm("hmac-sha256")}>
            <b>密封种子加公开号码</b>
            <small>推荐：公开号码先被人知道，也算不出结果</small>
          </${Radio}>
          <${Radio} name="algorithm" on=${algorithm === "rfc3797"} set=${() => setAlgorithm("rfc3797")}>
            <b>RFC 3797，只用公开号码</b>
            <small>号码必须同时让所有人看到</small>
          </${Radio}>
        </div>
      </${Group}>
      ${work.problem && !about("sources") && !about("source_at") && html`<${Oops} problem=${work.problem} />`}
      <p class="soft">安排好就对外公开。冻结以后不能再改，只能在号码公布以前公开取消。</p>
      <footer class="dialog-foot">
        <button type="button" class="btn quiet" onClick=${close}>先不</button>
        <button class="btn" disabled=${work.busy || !which.trim() || !at}>公开安排</button>
      </footer>
    </form>
  </${Dialog}>`;
}

/** @param {{source: SourcePlan, set: (s: SourcePlan) => void}} props */
const Own = ({ source, set }) => html`<div class="row">
  <${Text} label="几个号码" type="number" value=${String(source.values)}
    set=${(/** @type {string} */ v) => set({ ...source, values: Number(v) })} />
  <span>个数，从</span>
  <${Text} label="最小" type="number" value=${String(source.lowest)}
    set=${(/** @type {string} */ v) => set({ ...source, lowest: Number(v) })} />
  <span>到</span>
  <${Text} label="最大" type="number" value=${String(source.highest)}
    set=${(/** @type {string} */ v) => set({ ...source, highest: Number(v) })} />
  <${Check} on=${source.distinct} set=${(/** @type {boolean} */ v) => set({ ...source, distinct: v })}>
    不能重复
  </${Check}>
</div>`;

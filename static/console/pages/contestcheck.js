// What is wrong with a contest, and what laws and platforms' rules speak against; somebody may answer for that by name.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { listAt } from "../lib/contesttree.js";
import { link } from "../lib/route.js";
import { Dialog } from "../parts/dialog.js";
import { Field, Text } from "../parts/field.js";
import { Oops, useWork } from "../parts/load.js";

/** @typedef {import("../lib/contestdraft.js").Draft} Draft @typedef {import("../types").ContestConcern} Concern */

/** Serious concerns that nobody answers for. @param {import("../types").ContestCheck | null} checked */
export const openConcerns = (checked) =>
  checked ? checked.concerns.filter((c) => c.severity === "serious" && !c.accepted) : [];

/** @param {{draft: Draft, me: import("../types").Member, goTo: (path: string, line: number) => void}} props */
export function CheckView({ draft, me, goTo }) {
  const [asked, ask] = useState(/** @type {Concern | null} */ (null));
  const checked = draft.checked;
  if (!checked) return html`<p class="soft">正在检查</p>`;
  const { findings, concerns } = checked;
  return html`<div class="check-view">
    <${Fit} draft=${draft} lacking=${findings.some((f) => lacking.test(f.path))} />
    ${findings.length > 0 ? html`<h3>要改的 ${findings.length} 处</h3>
    <ul class="found-list">
      ${findings.map(
        (f) => html`<li class="found-item">
          <button type="button" class="link" onClick=${() => goTo(f.path, f.line)}>去改</button>
          <div>${f.place && html`<b>${f.place}</b>`}<p>${f.message}</p></div>
        </li>`,
      )}
    </ul>`
      : html`<p class="state">没有写错的地方。</p>`}
    ${findings.length === 0 && html`<h3>合规提示</h3>
    ${concerns.length === 0 ? html`<p class="state">没有需要注意的合规问题。</p>`
      : concerns.map(
        (c) => html`<article key=${c.code + c.path} class=${"concern " + (c.accepted ? "answered" : c.severity)}>
          <p>
            <span class=${c.accepted ? "tag" : c.severity === "serious" ? "tag is-rejected" : "tag is-warned"}>
              ${c.accepted ? "已有人负责" : c.severity === "serious" ? "严重" : "提醒"}
            </span>
            ${c.place && html`<b>${c.place}</b>`} <button type="button" class="link"
              onClick=${() => goTo(c.path, c.line)}>去改</button>
          </p>
          <p>${c.message}。</p>
          <p class="soft">依据：${c.rule}</p>
          ${c.accepted ? html`<p class="soft">${c.accepted.by}：${c.accepted.why}</p>`
            : draft.may && html`<button type="button" class="btn quiet small" onClick=${() => ask(c)}>
              我已知悉并负责
            </button>`}
        </article>`,
      )}`}
    ${asked && html`<${Accept} concern=${asked} me=${me} close=${() => ask(null)}
      done=${(/** @type {string} */ why) => {
        draft.set(`accept[${listAt(draft.values, "accept").length}]`, { finding: asked.code, by: me.name, why });
        ask(null);
      }} />`}
  </div>`;
}

/** Where a bank holds too few questions for what is drawn. */
const lacking = /^(levels\[\d+\]\.questions|live\[\d+\]\.draw)\[/;

/** Levels that ask for what the bank does not hold, and the cure. @param {{draft: Draft, lacking: boolean}} props */
function Fit({ draft, lacking }) {
  const [done, setDone] = useState(/** @type {string[] | null} */ (null));
  const work = useWork();
  if (!lacking && !done) return null;
  return html`<div class="state note">
    ${done && html`<p><b>关卡已经照题库里有的题调整：</b></p>
    <ul class="dots">${done.map((text) => html`<li>${text}</li>`)}</ul>`}
    ${lacking && html`<p>题库里符合条件的题不够关卡抽。</p>
    <p class="acts">
      ${draft.may && html`<button type="button" class="btn small" disabled=${work.busy}
        onClick=${() => work.run(async () => setDone(await draft.fit()))}>
        让关卡照题库里有的题来
      </button>`}
      ${draft.values && draft.values.bank && html`<a class="link" href=${link(["banks", draft.values.bank])}>
        给题库里的题设置对象和难度
      </a>`}
    </p>`}
    <${Oops} problem=${work.problem} />
  </div>`;
}

/** @param {{concern: Concern, me: import("../types").Member, close: () => void, done: (why: string) => void}} props */
function Accept({ concern, me, close, done }) {
  const [why, setWhy] = useState("");
  return html`<${Dialog} title="我已知悉并负责" close=${close} first="[name=why]">
    <form class="stack"
      onSubmit=${(/** @type {Event} */ e) => {
        e.preventDefault();
        if (why.trim()) done(why.trim());
      }}>
      <p>${concern.message}。</p>
      <p class="soft">依据：${concern.rule}</p>
      <${Field} label="为什么可以这样办">
        <${Text} name="why" rows=${3} max=${200} value=${why} set=${setWhy} />
      </${Field}>
      <p>这段话会写进活动的文本，署名<b>${me.name}</b>，和发布一起留下记录。</p>
      <footer class="dialog-foot">
        <button type="button" class="btn quiet" onClick=${close}>先不</button>
        <button class="btn" disabled=${!why.trim()}>写上我的名字</button>
      </footer>
    </form>
  </${Dialog}>`;
}

// Every field of a question, to be mended or corrected.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { letter } from "../../lib/format.js";
import { dropOption, has } from "../lib/form.js";
import { audiences, difficulties, kindNames, seenNames } from "../lib/words.js";
import { Check, Field, Group, Radio, Select, Text } from "./field.js";
import { PictureField } from "./picturefield.js";

/** @typedef {import("../lib/form.js").Form} Form */
/**
 * @typedef {{form: Form, set: (form: Form) => void, wrong: Record<string, string>, fixed?: boolean,
 *   desk?: import("../types").Desk}} Part fixed: kind and number of options stay
 */

/** @param {Form["kind"]} kind @param {Form} form @returns {Form} */
function asKind(kind, form) {
  const next = { ...form, kind };
  if (kind === "single" && next.right.length > 1) next.right = next.right.slice(0, 1);
  if (has(kind).options && next.options.length < 2) next.options = next.options.concat(["", ""]).slice(0, 2);
  if (kind === "matching" && next.matches.length < 2) next.matches = next.matches.concat(["", ""]).slice(0, 2);
  return next;
}

/** @param {Part} props */
export function QuestionForm({ form, set, wrong, fixed, desk }) {
  /** @param {Partial<Form>} part */
  const put = (part) => set({ ...form, ...part });
  const shows = has(form.kind);
  return html`<div class="q-form">
    <${Field} label="题型" wrong=${wrong.kind}>
      <${Select} name="kind" value=${form.kind} disabled=${fixed}
        options=${Object.keys(kindNames).map((k) => [k, kindNames[k]])}
        set=${(/** @type {any} */ kind) => set(asKind(kind, form))} />
    </${Field}>
    <${MaterialFields} form=${form} set=${set} wrong=${wrong} desk=${desk} />
    <${Field} label="题干" wrong=${wrong.stem} hint=${shows.blanks ? "每个空写成 ____（四个下划线）" : ""}>
      <${Text} name="stem" rows=${2} value=${form.stem} set=${(/** @type {string} */ stem) => put({ stem })} />
    </${Field}>
    ${shows.options && html`<${OptionList} form=${form} set=${set} wrong=${wrong} fixed=${fixed} />`}
    ${shows.truth && html`<${Group} label="答案" wrong=${wrong.answer}>
      <div class="row">
        ${[true, false].map(
          (t) => html`<${Radio} name="truth" on=${form.truth === t} set=${() => put({ truth: t })}>
            ${t ? "正确" : "错误"}
          </${Radio}>`,
        )}
      </div>
    </${Group}>`}
    ${shows.blanks && html`<${BlankList} form=${form} set=${set} wrong=${wrong} fixed=${fixed} />`}
    <${Field} label="解析" wrong=${wrong.explanation} hint="答完就会看到：为什么对，为什么不能选别的">
      <${Text} name="explanation" rows=${3} value=${form.explanation}
        set=${(/** @type {string} */ explanation) => put({ explanation })} />
    </${Field}>
    <${Group} label="依据" wrong=${wrong.source}>
      <div class="source-row">
        <${Text} name="title" label="法律、标准或教材的名称" placeholder="名称，例如 中华人民共和国消防法"
          value=${form.title} set=${(/** @type {string} */ title) => put({ title })} />
        <${Text} name="article" label="条款" placeholder="第四十四条" value=${form.article}
          set=${(/** @type {string} */ article) => put({ article })} />
        <${Text} name="version" label="版本" placeholder="2021年修正" value=${form.version}
          set=${(/** @type {string} */ version) => put({ version })} />
        <${Text} name="effective" label="施行日期" placeholder="2021-04-29" value=${form.effective}
          set=${(/** @type {string} */ effective) => put({ effective })} />
      </div>
    </${Group}>
    <${Group} label="核对记录" wrong=${wrong.review} hint="只有编辑看得到，参赛者看不到">
      <div class="source-row">
        <${Text} name="reviewer" label="谁核对的" placeholder="谁核对的" value=${form.reviewer}
          set=${(/** @type {string} */ reviewer) => put({ reviewer })} />
        <${Text} name="reviewed" type="date" label="哪天核对的" value=${form.reviewed}
          set=${(/** @type {string} */ reviewed) => put({ reviewed })} />
        <${Text} name="against" label="对照了什么" placeholder="对照了什么" value=${form.against}
          set=${(/** @type {string} */ against) => put({ against })} />
        <${Select} name="seen" label="依据看到没有" value=${form.seen} options=${seenNames}
          set=${(/** @type {string} */ seen) => put({ seen })} />
      </div>
    </${Group}>
    <div class="pair">
      <${Field} label="知识点" wrong=${wrong.topics} hint="几个之间用顿号隔开，第一个为主">
        <${Text} name="topics" value=${form.topics} set=${(/** @type {string} */ topics) => put({ topics })} />
      </${Field}>
      <${Field} label="难度" wrong=${wrong.difficulty}>
        <${Select} name="difficulty" value=${form.difficulty}
          options=${[1, 2, 3, 4, 5].map((n) => [n, difficulties[n]])}
          set=${(/** @type {string} */ n) => put({ difficulty: Number(n) })} />
      </${Field}>
    </div>
    <${Group} label="适用对象">
      <div class="row">
        ${audiences.map(
          (a) => html`<${Check} on=${form.audience.indexOf(a) >= 0}
            set=${(/** @type {boolean} */ on) =>
              put({ audience: on ? form.audience.concat(a) : form.audience.filter((x) => x !== a) })}>
            ${a}
          </${Check}>`,
        )}
      </div>
    </${Group}>
  </div>`;
}

/** Folded away where there is none, as in most questions. @param {Part} props */
function MaterialFields({ form, set, wrong, desk }) {
  const [open, setOpen] = useState(!!form.material || !!form.from.material);
  if (!open && !wrong.material)
    return html`<p><button type="button" class="link" onClick=${() => setOpen(true)}>加一段材料（案例题用）</button></p>`;
  return html`<${Group} label="材料（先读材料再答题）" wrong=${wrong.material}
    hint="几道题的材料完全一样，就是同一段：抽题时一起抽，排在一起；在题库里改一道，同一段的都改">
    <${Text} name="material-title" label="材料的标题" placeholder="标题，例如 某厂“6·3”火灾（可以不写）"
      value=${form.materialTitle} set=${(/** @type {string} */ t) => set({ ...form, materialTitle: t })} />
    <${Text} name="material" label="材料" rows=${5} value=${form.material}
      set=${(/** @type {string} */ t) => set({ ...form, material: t })} />
    ${desk && html`<${PictureField} desk=${desk} label="材料的图片（可以没有）" name="material-picture"
      of=${form.from.material || {}} set=${(/** @type {object} */ part) =>
        set({ ...form, from: { ...form.from, material: { id: "", ...form.from.material, ...part } } })} />`}
  </${Group}>`;
}

/** @param {Part} props */
function OptionList({ form, set, wrong, fixed }) {
  const shows = has(form.kind);
  /** @param {number} at @param {string} text */
  const write = (at, text) => set({ ...form, options: form.options.map((o, i) => (i === at ? text : o)) });
  /** @param {number} at */
  function mark(at) {
    if (form.kind === "single") return set({ ...form, right: [at] });
    set({ ...form, right: form.right.indexOf(at) < 0 ? form.right.concat(at) : form.right.filter((i) => i !== at) });
  }
  const said = typeof form.from.answer === "string" && form.from.answer && shows.right && !form.right.length;
  return html`<${Group} label=${shows.pairs ? "左项和它的右项" : "选项"} wrong=${wrong.options || wrong.answer}
    hint=${shows.right ? (form.kind === "single" ? "点字母标出正确的那一个" : "点字母标出所有正确的") : ""}>
    ${form.options.map(
      (text, i) => html`<div class="option-row" key=${i}>
        ${shows.right ? html`<button type="button" class=${form.right.indexOf(i) >= 0 ? "letter yes" : "letter"}
          aria-pressed=${form.right.indexOf(i) >= 0} aria-label=${"选项" + letter(i) + "是正确答案"}
          onClick=${() => mark(i)}>
          ${letter(i)}
        </button>`
          : html`<span class="letter">${letter(i)}</span>`}
        <${Text} name=${"option" + i} label=${"选项" + letter(i)} value=${text}
          set=${(/** @type {string} */ t) => write(i, t)} />
        ${shows.right && form.right.indexOf(i) >= 0 && html`<b class="right-word">正确</b>`}
        ${shows.pairs && html`<${Select} label=${letter(i) + "的右项"} value=${form.pairs[i] >= 0 ? form.pairs[i] : -1}
          options=${[[-1, "选右项"]].concat(form.matches.map((m, n) => [n, letter(n) + " " + m]))}
          set=${(/** @type {string} */ n) =>
            set({
              ...form,
              pairs: form.options.map((_, o) => (o === i ? Number(n) : o in form.pairs ? form.pairs[o] : -1)),
            })} />`}
        ${!fixed && html`<button type="button" class="btn quiet small" aria-label=${"删去选项" + letter(i)}
          onClick=${() => set(dropOption(form, i))}>
          删
        </button>`}
      </div>`,
    )}
    ${!fixed && form.options.length < 12 && html`<button type="button" class="btn quiet small"
      onClick=${() => set({ ...form, options: form.options.concat("") })}>
      ＋ 加一个选项
    </button>`}
    ${said && html`<small class="amber">文件里写的答案是“${String(form.from.answer)}”，不在选项之中。</small>`}
    ${shows.order && html`<label class="order">
      正确的次序 <${Text} name="order" value=${form.order}
        set=${(/** @type {string} */ order) => set({ ...form, order })} placeholder="例如 BAC" />
    </label>`}
    ${shows.pairs && html`<div class="matches">
      <span class="soft">右项</span>
      ${form.matches.map(
        (m, i) => html`<div class="option-row" key=${i}>
          <span class="letter">${letter(i)}</span>
          <${Text} label=${"右项" + letter(i)} value=${m}
            set=${(/** @type {string} */ t) =>
              set({ ...form, matches: form.matches.map((x, n) => (n === i ? t : x)) })} />
        </div>`,
      )}
      ${!fixed && html`<button type="button" class="btn quiet small"
        onClick=${() => set({ ...form, matches: form.matches.concat("") })}>
        ＋ 加一个右项
      </button>`}
    </div>`}
  </${Group}>`;
}

/** @param {Part} props */
const BlankList = ({ form, set, wrong, fixed }) => html`<${Group} label="答案" wrong=${wrong.answer || wrong.tolerance}
  hint="一个空的几种写法用 | 隔开：119 | 一一九">
  ${form.blanks.map(
    (text, i) => html`<div class="option-row" key=${i}>
      <span class="letter wide">第${i + 1}空</span>
      <${Text} name=${"blank" + i} label=${"第" + (i + 1) + "空的答案"} value=${text}
        set=${(/** @type {string} */ t) => set({ ...form, blanks: form.blanks.map((b, n) => (n === i ? t : b)) })} />
      <span class="tolerance">
        <${Text} label=${"第" + (i + 1) + "空的允许误差"} placeholder="允许误差" value=${form.tolerance[i] || ""}
          set=${(/** @type {string} */ t) =>
            set({ ...form, tolerance: form.blanks.map((_, n) => (n === i ? t : form.tolerance[n] || "")) })} />
      </span>
      ${!fixed && form.blanks.length > 1 && html`<button type="button" class="btn quiet small"
        aria-label=${"删去第" + (i + 1) + "空"}
        onClick=${() =>
          set({
            ...form,
            blanks: form.blanks.filter((_, n) => n !== i),
            tolerance: form.tolerance.filter((_, n) => n !== i),
          })}>
        删
      </button>`}
    </div>`,
  )}
  ${!fixed && form.blanks.length < 8 && html`<button type="button" class="btn quiet small"
    onClick=${() => set({ ...form, blanks: form.blanks.concat("") })}>
    ＋ 加一个空
  </button>`}
</${Group}>`;

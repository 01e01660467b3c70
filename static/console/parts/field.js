// Fields of forms: label, control, hint, and what is wrong with it, read out together.
import { html } from "../../html.js";

/** @typedef {{label: string, hint?: string, wrong?: string, children?: any}} FieldProps */

/** One control under its label. @param {FieldProps} props */
export const Field = ({ label, hint, wrong, children }) => html`<label class=${wrong ? "field is-off" : "field"}>
  <span class="field-label">${label}</span>${children}${hint && html`<small class="soft">${hint}</small>`}
  ${wrong && html`<b class="field-wrong" role="alert">${wrong}</b>`}
</label>`;

/** Several controls under one label. @param {FieldProps} props */
export const Group = ({ label, hint, wrong, children }) => html`<fieldset class=${wrong ? "field is-off" : "field"}>
  <legend class="field-label">${label}</legend>
  ${hint && html`<small class="soft">${hint}</small>`}${children}
  ${wrong && html`<b class="field-wrong" role="alert">${wrong}</b>`}
</fieldset>`;

/**
 * What is pasted is never cut: too much of it is told. max is in characters.
 * @param {{value: string, set: (text: string) => void, name?: string, rows?: number, max?: number, type?: string,
 *   label?: string, placeholder?: string, autocomplete?: string}} props
 */
export function Text({ value, set, name, rows, max, type, label, placeholder, autocomplete }) {
  const shared = {
    class: "input",
    name,
    value,
    "aria-label": label,
    placeholder,
    onInput: (/** @type {any} */ e) => set(e.target.value),
  };
  const length = Array.from(value || "").length;
  return html`${rows ? html`<textarea ...${shared} rows=${rows}></textarea>`
    : html`<input ...${shared} type=${type || "text"} autocomplete=${autocomplete || "off"} />`}
  ${max && length > max && html`<b class="field-wrong" role="alert">最多 ${max} 个字，现在 ${length} 个</b>`}`;
}

/**
 * @param {{value: string | number, set: (value: string) => void, options: (string | number)[][], name?: string, label?:
 *   string, disabled?: boolean}} props options: value, text
 */
export const Select = ({ value, set, options, name, label, disabled }) => html`<select class="input" name=${name}
  aria-label=${label} disabled=${disabled} value=${String(value)}
  onChange=${(/** @type {any} */ e) => set(e.target.value)}>
  ${options.map(
    ([v, text]) => html`<option value=${String(v)} selected=${String(v) === String(value)}>${text}</option>`,
  )}
</select>`;

/** @param {{on: boolean, set: (on: boolean) => void, children?: any, name?: string, disabled?: boolean}} props */
export const Check = ({ on, set, children, name, disabled }) => html`<label class="check">
  <input type="checkbox" name=${name} checked=${on} disabled=${disabled}
    onChange=${(/** @type {any} */ e) => set(e.target.checked)} />
  <span>${children}</span>
</label>`;

/** @param {{on: boolean, set: () => void, name: string, children?: any, disabled?: boolean}} props */
export const Radio = ({ on, set, name, children, disabled }) => html`<label class=${on ? "check on" : "check"}>
  <input type="radio" name=${name} checked=${on} disabled=${disabled} onChange=${set} />
  <span>${children}</span>
</label>`;

/**
 * @param {{from: number, size: number, total: number, go: (from: number) => void, unit?: string}} props from counts
 *   from 1
 */
export function Pager({ from, size, total, go, unit = "道" }) {
  if (total <= size && from === 1) return null;
  const last = Math.min(total, from + size - 1);
  return html`<nav class="pager" aria-label="翻页">
    <button class="btn quiet" disabled=${from <= 1} onClick=${() => go(Math.max(1, from - size))}>上一页</button>
    <span>第 ${from}–${last} ${unit}，共 ${total} ${unit}</span>
    <button class="btn quiet" disabled=${last >= total} onClick=${() => go(from + size)}>下一页</button>
  </nav>`;
}

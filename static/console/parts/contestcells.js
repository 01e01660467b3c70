// The small controls that a form of a contest is made of. Each shows one value by its path and sets it when the person
// leaves it; what is wrong there stands below.
import { html } from "../../html.js";
import { at, fromPicker, listAt, toPicker } from "../lib/contesttree.js";
import { Check, Field, Group } from "./field.js";
import { PictureCell } from "./picturecell.js";

/** @typedef {import("../lib/contestdraft.js").Draft} Draft */
/**
 * One value of a form.
 * @typedef {object} Cell
 * @property {string} path below the row's
 * @property {string} label
 * @property {"text" | "area" | "number" | "select" | "moment" | "span" | "check" | "many" | "words" | "yuan" |
 *   "percent" | "picture" | "lines"} kind
 * @property {"banks" | (string | number)[][] | ((values: any) => (string | number)[][])} [options] value and name, of
 *   select and many
 * @property {string} [hint] @property {any} [without] what holds where nothing is written
 * @property {string} [clears] a group below the row that goes with this value
 * @property {boolean} [wide] @property {boolean} [numbers] the chosen values are numbers
 * @property {boolean} [apart] it is shown in a place of its own
 * @property {(item: any, values?: any) => boolean} [when] whether it has a meaning for this row of all values
 */

/** @param {{draft: Draft, at: string, cells: Cell[]}} props at: the path of the row; "" for the top */
export function Cells({ draft, at: row, cells }) {
  const item = row ? at(draft.values, row) : draft.values;
  const fits = (/** @type {Cell} */ c) =>
    !c.apart && (!c.when || c.when(item || {}, draft.values)) && (c.kind !== "many" || optionsOf(c, draft).length > 0);
  return html`<div class="entries">
    ${cells
      .filter(fits)
      .map((c) => html`<${One} key=${c.path} draft=${draft} path=${row ? row + "." + c.path : c.path} cell=${c} />`)}
  </div>`;
}

/** @param {{draft: Draft, path: string, cell: Cell}} props */
function One({ draft: of, path, cell }) {
  const value = at(of.values, path);
  const whole = cell.clears ? path.slice(0, path.length - cell.path.length) + cell.clears : path;
  const clearing = {
    ...of,
    set: (/** @type {string} */ to, /** @type {any} */ v) => of.set(v === undefined ? whole : to, v),
  };
  const draft = cell.clears ? clearing : of;
  const shared = { draft, path, cell, value: value === undefined || value === null ? cell.without : value };
  const name = "entry entry-" + cell.kind + (cell.wide ? " entry-wide" : "");
  if (cell.kind === "check") {
    return html`<div class=${name}>
      <${Check} name=${path} on=${!!shared.value} disabled=${!draft.may}
        set=${(/** @type {boolean} */ on) => draft.set(path, on || undefined)}>
        ${cell.label}
      </${Check}>
    </div>`;
  }
  if (cell.kind === "many") return html`<div class=${name}><${Many} ...${shared} /></div>`;
  if (cell.kind === "picture")
    return html`<div class=${name}>
      <${Group} label=${cell.label} wrong=${draft.wrong(path)}><${PictureCell} ...${shared} /></${Group}>
    </div>`;
  return html`<div class=${name}>
    <${Field} label=${cell.label} hint=${cell.hint} wrong=${draft.wrong(path)}><${Control} ...${shared} /></${Field}>
  </div>`;
}

/** @typedef {{draft: Draft, path: string, cell: Cell, value: any}} Shown */

/** @param {Cell} cell @param {Draft} draft */
function optionsOf(cell, draft) {
  if (cell.options === "banks") return cell.without === "" ? [["", "跟活动一样"], ...draft.banks] : draft.banks;
  return typeof cell.options === "function" ? cell.options(draft.values) : cell.options || [];
}

/**
 * How a value is written in a box, and read from it.
 * @type {Record<string, {show: (value: any) => string, read: (text: string) => any}>}
 */
const forms = {
  text: { show: String, read: (text) => text.trim() || undefined },
  area: { show: String, read: (text) => text.trim() || undefined },
  span: { show: String, read: (text) => text.replace(/\s/g, "") || undefined },
  number: { show: String, read: (text) => (text.trim() === "" ? undefined : Number(text)) },
  lines: {
    show: (list) => (Array.isArray(list) ? list.join("\n") : String(list)),
    read: (text) => {
      const said = text.split("\n").map((line) => line.trim()).filter(Boolean);
      return said.length ? said : undefined;
    },
  },
  words: { show: (list) => (Array.isArray(list) ? list.join("、") : String(list)), read: (text) => list(text) },
  yuan: {
    show: (cents) => String(cents / 100),
    read: (text) => (text.trim() === "" ? undefined : Math.round(100 * Number(text))),
  },
  percent: {
    show: (millionths) => String(millionths / 10000),
    read: (text) => (text.trim() === "" ? undefined : Math.round(10000 * Number(text))),
  },
};

/** @param {string} text */
function list(text) {
  const words = text
    .split(/[、,，\n]/)
    .map((word) => word.trim())
    .filter(Boolean);
  return words.length ? words : undefined;
}

/** @param {Shown} props */
function Control({ draft, path, cell, value }) {
  if (cell.kind === "select") {
    const options = optionsOf(cell, draft);
    const known = options.some(([v]) => String(v) === String(value === undefined ? "" : value));
    return html`<select class="input" name=${path} disabled=${!draft.may}
      value=${String(value === undefined ? "" : value)}
      onChange=${(/** @type {any} */ e) => draft.set(path, e.target.value || undefined)}>
      ${!known && html`<option value=${value === undefined ? "" : String(value)} selected>
        ${value === undefined ? "请选择" : String(value)}
      </option>`}
      ${options.map(
        ([v, text]) => html`<option value=${String(v)}
          selected=${String(v) === String(value === undefined ? "" : value)}>
          ${text}
        </option>`,
      )}
    </select>`;
  }
  if (cell.kind === "moment" && (value === undefined || toPicker(value))) {
    return html`<input class="input" type="datetime-local" name=${path} disabled=${!draft.may} value=${toPicker(value)}
      onChange=${(/** @type {any} */ e) => draft.set(path, fromPicker(e.target.value) || undefined)} />`;
  }
  const form = forms[cell.kind] || forms.text;
  const text = value === undefined ? "" : form.show(value);
  /** @param {any} event */
  const leave = (event) => {
    const read = form.read(event.target.value);
    if (typeof read === "number" && isNaN(read)) event.target.value = text;
    else if (event.target.value !== text) draft.set(path, read);
  };
  if (cell.kind === "area" || cell.kind === "lines")
    return html`<textarea class="input" name=${path} rows=${cell.kind === "lines" ? 4 : 2} disabled=${!draft.may}
      value=${text} onChange=${leave}></textarea>`;
  return html`<input class="input" name=${path} autocomplete="off" disabled=${!draft.may}
    inputmode=${/number|yuan|percent/.test(cell.kind) ? "decimal" : null} value=${text} onChange=${leave} />`;
}

/** Several of a list. @param {Shown} props */
function Many({ draft, path, cell, value }) {
  const chosen = (Array.isArray(value) ? value : []).map(String);
  /** @param {string} v @param {boolean} on */
  function set(v, on) {
    const next = optionsOf(cell, draft)
      .map(([o]) => String(o))
      .filter((o) => (o === v ? on : chosen.indexOf(o) >= 0));
    draft.set(path, next.length ? (cell.numbers ? next.map(Number) : next) : undefined);
  }
  return html`<${Group} label=${cell.label} wrong=${draft.wrong(path)}>
    <div class="many">
      ${optionsOf(cell, draft).map(
        ([v, text]) => html`<label class=${chosen.indexOf(String(v)) >= 0 ? "pick on" : "pick"}>
          <input type="checkbox" name=${path} value=${String(v)} disabled=${!draft.may}
            checked=${chosen.indexOf(String(v)) >= 0}
            onChange=${(/** @type {any} */ e) => set(String(v), e.target.checked)} />
          ${text}
        </label>`,
      )}
      ${cell.hint && html`<small class="soft">${cell.hint}</small>`}
    </div>
  </${Group}>`;
}

/**
 * The rows of a list, with one more and one less. Rows with a title open and close.
 * @typedef {object} RowsProps
 * @property {Draft} draft @property {string} path @property {Cell[]} cells
 * @property {string} add what the button says @property {(items: any[]) => any} fresh a new row
 * @property {(item: any, index: number) => string[]} [title] and a note
 * @property {(path: string, index: number) => any} [more] what stands below the cells
 */
/** @param {RowsProps} props */
export function Rows({ draft, path, cells, add, fresh, title, more }) {
  const items = listAt(draft.values, path);
  const wrong = draft.wrong(path);
  return html`<div class="rows-edit" data-path=${path}>
    ${items.map(
      (item, i) => html`<${Row} key=${i} draft=${draft} path=${`${path}[${i}]`} cells=${cells}
        title=${title && title(item || {}, i)} more=${more && more(`${path}[${i}]`, i)} />`,
    )}
    ${wrong && html`<b class="field-wrong" role="alert">${wrong}</b>`}
    ${draft.may && add && html`<button type="button" class="btn quiet small"
      onClick=${() => draft.set(`${path}[${items.length}]`, fresh(items))}>
      ${add}
    </button>`}
  </div>`;
}

/** @param {{draft: Draft, path: string, cells: Cell[], title?: string[], more?: any}} props */
function Row({ draft, path, cells, title, more }) {
  const wrong = draft.wrong(path);
  const below = draft.checked ? draft.checked.findings.filter((f) => f.path.indexOf(path + ".") === 0).length : 0;
  const body = html`<${Cells} draft=${draft} at=${path} cells=${cells} />${more}
  ${wrong && html`<b class="field-wrong" role="alert">${wrong}</b>`}
  ${draft.may && html`<button type="button" class="link row-drop" onClick=${() => draft.set(path, undefined)}>
    删除${title ? title[0] : ""}
  </button>`}`;
  if (!title) return html`<div class="row-edit" data-path=${path}>${body}</div>`;
  return html`<details class="row-edit" data-path=${path}>
    <summary>
      <b>${title[0]}</b>
      ${title[1] && html`<small>${title[1]}</small>`}
      ${below > 0 && html`<span class="tag is-rejected">${below} 处要改</span>`}
    </summary>
    ${body}
  </details>`;
}

// A sheet as it looks on paper, whose cells can be picked; and the figures to pick from.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { Text } from "../parts/field.js";
import { Dialog } from "../parts/dialog.js";

/** @typedef {import("../../lib/schemas").components["schemas"]["FilledForm"]} Form */
/** @typedef {import("../../lib/schemas").components["schemas"]["FormPlace"]} Place */
/** @typedef {Form["sheets"][number]} Sheet */

/** A, B, …, Z, AA @param {number} x from 0 @returns {string} */
const column = (x) => (x > 25 ? column(Math.floor(x / 26) - 1) : "") + String.fromCharCode(65 + (x % 26));

/** @param {{sheet: Sheet, data: Form, pick: (cell: string) => void}} props */
export function FormGrid({ sheet, data, pick }) {
  /** @type {Record<string, string>} */
  const placed = {};
  for (const p of data.places) if (p.sheet === sheet.name) placed[p.cell] = p.name;
  return html`<section>
    <h3>${sheet.name}${sheet.hidden ? "（隐藏的页）" : ""}</h3>
    <div class="scroll"><table class="fm-grid">
      <thead><tr><th></th>${(sheet.rows[0] || []).map((_, x) => html`<th>${column(x)}</th>`)}</tr></thead>
      <tbody>
        ${sheet.rows.map((row, y) => html`<tr>
          <th>${y + 1}</th>
          ${row.map((cell, x) => {
            const name = column(x) + (y + 1);
            if (cell.within) return null;
            return html`<td colspan=${cell.across} rowspan=${cell.down}>
              <button disabled=${cell.formula} class=${placed[name] ? "is-placed" : cell.formula ? "is-formula" : null}
                aria-label=${`${name} ${placed[name] || cell.text || "空"}`} onClick=${() => pick(name)}>
                ${placed[name] ? "［" + placed[name] + "］" : cell.formula ? cell.text || "公式" : cell.text}
              </button>
            </td>`;
          })}
        </tr>`)}
      </tbody>
    </table></div>
  </section>`;
}

/**
 * @param {{at: {sheet: string, cell: string}, data: Form, busy: boolean, close: () => void, save: (places: Place[]) =>
 *   void}} props
 */
export function PickFigure({ at, data, busy, close, save }) {
  const [search, setSearch] = useState("");
  const others = data.places.filter((p) => p.sheet !== at.sheet || p.cell !== at.cell);
  const mine = data.places.find((p) => p.sheet === at.sheet && p.cell === at.cell);
  return html`<${Dialog} title=${at.cell + " 填哪个数"} close=${close} first="input">
    <${Text} value=${search} set=${setSearch} label="找一个数" placeholder="找一个数" name="figure" />
    <ul class="plain fm-figures">
      ${data.figures
        .filter((f) => f.name.includes(search.trim()))
        .map((f) => html`<li key=${f.name}>
          <button class="link" disabled=${busy} onClick=${() => save([...others, { ...at, name: f.name }])}>
            ${f.name}
          </button>
          <small class="soft">现在是 ${f.value.toLocaleString("zh-CN")} ${f.measure}</small>
        </li>`)}
    </ul>
    ${mine && html`<button class="btn quiet" disabled=${busy} onClick=${() => save(others)}>这格不填了</button>`}
  </${Dialog}>`;
}

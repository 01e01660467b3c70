// What a contest asks beside the nickname: the division, and fields with the reason for each. Part of the sign-in form,
// and in a script of its own, since many contests ask nothing.
import "./asks.css";
import { html } from "../../html.js";
import { Box } from "./box.js";
import { GuardianAsk } from "./guardian.js";

/**
 * @typedef {{division: string, fields: Record<string, string>, guardian: import("./guardian.js").Guardian | null,
 *   lacks: string}} Told lacks: what a guardian has to do still
 */

/**
 * @param {object} props
 * @param {import("../types").Contest} props.contest
 * @param {import("../types").Me | null} props.me
 * @param {import("../types").Field[]} props.fields those to ask now
 * @param {boolean} props.divided whether the division is asked
 * @param {Told} props.told @param {(told: Told) => void} props.tell
 * @param {{field: string, text: string}} props.wrong
 */
export function Asks({ contest, me, fields, divided, told, tell, wrong }) {
  const { divisions, consent, guardian } = contest.asks;
  const wrongHere = (/** @type {string} */ field) =>
    wrong.field === field && html`<p class="form-wrong" id=${"wrong-" + field} role="alert">${wrong.text}</p>`;
  return html`<div class="asks">
    ${divided && html`<div role="radiogroup" aria-labelledby="division-label">
      <p class="form-label" id="division-label">
        您属于哪一组
        ${me && me.division_fixed ? html`<span class="soft">（已经确定，不能再改）</span>`
          : html`<span class="soft">（答题后不能再改）</span>`}
      </p>
      <div class="divisions">
        ${divisions.map(
          (d) => html`<button type="button" role="radio" class=${told.division === d.key ? "option on" : "option"}
            key=${d.key} aria-checked=${told.division === d.key} disabled=${!!me && me.division_fixed}
            onClick=${() => tell({ ...told, division: d.key })}>
            <span class="option-text">${d.title}</span>
          </button>`,
        )}
      </div>
      ${wrongHere("division")}
    </div>`}
    ${guardian && fields.length > 0 && !(me && me.guardian) && html`<${GuardianAsk} asked=${guardian} wrong=${wrong}
      tell=${(/** @type {import("./guardian.js").Answer} */ answer) => tell({ ...told, ...answer })} />`}
    ${fields.map(
      (f) => html`<label class="form-label" for=${"field-" + f.key}>
        ${f.label}${!f.required && html`<span class="soft">（可以不填）</span>`}
      </label>
      <${Box} field=${f} id=${"field-" + f.key} value=${told.fields[f.key] || ""} why=${"why-" + f.key}
        had=${me && me.filled.indexOf(f.key) >= 0 ? "已经填好，不改就空着" : ""} wrong=${wrong.field === "fields." + f.key}
        tell=${(/** @type {string} */ value) => tell({ ...told, fields: { ...told.fields, [f.key]: value } })} />
      ${f.why && html`<p class="why soft" id=${"why-" + f.key}>${f.why}</p>`}${wrongHere("fields." + f.key)}`,
    )}
    ${fields.length > 0 && html`<p class="consent soft">${consent.text}</p>${wrongHere("consent")}`}
  </div>`;
}

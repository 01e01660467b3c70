// The box that one piece of personal data is told in.
import { html } from "../../html.js";

/** @type {Record<string, object>} what a phone's keyboard and its memory of addresses need to know */
const kinds = {
  name: { autocomplete: "name" },
  phone: { type: "tel", inputmode: "numeric", autocomplete: "tel-national" },
  address: { autocomplete: "street-address" },
  id: { autocomplete: "off" },
  text: { autocomplete: "off" },
};

/**
 * @param {object} props
 * @param {{key: string, kind: string, options?: string[]}} props.field
 * @param {string} props.id @param {string} props.value typed so far
 * @param {string} props.had what to say of a value that was told before; "" for none
 * @param {boolean} props.wrong @param {(value: string) => void} props.tell
 * @param {string} [props.why] id of the text that tells what it is for
 */
export function Box({ field, id, value, had, wrong, tell, why }) {
  const shared = { id, value, "aria-invalid": wrong, "aria-describedby": why };
  if (field.kind !== "choice") {
    return html`<input ...${shared} ...${kinds[field.kind]} placeholder=${had}
      onInput=${(/** @type {any} */ e) => tell(e.target.value)} />`;
  }
  return html`<select ...${shared} onChange=${(/** @type {any} */ e) => tell(e.target.value)}>
    <option value="">${had || "请选择"}</option>
    ${(field.options || []).map((o) => html`<option key=${o} value=${o} selected=${o === value}>${o}</option>`)}
  </select>`;
}

// The choice of a way to pay.
import { html } from "../../html.js";
import { Radio } from "../parts/field.js";
import { wayHints, ways } from "./payoutwords.js";

/** @param {{ways: string[], way: string, set: (way: string) => void}} props */
export const WayChoice = ({ ways: can, way, set }) => html`<div class="stack">
  ${can.map(
    (w) => html`<div key=${w}>
      <${Radio} name="way" on=${w === way} set=${() => set(w)}>
        <b>${ways[w] || w}</b> <small class="soft">${wayHints[w]}</small>
      </${Radio}>
    </div>`,
  )}
</div>`;

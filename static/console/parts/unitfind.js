// Choosing one unit of a tree by typing part of its name.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { Field, Text } from "./field.js";

/** @typedef {import("../lib/unittree.js").Unit} Unit */

const most = 8;

/**
 * @param {{tree: import("../lib/unittree.js").UnitTree, unit: Unit | null, set: (unit: Unit | null) => void, label:
 *   string, wrong?: string}} props
 */
export function UnitFind({ tree, unit, set, label, wrong }) {
  const [text, setText] = useState("");
  const asked = text.trim();
  const found = asked ? tree.find(asked, most) : { total: 0, units: [] };
  return html`<div class="ut-find">
    <${Field} label=${label} wrong=${wrong}>
      <${Text} type="search" name="find" placeholder="输入名称、别名或编码" value=${text}
        set=${(/** @type {string} */ t) => {
          setText(t);
          set(null);
        }} />
    </${Field}>
    <ul>
      ${found.units.map(
        (u) => html`<li key=${u.id}>
          <button class=${unit && unit.id === u.id ? "ut-hit on" : "ut-hit"}
            aria-pressed=${unit && unit.id === u.id ? "true" : "false"} onClick=${() => set(u)}>
            <b>${u.name}</b>
            <small class="soft">${tree.above(u)}</small>
          </button>
        </li>`,
      )}
    </ul>
    ${asked && !found.total && html`<p class="soft">没有找到，换几个字试试。</p>`}
    ${found.total > most && html`<p class="soft">还有 ${found.total - most} 个，请多写几个字。</p>`}
  </div>`;
}

// The form beside the text, drawn from its table (lib/contestparts.js): parts that open and close, each telling how
// much is wrong in it.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { Cells, Rows } from "../parts/contestcells.js";
import { parts } from "../lib/contestparts.js";
import { unlockCell } from "../lib/levelfields.js";
import { at, listAt } from "../lib/contesttree.js";
import { withLines } from "../lib/unitlines.js";

/**
 * @typedef {import("../lib/contestdraft.js").Draft} Draft
 * @typedef {import("../lib/contestparts.js").Group} Group
 */

/** @param {{draft: Draft, banks: string[][]}} props */
export function ContestForm({ draft: of, banks }) {
  if (!of.values || typeof of.values !== "object") {
    return html`<p class="state note">
      ${of.busy ? "正在读取" : "文本里有一处写得不对，表单读不出来。请先在“文本”里改好。"}
    </p>`;
  }
  const draft = { ...of, banks };
  return html`<div class="contest-form">
    ${parts.map((part, i) => {
      const wrong = draft.checked ? draft.checked.findings.filter((f) => part.paths.test(f.path)).length : 0;
      const many = part.counts ? listAt(draft.values, part.counts).length : 0;
      const note = i === 0 ? at(draft.values, "title") : part.counts && (many ? `${many} ${part.unit}` : "没有");
      return html`<details key=${part.name} class="part" open=${i === 0} data-part=${part.name}>
        <summary>
          <b>${part.name}</b>
          ${note && html`<small>${note}</small>`}
          ${wrong > 0 && html`<span class="tag is-rejected">${wrong} 处要改</span>`}
        </summary>
        <div class="part-body">
          ${part.groups.map((group) => html`<${GroupOf} draft=${draft} row="" group=${group} />`)}
        </div>
      </details>`;
    })}
  </div>`;
}

/** @param {{draft: Draft, row: string, group: Group}} props row: the path of the row that it is of; "" for the top */
function GroupOf({ draft, row, group }) {
  const path = row && group.list ? row + "." + group.list : group.list || row;
  const body = group.own === "after" ? html`<${After} draft=${draft} path=${path} group=${group} />`
    : html`${group.own === "units" && html`<${UnitLines} draft=${draft} />`}${Listed({ draft, path, group })}`;
  if (group.folded) {
    return html`<details class="more-cells"><summary>${group.title}</summary>${body}</details>`;
  }
  return html`<div>
    ${group.title && (row ? html`<h5>${group.title}</h5>` : html`<h3>${group.title}</h3>`)}
    ${group.note && html`<p class="soft">${group.note}</p>`}
    ${body}
  </div>`;
}

/** Fields, or the rows of a list. @param {{draft: Draft, path: string, group: Group}} props */
const Listed = ({ draft, path, group }) =>
  group.list ? html`<${Rows} draft=${draft} path=${path} cells=${group.cells}
      add=${group.add === undefined ? "加一条" : group.add}
      fresh=${(/** @type {any[]} */ items) => group.fresh && group.fresh(items, draft.values)} title=${group.name}
      more=${group.groups && ((/** @type {string} */ row, /** @type {number} */ i) =>
        (group.groups || []).map((inner) =>
          inner.own === "after" && i === 0 &&
            !listAt(draft.values, "spots").length && !listAt(draft.values, "lists").length ? null
            : html`<${GroupOf} draft=${draft} row=${row} group=${inner} />`))} />`
    : html`<${Cells} draft=${draft} at=${path} cells=${group.cells} />`;

/**
 * What opens a level: the level before, nothing, or what is listed: levels, spots and lists.
 * @param {{draft: Draft, path: string, group: Group}} props
 */
function After({ draft, path, group }) {
  const after = at(draft.values, path);
  const own = Array.isArray(after) && after.length > 0;
  const levels = listAt(draft.values, "levels");
  const spots = listAt(draft.values, "spots");
  const lists = listAt(draft.values, "lists");
  const first = path === "levels[0].after"; // with no level above it
  const value = own ? "own" : after === undefined || first ? "" : "none";
  const oneLevel = () => ({ level: levels[0].key });
  const oneSpot = () => (spots.length ? { spot: spots[0].key } : oneList());
  const oneList = () => ({ list: lists[0].key });
  /** @param {string} next */
  const set = (next) =>
    draft.set(path, next === "none" ? [] : next === "own" ? [first ? oneSpot() : oneLevel()] : undefined);
  return html`<div>
    <div class="entries">
      <div class="entry entry-select">
        <label class="field">
          <span class="field-label">什么时候能答</span>
          <select class="input" name=${path} disabled=${!draft.may} value=${value}
            onChange=${(/** @type {any} */ e) => set(e.target.value)}>
            <option value="" selected=${value === ""}>${first ? "一开始就能" : "通过上一关以后"}</option>
            ${!first && html`<option value="none" selected=${value === "none"}>一开始就能</option>`}
            <option value="own" selected=${value === "own"}>${lists.length ? "先答另外的关，或在名单里"
              : spots.length ? "先答另外的关，或先打卡" : "先答另外的关"}</option>
          </select>
        </label>
      </div>
    </div>
    <${Cells} draft=${draft} at=${path.slice(0, path.lastIndexOf("."))} cells=${[{ ...unlockCell, apart: false }]} />
    ${own && Listed({ draft, path, group: { ...group, add: first ? "" : "再加一关", fresh: oneLevel } })}
    ${own && draft.may && spots.length > 0 && html`<p class="after-spot">
      <button type="button" class="btn quiet small"
        onClick=${() => draft.set(path, after.concat([oneSpot()]))}>再加一个打卡点</button>
    </p>`}
    ${own && draft.may && lists.length > 0 && html`<p class="after-spot">
      <button type="button" class="btn quiet small"
        onClick=${() => draft.set(path, after.concat([oneList()]))}>再加一个名单</button>
    </p>`}
  </div>`;
}

/** Many units at once: a line a unit, with blanks in front of those below another. @param {{draft: Draft}} props */
function UnitLines({ draft }) {
  const [text, setText] = useState("");
  if (!draft.may) return null;
  return html`<div>
    <label class="field">
      <span class="field-label">粘贴名单，一行一个；下级单位前面空一格或写成“上级 / 下级”</span>
      <textarea class="input" name="unit-lines" rows="4" value=${text}
        onInput=${(/** @type {any} */ e) => setText(e.target.value)}></textarea>
    </label>
    <button type="button" class="btn quiet small" disabled=${!text.trim()} onClick=${() => {
      draft.set("units", withLines(listAt(draft.values, "units"), text));
      setText("");
    }}>加进名单</button>
  </div>`;
}

// What the players of each unit did, with all units below it: as a tree, or all units of one level beside each other.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { number } from "../../lib/format.js";
import { shownLines } from "../lib/unittree.js";
import { Select } from "../parts/field.js";
import { Shown, useLoad } from "../parts/load.js";

/**
 * @typedef {{id: string, parent: string, code: string, name: string, depth: number, gone: boolean, headcount: number,
 *   hidden: boolean, enrolled: number, players: number, attempts: number, passed: number, accuracy: number | null,
 *   participation: number | null}} Line
 */
/** @typedef {"name" | "headcount" | "enrolled" | "players" | "participation" | "attempts" | "accuracy"} Column */

/** @type {[Column, string][]} */
const columns = [
  ["headcount", "应参加"],
  ["enrolled", "登记"],
  ["players", "参与"],
  ["participation", "参与率"],
  ["attempts", "答题次数"],
  ["accuracy", "正确率"],
];
const most = 500; // lines on the page

/** @param {{desk: import("../types").Desk, path: string}} props */
export function UnitsStats({ desk, path }) {
  const stats = useLoad(() => desk.call("GET", path + "/stats"), [path]);
  const [by, setBy] = useState(/** @type {Column | ""} */ (""));
  const [open, setOpen] = useState(/** @type {Set<string>} */ (new Set()));
  const [level, setLevel] = useState("");
  /** @param {string} id */
  const toggle = (id) => {
    const now = new Set(open);
    if (!now.delete(id)) now.add(id);
    setOpen(now);
  };
  return html`<${Shown} of=${stats}>
    ${(/** @type {{small: number, units: Line[]}} */ data) => {
      const depth = data.units.reduce((deep, l) => Math.max(deep, l.depth), 1);
      const parents = new Set(data.units.map((l) => l.parent));
      const before = by ? order(by) : null;
      const flat = level !== "";
      const all = flat
        ? data.units.filter((l) => l.id && l.depth === Number(level)).sort(before || (() => 0))
        : shownLines(data.units, open, before);
      return html`<div>
        <div class="ut-bar">
          <label class="row">
            看 <${Select} name="level" label="层级" value=${level} set=${setLevel}
              options=${[["", "单位树"]].concat(
                Array.from({ length: depth }, (_, i) => [String(i + 1), `第 ${i + 1} 级单位`]),
              )} />
          </label>
          <span class="acts">
            <button class="btn quiet" onClick=${stats.again}>刷新</button>
            <a class="btn quiet" href=${"/api/v1/console" + path + "/stats/table?format=xlsx"} download>下载 Excel</a>
            <a class="btn quiet" href=${"/api/v1/console" + path + "/stats/table?format=csv"} download>下载 CSV</a>
          </span>
        </div>
        <p class="soft">
          每个单位连同下级一起算；参与：至少答完一次的人。人数不全的单位不算参与率；少于 ${data.small} 人的，和能从上级减出来的，都不显示，免得看出是谁。
        </p>
        <div class="scroll">
          <table class="rows ut-stats">
            <thead>
              <tr>
                <th aria-sort=${by ? null : "ascending"}>
                  <button class="ut-sort" onClick=${() => setBy("")}>单位</button>
                </th>
                ${columns.map(
                  ([key, name]) => html`<th class="n" aria-sort=${by === key ? "descending" : null}>
                    <button class=${by === key ? "ut-sort on" : "ut-sort"}
                      onClick=${() => setBy(by === key ? "" : key)}>
                      ${name}${by === key ? " ↓" : ""}
                    </button>
                  </th>`,
                )}
              </tr>
            </thead>
            <tbody>
              ${all
                .slice(0, most)
                .map(
                  (l) => html`<tr key=${l.id || "none"} class=${l.gone || !l.id ? "off" : null}>
                    <td class=${flat ? null : "ut-d" + l.depth}>
                      ${!flat &&
                      (l.id && parents.has(l.id) ? html`<button class="ut-fold"
                        aria-expanded=${open.has(l.id) ? "true" : "false"}
                        aria-label=${(open.has(l.id) ? "收起 " : "展开 ") + l.name} onClick=${() => toggle(l.id)}>
                        ${open.has(l.id) ? "▾" : "▸"}
                      </button>`
                        : html`<span class="ut-fold"></span>`)}
                      <b>${l.name}</b>
                      ${l.gone && html` <span class="tag plain">已不在表里</span>`}
                    </td>
                    <${Figures} line=${l} />
                  </tr>`,
                )}
            </tbody>
          </table>
        </div>
        ${all.length > most && html`<p class="soft more">先列出 ${most} 行，下载的表里是全部。</p>`}
      </div>`;
    }}
  </${Shown}>`;
}

/** @param {{line: Line}} props */
const Figures = ({ line: l }) =>
  columns.map(([key, name], i) => {
    if (key === "headcount")
      return html`<td class="n" data-name=${name}>
        ${l.headcount ? number(l.headcount) : html`<span class="soft">${l.id ? "不详" : "—"}</span>`}
      </td>`;
    if (l.hidden) return i === 1 ? html`<td class="n soft" colspan=${columns.length - 1}>不显示</td>` : null;
    const value = l[/** @type {"enrolled"} */ (key)];
    const part = key === "participation" || key === "accuracy";
    return html`<td class="n" data-name=${name}>
      ${value === null ? html`<span class="soft">—</span>` : part ? percent(value) : number(value)}
    </td>`;
  });

/** @param {number} part */
const percent = (part) => (100 * part).toFixed(1) + "%";

/** The most first; what is not told comes last. @param {Column} by @returns {(a: Line, b: Line) => number} */
const order = (by) => {
  /** @param {Line} l */
  const value = (l) => {
    const told = l[by];
    return !l.id ? -2 : typeof told !== "number" || (l.hidden && by !== "headcount") ? -1 : told;
  };
  return (a, b) => value(b) - value(a);
};

// The tree of units: opened level by level, or searched.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { number } from "../../lib/format.js";
import { linkIn } from "../lib/contests.js";
import { shownLines } from "../lib/unittree.js";
import { Text } from "../parts/field.js";

/** @typedef {import("../lib/unittree.js").Unit} Unit @typedef {import("../lib/unittree.js").UnitTree} UnitTree */

const most = 100; // found ones that are listed
const small = 60; // a tree of so few units begins open

/** @param {{desk: import("../types").Desk, path: string, contest: string, tree: UnitTree}} props */
export function UnitsTree({ desk, path, contest, tree }) {
  const [text, setText] = useState("");
  const [open, setOpen] = useState(() => new Set(tree.units.length <= small ? tree.units.map((u) => u.id) : []));
  if (!tree.units.length) {
    return html`<div class="state note">
      <p>
        这个活动还没有单位。
        ${desk.may("unit.edit") ? "下载模板，填好上传；Excel 和 CSV 都可以。" : "组织者上传单位表以后，这里就有了。"}
      </p>
      ${desk.may("unit.edit") && html`<p class="acts">
        <a class="btn" href=${linkIn(contest, ["units", "import"])}>上传单位表</a>
        <a class="btn quiet" href="/api/v1/console/units/template" download>下载模板</a>
      </p>`}
    </div>`;
  }
  const asked = text.trim();
  const found = asked ? tree.find(asked, most) : null;
  /** @param {string} id */
  const toggle = (id) => {
    const now = new Set(open);
    if (!now.delete(id)) now.add(id);
    setOpen(now);
  };
  const depth = (/** @type {Unit} */ u) => {
    let n = 1;
    for (let up = tree.byID[u.parent]; up && n < 8; up = tree.byID[up.parent]) n++;
    return n;
  };
  const lines = found ? found.units : shownLines(tree.units, open, null);
  return html`<div>
    <div class="ut-bar">
      <${Text} type="search" name="q" label="找单位" placeholder="按名称、别名、编码找单位" value=${text}
        set=${setText} />
      ${desk.may("unit.edit") && html`<span class="acts">
        <a class="btn quiet" href=${"/api/v1/console" + path + "/table?format=xlsx"} download>下载 Excel</a>
        <a class="link" href=${"/api/v1/console" + path + "/table?format=csv"} download
          title="给别的程序用。用 Excel 打开再保存，编码前面的 0 会丢">CSV</a>
      </span>`}
    </div>
    ${found && html`<p class="soft found" role="status">
      找到 ${number(found.total)} 个${found.total > most ? `，先列出 ${most} 个，请多写几个字` : ""}
    </p>`}
    <table class="rows ut-tree">
      <thead><tr><th>单位</th><th>编码</th><th>别名</th><th class="n">人数</th></tr></thead>
      <tbody>
        ${lines.map(
          (u) => html`<tr key=${u.id}>
            <td class=${found ? null : "ut-d" + depth(u)}>
              ${!found &&
              ((tree.children[u.id] || []).length ? html`<button class="ut-fold"
                aria-expanded=${open.has(u.id) ? "true" : "false"}
                aria-label=${(open.has(u.id) ? "收起 " : "展开 ") + u.name} onClick=${() => toggle(u.id)}>
                ${open.has(u.id) ? "▾" : "▸"}
              </button>`
                : html`<span class="ut-fold"></span>`)}
              <b>${u.name}</b>
              ${found && tree.above(u) && html`<small class="soft"> ${tree.above(u)}</small>`}
              ${!found && (tree.children[u.id] || []).length > 0 && html`<small class="soft"> ${number(
                  tree.children[u.id].length,
                )} 个下级
              </small>`}
            </td>
            <td class="ut-code" data-name="编码">${u.code}</td>
            <td class=${u.aliases.length + u.typed.length ? null : "ut-none"} data-name="别名">
              ${u.aliases.join("、")}
              ${u.typed.length > 0 && html`<small class="soft">
                ${u.aliases.length ? " " : ""}有人填过：${u.typed.join("、")}
              </small>`}
            </td>
            <td class="n" data-name="人数"><${Heads} unit=${u} tree=${tree} /></td>
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** Its own number; else the sum of those below, where all are known. @param {{unit: Unit, tree: UnitTree}} props */
const Heads = ({ unit, tree }) =>
  unit.headcount ? number(unit.headcount)
    : tree.heads[unit.id] >= 0 ? html`<span class="soft">合计 ${number(tree.heads[unit.id])}</span>`
    : html`<span class="soft">不详</span>`;

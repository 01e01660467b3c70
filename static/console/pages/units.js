// The units of a contest: the tree, a table on its way in, names that players typed, and what each unit did.
import { html } from "../../html.js";
import { useMemo } from "../../vendor/hooks.js";
import { number } from "../../lib/format.js";
import { linkIn } from "../lib/contests.js";
import { UnitTree } from "../lib/unittree.js";
import { Shown, useLoad } from "../parts/load.js";
import { UnitsImport } from "./unitsimport.js";
import { UnitsNames } from "./unitsnames.js";
import { UnitsStats } from "./unitsstats.js";
import { UnitsTree } from "./unitstree.js";

/** @typedef {import("../lib/unittree.js").Unit} Unit */
/**
 * @typedef {{contest: {slug: string, title: string}, version: number, units: Unit[], gone: number, typed: boolean,
 *   waiting: number}} Units
 */

/** @param {{desk: import("../types").Desk, contest: string, tab: string}} props */
export function UnitsPage({ desk, contest, tab }) {
  const path = "/contests/" + encodeURIComponent(contest) + "/units";
  const units = useLoad(() => desk.call("GET", path), [path, tab === "import" ? "tree" : tab]);
  const may = desk.may("unit.edit");
  return html`<div>
    <h1>单位</h1>
    <${Shown} of=${units}>
      ${(/** @type {Units} */ data) => html`<p class="soft">
        ${data.contest.title}：${data.units.length ? `${number(data.units.length)} 个单位` : "还没有单位"}
        ${data.gone ? `，另有 ${number(data.gone)} 个已不在表里、成绩还留着` : ""}
      </p>
      <nav class="tabs" aria-label="单位">
        ${[
          ["", "单位树"],
          ...(may
            ? [
                ["import", "上传"],
                ["names", "自填名称"],
              ]
            : []),
          ["stats", "统计"],
        ].map(
          ([key, name]) => html`<a href=${linkIn(contest, key ? ["units", key] : ["units"])}
            aria-current=${tab === key ? "page" : null}>
            ${name}${key === "names" && data.waiting > 0 && html` <b class="ut-badge">${data.waiting}</b>`}
          </a>`,
        )}
      </nav>
      <${Tab} desk=${desk} contest=${contest} path=${path} tab=${tab} data=${data} again=${units.again} />`}
    </${Shown}>
  </div>`;
}

/**
 * @param {{desk: import("../types").Desk, contest: string, path: string, tab: string, data: Units, again: () =>
 *   Promise<void>}} props
 */
function Tab({ desk, contest, path, tab, data, again }) {
  const tree = useMemo(() => new UnitTree(data.units), [data]);
  const may = desk.may("unit.edit");
  if (tab === "import" && may)
    return html`<${UnitsImport} desk=${desk} path=${path} contest=${contest} done=${again} />`;
  if (tab === "names" && may)
    return html`<${UnitsNames} desk=${desk} path=${path} tree=${tree} typed=${data.typed} changed=${again} />`;
  if (tab === "stats") return html`<${UnitsStats} desk=${desk} path=${path} />`;
  return html`<${UnitsTree} desk=${desk} path=${path} contest=${contest} tree=${tree} />`;
}

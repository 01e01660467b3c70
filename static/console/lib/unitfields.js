// The units of a contest in its form, each with those below it.
import { listAt } from "./contesttree.js";
import { unitListCells } from "./morefields.js";

/** @typedef {import("./contestparts.js").Group} Group */

/** A unit, and those below it. @type {Group} */
export const units = {
  list: "units",
  cells: unitListCells,
  add: "加一个单位",
  fresh: (items) => ({ code: freshCode(items), name: "新的单位" }),
  name: (unit) => {
    const below = listAt(unit, "children").length;
    return [String(unit.name || unit.code || ""), below ? `下面 ${below} 个` : ""];
  },
};
/** @type {Group} */
const below = { ...units, list: "children", add: "加一个下级单位" };
below.groups = units.groups = [below];

/** A code that no unit of the list has yet. @param {any[]} items */
function freshCode(items) {
  const taken = items.map((u) => u && String(u.code));
  let n = items.length + 1;
  while (taken.indexOf("u" + n) >= 0) n++;
  return "u" + n;
}

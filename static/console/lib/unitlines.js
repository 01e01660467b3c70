// A list of units as people paste it: a line a unit; those below another stand indented, or as 上级 / 下级. Pure.

/** @typedef {{code: string | number, name: string, children?: Unit[]}} Unit */

/** @param {Unit[]} units @param {(unit: Unit) => void} visit */
function each(units, visit) {
  for (const unit of units) {
    visit(unit);
    each(unit.children || [], visit);
  }
}

/**
 * The units with those of the lines, each with a code that none had; what is there already stays as it is.
 * @param {any[]} present @param {string} text @returns {Unit[]}
 */
export function withLines(present, text) {
  const units = /** @type {Unit[]} */ (JSON.parse(JSON.stringify(present)));
  /** @type {Set<string>} */
  const taken = new Set();
  each(units, (unit) => taken.add(String(unit.code)));
  let n = 1;
  const code = () => {
    while (taken.has("u" + n)) n++;
    taken.add("u" + n);
    return "u" + n;
  };
  /** @param {Unit[]} among @param {string} name */
  const found = (among, name) => {
    const same = among.find((unit) => unit.name === name);
    if (same) return same;
    const made = { code: code(), name };
    among.push(made);
    return made;
  };
  /** @type {{depth: number, unit: Unit}[]} */
  let above = [];
  for (const line of text.split("\n")) {
    if (!line.trim()) continue;
    const depth = (/^[\s　]*/.exec(line) || [""])[0].length;
    above = above.filter((a) => a.depth < depth);
    let into = above.length ? above[above.length - 1].unit : null;
    for (const name of line.split("/").map((part) => part.trim()).filter(Boolean)) {
      if (into) into.children = into.children || [];
      into = found(into ? /** @type {Unit[]} */ (into.children) : units, name);
    }
    if (into) above.push({ depth, unit: into });
  }
  return units;
}

// A tree of units as the console holds it: found by text, opened level by level.

/**
 * @typedef {{id: string, parent: string, code: string, name: string, aliases: string[], typed: string[], headcount:
 *   number}} Unit
 */

export class UnitTree {
  /** @param {Unit[]} units each in front of those below it */
  constructor(units) {
    this.units = units;
    /** @type {Record<string, Unit>} */
    this.byID = {};
    /** @type {Record<string, Unit[]>} by the id of the parent */
    this.children = {};
    for (const unit of units) {
      this.byID[unit.id] = unit;
      (this.children[unit.parent] = this.children[unit.parent] || []).push(unit);
    }
    /** @type {Record<string, number>} the headcount with all below; -1 where it is not known of all */
    this.heads = {};
    for (let i = units.length - 1; i >= 0; i--) this.heads[units[i].id] = this.headsOf(units[i]);
  }

  /** @param {Unit} unit */
  headsOf(unit) {
    if (unit.headcount > 0) return unit.headcount;
    const below = this.children[unit.id] || [];
    if (!below.length || below.some((u) => this.heads[u.id] < 0)) return -1;
    return below.reduce((sum, u) => sum + this.heads[u.id], 0);
  }

  /** The names above a unit, from the top. @param {Unit} unit */
  above(unit) {
    const names = [];
    for (let up = this.byID[unit.parent]; up && names.length < 16; up = this.byID[up.parent]) names.unshift(up.name);
    return names.join(" / ");
  }

  /**
   * Units whose name, other name or code holds the text; those that are called so first.
   * @param {string} text
   * @param {number} most
   */
  find(text, most) {
    const has = (/** @type {string} */ name) => name.indexOf(text) >= 0;
    const found = this.units.filter((u) => has(u.name) || has(u.code) || u.aliases.some(has) || u.typed.some(has));
    const exact = (/** @type {Unit} */ u) =>
      u.name === text || u.code === text ? 0 : u.name.indexOf(text) === 0 ? 1 : 2;
    return { total: found.length, units: found.sort((a, b) => exact(a) - exact(b)).slice(0, most) };
  }
}

/**
 * What of `lines` is shown of a tree in which `open` are open, siblings in the order of `before`. A line knows id,
 * parent and depth.
 * @template {{id: string, parent: string}} T
 * @param {T[]} lines @param {Set<string>} open @param {((a: T, b: T) => number) | null} before @returns {T[]} */
export function shownLines(lines, open, before) {
  /** @type {Record<string, T[]>} */
  const below = {};
  const ids = new Set(lines.map((l) => l.id));
  for (const line of lines) {
    const parent = ids.has(line.parent) ? line.parent : "";
    (below[parent] = below[parent] || []).push(line);
  }
  /** @type {T[]} */
  const shown = [];
  /** @param {string} parent */
  const walk = (parent) => {
    const list = (below[parent] || []).slice();
    if (before) list.sort(before);
    for (const line of list) {
      shown.push(line);
      if (line.id && open.has(line.id)) walk(line.id);
    }
  };
  walk("");
  return shown;
}

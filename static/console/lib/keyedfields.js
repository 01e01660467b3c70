// Choices of a form that are the contest's own: its levels, prizes, units.
import { listAt } from "./contesttree.js";

/**
 * Keys and titles of a list of the definition.
 * @param {string} path
 * @param {(string | number)[][]} [first]
 * @returns {(values: any) => (string | number)[][]}
 */
export const keyed =
  (path, first = []) =>
  (values) =>
    first.concat(
      listAt(values, path)
        .filter((i) => i && i.key)
        .map((i) => [i.key, i.title || i.label || i.key]),
    );

/** @param {any[]} units @param {string} above @returns {string[][]} */
const within = (units, above) =>
  units
    .filter((u) => u && u.code !== undefined)
    .reduce(
      (all, u) => all.concat([[String(u.code), above + (u.name || u.code)]], within(listAt(u, "children"),
        above + (u.name || u.code) + " / ")),
      /** @type {string[][]} */ ([]),
    );

/** The units that the definition lists. @param {any} values @returns {(string | number)[][]} */
export const unitsOf = (values) => [["", "都可以"], ...within(listAt(values, "units"), "")];

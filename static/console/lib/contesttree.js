// Values of a definition by the paths that findings and edits use: levels[2].time.question. Pure.

/** @param {string} path @returns {(string | number)[]} */
const steps = (path) => (path.match(/[^.[\]]+/g) || []).map((step) => (/^\d+$/.test(step) ? Number(step) : step));

/** What stands at a path; undefined for nothing. @param {any} values @param {string} path */
export const at = (values, path) =>
  steps(path).reduce(
    (/** @type {any} */ node, step) => (node === null || node === undefined ? undefined : node[step]),
    values,
  );

/** The list at a path; empty where there is none. @param {any} values @param {string} path @returns {any[]} */
export function listAt(values, path) {
  const found = at(values, path);
  return Array.isArray(found) ? found : [];
}

/** A copy with a value put at a path; undefined takes it out. What the server makes of the text comes soon after.
 * @param {any} values @param {string} path @param {any} value */
export function withValue(values, path, value) {
  return put(values, steps(path), value);
}

/** @param {any} node @param {(string | number)[]} way @param {any} value @returns {any} */
function put(node, way, value) {
  if (!way.length) return value;
  const [step, ...rest] = way;
  if (typeof step === "number") {
    const list = Array.isArray(node) ? node.slice() : [];
    if (!rest.length && value === undefined) list.splice(step, 1);
    else list[step] = put(list[step], rest, value);
    return list;
  }
  const group = { ...(node && typeof node === "object" && !Array.isArray(node) ? node : {}) };
  if (!rest.length && value === undefined) delete group[step];
  else group[step] = put(group[step], rest, value);
  return group;
}

/** A value as the text of an edit: JSON is YAML; nothing takes it out. @param {any} value */
export const editText = (value) => (value === undefined ? "" : JSON.stringify(value));

/** 2026-06-01 08:00 as a picker of dates has it; "" where it is no such date (day 3). @param {any} text */
export function toPicker(text) {
  const match = /^(\d{4}-\d\d-\d\d)(?: (\d{1,2}):(\d\d)(?::\d\d)?)?$/.exec(
    String(text === undefined || text === null ? "" : text),
  );
  return match ? `${match[1]}T${("0" + (match[2] || "0")).slice(-2)}:${match[3] || "00"}` : "";
}

/** @param {string} picked */
export const fromPicker = (picked) => picked.replace("T", " ").slice(0, 16);

/** A key that no item has yet: level-3. @param {any[]} items @param {string} name */
export function freshKey(items, name) {
  const taken = items.map((item) => item && item.key);
  let n = items.length + 1;
  while (taken.indexOf(name + "-" + n) >= 0) n++;
  return name + "-" + n;
}

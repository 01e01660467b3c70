// Where the console is: #/banks/safety?tab=versions. And what keeps somebody from leaving half-written text.

/** @typedef {{path: string[], query: Record<string, string>}} Route */

/** @param {string} hash @returns {Route} */
export function parseRoute(hash) {
  const [path, search] = hash.replace(/^#\/?/, "").split("?");
  /** @type {Record<string, string>} */
  const query = {};
  new URLSearchParams(search || "").forEach((value, key) => {
    query[key] = value;
  });
  return { path: path.split("/").filter(Boolean).map(decodeURIComponent), query };
}

/**
 * The address of a page; empty values are left out.
 * @param {(string | number)[]} path
 * @param {Record<string, string | number>} [query]
 */
export function link(path, query = {}) {
  const search = Object.keys(query)
    .filter((k) => query[k] !== "" && query[k] !== 0)
    .map((k) => k + "=" + encodeURIComponent(String(query[k])))
    .join("&");
  return "#/" + path.map((p) => encodeURIComponent(String(p))).join("/") + (search ? "?" + search : "");
}

/** @param {(string | number)[]} path @param {Record<string, string | number>} [query] */
export function go(path, query) {
  location.hash = link(path, query);
}

/** What is half written, by who holds it. */
const held = new Set();

/** @param {object} owner @param {boolean} dirty */
export function hold(owner, dirty) {
  if (dirty) held.add(owner);
  else held.delete(owner);
}

export const halfWritten = () => held.size > 0;

/**
 * Whether it is all right to leave; asks when something is half written, which is then given up.
 * @param {(text: string) => boolean} ask
 */
export function mayLeave(ask = (text) => confirm(text)) {
  if (halfWritten() && !ask("写好的内容还没有保存，离开就没有了。要离开吗？")) return false;
  held.clear();
  return true;
}

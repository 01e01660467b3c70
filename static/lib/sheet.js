// A sheet that comes up from below and holds the focus until it is closed; and the short message above everything.
import { html } from "../html.js";
import { useLayoutEffect, useRef } from "../vendor/hooks.js";
import { Icon } from "../art/icons.js";

const reachable = "button:not([disabled]), input, a[href]";

/**
 * @param {{title: string, close: () => void, children?: any, first?: string}} props first: selector of what gets the
 *   focus
 */
export function Sheet({ title, close, children, first }) {
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  useLayoutEffect(() => {
    const before = /** @type {HTMLElement | null} */ (document.activeElement);
    const into = box.current && /** @type {HTMLElement | null} */ (box.current.querySelector(first || "h2"));
    if (into) into.focus();
    document.documentElement.classList.add("sheet-open");
    const back = box.current ? leave(box.current) : () => {};
    return () => {
      document.documentElement.classList.remove("sheet-open");
      back();
      if (before && before.focus) before.focus();
    };
  }, []);
  /** @param {KeyboardEvent} event */
  function keys(event) {
    if (event.key === "Escape") close();
    if (event.key !== "Tab" || !box.current) return;
    const all = box.current.querySelectorAll(reachable);
    const edge = /** @type {HTMLElement} */ (all[event.shiftKey ? 0 : all.length - 1]);
    if (document.activeElement !== edge) return;
    event.preventDefault();
    /** @type {HTMLElement} */ (all[event.shiftKey ? all.length - 1 : 0]).focus();
  }
  return html`<div class="veil" onClick=${(/** @type {Event} */ e) => e.target === e.currentTarget && close()}
    onKeyDown=${keys}>
    <section class="sheet" role="dialog" aria-modal="true" aria-labelledby="sheet-title" ref=${box}>
      <header class="sheet-head">
        <h2 id="sheet-title" tabindex="-1">${title}</h2>
        <button class="round" onClick=${close} aria-label="关闭"><${Icon} name="close" /></button>
      </header>
      ${children}
    </section>
  </div>`;
}

/**
 * Takes all that lies behind a sheet out of reach of keys and screen readers; short messages are still said.
 * @param {HTMLElement} sheet @returns {() => void} brings it back
 */
function leave(sheet) {
  /** @type {Element[]} */
  const behind = [];
  for (let at = /** @type {Element} */ (sheet); at.parentElement && at !== document.body; at = at.parentElement)
    for (const other of Array.from(at.parentElement.children))
      if (other !== at && !other.matches("script,style,.toast-place,[aria-hidden]")) behind.push(other);
  const each = (/** @type {(other: Element, name: string) => void} */ change) =>
    behind.forEach((other) => ["aria-hidden", "inert"].forEach((name) => change(other, name)));
  each((other, name) => other.setAttribute(name, "true"));
  return () => each((other, name) => other.removeAttribute(name));
}

/** @param {{text: string}} props */
export const Toast = ({ text }) => html`<div class="toast-place" role="status">
  ${text && html`<p class="toast">${text}</p>`}
</div>`;

// A window above the page that holds the focus until it is closed.
import { html } from "../../html.js";
import { useLayoutEffect, useRef } from "../../vendor/hooks.js";
import { Icon } from "../../art/icons.js";
import { Oops, useWork } from "./load.js";

const reachable = "button:not([disabled]), input:not([disabled]), textarea, select, a[href]";

/**
 * @param {{title: string, close: () => void, children?: any, size?: "" | "wide", first?: string}} props first: selector
 *   of what gets the focus
 */
export function Dialog({ title, close, children, size, first }) {
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  useLayoutEffect(() => {
    const before = /** @type {HTMLElement | null} */ (document.activeElement);
    const into = box.current && /** @type {HTMLElement | null} */ (box.current.querySelector(first || "h2"));
    if (into) into.focus();
    document.documentElement.classList.add("dialog-open");
    return () => {
      document.documentElement.classList.remove("dialog-open");
      if (before && before.focus) before.focus();
    };
  }, []);
  /** @param {KeyboardEvent} event */
  function keys(event) {
    if (event.key === "Escape") {
      event.stopPropagation();
      close();
    }
    if (event.key !== "Tab" || !box.current) return;
    const all = box.current.querySelectorAll(reachable);
    const edge = /** @type {HTMLElement} */ (all[event.shiftKey ? 0 : all.length - 1]);
    if (document.activeElement !== edge) return;
    event.preventDefault();
    /** @type {HTMLElement} */ (all[event.shiftKey ? all.length - 1 : 0]).focus();
  }
  return html`<div class="veil" onKeyDown=${keys}>
    <section class=${"dialog " + (size || "")} role="dialog" aria-modal="true" aria-labelledby="dialog-title"
      ref=${box}>
      <header class="dialog-head">
        <h2 id="dialog-title" tabindex="-1">${title}</h2>
        <button class="round" onClick=${close} aria-label="关闭"><${Icon} name="close" /></button>
      </header>
      <div class="dialog-body">${children}</div>
    </section>
  </div>`;
}

/**
 * Asks before something that matters is done.
 * @param {{title: string, children?: any, yes: string, danger?: boolean, act: () => Promise<void>, close: () => void}}
 *   props
 */
export function Confirm({ title, children, yes, danger, act, close }) {
  const work = useWork();
  return html`<${Dialog} title=${title} close=${close}>
    <div class="stack">${children}</div>
    <${Oops} problem=${work.problem} />
    <footer class="dialog-foot">
      <button class="btn quiet" onClick=${close}>先不</button>
      <button class=${danger ? "btn danger" : "btn"} disabled=${work.busy} onClick=${() => work.run(act)}>
        ${work.busy ? "请稍等" : yes}
      </button>
    </footer>
  </${Dialog}>`;
}

// The text of a contest with the numbers of its lines; what is wrong stands beside its line.
import { html } from "../../html.js";
import { useEffect, useRef } from "../../vendor/hooks.js";

/** @typedef {import("../lib/contestdraft.js").Draft} Draft */

/** How many columns a line takes; Chinese takes two. @param {string} line */
const columns = (line) => line.length + (line.match(/[\u2e80-\uffef]/g) || []).length;

/** @param {{draft: Draft, goTo: number}} props goTo: a line to show; 0 for none */
export function ContestText({ draft, goTo }) {
  const area = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  const lines = draft.text.split("\n");
  /** @type {Record<number, string>} */
  const notes = {};
  for (const f of draft.checked ? draft.checked.findings : [])
    notes[f.line] = (notes[f.line] ? notes[f.line] + "；" : "") + f.message;

  useEffect(() => {
    const box = area.current;
    if (!goTo || !box) return;
    const start = lines.slice(0, goTo - 1).join("\n").length + (goTo > 1 ? 1 : 0);
    box.focus({ preventScroll: true });
    box.setSelectionRange(start, start + (lines[goTo - 1] || "").length);
    const number = /** @type {Element} */ (box.closest(".yaml")).querySelectorAll(".yaml-numbers span")[goTo - 1];
    if (number) number.scrollIntoView({ block: "center" });
  }, [goTo]);

  // The box is as large as its text and the frame around it scrolls, so that numbers and notes keep to their lines.
  return html`<div class="yaml">
    <div class="yaml-numbers" aria-hidden="true">
      ${lines.map((_, i) => html`<span class=${notes[i + 1] ? "bad" : null}>${i + 1}</span>`)}
    </div>
    <div class="yaml-body">
      <textarea class="yaml-text" name="text" ref=${area} aria-label="活动的文本" wrap="off" spellcheck=${false}
        readonly=${!draft.may} value=${draft.text} rows=${lines.length + 1} cols=${Math.max(...lines.map(columns)) + 4}
        onInput=${(/** @type {any} */ e) => draft.write(e.target.value)}
        onKeyDown=${(/** @type {KeyboardEvent} */ e) => indent(e, draft)}></textarea>
      <div class="yaml-notes" aria-hidden="true">
        ${lines.map((_, i) => html`<div>${notes[i + 1] && html`<p>${notes[i + 1]}</p>`}</div>`)}
      </div>
    </div>
  </div>`;
}

/**
 * Tab writes two blanks, since YAML takes no tabs; Escape leaves the box.
 * @param {KeyboardEvent} event
 * @param {Draft} draft
 */
function indent(event, draft) {
  const area = /** @type {HTMLTextAreaElement} */ (event.target);
  if (event.key === "Escape") area.blur();
  if (event.key !== "Tab" || event.shiftKey || event.ctrlKey || event.altKey || !draft.may) return;
  event.preventDefault();
  area.setRangeText("  ", area.selectionStart, area.selectionEnd, "end");
  draft.write(area.value);
}

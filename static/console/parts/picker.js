// Which contest the console is of, and choosing another: each is a link, so that it can be opened beside or copied.
import { html } from "../../html.js";
import { useRef, useState } from "../../vendor/hooks.js";
import { days } from "../../lib/format.js";
import { useEvents } from "../../lib/events.js";
import { inPlace, stateOf } from "../lib/contests.js";

/** @typedef {import("../types").Choice} Choice */

/**
 * @param {{choices: Choice[], chosen: string, href: (slug: string) => string, opened: () => void}} props opened: it may
 *   be time to ask anew which there are
 */
export function Picker({ choices, chosen, href, opened }) {
  const [open, setOpen] = useState(false);
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  const button = useRef(/** @type {HTMLElement | null} */ (null));
  const shown = useRef(choices); // the lines of the open list, where they stand
  shown.current = open ? inPlace(shown.current, choices) : choices;
  const now = choices.find((c) => c.slug === chosen);
  useEvents(document, ["pointerdown", "keydown"], (event) => {
    if (!open || !event) return;
    const escape = event.type === "keydown" && /** @type {KeyboardEvent} */ (event).key === "Escape";
    const outside =
      event.type === "pointerdown" && box.current && !box.current.contains(/** @type {Node} */ (event.target));
    if (!escape && !outside) return;
    setOpen(false);
    if (escape && button.current) button.current.focus();
  });
  function toggle() {
    if (!open) opened();
    setOpen(!open);
  }
  return html`<div class="picker" ref=${box}>
    <button class="picker-now" ref=${button} aria-expanded=${open ? "true" : "false"} aria-haspopup="true"
      aria-label=${"当前活动：" + (now ? now.title + "，" + stateOf(now) : "没有") + "。换一个"} onClick=${toggle}>
      <span class="picker-title">${now ? now.title : "选一个活动"}</span>
      ${now && html`<${State} choice=${now} />`}
    </button>
    ${open && html`<nav class="picker-list" aria-label="换一个活动">
      ${shown.current.map(
        (c) => html`<a key=${c.slug} href=${href(c.slug)} aria-current=${c.slug === chosen ? "true" : null}
          onClick=${() => setOpen(false)}>
          <b>${c.title}</b><${State} choice=${c} />
          <small>${c.rehearsal ? "活动的副本，数据分开" : days(c)}</small>
        </a>`,
      )}
    </nav>`}
  </div>`;
}

/** @param {{choice: Choice}} props */
const State = ({ choice }) =>
  html`<i class=${"picker-state " + (choice.rehearsal ? "rehearsal" : choice.phase)}>${stateOf(choice)}</i>`;

// Finding the match of each thing. One thing is open at a time with all matches below it, large and whole: a native
// list would cut long ones short and does not grow with the large type. A tap answers it and opens the next.
import { html } from "../../html.js";
import { useLayoutEffect, useRef, useState } from "../../vendor/hooks.js";
import { Icon } from "../../art/icons.js";
import { pair, textOf } from "./grade.js";
import { useSettled } from "../settled.js";

/** @param {import("./choice.js").Field} props */
export function Matching({ question, chosen, right, correct, fixed, choose }) {
  const [wanted, want] = useState(-1);
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  const answered = useRef(-1);
  const { options, matches = [] } = question;
  const at = fixed ? -1 : wanted >= 0 ? wanted : options.findIndex((_, i) => !chosen.options[i]);
  const settled = useSettled(at);
  // The list that was tapped is gone: the focus goes on with the eye.
  useLayoutEffect(() => {
    const was = answered.current;
    answered.current = -1;
    if (was < 0 || fixed || !box.current) return;
    const row = /** @type {HTMLElement} */ (box.current.children[at < 0 ? was : at]);
    /** @type {HTMLElement} */ (row.firstElementChild).focus({ preventScroll: true });
    show(row);
  }, [at]);
  /** @param {string} id */
  function tap(id) {
    if (!settled) return;
    answered.current = at;
    choose((was) => pair(question, was, at, id));
    want(-1);
  }
  return html`<div class="pairs" role="group" aria-labelledby="stem" ref=${box}>
    ${options.map((option, i) => {
      const mine = chosen.options[i] || "";
      const should = right ? (right.options || [])[i] : "";
      const how = correct === null || !mine ? "" : correct || mine === should ? "right" : should ? "wrong" : "";
      return html`<div class=${`pair${i === at ? " open" : ""}${mine ? " on" : ""}${how ? " is-" + how : ""}`}
        key=${option.id}>
        <${Head} left=${option.text} mine=${textOf(matches, mine)} how=${how} open=${i === at} fixed=${fixed}
          tap=${() => fixed || want(i)} />
        ${i === at && html`<div class="pair-list" role="group" aria-label=${option.text + "，选对应的"}
          data-wait=${!settled || null}>
          ${matches.map(
            (match) => html`<button class=${match.id === mine ? "option on" : "option"}
              aria-pressed=${match.id === mine} key=${match.id} onClick=${() => tap(match.id)}>
              <span class="option-text">${match.text}</span>
              ${match.id !== mine && chosen.options.indexOf(match.id) >= 0 && html`<span class="option-said soft">
                用过
              </span>`}
            </button>`,
          )}
        </div>`}
      </div>`;
    })}
  </div>`;
}

/** @param {{left: string, mine: string, how: string, open: boolean, fixed: boolean, tap: () => void}} props */
const Head = ({ left, mine, how, open, fixed, tap }) => html`<button class="pair-head"
  aria-expanded=${fixed ? null : open} aria-disabled=${fixed} onClick=${tap}>
  <span class="pair-text">
    <b>${left}</b>
    ${mine ? html`<span class="pair-mine"><span class="unseen">，${how ? "您配的是" : "已配"}</span>${mine}</span>`
      : !fixed && html`<span class="soft">
        <span class="unseen">，</span>${open ? "点下面对应的一项" : "还没有配"}
      </span>`}
  </span>
  ${how ? html`<span class="option-said">
    <span class="unseen">${how === "right" ? "配对了" : "配错了"}</span>
    <${Icon} name=${how} />
  </span>`
    : mine && !fixed && !open && html`<span class="option-said">改</span>`}
</button>`;

/**
 * Moves the page only where the open row is not whole between the bar above and the button below.
 * @param {HTMLElement} row
 */
function show(row) {
  const { top, bottom } = row.getBoundingClientRect();
  const bar = 110; // the height of both, with the large type
  if (top > bar && bottom < innerHeight - bar) return;
  row.scrollIntoView({ block: "nearest" });
}

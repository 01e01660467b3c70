// Putting things in order by tapping them one after another: each gets its number and stays where it is. Nothing is
// dragged, and what was tapped can be tapped back.
import { html } from "../../html.js";
import { Icon } from "../../art/icons.js";
import { lacking, toggle } from "./grade.js";
import { useOnce } from "../settled.js";

/** @param {import("./choice.js").Field} props */
export function Ordering({ question, chosen, right, correct, fixed, choose }) {
  const once = useOnce();
  const { options } = question;
  const rest = lacking(question, chosen);
  /** @param {string} id */
  const tap = (id) => !fixed && once(id) && choose((was) => toggle(question, was, id));
  const clear = () => !fixed && choose(() => ({ options: [], blanks: [] }));
  return html`<div class="options ordering" role="group" aria-labelledby="stem">
    ${!fixed && html`<div class="order-head">
      <span class="soft" role="status">
        ${!chosen.options.length
          ? "从第1个开始，一个个点"
          : rest
            ? `排好${chosen.options.length}个，还差${rest}个`
            : "都排好了，再点一下可取消"}
      </span>
      <button class="link" aria-disabled=${!chosen.options.length} onClick=${clear}>重排</button>
    </div>`}
    ${options.map((option) => {
      const mine = chosen.options.indexOf(option.id) + 1;
      const should = right ? (right.options || []).indexOf(option.id) + 1 : 0;
      const how =
        correct === null
          ? ""
          : correct || (mine && mine === should)
            ? "right"
            : !should
              ? ""
              : mine
                ? "wrong"
                : "missed";
      return html`<${Step} key=${option.id} text=${option.text} mine=${mine} should=${should} how=${how} fixed=${fixed}
        tap=${() => tap(option.id)} />`;
    })}
  </div>`;
}

/**
 * @param {{text: string, mine: number, should: number, how: string, fixed: boolean, tap: () => void}} props mine,
 *   should: places from 1; 0 for none
 */
function Step({ text, mine, should, how, fixed, tap }) {
  const place = how === "missed" ? should : mine;
  return html`<button class=${`option${mine ? " on" : ""}${how ? " is-" + how : ""}${fixed ? " fixed" : ""}`}
    aria-pressed=${mine > 0} aria-disabled=${fixed} onClick=${tap}>
    <span class="option-sign">${place ? html`<span class="unseen">第</span>${place}` : ""}</span>
    <span class="option-text">${text}</span>
    ${how === "right" ? html`<span class="option-said">
      <span class="unseen">排对了</span>
      <${Icon} name="right" />
    </span>`
      : how === "wrong" && html`<span class="option-said">应是第${should}</span>`}
  </button>`;
}

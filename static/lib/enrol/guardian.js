// Children under 14: before anything personal is told, a parent or another guardian agrees.
import "./guardian.css";
import { html } from "../../html.js";
import { Agree } from "./agree.js";
import { useState } from "../../vendor/hooks.js";

/** @typedef {{name: string, consent: string}} Guardian */
/** @typedef {{guardian: Guardian | null, lacks: string}} Answer lacks: what is to be done before anything is sent */

export const unasked = "请先选参赛者的年龄。";

/**
 * @param {object} props
 * @param {{version: string, text: string}} props.asked what a guardian agrees to
 * @param {(answer: Answer) => void} props.tell
 * @param {{field: string, text: string}} props.wrong
 */
export function GuardianAsk({ asked, tell, wrong }) {
  const [child, setChild] = useState(/** @type {boolean | null} */ (null));
  const [name, setName] = useState("");
  const [agreed, agree] = useState(false);
  /** @param {boolean} is @param {string} called @param {boolean} agrees */
  function say(is, called, agrees) {
    setChild(is);
    setName(called);
    agree(agrees);
    if (!is) return tell({ guardian: null, lacks: "" });
    tell({
      guardian: { name: called.trim(), consent: agrees ? asked.version : "" },
      lacks: !called.trim() ? "请填写监护人姓名。" : !agrees ? "请监护人看一看说明，并打勾同意。" : "",
    });
  }
  /** @param {boolean} is @param {string} text */
  const choice = (is, text) => html`<button type="button" role="radio" aria-checked=${child === is}
    class=${child === is ? "option on" : "option"} onClick=${() => say(is, name, agreed)}>
    <span class="option-text">${text}</span>
  </button>`;
  return html`<div class="guardian">
    <div role="radiogroup" aria-labelledby="age-label">
      <p class="form-label" id="age-label">参赛者的年龄</p>
      <div class="divisions">${choice(false, "满 14 周岁")}${choice(true, "未满 14 周岁")}</div>
    </div>
    ${child && html`<p>请把手机交给爸爸妈妈或其他监护人，由大人填写和同意。</p>
    <label class="form-label" for="guardian-name">监护人姓名</label>
    <input id="guardian-name" value=${name} autocomplete="off"
      aria-invalid=${wrong.field === "guardian.name"}
      onInput=${(/** @type {any} */ e) => say(true, e.target.value, agreed)} />
    <${Agree} on=${agreed} set=${(/** @type {boolean} */ on) => say(true, name, on)} text=${asked.text} />`}
    ${/^guardian/.test(wrong.field) && html`<p class="form-wrong" role="alert">${wrong.text}</p>`}
  </div>`;
}

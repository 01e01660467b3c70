// The answer of a question: options to tap, put in order or match, or blanks to fill, before and after the verdict.
import { html } from "../../html.js";
import { Icon } from "../../art/icons.js";
import { letter } from "../format.js";
import { takesSeveral, toggle } from "./grade.js";
import { Matching } from "./matching.js";
import { Ordering } from "./ordering.js";

/** @typedef {import("../types").Choice} Choice */

export const kinds = {
  single: ["单选题", "选一个答案"],
  multiple: ["多选题", "选出所有正确的答案"],
  indefinite: ["不定项选择题", "选出所有正确的答案，可能只有一个"],
  truefalse: ["判断题", "这句话对不对"],
  fill: ["填空题", "把答案写在格子里"],
  ordering: ["排序题", "按先后排好次序"],
  matching: ["连线题", "给每一项配上对应的"],
};

/** @typedef {import("../types").Option} Option */
/**
 * @typedef {object} Field
 * @property {{kind: import("../types").Question["kind"], options: Option[], matches?: Option[], blanks: number}}
 *   question
 * @property {Choice} chosen
 * @property {Partial<Choice> | null} right what is right, once it is known
 * @property {boolean | null} correct null before the verdict
 * @property {boolean} fixed no more changes
 * @property {(change: (was: Choice) => Choice) => void} choose given a change, since two quick taps may come before a
 *   redraw
 * @property {() => void} submit
 * @property {(option: Option) => any} [shown] draws an option, where a text alone is not enough
 * @property {(id: string) => any} [signed] draws the sign of an option, where letters alone are not enough
 */

/** @param {Field} props */
export function ChoiceField(props) {
  const { question, chosen, right, correct, fixed, choose, submit, signed, shown } = props;
  if (question.kind === "ordering") return html`<${Ordering} ...${props} />`;
  if (question.kind === "matching") return html`<${Matching} ...${props} />`;
  if (question.kind === "fill") {
    return html`<${Blanks} question=${question} chosen=${chosen} correct=${correct} fixed=${fixed} choose=${choose}
      submit=${submit} />`;
  }
  const many = takesSeveral(question.kind);
  return html`<div class=${"options " + question.kind} role="group" aria-labelledby="stem">
    ${question.options.map((option, i) => {
      const on = chosen.options.indexOf(option.id) >= 0;
      const good = !!right && (right.options || []).indexOf(option.id) >= 0;
      return html`<${OptionButton} key=${option.id} text=${shown ? shown(option) : option.text}
        letter=${question.kind === "truefalse" ? "" : letter(i)} many=${many} on=${on} fixed=${fixed}
        sign=${signed && signed(option.id)} mark=${mark(on, good, correct, right)}
        tap=${() => fixed || choose((was) => toggle(question, was, option.id))} />`;
    })}
  </div>`;
}

/** @param {boolean} on @param {boolean} good @param {boolean | null} correct @param {object | null} right */
function mark(on, good, correct, right) {
  if (correct === null) return "";
  if (!right) return on ? (correct ? "right" : "wrong") : "";
  return good ? (on ? "right" : "missed") : on ? "wrong" : "";
}

/** @type {Record<string, string>} */
const said = { right: "选对了", missed: "正确答案", wrong: "选错了" };

/**
 * @param {{text: any, letter: string, sign?: any, many: boolean, on: boolean, fixed: boolean, mark: string,
 *   tap: () => void}} props
 */
function OptionButton({ text, letter: own, sign, many, on, fixed, mark: how, tap }) {
  // A sentence to be judged keeps its own sign: ✓ stands there for 正确, not for having chosen well.
  const icon = how === "wrong" ? "wrong" : how ? "right" : "";
  const marks = ["option", many && "many", on && "on", how && "is-" + how, fixed && "fixed"];
  const classes = marks.filter(Boolean).join(" ");
  return html`<button class=${classes}
    aria-pressed=${on} aria-disabled=${fixed} onClick=${tap}>
    ${sign || html`<span class="option-sign">
      ${!own ? html`<${Icon} name=${text === "正确" ? "right" : "wrong"} />`
        : icon ? html`<${Icon} name=${icon} />` : own}
    </span>`}
    <span class="option-text">${text}</span>
    ${sign && html`<span class="option-tick">${on && html`<${Icon} name="right" />`}</span>`}
    ${how && html`<span class="option-said">${said[how]}</span>`}
  </button>`;
}

/**
 * @param {{question: {blanks: number}, chosen: Choice, correct: boolean | null, fixed: boolean, choose: (change: (was:
 *   Choice) => Choice) => void, submit: () => void}} props
 */
function Blanks({ question, chosen, correct, fixed, choose, submit }) {
  const count = question.blanks || 1;
  /** @param {number} at @param {string} text */
  function write(at, text) {
    choose((was) => {
      const blanks = [];
      for (let i = 0; i < count; i++) blanks[i] = i === at ? text : was.blanks[i] || "";
      return { options: [], blanks };
    });
  }
  const fields = [];
  for (let i = 0; i < count; i++) {
    fields.push(html`<label class="blank">
      <span>${count > 1 ? `第${i + 1}空` : "您的答案"}</span>
      <input value=${chosen.blanks[i] || ""} maxlength="40" autocomplete="off" autocapitalize="off" spellcheck=${false}
        enterkeyhint="done" readonly=${fixed} aria-invalid=${correct === false}
        onInput=${(/** @type {any} */ e) => write(i, e.target.value)} />
    </label>`);
  }
  return html`<form class=${`blanks${correct === null ? "" : correct ? " is-right" : " is-wrong"}`}
    onSubmit=${(/** @type {Event} */ e) => {
      e.preventDefault();
      submit();
    }}>
    ${fields}<button class="unseen" tabindex="-1" aria-hidden="true"></button>
  </form>`;
}

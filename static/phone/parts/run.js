// What a level's own rules make of the answers so far: the stair, the run of right answers, how many wrong ones are
// left.
import { html } from "../../html.js";

/** @typedef {import("../lib/play.js").Play} Play @typedef {import("../../lib/types").Attempt} Attempt */

/** @param {{steps: number, goal: number}} props */
export function Stair({ steps, goal }) {
  const pieces = [];
  for (let i = 1; i <= goal; i++)
    pieces.push(html`<i class=${i <= steps ? "right" : i === steps + 1 ? "now" : ""}></i>`);
  return html`<div class="stair">
    <div class="marking" aria-hidden="true">${pieces}</div>
    <p>登上<b>${steps}</b>级，到第${goal}级过关</p>
  </div>`;
}

/** What to know before this answer. @param {{play: Play, attempt: Attempt}} props */
export function RunNote({ play, attempt }) {
  const { question, wrong, streak } = play.state;
  const { kept, questions, ends_wrong: most, streak_length: length, streak_score: score } = attempt;
  const toGo = length ? length - (streak % length) : 0;
  const note =
    kept > 0 && question && question.position === 1
      ? `上次答对的${kept}题保留，这次只答${questions}题。`
      : most > 0 && most - wrong === 1
        ? "再答错1题，这次就结束。"
        : length && toGo === 1
          ? `已连对${streak}题，这题答对另加${score}分。`
          : "";
  return note && html`<p class="run-note">${note}</p>`;
}

/** What the answer just judged did, beside being right or wrong. @param {import("../lib/play.js").State} state */
export function verdictNote({ attempt, verdict, over, steps, streak, wrong }) {
  if (!attempt || !verdict || verdict.hasty) return "";
  if (over && verdict.correct && attempt.goal && steps >= attempt.goal) return `登上第${attempt.goal}级了！`;
  if (over && !verdict.correct && attempt.ends_wrong && wrong >= attempt.ends_wrong)
    return "答错" + (attempt.ends_wrong > 1 ? `满${attempt.ends_wrong}题` : "") + "，本局结束。";
  if (attempt.goal)
    return verdict.correct
      ? `上1级，现在第${steps}级。`
      : attempt.back
        ? `退${attempt.back}级，现在第${steps}级。`
        : "";
  const { streak_length: length, streak_score: score } = attempt;
  if (verdict.correct && length && streak > 0 && streak % length === 0) return `连对${streak}题，另加${score}分。`;
  return verdict.correct && length && streak > 1 ? `连对${streak}题。` : "";
}

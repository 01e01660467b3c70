// What a choice becomes tap by tap, whether it is whole, and judging a practice answer on the phone. Only practice:
// what
// counts is judged by the server.

/** @typedef {import("../types").Choice} Choice */

/**
 * Kinds whose answer has one id for each option: the options in the player's order, or the match of each option in
 * turn.
 * @param {string} kind
 */
export const each = (kind) => kind === "ordering" || kind === "matching";

/** Full-width to ASCII, no blanks, one case. @param {string} text */
const plain = (text) =>
  text
    .replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/\s/g, "")
    .toLowerCase();

/** @param {string[]} a @param {string[]} b */
const same = (a, b) => a.length === b.length && a.every((item) => b.indexOf(item) >= 0);

/** @param {{kind: string, right: Partial<Choice>}} question @param {Choice} choice */
export function correct({ kind, right }, choice) {
  const blanks = right.blanks || [];
  const options = right.options || [];
  if (blanks.length) return blanks.every((want, i) => plain(want) === plain(choice.blanks[i] || ""));
  if (each(kind)) return options.join() === choice.options.join();
  return same(options, choice.options);
}

/**
 * How many things are still to be answered.
 * @param {{kind: string, blanks: number, options?: unknown[]}} question
 * @param {Choice} choice
 */
export function lacking(question, choice) {
  const fill = question.kind === "fill";
  const given = fill ? choice.blanks : choice.options;
  const wanted = fill ? Math.max(1, question.blanks) : each(question.kind) ? (question.options || []).length : 1;
  let done = 0;
  for (let i = 0; i < wanted; i++) if ((given[i] || "").trim()) done++;
  return wanted - done;
}

/** Whether there is something whole to send. @param {Parameters<typeof lacking>[0]} question @param {Choice} choice */
export const complete = (question, choice) => lacking(question, choice) === 0;

/**
 * What the button says while an answer is not whole.
 * @param {Parameters<typeof lacking>[0]} question
 * @param {Choice} choice
 */
export function prompt(question, choice) {
  if (question.kind === "fill") return "请先填写答案";
  return each(question.kind) ? `还差${lacking(question, choice)}个` : "请先选择答案";
}

/** Whether several options may be chosen, in no order. @param {string} kind */
export const takesSeveral = (kind) => kind === "multiple" || kind === "indefinite";

/** The choice after a tap on an option. In an ordering the tapped one comes last; taken back, those after it move up.
 * @param {{kind: string}} question @param {Choice} choice @param {string} id @returns {Choice} */
export function toggle(question, choice, id) {
  if (!takesSeveral(question.kind) && question.kind !== "ordering") return { options: [id], blanks: [] };
  const has = choice.options.indexOf(id) >= 0;
  return { options: has ? choice.options.filter((o) => o !== id) : choice.options.concat(id), blanks: [] };
}

/** The choice after one option got its match; "" stands for those that have none yet.
 * @param {{options: unknown[]}} question
 * @param {Choice} choice
 * @param {number} at
 * @param {string} id
 * @returns {Choice}
 */
export function pair(question, choice, at, id) {
  return { options: question.options.map((_, i) => (i === at ? id : choice.options[i] || "")), blanks: [] };
}

/**
 * Mixed, so that practice does not show the answer by the bank's order.
 * @template T
 * @param {T[]} list
 * @param {() => number} [random]
 * @returns {T[]}
 */
export function mixed(list, random = Math.random) {
  const all = list.slice();
  for (let i = all.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const kept = all[i];
    all[i] = all[j];
    all[j] = kept;
  }
  return all;
}

/**
 * The words of an option or a match; none for one that is not there.
 * @param {import("../types").Option[]} list
 * @param {string} id
 */
export function textOf(list, id) {
  const found = list.find((o) => o.id === id);
  return found ? found.text : "";
}

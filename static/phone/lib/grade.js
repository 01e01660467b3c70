// Judging a practice answer on the phone. Only practice: what counts is judged by the server.

/** Full-width to ASCII, no blanks, one case. @param {string} text */
const plain = (text) => text
  .replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
  .replace(/\s/g, "").toLowerCase();

/** @param {string[]} a @param {string[]} b */
const same = (a, b) => a.length === b.length && a.every((item) => b.indexOf(item) >= 0);

/** @param {Partial<import("../types").Choice>} right @param {import("../types").Choice} choice */
export function correct(right, choice) {
  const blanks = right.blanks || [];
  if (blanks.length) return blanks.every((want, i) => plain(want) === plain(choice.blanks[i] || ""));
  return same(right.options || [], choice.options);
}

/** Whether there is something to send. @param {{kind: string, blanks: number}} question @param {import("../types").Choice} choice */
export function complete(question, choice) {
  if (question.kind !== "fill") return choice.options.length > 0;
  for (let i = 0; i < question.blanks; i++) if (!(choice.blanks[i] || "").trim()) return false;
  return question.blanks > 0;
}

/** The choice after a tap on an option. @param {{kind: string}} question @param {import("../types").Choice} choice @param {string} id */
export function toggle(question, choice, id) {
  if (question.kind !== "multiple") return { options: [id], blanks: [] };
  const has = choice.options.indexOf(id) >= 0;
  return { options: has ? choice.options.filter((o) => o !== id) : choice.options.concat(id), blanks: [] };
}

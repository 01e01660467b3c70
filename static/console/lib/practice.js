// A level for practice made of questions that most people have wrong. It is only written into a draft: an organizer
// looks at it and publishes it.
import { editText, freshKey, listAt } from "./contesttree.js";

/**
 * The levels to add for questions: a level takes its questions from one bank.
 * @param {any} values the definition
 * @param {{bank: string, id: string}[]} asked
 */
export function practiceLevels(values, asked) {
  const levels = listAt(values, "levels").slice();
  const before = levels.length;
  for (const bank of new Set(asked.map((q) => q.bank))) {
    const list = asked.filter((q) => q.bank === bank).map((q) => q.id);
    levels.push({
      key: freshKey(levels, "practice"),
      title: "易错题练习",
      summary: "多数人第一次答错的题",
      practice: true,
      ...(bank === values.bank ? {} : { bank }),
      questions: [{ count: list.length, list }],
      attempts: { max: 0 },
    });
  }
  return levels.slice(before);
}

/**
 * Adds them to the newest draft of the contest, or to a new one, and tells which draft that is.
 * @param {import("../types").Desk} desk @param {string} slug @param {{bank: string, id: string}[]} asked
 * @returns {Promise<string>}
 */
export async function draftPractice(desk, slug, asked) {
  const [page, { drafts }] = await Promise.all([
    desk.call("GET", "/contests/" + encodeURIComponent(slug)),
    desk.call("GET", "/contest-drafts"),
  ]);
  // One that waits for somebody to agree stays as it was asked.
  const open = drafts.find((/** @type {import("../types").ContestDraft} */ d) => d.contest === slug && !d.waiting);
  const was = open && (await desk.call("GET", "/contest-drafts/" + open.id));
  let text = was ? was.text : page.text;
  const { values } = await desk.call("POST", "/contests/check", { text });
  let at = listAt(values, "levels").length;
  for (const level of practiceLevels(values, asked)) {
    text = (await desk.call("POST", "/contests/edit", { text, path: `levels[${at++}]`, value: editText(level) })).text;
  }
  const kept = was
    ? await desk.call("PUT", "/contest-drafts/" + was.draft.id,
      { text, revision: was.draft.revision, base: was.draft.base, form: was.form })
    : await desk.call("POST", "/contest-drafts", { text, contest: slug, base: page.contest.version, form: {} });
  return kept.draft.id;
}

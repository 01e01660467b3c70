// The contests that the console can be of, and the one that was chosen: it stands in the address (#/c/{slug}/…) and is
// remembered for the next visit.
import { link } from "./route.js";

/** @typedef {import("../types").Choice} Choice */

/** @type {Record<Choice["phase"], string>} */
export const phaseNames = { upcoming: "未开始", training: "热身中", open: "进行中", closed: "已结束" };

/** @param {Choice} choice */
export const stateOf = (choice) => (choice.rehearsal ? "演练" : phaseNames[choice.phase]);

/**
 * The contest to be of where the address names none: the last one as long as there is one, else the first in the
 * server's order (what is open, what comes next, what is over).
 * @param {Choice[]} choices @param {string} last @returns {string} "" where there is none at all
 */
export const chosenOf = (choices, last) =>
  choices.some((c) => c.slug === last) ? last : choices.length ? choices[0].slug : "";

/**
 * The address of a page of a contest; no page is the overview.
 * @param {string} slug @param {(string | number)[]} page @param {Record<string, string | number>} [query]
 */
export const linkIn = (slug, page, query) => link(["c", slug, ...page], query);

/**
 * What a list that is open shows once it was read anew: nothing moves under a finger. Lines keep their places, one that
 * is gone stays until the list closes, and new ones come last.
 * @template {{slug: string}} C
 * @param {C[]} open as it was opened @param {C[]} now @returns {C[]}
 */
export const inPlace = (open, now) => [
  ...open.map((was) => now.find((c) => c.slug === was.slug) || was),
  ...now.filter((c) => !open.some((was) => was.slug === c.slug)),
];

/**
 * The address of a page of a rehearsal, which opens to who brings its pass.
 * @param {string} address @param {string} [pass] none: the page is of what counts
 */
export const withPass = (address, pass) => (pass ? address + "?pass=" + pass : address);

/**
 * What an address asks for: the page and, where it names one, the contest. Links printed before contests stood in front
 * (#/booth/{slug}/{code}, #/pledge?contest={slug}) still lead to their contest.
 * @param {import("./route.js").Route} at @param {(key: string) => boolean} ofContest
 */
export function placeOf({ path, query }, ofContest) {
  if (path[0] === "c") return { contest: path[1] || "", key: path[2] || "", rest: path.slice(3), query };
  const [key = "", ...rest] = path;
  const { contest = "", ...others } = query;
  if (!ofContest(key)) return { contest: "", key, rest, query };
  if (contest) return { contest, key, rest, query: others };
  return { contest: rest[0] === "current" ? "" : rest[0] || "", key, rest: rest.slice(1), query };
}

const key = "aqd.console.contest";

/** @returns {string} "" where nothing is remembered, or a browser keeps nothing */
export function remembered() {
  try {
    return localStorage.getItem(key) || "";
  } catch (_) {
    return "";
  }
}

/** @param {string} slug */
export function remember(slug) {
  try {
    localStorage.setItem(key, slug);
  } catch (_) {
    /* full or forbidden: the address has it */
  }
}

/** What may name a contest in an address. */
export const slugForm = /^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$/;

/** The next name after one that is taken: june, june-2, june-3. @param {string} slug */
export function nextSlug(slug) {
  const [, stem, n] = /** @type {RegExpExecArray} */ (/^(.*?)(?:-(\d{1,2}))?$/.exec(slug));
  const end = "-" + (n ? Number(n) + 1 : 2);
  return stem.slice(0, 32 - end.length).replace(/-+$/, "") + end;
}

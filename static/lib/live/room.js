// What the pages of a live quiz work out from a room.

/** @typedef {import("./types").Room} Room @typedef {import("./types").Ranked} Ranked */

/** 418 263, as people read it out. @param {string} code */
export const spoken = (code) => code.replace(/^(\d{3})(\d{3})$/, "$1 $2");

/**
 * Whole seconds until a moment, as a person counts them: 0 only when it is there.
 * @param {number} at @param {number} now
 */
export const secondsTo = (at, now) => Math.max(0, Math.ceil((at - now) / 1000));

/** The part of the time for the answer that is left, from 1 to 0. @param {Room} room @param {number} now */
export function timeLeft(room, now) {
  const whole = room.closes_at - room.opens_at;
  return whole > 0 ? Math.max(0, Math.min(1, (room.closes_at - now) / whole)) : 0;
}

/** Whether answers are taken at this moment. @param {Room} room @param {number} now */
export const answering = (room, now) => room.phase === "open" && now >= room.opens_at && now < room.closes_at;

/**
 * How many places each of the top has moved since the standings before; null for who was not among them.
 * @param {Ranked[]} before @param {Ranked[]} top @returns {Record<number, number | null>} by number; up is positive
 */
export function moves(before, top) {
  /** @type {Record<number, number>} */
  const was = {};
  before.forEach((r) => {
    was[r.number] = r.rank;
  });
  /** @type {Record<number, number | null>} */
  const moved = {};
  top.forEach((r) => {
    moved[r.number] = r.number in was ? was[r.number] - r.rank : null;
  });
  return moved;
}

/** 72%, of nobody a dash. @param {number} part @param {number} whole */
export const share = (part, whole) => (whole > 0 ? Math.round((100 * part) / whole) + "%" : "—");

/** How many chose an option. @param {import("./types").Bar[]} bars @param {string} id */
export const chosenBy = (bars, id) => (bars.find((b) => b.id === id) || { count: 0 }).count;

/** @type {Record<import("./types").Kind, string>} */
export const askNames = {
  single: "单选题",
  multiple: "多选题，全对才算对",
  indefinite: "不定项，可能只有一个对",
  truefalse: "判断题",
  fill: "填空题",
  ordering: "排序题",
};

// What a phone knows of its room, and what it shows. Frames come twice, late and out of order, by two ways (the stream
// and the questions that it asks); the newest wins, for the room and for me apart. Nothing here knows a network.

/**
 * @typedef {import("../lib/live/types").Room} Room
 * @typedef {import("./types").Me} Me
 * @typedef {import("../lib/live/types").Question} Question
 * @typedef {import("./types").Sent} Sent
 */

/**
 * @typedef {object} State
 * @property {Room | null} room
 * @property {Me | null} me
 * @property {number} meSeq the step of the room that `me` tells of
 * @property {import("../lib/live/types").Sealed | null} sealed the question of this round as it travels
 * @property {Question | null} question the question of this round, readable
 * @property {Sent | null} sent the newest answer of this phone
 */

/**
 * @typedef {{type: "room", room: Room}
 *   | {type: "me", me: Partial<Me>, seq: number}
 *   | {type: "snapshot", room: Room, me: Me | null}
 *   | {type: "unsealed", question: Question}
 *   | {type: "sent", sent: Sent}} Event
 */

/** @type {State} */
export const nothing = { room: null, me: null, meSeq: -1, sealed: null, question: null, sent: null };

/** @param {State} state @param {Event} event @returns {State} */
export function step(state, event) {
  switch (event.type) {
    case "room":
      return withRoom(state, event.room);
    case "me":
      return withMe(state, event.me, event.seq);
    case "snapshot":
      return withMe(withRoom(state, event.room), event.me, event.room.seq);
    case "unsealed":
      return state.room && event.question.round === state.room.round ? { ...state, question: event.question } : state;
    case "sent":
      return { ...state, sent: event.sent };
  }
}

/**
 * The same step may be told again with a later count, or with the key that it had not yet.
 * @param {State} state @param {Room} room
 */
function withRoom(state, room) {
  const was = state.room;
  if (was && was.room === room.room) {
    if (room.seq < was.seq) return state;
    const brings = (!was.key && !!room.key) || (!was.question && !!room.question);
    if (room.seq === was.seq && room.server_time < was.server_time && !brings) return state;
  }
  const { question, sealed } = state;
  return {
    ...state,
    room,
    sealed: room.sealed || (sealed && sealed.round === room.round ? sealed : null),
    question: room.question || (question && question.round === room.round ? question : null),
  };
}

/**
 * What a push leaves out stays as it was: my name, my answer, the way back. A stranger's snapshot takes nobody's place
 * away, and within a step an answer that is known stays known.
 * @param {State} state @param {Partial<Me> | null} me @param {number} seq
 */
function withMe(state, me, seq) {
  if (!me || seq < state.meSeq) return state;
  const was = state.me && state.me.answer;
  const now = me.answer;
  const older = was && now && seq === state.meSeq && newer(was, now);
  const merged = /** @type {Me} */ ({ ...state.me, ...me });
  return { ...state, meSeq: seq, me: older ? { ...merged, answer: was } : merged };
}

/**
 * @param {{round: number, revision: number}} one @param {{round: number, revision: number} | null} than
 * @returns {boolean} also where both are the same
 */
const newer = (one, than) =>
  !than || one.round > than.round || (one.round === than.round && one.revision >= than.revision);

/**
 * The answer to the question of this round and what became of it. What the server has wins over what this phone
 * believes; a change that came too late leaves the answer before it.
 * @param {State} state
 * @returns {Sent | null}
 */
export function answerOf({ room, me, sent }) {
  if (!room) return null;
  const mine = sent && sent.round === room.round ? sent : null;
  const known = me && me.answer && me.answer.round === room.round ? me.answer : null;
  if (!known) return mine;
  if (!mine || known.revision >= mine.revision) return { ...known, how: "counted", lateMs: 0, why: "" };
  if (mine.how === "late" || mine.how === "refused")
    return { ...mine, options: known.options, blanks: known.blanks, revision: known.revision, kept: true };
  return mine;
}

/** The revision that the next answer has. @param {State} state */
export function nextRevision({ room, me, sent }) {
  const round = room ? room.round : 0;
  const known = me && me.answer && me.answer.round === round ? me.answer.revision : 0;
  return Math.max(known, sent && sent.round === round ? sent.revision : 0) + 1;
}

/**
 * What stands on the screen.
 * @param {State} state @param {number} now by the server's clock
 * @returns {"waiting" | "removed" | "countdown" | import("../lib/live/types").Phase}
 */
export function lookOf({ room, me }, now) {
  if (!room) return "waiting";
  if (me && me.removed) return "removed";
  if (room.phase !== "open") return room.phase;
  if (now < room.opens_at) return "countdown";
  return now < room.closes_at ? "open" : "closed"; // the server counts what it has; it says so in a moment
}

/** Whether answers of this player are taken now. @param {State} state @param {number} now */
export function mayAnswer(state, now) {
  const { room, me, question } = state;
  if (!room || !me || !question || !me.may_answer || lookOf(state, now) !== "open") return false;
  const has = answerOf(state);
  return room.change || !has || has.how === "refused";
}

/** When the screen changes by time alone, after now; 0: never. @param {State} state @param {number} now */
export function turnsAt({ room }, now) {
  if (!room || room.phase !== "open") return 0;
  return now < room.opens_at ? room.opens_at : now < room.closes_at ? room.closes_at : 0;
}

/**
 * The number of the first question that counts for who came late; 0 where every one does, or where it is of no more
 * interest. In an elimination who comes late only watches.
 * @param {Room} room @param {Me | null} me
 */
export function firstNumber({ phase, round, number }, me) {
  if (!me || !round || !me.alive || me.since_round < 1 || round > me.since_round) return 0;
  const asking = phase === "ready" || phase === "open" || phase === "paused";
  return asking && me.may_answer ? number : number + 1;
}

/** Whether the player is out, and only watches. @param {Room} room @param {Me | null} me */
export const isOut = (room, me) => !!me && room.mode === "elimination" && !me.alive;

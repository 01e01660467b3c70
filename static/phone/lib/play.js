// One attempt at a level, from opening it to its result. No screen and no browser in here: the screen shows `state` and
// calls the five verbs below.
//
// What is kept on the phone (`saved`) is enough to go on after a reload: the ticket, the question in front of the player
// and since when, and the answer that has not arrived yet. It is written before an answer is sent and replaced only when
// the verdict is there, so an answer cannot be lost; the server answers a repeated one with the same verdict, so it
// cannot count twice.
import { deliver } from "./outbox.js";
import { complete } from "../../lib/question/grade.js";
import { nameless, say } from "../../lib/problems.js";

/** @typedef {import("../../lib/types").Choice} Choice @typedef {import("../../lib/types").Question} Question */
/** @typedef {import("../../lib/types").Standing} Standing @typedef {import("../../lib/types").Problem} Problem */

/** @returns {Choice} */
export const nothing = () => ({ options: [], blanks: [] });

/** How the attempt stands, as far as it is told. @param {{correct: number | null, score: number | null, steps: number | null, streak: number | null, wrong: number | null}} at */
const run = ({ correct, score, steps, streak, wrong }) => ({ correct: correct || 0, score: score || 0, steps: steps || 0, streak: streak || 0, wrong: wrong || 0 });

/**
 * @typedef {object} State
 * @property {"opening" | "asking" | "sending" | "verdict" | "finished" | "failed" | "nameless"} phase
 * @property {import("../../lib/types").Attempt | null} attempt
 * @property {Question | null} question
 * @property {Choice} chosen
 * @property {boolean} timeUp whether the time for the question ended before the player answered
 * @property {boolean} held whether the answer waits on the phone for the network
 * @property {import("../../lib/types").Verdict | null} verdict
 * @property {(boolean | null)[]} marks right or wrong by position; null where this phone does not know
 * @property {number} correct @property {number} score
 * @property {number} steps on a stair @property {number} streak right answers in a row @property {number} wrong
 * @property {boolean} over whether the answer just judged was the last
 * @property {import("../../lib/types").Result | null} result
 * @property {Problem | null} problem
 */

/**
 * @param {object} parts
 * @param {(method: string, path: string, body?: object) => Promise<any>} parts.api
 * @param {{read(key: string): any, write(key: string, value: unknown): void}} parts.store
 * @param {{now(): number}} parts.clock
 * @param {(ms: number) => Promise<void>} parts.pause
 * @param {() => void} parts.changed called after each change of state
 * @param {(text: string) => void} parts.tell a short message for the player
 * @param {string} parts.contest @param {string} parts.level
 */
export function newPlay({ api, store, clock, pause, changed, tell, contest, level }) {
  const key = "aqd." + contest + "." + level;
  /** @type {State} */
  let state = {
    phase: "opening", attempt: null, question: null, chosen: nothing(), timeUp: false, held: false, verdict: null,
    marks: [], correct: 0, score: 0, steps: 0, streak: 0, wrong: 0, over: false, result: null, problem: null,
  };
  let ticket = "";
  let shown = 0; // when the question came before the player, by the server's clock
  let gone = false;
  /** @type {Standing | null} */
  let upcoming = null;

  /** @param {Partial<State>} news */
  function set(news) {
    state = { ...state, ...news };
    if (!gone) changed();
  }

  /** @param {Choice | null} unsent */
  function save(unsent) {
    const { attempt, question, marks, correct, score, steps, streak, wrong } = state;
    store.write(key, { ticket, shown, unsent, attempt, question, marks, correct, score, steps, streak, wrong });
  }

  /** Puts the player where the server says they are. @param {Standing} at */
  function adopt(at) {
    if (at.result) return end(at.result);
    if (!at.question) return fail({ code: "internal", status: 0, detail: "", field: "", retryMs: 0 });
    ticket = at.ticket;
    const marks = [];
    for (let i = 1; i < at.question.position; i++) marks[i] = i in state.marks ? state.marks[i] : null;
    const again = state.question && state.question.id === at.question.id;
    if (!again || !shown) shown = clock.now();
    set({
      phase: "asking", attempt: at.attempt || state.attempt, question: at.question, marks, ...run(at),
      chosen: again ? state.chosen : nothing(), timeUp: false, held: false, verdict: null, over: false, problem: null,
    });
    save(null);
  }

  /** @param {import("../../lib/types").Result} result */
  function end(result) {
    store.write(key, null);
    set({ phase: "finished", result, held: false });
  }

  /** @param {Problem} problem */
  function fail(problem) {
    set({ phase: nameless(problem) || problem.code === "fields_missing" ? "nameless" : "failed", problem, held: false });
  }

  async function open() {
    set({ phase: "opening", problem: null });
    try {
      const saved = store.read(key);
      if (!saved || !saved.ticket) return adopt(await begin());
      ticket = saved.ticket;
      shown = saved.shown;
      const { attempt, question, marks } = saved;
      set({ attempt, question, marks: marks || [], ...run(saved) });
      if (!saved.unsent || !question) return await look();
      set({ phase: "sending", chosen: saved.unsent, held: true });
      await send(saved.unsent);
    } catch (problem) {
      fail(problem);
    }
  }

  const begin = () => api("POST", `/contests/${contest}/levels/${level}/attempts`, {});

  /** Asks the server where the attempt stands; a ticket that no longer holds gives way to a new one. */
  async function look() {
    try {
      adopt(await api("GET", "/attempts/" + ticket));
    } catch (problem) {
      if (!/^ticket_(invalid|foreign)$/.test(problem.code)) throw problem;
      store.write(key, null);
      set({ marks: [], question: null });
      adopt(await begin());
    }
  }

  /** @param {Choice} choice */
  async function send(choice) {
    const question = /** @type {Question} */ (state.question);
    const body = { question: question.id, ...(question.kind === "fill" ? { blanks: choice.blanks } : { options: choice.options }) };
    try {
      const at = await deliver(() => api("POST", "/attempts/" + ticket + "/responses", body), {
        pause, left: () => gone, held: () => set({ held: true }),
      });
      if (!at.verdict || at.verdict.position !== question.position) return await look();
      judged(question, at);
    } catch (problem) {
      const empty = !choice.options.length && !choice.blanks.length;
      if (problem.code === "answer_late" && !empty) {
        tell("这一题超过了时间，没有计分。");
        set({ chosen: nothing(), timeUp: true });
        save(nothing());
        return send(nothing());
      }
      if (problem.code === "ticket_foreign") store.write(key, null);
      if (nameless(problem) || /^contest_|^ticket_foreign$/.test(problem.code)) return fail(problem);
      // Answered before, out of order, expired, unknown: the server knows better where this attempt stands.
      tell(say(problem));
      save(null);
      await look();
    }
  }

  /** @param {Question} question @param {Standing} at */
  function judged(question, at) {
    const verdict = /** @type {import("../../lib/types").Verdict} */ (at.verdict);
    const marks = state.marks.slice();
    upcoming = at;
    // Where the contest tells later what was right, the page says nothing and goes on.
    if (state.attempt && /end|none/.test(state.attempt.feedback)) return adopt(at);
    marks[question.position] = verdict.correct;
    set({ phase: "verdict", verdict, marks, ...run(at), over: !!at.result, held: false });
    // From here a reload goes on with the next question, and never shows this one again.
    const next = { attempt: state.attempt, question: null, marks, ...run(at) };
    if (at.result) store.write(key, null);
    else store.write(key, { ticket: at.ticket, shown: 0, unsent: null, ...next });
  }

  return {
    get state() { return state; },
    /** Milliseconds left to think; null where the level sets no limit. */
    left() {
      const { question } = state;
      if (!question || !question.limit_ms) return null;
      // A second before the server's last moment: the answer has to travel.
      return Math.min(shown + question.limit_ms, question.deadline - 1000) - clock.now();
    },
    /** Whether the time for the next question has begun while the explanation of this one is read. */
    nextRuns() {
      const next = upcoming && upcoming.question;
      return !!next && next.limit_ms > 0 && clock.now() > next.deadline - next.limit_ms;
    },
    open,
    /** @param {(was: Choice) => Choice} change */
    choose(change) {
      if (state.phase === "asking") set({ chosen: change(state.chosen) });
    },
    /** Sends what is chosen. @param {boolean} [timeUp] send it as it is, because the time is up */
    async submit(timeUp = false) {
      if (state.phase !== "asking" || !state.question) return;
      const whole = complete(state.question, state.chosen);
      if (!whole && !timeUp) return;
      const choice = whole ? state.chosen : nothing();
      set({ phase: "sending", timeUp, chosen: choice });
      save(choice);
      try {
        await send(choice);
      } catch (problem) {
        fail(problem);
      }
    },
    next() {
      if (state.phase !== "verdict" || !upcoming) return;
      adopt(upcoming);
    },
    /** Hands in what has been answered. */
    async finish() {
      try {
        end((await api("POST", "/attempts/" + ticket + "/finish", {})).result);
      } catch (problem) {
        if (problem.code !== "attempt_finished" && problem.code !== "attempt_expired") return tell(say(problem));
        await look().catch(fail);
      }
    },
    /** Tells the organizer what is wrong with the question just answered. @param {string} reason @param {string} note */
    async report(reason, note) {
      const question = /** @type {Question} */ (state.question);
      await api("POST", "/attempts/" + ticket + "/reports", { question: question.id, reason, note });
    },
    /** The player goes elsewhere; what is stored waits for them. */
    leave() { gone = true; },
  };
}

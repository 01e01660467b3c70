// One attempt at a level, from opening it to its result. No screen and no browser in here: the screen shows `state` and
// calls the verbs of Play.
//
// What is kept on the phone (`saved`) is enough to go on after a reload: the ticket, the question in front of the
// player
// and since when, and the answer that has not arrived yet. It is written before an answer is sent and replaced only
// when
// the verdict is there, so an answer cannot be lost; the server answers a repeated one with the same verdict, so it
// cannot count twice.
import { complete } from "../../lib/question/grade.js";
import { nameless, passing, say } from "../../lib/problems.js";
import { deliver } from "../../lib/outbox.js";

/** @typedef {import("../../lib/types").Choice} Choice @typedef {import("../../lib/types").Question} Question */
/** @typedef {import("../../lib/types").Standing} Standing @typedef {import("../../lib/types").Problem} Problem */

/** @returns {Choice} */
export const nothing = () => ({ options: [], blanks: [] });

/**
 * How the attempt stands, as far as it is told.
 * @param {{correct: number | null, score: number | null, steps: number | null, streak: number | null, wrong: number |
 *   null}} at
 */
const run = ({ correct, score, steps, streak, wrong }) => ({
  correct: correct || 0,
  score: score || 0,
  steps: steps || 0,
  streak: streak || 0,
  wrong: wrong || 0,
});

/**
 * @typedef {object} State
 * @property {"opening" | "asking" | "sending" | "verdict" | "turning" | "finished" | "failed" | "nameless"} phase
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
 * @typedef {object} Given
 * @property {(method: string, path: string, body?: object) => Promise<any>} api
 * @property {{read(key: string): any, write(key: string, value: unknown): void}} store
 * @property {{now(): number}} clock
 * @property {(ms: number) => Promise<void>} pause
 * @property {() => void} changed called after each change of state
 * @property {(text: string) => void} tell a short message for the player
 * @property {string} contest @property {string} level
 * @property {string} [seen] proves that the level's material was opened
 * @property {() => boolean} large whether the player plays in large type
 */

/** An attempt at a level, as the phone holds it. */
export class Play {
  /** @param {Given} given */
  constructor(given) {
    this.given = given;
    this.key = "aqd." + given.contest + "." + given.level;
    /** @type {State} */
    this.state = {
      phase: "opening",
      attempt: null,
      question: null,
      chosen: nothing(),
      timeUp: false,
      held: false,
      verdict: null,
      marks: [],
      correct: 0,
      score: 0,
      steps: 0,
      streak: 0,
      wrong: 0,
      over: false,
      result: null,
      problem: null,
    };
    this.ticket = "";
    // By the server's clock: when the question was asked for, when it came before the player (0: not yet), and when the
    // verdict did.
    this.asked = 0;
    this.shown = 0;
    this.judgedAt = 0;
    this.sent = 0; // when the answer first was
    this.gone = false;
    /** @type {Standing | null} */
    this.upcoming = null;
  }

  /** Begins the attempt, or goes on with what the phone has kept of it. */
  async open() {
    this.set({ phase: "opening", problem: null });
    try {
      const saved = this.given.store.read(this.key);
      if (!saved || !saved.ticket) return await this.enter();
      this.ticket = saved.ticket;
      this.asked = saved.asked;
      this.shown = saved.shown;
      const { attempt, question, marks } = saved;
      this.set({ attempt, question, marks: marks || [], ...run(saved) });
      if (!saved.unsent || !question) return await this.look().catch((problem) => this.resume(problem));
      this.set({ phase: "sending", chosen: saved.unsent, held: true });
      await this.send(saved.unsent);
    } catch (problem) {
      this.fail(problem);
    }
  }

  /** @param {(was: Choice) => Choice} change */
  choose(change) {
    if (this.state.phase === "asking") this.set({ chosen: change(this.state.chosen) });
  }

  /** Sends what is chosen. @param {boolean} [timeUp] send it as it is, because the time is up */
  async submit(timeUp = false) {
    const { phase, question, chosen } = this.state;
    if (phase !== "asking" || !question) return;
    const whole = complete(question, chosen);
    if (!whole && !timeUp) return;
    const choice = whole ? chosen : nothing();
    this.set({ phase: "sending", timeUp, chosen: choice });
    this.save(choice);
    try {
      await this.send(choice);
    } catch (problem) {
      this.fail(problem);
    }
  }

  /** Turns the page after a verdict. */
  async next() {
    if (this.state.phase !== "verdict" || !this.upcoming) return;
    if (this.upcoming.result) return this.adopt(this.upcoming);
    this.ticket = this.upcoming.ticket;
    this.set({ phase: "turning" });
    try {
      await this.turn();
    } catch (_) {
      await this.look().catch((problem) => this.fail(problem));
    }
  }

  /** The question stands before the player, its picture too: its clock begins here. */
  painted() {
    if (this.shown || this.state.phase !== "asking") return;
    this.shown = this.given.clock.now();
    this.save(null);
  }

  /** Hands in what has been answered. */
  async finish() {
    const { api, tell } = this.given;
    try {
      this.end((await api("POST", "/attempts/" + this.ticket + "/finish", {})).result);
    } catch (problem) {
      if (problem.code !== "attempt_finished" && problem.code !== "attempt_expired") return tell(say(problem));
      await this.look().catch((bad) => this.fail(bad));
    }
  }

  /** Tells the organizer what is wrong with the question just answered. @param {string} reason @param {string} note */
  async report(reason, note) {
    const question = /** @type {Question} */ (this.state.question);
    await this.given.api("POST", "/attempts/" + this.ticket + "/reports", { question: question.id, reason, note });
  }

  /** The player goes elsewhere; what is stored waits for them. */
  leave() {
    this.gone = true;
  }

  /** Milliseconds left to think; null where the level sets no limit. */
  left() {
    const { question } = this.state;
    if (!question || !question.limit_ms) return null;
    const now = this.given.clock.now();
    // A second before the server's last moment: the answer has to travel.
    const last = question.deadline + question.load_ms - 1000;
    return Math.min((this.shown || now) + question.limit_ms, last) - now;
  }

  /** Milliseconds until the page turns by itself; null where it waits for the player. */
  rest() {
    const { attempt, over } = this.state;
    if (over || !attempt || attempt.next !== "timer") return null;
    return Math.max(0, this.judgedAt + attempt.review_ms - this.given.clock.now());
  }

  // From here on: what the verbs above are made of.

  /** @param {Partial<State>} news */
  set(news) {
    this.state = { ...this.state, ...news };
    if (!this.gone) this.given.changed();
  }

  /** @param {Choice | null} unsent */
  save(unsent) {
    const { attempt, question, marks, correct, score, steps, streak, wrong } = this.state;
    const { ticket, asked, shown } = this;
    this.given.store.write(this.key, {
      ticket,
      asked,
      shown,
      unsent,
      attempt,
      question,
      marks,
      correct,
      score,
      steps,
      streak,
      wrong,
    });
  }

  forget() {
    this.given.store.write(this.key, null);
  }

  /** Begins an attempt, or goes on with the one under way that this phone knows nothing of. */
  async enter() {
    const { api, clock, contest, level, large, seen } = this.given;
    const asked = clock.now();
    const path = `/contests/${contest}/levels/${level}/attempts`;
    await this.adopt(await api("POST", path, { large: large(), seen }), asked);
  }

  /** Asks for the question that waits, until it is there: its clock begins when the server hands it out. */
  async turn() {
    const { api, clock, pause } = this.given;
    const asked = clock.now();
    const ask = () => api("POST", "/attempts/" + this.ticket + "/question", {});
    this.adopt(await deliver(ask, { pause, left: () => this.gone, held: () => this.set({ held: true }) }), asked);
  }

  /**
   * Puts the player where the server says they are.
   * @param {Standing} at @param {number} [asked] when the phone asked for it, by the server's clock
   * @returns {Promise<void> | void}
   */
  adopt(at, asked = this.given.clock.now()) {
    const { state } = this;
    if (at.result) return this.end(at.result);
    this.ticket = at.ticket;
    if (!at.question) {
      this.set({ attempt: at.attempt || state.attempt });
      return this.turn();
    }
    const marks = [];
    for (let i = 1; i < at.question.position; i++) marks[i] = i in state.marks ? state.marks[i] : null;
    const again = state.question && state.question.id === at.question.id;
    if (!again) {
      this.asked = asked;
      this.shown = 0;
    }
    this.set({
      phase: "asking",
      attempt: at.attempt || state.attempt,
      question: at.question,
      marks,
      ...run(at),
      chosen: again ? state.chosen : nothing(),
      timeUp: false,
      held: false,
      verdict: null,
      over: false,
      problem: null,
    });
    this.save(null);
  }

  /** Whether the contest tells later what was right. */
  later() {
    const { attempt } = this.state;
    return !!attempt && /end|none/.test(attempt.feedback);
  }

  /** Goes on with the question that was kept, where the server cannot be asked. @param {Problem} problem */
  resume(problem) {
    if (!passing(problem) || !this.state.question) throw problem;
    this.set({ phase: "asking" });
  }

  /** @param {import("../../lib/types").Result} result */
  end(result) {
    this.forget();
    this.set({ phase: "finished", result, held: false });
  }

  /** @param {Problem} problem */
  fail(problem) {
    const phase = nameless(problem) || problem.code === "fields_missing" ? "nameless" : "failed";
    this.set({ phase, problem, held: false });
  }

  /** Asks the server where the attempt stands; a ticket that no longer holds gives way to a new one. */
  async look() {
    const { api, clock } = this.given;
    try {
      const asked = clock.now();
      await this.adopt(await api("GET", "/attempts/" + this.ticket), asked);
    } catch (problem) {
      if (!/^ticket_(invalid|foreign)$/.test(problem.code)) throw problem;
      this.forget();
      this.set({ marks: [], question: null });
      await this.enter();
    }
  }

  /** @param {Choice} choice @returns {Promise<void>} */
  async send(choice) {
    const { api, clock, pause } = this.given;
    const question = /** @type {Question} */ (this.state.question);
    const body = {
      question: question.id,
      ...(question.kind === "fill" ? { blanks: choice.blanks } : { options: choice.options }),
      next: this.later(), // who reads a verdict first asks for the next question after it
      shown_ms: Math.max(0, Math.round((this.shown || clock.now()) - this.asked)),
    };
    this.sent = clock.now();
    try {
      const post = () => api("POST", "/attempts/" + this.ticket + "/responses", body);
      const at = await deliver(post, { pause, left: () => this.gone, held: () => this.set({ held: true }) });
      if (!at.verdict || at.verdict.position !== question.position) return await this.look();
      this.judged(question, at);
    } catch (problem) {
      await this.refused(choice, problem);
    }
  }

  /** The server did not take an answer. @param {Choice} choice @param {Problem} problem */
  async refused(choice, problem) {
    const { tell } = this.given;
    const empty = !choice.options.length && !choice.blanks.length;
    if (problem.code === "answer_late" && !empty) {
      tell("这一题超过了时间，没有计分。");
      this.set({ chosen: nothing(), timeUp: true });
      this.save(nothing());
      return this.send(nothing());
    }
    if (problem.code === "ticket_foreign") this.forget();
    if (nameless(problem) || /^contest_|^ticket_foreign$/.test(problem.code)) return this.fail(problem);
    // Answered before, out of order, expired, unknown: the server knows better where this attempt stands.
    tell(say(problem));
    this.save(null);
    await this.look();
  }

  /** @param {Question} question @param {Standing} at */
  judged(question, at) {
    const verdict = /** @type {import("../../lib/types").Verdict} */ (at.verdict);
    const { attempt } = this.state;
    const marks = this.state.marks.slice();
    this.upcoming = at;
    this.judgedAt = this.given.clock.now();
    // Where the contest tells later what was right, the page says nothing and goes on.
    if (this.later()) return this.adopt(at, this.sent);
    marks[question.position] = verdict.correct;
    const { correct, score, steps, streak, wrong } = this.state;
    const stands = at.correct === null ? { correct, score, steps, streak, wrong } : run(at); // told at the end
    this.set({ phase: "verdict", verdict, marks, ...stands, over: !!at.result, held: false });
    if (at.result) return this.forget();
    // From here a reload goes on with the next question, and never shows this one again.
    const next = { attempt, question: null, marks, ...stands };
    this.given.store.write(this.key, { ticket: at.ticket, asked: 0, shown: 0, unsent: null, ...next });
  }
}

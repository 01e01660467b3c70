// A whole paper, from opening it to its result. No screen and no browser in here: the screen shows `state` and calls
// the
// verbs of Paper.
//
// Each answer is a numbered revision that the server keeps; the last before handing in counts. What has not arrived yet
// is kept on the phone too, by the places of the options, and sent again until it has: the number makes sure that it
// counts once, and that the later of two phones wins.
import { complete } from "../../lib/question/grade.js";
import { nameless, say } from "../../lib/problems.js";
import { deliver } from "../../lib/outbox.js";

/** @typedef {import("../../lib/types").Choice} Choice @typedef {import("../../lib/types").Whole} Whole */
/** @typedef {import("../../lib/types").Problem} Problem @typedef {import("../../lib/types").Question} Question */

/** @returns {Choice} */
const nothing = () => ({ options: [], blanks: [] });

/** @param {Choice} a @param {Choice} b */
const same = (a, b) => JSON.stringify([a.options, a.blanks]) === JSON.stringify([b.options, b.blanks]);

/** A choice by the places of its options: ids change with the ticket. @param {Question} q @param {Choice} c */
const placed = (q, c) => ({
  places: c.options.map((id) => (q.kind === "matching" ? q.matches : q.options).findIndex((o) => o.id === id)),
  blanks: c.blanks,
});

/** @param {Question} q @param {{places: number[], blanks: string[]}} kept @returns {Choice} */
const unplaced = (q, kept) => ({
  options: kept.places.map((at) => ((q.kind === "matching" ? q.matches : q.options)[at] || { id: "" }).id),
  blanks: kept.blanks,
});

/**
 * @typedef {object} State
 * @property {"opening" | "writing" | "handing" | "finished" | "failed" | "nameless"} phase
 * @property {import("../../lib/types").Attempt | null} attempt
 * @property {Whole | null} whole
 * @property {Choice[]} chosen by position, from 1
 * @property {number} at the position that is looked at
 * @property {number} unsaved how many answers are not stored yet
 * @property {boolean} held whether they wait for the network
 * @property {import("../../lib/types").Result | null} result
 * @property {Problem | null} problem
 */

/** How long an answer of several taps, or one that is typed, may still change before it is sent, in ms. */
const settles = 700;

/** A paper as the phone holds it; given is that of Play. */
export class Paper {
  /** @param {import("./play.js").Given} given */
  constructor(given) {
    this.given = given;
    this.key = "aqd." + given.contest + ".paper." + given.level;
    /** @type {State} */
    this.state = {
      phase: "opening",
      attempt: null,
      whole: null,
      chosen: [],
      at: 1,
      unsaved: 0,
      held: false,
      result: null,
      problem: null,
    };
    this.ticket = "";
    /** @type {number[]} the latest revision that is stored, by position */
    this.revisions = [];
    /** @type {Record<number, true>} positions whose answer is not stored */
    this.dirty = {};
    /** @type {Promise<void> | null} what is on its way */
    this.sending = null;
    this.timer = /** @type {any} */ (0);
    this.gone = false;
  }

  /** Begins the paper, or goes on with it. */
  async open() {
    this.set({ phase: "opening", problem: null });
    try {
      const saved = this.given.store.read(this.key);
      if (!saved || !saved.ticket) return await this.enter();
      this.ticket = saved.ticket;
      await this.look(saved);
    } catch (problem) {
      this.fail(problem);
    }
  }

  /** @param {number} position @param {(was: Choice) => Choice} change */
  choose(position, change) {
    const { phase, chosen, whole } = this.state;
    if (phase !== "writing" || !whole) return;
    const next = chosen.slice();
    next[position] = change(chosen[position] || nothing());
    const { kind } = whole.questions[position - 1];
    this.dirty[position] = true;
    this.set({ chosen: next, unsaved: Object.keys(this.dirty).length });
    this.keep();
    clearTimeout(this.timer);
    if (kind === "single" || kind === "truefalse") this.flush();
    else this.timer = setTimeout(() => this.flush(), settles);
  }

  /** @param {number} position */
  goTo(position) {
    this.set({ at: position });
    this.flush();
  }

  /** Whether a position has a whole answer. @param {number} position */
  done(position) {
    const { whole, chosen } = this.state;
    return !!whole && complete(whole.questions[position - 1], chosen[position] || nothing());
  }

  /** The positions without one. */
  undone() {
    const { whole } = this.state;
    return whole ? whole.questions.map((q) => q.position).filter((position) => !this.done(position)) : [];
  }

  /** Hands the paper in, once all that was put down is stored. */
  async handIn() {
    if (this.state.phase !== "writing") return;
    this.set({ phase: "handing" });
    const { api, pause } = this.given;
    try {
      while (Object.keys(this.dirty).length && this.handing()) await this.flush();
      if (!this.handing()) return;
      const post = () => api("POST", "/attempts/" + this.ticket + "/finish", {});
      const at = await deliver(post, { pause, left: () => this.gone, held: () => this.set({ held: true }) });
      this.end(at.result);
    } catch (problem) {
      this.fail(problem);
    }
  }

  handing() {
    return this.state.phase === "handing";
  }

  /** Milliseconds left for all of it. */
  left() {
    const { attempt } = this.state;
    // A second before the server's last moment: the answers have to travel.
    return attempt ? attempt.deadline - 1000 - this.given.clock.now() : null;
  }

  /** The player goes elsewhere; what is stored waits for them. */
  leave() {
    this.flush();
    this.gone = true;
  }

  // From here on: what the verbs above are made of.

  /** @param {Partial<State>} news */
  set(news) {
    this.state = { ...this.state, ...news };
    if (!this.gone) this.given.changed();
  }

  /** Keeps on the phone what has not arrived. */
  keep() {
    const { whole, chosen, at } = this.state;
    /** @type {Record<string, object>} */
    const unsent = {};
    if (whole) for (const p of Object.keys(this.dirty)) unsent[p] = placed(whole.questions[+p - 1], chosen[+p]);
    this.given.store.write(this.key, { ticket: this.ticket, at, unsent });
  }

  /** Sends what is not stored; one call at a time, and again until all of it is. @returns {Promise<void>} */
  flush() {
    clearTimeout(this.timer);
    if (this.sending) return this.sending;
    if (!Object.keys(this.dirty).length) return Promise.resolve();
    this.sending = this.send().then(
      () => {
        this.sending = null;
        return this.flush();
      },
      (problem) => {
        this.sending = null;
        return this.refused(problem);
      },
    );
    return this.sending;
  }

  async send() {
    const { api, pause } = this.given;
    const whole = /** @type {Whole} */ (this.state.whole);
    const positions = Object.keys(this.dirty).map(Number);
    const sent = positions.map((position) => this.state.chosen[position]);
    const answers = positions.map((position, i) => {
      const q = whole.questions[position - 1];
      const full = complete(q, sent[i]) ? sent[i] : nothing();
      const given = q.kind === "fill" ? { blanks: full.blanks } : { options: full.options };
      return { question: q.id, revision: (this.revisions[position] || 0) + 1, ...given };
    });
    const post = () => api("POST", "/attempts/" + this.ticket + "/answers", { answers });
    const held = () => this.set({ held: true });
    const reply = await deliver(post, { pause, left: () => this.gone, held });
    reply.answers.forEach((/** @type {any} */ kept, /** @type {number} */ i) => this.kept(kept, sent[i]));
    this.set({ held: false, unsaved: Object.keys(this.dirty).length });
    this.keep();
  }

  /** @param {{position: number, revision: number, ahead?: Choice}} kept @param {Choice} sent */
  kept({ position, revision, ahead }, sent) {
    this.revisions[position] = revision;
    if (!same(this.state.chosen[position], sent)) return; // changed meanwhile: that is sent next
    delete this.dirty[position];
    if (!ahead) return;
    const chosen = this.state.chosen.slice();
    chosen[position] = { options: ahead.options, blanks: ahead.blanks };
    this.set({ chosen });
    this.given.tell(`第${position}题在另一处改过，这里换成那边的答案。`);
  }

  /** The server took nothing: it knows better where the paper stands. @param {Problem} problem */
  async refused(problem) {
    const { tell } = this.given;
    if (nameless(problem) || problem.code === "ticket_foreign") return this.fail(problem);
    tell(problem.code === "paper_handed_in" ? "这张卷子已经在另一处交了。" : say(problem));
    this.dirty = {};
    await this.look(null).catch((bad) => this.fail(bad));
  }

  async enter() {
    const { api, contest, level, large, seen } = this.given;
    this.adopt(await api("POST", `/contests/${contest}/levels/${level}/attempts`, { large: large(), seen }), null);
  }

  /** Asks the server where the paper stands. @param {any} saved what the phone had kept */
  async look(saved) {
    try {
      this.adopt(await this.given.api("GET", "/attempts/" + this.ticket), saved);
    } catch (problem) {
      if (!/^ticket_(invalid|foreign)$/.test(problem.code)) throw problem;
      this.given.store.write(this.key, null);
      await this.enter();
    }
  }

  /** @param {import("../../lib/types").Standing} step @param {any} saved */
  adopt(step, saved) {
    if (step.result) return this.end(step.result);
    const whole = /** @type {Whole} */ (step.whole);
    /** @type {Choice[]} */
    const chosen = [];
    this.ticket = step.ticket;
    this.revisions = [];
    this.dirty = {};
    for (const { position, revision, options, blanks } of whole.answers) {
      chosen[position] = { options, blanks };
      this.revisions[position] = revision;
    }
    const unsent = (saved && saved.unsent) || {};
    for (const p of Object.keys(unsent)) {
      const q = whole.questions[+p - 1];
      if (!q) continue;
      chosen[+p] = unplaced(q, unsent[p]);
      this.dirty[+p] = true;
    }
    const at = Math.min(Math.max((saved && saved.at) || this.state.at, 1), whole.questions.length);
    const unsaved = Object.keys(this.dirty).length;
    const attempt = step.attempt || this.state.attempt;
    this.set({ phase: "writing", attempt, whole, chosen, at, unsaved, held: false });
    this.keep();
    this.flush();
  }

  /** @param {import("../../lib/types").Result} result */
  end(result) {
    clearTimeout(this.timer);
    this.dirty = {};
    this.given.store.write(this.key, null);
    this.set({ phase: "finished", result, held: false, unsaved: 0 });
  }

  /** @param {Problem} problem */
  fail(problem) {
    const phase = nameless(problem) || problem.code === "fields_missing" ? "nameless" : "failed";
    this.set({ phase, problem, held: false });
  }
}

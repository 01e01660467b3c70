// Sending answers until the server has said what became of them. The server knows an answer that it already has, so
// sending twice is safe; a newer answer takes the place of one that is still on its way. What is on its way is kept on
// the phone, and a reload sends it again.
import { passing, say } from "../lib/problems.js";

/** @typedef {import("./types").Sent} Sent @typedef {import("../lib/types").Choice} Choice */

const patience = 4000; // an answer that is not acknowledged by then is sent again: questions last seconds

/** Milliseconds before try n+1. @param {number} n @param {number} asked by the server @param {() => number} random */
export const wait = (n, asked, random) => Math.max(asked, Math.min(6000, 400 * 2 ** n) * (0.7 + 0.6 * random()));

/**
 * @param {object} how
 * @param {string} how.room
 * @param {(body: object, patience: number) => Promise<import("./types").Receipt>} how.post
 * @param {{read(key: string): any, write(key: string, value: unknown): void}} how.store
 * @param {(ms: number) => Promise<void>} how.pause ends early when the network is back
 * @param {() => number} how.random
 * @param {() => import("./room.js").State} how.state
 * @param {(sent: Sent) => void} how.tell
 * @param {() => Promise<void>} how.look asks the server how things stand
 * @param {() => number} how.now the server's clock
 */
export function newAnswers({ room, post, store, pause, random, state, tell, look, now }) {
  const key = "aqd.live." + room;
  /** @type {Sent | null} */
  let newest = null;
  let settled = 0; // how often in a row, of the answer chosen last

  /** @param {Sent} sent @param {Partial<Sent>} change */
  function become(sent, change) {
    const next = { ...sent, ...change };
    if (sent !== newest) return next; // another answer has taken its place
    newest = next;
    store.write(key, next.how === "sending" || next.how === "held" ? next : null);
    tell(next);
    return next;
  }

  /** @param {Sent} sent @returns {Promise<unknown>} */
  async function deliver(sent) {
    const mine = () => newest && newest.round === sent.round && newest.revision === sent.revision;
    for (let tries = 0, early = 0; mine(); ) {
      const { round, revision, options, blanks } = sent;
      try {
        const receipt = await post({ round, revision, options, blanks }, patience);
        return become(sent, receipt.counted ? { how: "counted" } : { how: "late", lateMs: receipt.late_ms });
      } catch (problem) {
        if (!mine()) return;
        if (problem.code === "live_not_open" && early < 5) {
          early++; // this phone's idea of the time is a little ahead
          await pause(Math.max(0, opensIn()) + 150 * early);
        } else if (problem.code === "live_paused") {
          sent = become(sent, { how: "held" });
          await pause(1500 + 1000 * random());
        } else if (problem.code === "revision_taken" || problem.code === "answer_fixed") {
          return settle(sent, problem);
        } else if (passing(problem)) {
          sent = become(sent, { how: "held" });
          await pause(wait(tries++, problem.retryMs, random));
        } else return become(sent, { how: "refused", why: say(problem) });
      }
    }
  }
  function opensIn() {
    const { room } = state();
    return room ? room.opens_at - now() : 0;
  }
  /**
   * The server's count of my answers is not this phone's: another window sent one, or one of mine was lost on its way.
   * @param {Sent} sent @param {import("../lib/types").Problem} problem @returns {Promise<unknown>}
   */
  async function settle(sent, problem) {
    await look();
    const { me } = state();
    const known = me && me.answer && me.answer.round === sent.round ? me.answer : null;
    if (known && same(known, sent)) return become(sent, { how: "counted", revision: known.revision });
    const { round, revision } = newest || sent;
    if (round !== sent.round || revision !== sent.revision) return; // a newer answer settles it by itself
    if (problem.code === "answer_fixed" || settled++ > 4)
      return become(sent, { how: "refused", why: "这一题的答案已经交过了，不能再改。" });
    newest = { ...sent, revision: (known ? known.revision : 0) + 1 };
    return deliver(become(newest, { how: "sending" }));
  }

  return {
    /** @param {number} round @param {number} revision @param {Choice} choice */
    send(round, revision, choice) {
      settled = 0;
      newest = { round, revision, ...choice, how: "sending", lateMs: 0, why: "" };
      return deliver(become(newest, {}));
    },
    /** After a reload: what was on its way goes on. */
    resume() {
      const kept = store.read(key);
      if (!kept || newest) return;
      newest = /** @type {Sent} */ (kept);
      return deliver(become(newest, {}));
    },
  };
}

/** @param {Choice} a @param {Choice} b */
export const same = (a, b) => a.options.join() === b.options.join() && a.blanks.join("\n") === b.blanks.join("\n");

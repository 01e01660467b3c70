// The way into a room: by its six digits, or by an address that names it. What passes is waited for without a tap;
// a refusal is said once, kindly.
import { nameless, passing, say } from "../lib/problems.js";

/**
 * Where somebody stands on the way in. code: asks for the digits; name: asks who they are; wait: comes again by itself.
 * @typedef {{at: "code", wrong: string}
 *   | {at: "looking"}
 *   | {at: "wait", why: "crowd" | "network"}
 *   | {at: "name", contest: import("../lib/types").Contest, me: import("../lib/types").Me | null}
 *   | {at: "refused", code: string, text: string}
 *   | {at: "in", room: string, snapshot: import("./types").Snapshot}} Place
 */

/** @param {string} text what somebody typed or pasted @returns {string} six digits, or "" */
export function codeIn(text) {
  const narrow = text.replace(/[\uff10-\uff19]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0));
  const digits = narrow.replace(/[\s\-\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0e\ufe0f\ufeff]/g, "");
  return /^\d{6}$/.test(digits) ? digits : "";
}

/**
 * @param {object} how
 * @param {import("../lib/api.js").Call} how.call
 * @param {(ms: number) => Promise<void>} how.pause
 * @param {() => number} how.random
 * @param {(place: Place) => void} how.tell
 */
export function newJoin({ call, pause, random, tell }) {
  let again = () => Promise.resolve();

  /** @param {string} method @param {string} path @param {object} [body] */
  async function patiently(method, path, body) {
    for (let tries = 0; ; tries++) {
      try {
        return await call(method, path, body);
      } catch (problem) {
        if (!passing(problem)) throw problem;
        tell({ at: "wait", why: problem.code === "offline" ? "network" : "crowd" });
        await pause(Math.max(problem.retryMs, Math.min(8000, 1000 * 2 ** tries)) + 1000 * random());
      }
    }
  }

  /** @param {string} room @param {string} contest @param {string} code */
  async function enter(room, contest, code) {
    again = () => attempt(() => enter(room, contest, code));
    try {
      const snapshot = await patiently("POST", `/live/rooms/${room}/join`, { code });
      tell({ at: "in", room, snapshot });
    } catch (problem) {
      if (!nameless(problem)) throw problem;
      const home = await patiently("GET", "/contests/" + contest);
      tell({ at: "name", contest: home.contest, me: home.me });
    }
  }

  /** @param {() => Promise<void>} go */
  async function attempt(go) {
    tell({ at: "looking" });
    try {
      await go();
    } catch (problem) {
      if (problem.code === "code_unknown") tell({ at: "code", wrong: say(problem) });
      else tell({ at: "refused", code: problem.code, text: words[problem.code] || say(problem) });
    }
  }

  return {
    /** @param {string} code six digits */
    byCode: (code) =>
      attempt(async () => {
        const found = await patiently("GET", "/live/codes/" + code);
        await enter(found.room, found.contest, code);
      }),
    /** @param {string} room */
    byRoom: (room) =>
      attempt(async () => {
        again = () => attempt(() => go());
        const go = async () => {
          const snapshot = await patiently("GET", `/live/rooms/${room}/state`);
          if (snapshot.me) tell({ at: "in", room, snapshot });
          else await enter(room, snapshot.room.contest, snapshot.room.code);
        };
        await go();
      }),
    /** After a refusal, or once the name is given. */
    again: () => again(),
  };
}

/** @type {Record<string, string>} */
const words = {
  room_locked: "房间已经锁上，暂时不再进人。可以先看大屏，主持人开门后再进。",
  room_removed: "主持人请您离开了这个房间。如有误会，请找现场工作人员。",
  room_over: "这场直播答题已经结束，谢谢您来。",
  live_unknown: "没有找到这个房间，请核对地址或数字。",
};

// A phone in a room: what it knows (room.js), how it hears (feed.js of lib/live), what it sends (answers.js), and when
// the sealed question is opened.
import { newAnswers } from "./answers.js";
import { newFeed } from "../lib/live/feed.js";
import { isOut, nextRevision, nothing, step } from "./room.js";
import { passing } from "../lib/problems.js";

/** @typedef {import("./room.js").State} State @typedef {import("../lib/live/types").Link} Link */

const heldWithin = 1500; // milliseconds over which the phones of a hall say that they have the question
const overdue = 1500; // after the opening or the close, when nothing has come: it is asked for

/**
 * @param {object} how
 * @param {string} how.room
 * @param {import("../lib/api.js").Call} how.call
 * @param {ReturnType<typeof import("../lib/clock.js").newClock>} how.clock
 * @param {ReturnType<typeof import("../lib/store.js").newStore>} how.store
 * @param {(ms: number) => Promise<void>} how.pause
 * @param {import("../lib/live/feed.js").Ways} how.ways
 * @param {typeof import("./sealed.js").unseal | null} how.unseal null: this browser cannot
 * @param {(state: State, link: Link) => void} how.changed
 */
export function newSession({ room: id, call, clock, store, pause, ways, unseal, changed }) {
  const path = "/live/rooms/" + id;
  let state = nothing;
  let link = /** @type {Link} */ ("connecting");
  let [heldRound, brokenRound, openingKey, soughtAt, whole, ended] = [0, 0, "", "", false, false];
  /** @type {any} */
  let guard = null;

  const feed = newFeed({
    ways,
    stream: () => "/api/v1" + path + "/stream" + (unseal ? "" : "?plain=1"),
    ask: (patience) => call("GET", path + "/state" + asking(), undefined, patience),
    room: () => state.room,
    heard(type, data, seq) {
      if (type === "snapshot") {
        whole = false;
        return take({ type, ...data });
      }
      clock.hear(data.server_time, clock.local());
      if (type === "room") take({ type, room: data });
      if (type === "me") take({ type, me: data, seq });
    },
    linked(now) {
      if (link === now) return;
      link = now;
      changed(state, link);
    },
  });
  const answers = newAnswers({
    room: id,
    post: (body, patience) => call("POST", path + "/answers", body, patience),
    store,
    pause,
    random: ways.random,
    state: () => state,
    tell: (sent) => take({ type: "sent", sent }),
    look: lookWhole,
    now: clock.now,
  });

  /** What is known is not asked for again, unless the question itself is missing. */
  function asking() {
    const { room, sealed, question } = state;
    if (!room) return "";
    const lacks = whole || (room.phase === "open" && !question && clock.now() >= room.opens_at);
    const holds = unseal && sealed && brokenRound !== sealed.round;
    const words = [
      !lacks && "after=" + room.seq,
      holds && !lacks && "held=" + room.round,
      (!unseal || (lacks && brokenRound === room.round)) && "plain=1",
    ];
    const asked = words.filter(Boolean).join("&");
    return asked && "?" + asked;
  }

  /** @param {import("./room.js").Event} event */
  function take(event) {
    const before = state;
    state = step(state, event);
    if (state === before) return;
    open();
    tellHeld();
    watch();
    seekWayBack();
    changed(state, link);
  }

  /** Whether a card leads back between two questions is in snapshots alone. */
  async function seekWayBack() {
    const { room, me } = state;
    if (!room || !isOut(room, me) || !me || !me.revival || soughtAt === room.round + room.phase) return;
    if (room.phase !== "revealed" && room.phase !== "standings") return;
    soughtAt = room.round + room.phase;
    await pause(ways.random() * heldWithin);
    if (!ended) await lookWhole();
  }
  /** Of mine not everything is pushed, nor a reason to tell the room anew. */
  function lookWhole() {
    whole = true;
    return feed.look();
  }

  function open() {
    const { room, sealed, question } = state;
    if (!unseal || !room || !room.key || !sealed || question || openingKey === room.round + room.key) return;
    openingKey = room.round + room.key;
    unseal(sealed, room.key).then(
      (opened) => take({ type: "unsealed", question: { ...opened, round: sealed.round } }),
      () => {
        brokenRound = sealed.round;
        feed.look();
      },
    );
  }

  async function tellHeld() {
    const { room, sealed, me, question } = state;
    if (!unseal || !room || !sealed || !me || question || heldRound === sealed.round) return;
    heldRound = sealed.round;
    for (let tries = 0; tries < 4; tries++) {
      await pause(ways.random() * heldWithin + 2000 * tries);
      if (!state.room || state.room.round !== sealed.round || state.question) return;
      try {
        return await call("POST", path + "/held", { round: sealed.round });
      } catch (problem) {
        if (!passing(problem)) return;
      }
    }
  }

  /** A stream may lose a frame and still seem well. */
  function watch() {
    ways.cancel(guard);
    const { room, question } = state;
    if (!room || room.phase !== "open") return;
    const turn = question ? room.closes_at : room.opens_at;
    const ms = Math.max(turn - clock.now(), 0) + overdue * (1 + ways.random());
    guard = ways.after(() => {
      feed.look().then(() => ended || watch());
    }, ms);
  }

  return {
    /** @param {import("./types").Snapshot} snapshot */
    begin(snapshot) {
      take({ type: "snapshot", room: snapshot.room, me: snapshot.me });
      feed.start();
      answers.resume();
    },
    end() {
      ended = true;
      feed.stop();
      ways.cancel(guard);
    },
    back: feed.back,
    gone: feed.gone,
    /** @param {import("../lib/types").Choice} choice */
    answer(choice) {
      if (state.room) answers.send(state.room.round, nextRevision(state), choice);
    },
    /** Comes back by a card. @returns {Promise<void>} rejects with a Problem */
    async revive() {
      const snapshot = await call("POST", path + "/revive");
      take({ type: "snapshot", room: snapshot.room, me: snapshot.me });
    },
  };
}

import test from "node:test";
import assert from "node:assert/strict";
import { newSession } from "./session.js";
import { newClock } from "../lib/clock.js";
import { newStore } from "../lib/store.js";

const sealed = { round: 1, iv: "iv", data: "data" };
const question = { round: 1, kind: "single", stem: "?", image: "", image_alt: "", options: [], blanks: 0, topic: "" };
const room = (given) => ({
  room: "7", seq: 1, server_time: 1_000_000, phase: "lobby", round: 0, opens_at: 0, closes_at: 0, change: true,
  ...given,
});
const ready = room({ seq: 2, phase: "ready", round: 1, sealed });
const opened = room({ seq: 3, phase: "open", round: 1, opens_at: 1_000_000, closes_at: 1_015_000, key: "key" });
const me = { number: 1, may_answer: true, alive: true, answer: null };

/** A phone in a room whose stream is in the test's hands. */
function phone({ unseal = async () => question, state = () => null } = {}) {
  const asked = [];
  const timers = [];
  let source = null;
  let shown = null;
  const local = 1_000_000;
  const session = newSession({
    room: "7",
    call: async (method, path, body) => {
      asked.push(path.replace("/live/rooms/7", "") + (body ? " " + JSON.stringify(body) : ""));
      return path.indexOf("/state") > 0 ? state() : { counted: true, late_ms: 0 };
    },
    clock: newClock(() => local),
    store: newStore(null),
    pause: async () => {},
    ways: {
      open: (address) =>
        (source = { address, told: {}, addEventListener: (t, to) => (source.told[t] = to), close() {} }),
      now: () => local,
      serverNow: () => local,
      random: () => 0.5,
      after: (act, ms) => timers.push({ act, ms }) && timers[timers.length - 1],
      cancel: (timer) => timer && timers.indexOf(timer) >= 0 && timers.splice(timers.indexOf(timer), 1),
    },
    unseal,
    changed: (now) => (shown = now),
  });
  session.begin({ room: room({}), me, poll_ms: 1000 });
  return {
    session, asked, timers,
    address: () => source.address,
    shown: () => shown,
    async hear(type, data, seq = data.seq) {
      source.told[type]({ data: JSON.stringify(data), lastEventId: String(seq) });
      await new Promise((done) => setImmediate(done));
    },
  };
}

test("the question is opened by its key, though the frame of the key no longer has it", async () => {
  const p = phone();
  await p.hear("room", ready);
  assert.equal(p.shown().question, null);
  await p.hear("room", opened);
  assert.deepEqual(p.shown().question, question);
  assert.ok(!p.asked.some((a) => a.indexOf("/state") === 0));
});

test("the server is told once that this phone holds the question", async () => {
  const p = phone();
  await p.hear("room", ready);
  await p.hear("room", { ...ready, members: 2 });
  assert.deepEqual(p.asked, ['/held {"round":1}']);
});

test("a key that does not fit is no end: the question is asked for", async () => {
  const p = phone({
    unseal: async () => {
      throw new Error("the seal is broken");
    },
    state: () => ({ room: { ...opened, question }, me, poll_ms: 1000 }),
  });
  await p.hear("room", ready);
  await p.hear("room", opened);
  await p.hear("beat", { server_time: 1_000_000 });
  assert.equal(p.asked[p.asked.length - 1], "/state?plain=1");
  assert.deepEqual(p.shown().question, question);
});

test("a browser that cannot open seals asks for whole questions, and claims to hold none", async () => {
  const p = phone({ unseal: null });
  assert.equal(p.address(), "/api/v1/live/rooms/7/stream?plain=1");
  await p.hear("room", ready);
  assert.deepEqual(p.asked, []);
  await p.hear("room", { ...opened, question });
  assert.deepEqual(p.shown().question, question);
});

test("an opening that nobody tells of is asked for", async () => {
  const p = phone({ state: () => ({ room: { ...opened, question }, me, poll_ms: 1000 }) });
  await p.hear("room", { ...opened, key: undefined });
  const guard = p.timers.find((t) => t.ms >= 1500 && t.ms < 4000);
  guard.act();
  await p.hear("beat", { server_time: 1_000_000 });
  assert.deepEqual(p.asked, ["/state"]);
  assert.deepEqual(p.shown().question, question);
});

test("answers are numbered from the last that is known", async () => {
  const p = phone();
  await p.hear("room", { ...opened, question });
  await p.hear("me", { ...me, answer: { round: 1, revision: 4, options: ["A"], blanks: [] } }, 3);
  p.session.answer({ options: ["B"], blanks: [] });
  await p.hear("beat", { server_time: 1_000_000 });
  assert.equal(p.asked[0], '/answers {"round":1,"revision":5,"options":["B"],"blanks":[]}');
  assert.equal(p.shown().sent.how, "counted");
});

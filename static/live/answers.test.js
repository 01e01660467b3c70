import test from "node:test";
import assert from "node:assert/strict";
import { newAnswers, wait } from "./answers.js";
import { nothing, step } from "./room.js";
import { newStore } from "../lib/store.js";

const room = {
  room: "7", seq: 3, server_time: 0, phase: "open", round: 2, opens_at: 1_000, closes_at: 9_000, change: true,
};
const choose = (id) => ({ options: [id], blanks: [] });

/** A phone in round 2 and a server that answers by `replies`, one after another: a receipt, or a problem. */
function phone(replies, { store = newStore(null), me = {} } = {}) {
  let state = step(nothing, { type: "snapshot", room, me: { answer: null, ...me } });
  const posted = [];
  const pauses = [];
  const said = [];
  let look = () => {};
  const answers = newAnswers({
    room: "7",
    post: async (body) => {
      posted.push(body);
      const reply = await (typeof replies[0] === "function" ? replies.shift()() : replies.shift());
      if (reply.code !== undefined) throw { detail: "", status: 0, retryMs: 0, ...reply };
      return reply;
    },
    store,
    pause: async (ms) => void pauses.push(ms),
    random: () => 0.5,
    state: () => state,
    tell: (sent) => {
      said.push(sent.how);
      state = step(state, { type: "sent", sent });
    },
    look: async () => look(),
    now: () => 940,
  });
  return {
    answers, posted, pauses, said, store,
    sent: () => state.sent,
    /** What the server would tell of me when asked. */
    known: (answer) => (look = () => (state = step(state, { type: "me", me: { answer }, seq: 3 }))),
  };
}
const counted = { counted: true, late_ms: 0 };

test("an answer is sent again until the server has it", async () => {
  const p = phone([{ code: "offline" }, { code: "unavailable", status: 503, retryMs: 2000 }, counted]);
  await p.answers.send(2, 1, choose("B"));
  assert.deepEqual(p.said, ["sending", "held", "held", "counted"]);
  assert.deepEqual(p.posted, Array(3).fill({ round: 2, revision: 1, options: ["B"], blanks: [] }));
  assert.deepEqual(p.pauses, [400, 2000], "never before the server asked");
});

test("an answer that came too late is no error", async () => {
  const p = phone([{ counted: false, late_ms: 400 }]);
  await p.answers.send(2, 1, choose("B"));
  assert.deepEqual([p.sent().how, p.sent().lateMs], ["late", 400]);
});

test("what is on its way outlives a reload, and what has arrived is not sent again", async () => {
  const store = newStore(null);
  const before = phone([() => new Promise(() => {})], { store });
  before.answers.send(2, 3, choose("C"));
  const after = phone([counted], { store });
  await after.answers.resume();
  assert.deepEqual(after.posted, [{ round: 2, revision: 3, options: ["C"], blanks: [] }]);
  const later = phone([], { store });
  await later.answers.resume();
  assert.deepEqual(later.posted, []);
});

test("a newer answer takes the place of one that is still on its way", async () => {
  let arrive = (_) => {};
  const p = phone([() => new Promise((done) => (arrive = done)), counted]);
  const first = p.answers.send(2, 1, choose("A"));
  await p.answers.send(2, 2, choose("B"));
  arrive({ code: "revision_taken" });
  await first;
  assert.deepEqual([p.sent().revision, p.sent().how, p.sent().options], [2, "counted", ["B"]]);
  assert.equal(p.posted.length, 2);
});

test("a phone whose clock is ahead waits for the opening", async () => {
  const p = phone([{ code: "live_not_open" }, { code: "live_not_open" }, counted]);
  await p.answers.send(2, 1, choose("B"));
  assert.equal(p.sent().how, "counted");
  assert.deepEqual(p.pauses, [60 + 150, 60 + 300]);
});

test("where another window has answered, the answer of this one follows it", async () => {
  const p = phone([{ code: "revision_taken" }, counted]);
  p.known({ round: 2, revision: 4, ...choose("A") });
  await p.answers.send(2, 1, choose("B"));
  assert.deepEqual(p.posted.map((b) => b.revision), [1, 5]);
  assert.deepEqual([p.sent().how, p.sent().revision], ["counted", 5]);
});

test("the same answer that the server has already is counted", async () => {
  const p = phone([{ code: "revision_taken" }]);
  p.known({ round: 2, revision: 1, ...choose("B") });
  await p.answers.send(2, 1, choose("B"));
  assert.deepEqual([p.posted.length, p.sent().how], [1, "counted"]);
});

test("a change whose first answer was lost on its way takes that one's place", async () => {
  const p = phone([{ code: "revision_taken" }, counted]);
  p.known({ round: 0, revision: 0, options: [], blanks: [] });
  await p.answers.send(2, 2, choose("B"));
  assert.deepEqual(p.posted.map((b) => b.revision), [2, 1]);
  assert.equal(p.sent().how, "counted");
});

test("an answer that is never taken is not sent for ever", async () => {
  const p = phone(Array(20).fill({ code: "revision_taken" }));
  await p.answers.send(2, 1, choose("B"));
  assert.equal(p.sent().how, "refused");
  assert.ok(p.posted.length < 8);
});

test("while the host pauses, an answer waits", async () => {
  const p = phone([{ code: "live_paused" }, { code: "live_paused" }, counted]);
  await p.answers.send(2, 1, choose("B"));
  assert.deepEqual(p.said, ["sending", "held", "held", "counted"]);
});

test("an answer that may not be changed stays what it was", async () => {
  const p = phone([{ code: "answer_fixed" }]);
  p.known({ round: 2, revision: 1, ...choose("A") });
  await p.answers.send(2, 2, choose("B"));
  assert.equal(p.sent().how, "refused");
  assert.match(p.sent().why, /不能再改/);
});

test("a refusal is said in the server's words, and not repeated", async () => {
  const p = phone([{ code: "live_out", status: 403, detail: "您已经出局。" }]);
  await p.answers.send(2, 1, choose("A"));
  assert.deepEqual([p.sent().how, p.sent().why, p.posted.length], ["refused", "您已经出局。", 1]);
});

test("tries come further and further apart, spread by a third", () => {
  assert.deepEqual([0, 1, 2, 3, 4, 9].map((n) => wait(n, 0, () => 0.5)), [400, 800, 1600, 3200, 6000, 6000]);
  assert.deepEqual([0, 1].map((r) => Math.round(wait(0, 0, () => r))), [280, 520]);
});

import test from "node:test";
import assert from "node:assert/strict";
import { answerOf, firstNumber, lookOf, mayAnswer, nextRevision, nothing, step, turnsAt } from "./room.js";

const question = (round) => ({
  round,
  kind: "single",
  stem: "?",
  image: "",
  image_alt: "",
  options: [],
  blanks: 0,
  topic: "",
});
const room = (given) => ({
  room: "7", seq: 1, server_time: 1000, phase: "lobby", mode: "points", round: 0, number: 0, questions: 3,
  opens_at: 0, closes_at: 0, change: true, ...given,
});
const me = (given) => ({ number: 1, may_answer: true, alive: true, since_round: 0, answer: null, ...given });
const answer = (round, revision, option) => ({ round, revision, options: [option], blanks: [] });
const sent = (given) => ({ ...answer(1, 1, "A"), how: "sending", lateMs: 0, why: "", ...given });
const play = (...events) => events.reduce(step, nothing);
const open = room({ seq: 3, phase: "open", round: 1, number: 1, opens_at: 10_000, closes_at: 25_000 });

test("the newest step wins, whatever order frames come in", () => {
  const lobby = { type: "room", room: room({}) };
  const ready = { type: "room", room: room({ seq: 2, phase: "ready", round: 1 }) };
  const opened = { type: "room", room: open };
  for (const order of [[lobby, ready, opened], [opened, ready, lobby], [ready, opened, lobby, opened]])
    assert.equal(play(...order).room.phase, "open");
});

test("within a step the later count wins, and the key is taken however late its frame is", () => {
  const one = { type: "room", room: { ...open, members: 1, server_time: 2000 } };
  const two = { type: "room", room: { ...open, members: 2, server_time: 3000 } };
  assert.equal(play(two, one).room.members, 2);
  const key = { type: "room", room: { ...open, members: 1, server_time: 2500, key: "k" } };
  assert.equal(play(two, key).room.key, "k");
});

test("what is told of me has an order of its own", () => {
  const state = play(
    { type: "me", me: me({ points: 50 }), seq: 9 },
    { type: "room", room: open },
    { type: "me", me: me({ points: 10 }), seq: 4 },
  );
  assert.equal(state.me.points, 50);
  assert.equal(state.room.seq, 3);
});

test("a stranger's snapshot does not take my place", () => {
  const state = play({ type: "snapshot", room: room({}), me: me({}) }, { type: "snapshot", room: open, me: null });
  assert.equal(state.me.number, 1);
  assert.equal(state.room.phase, "open");
});

test("the sealed question stays until its round is over, the readable one too", () => {
  const sealed = { round: 1, iv: "", data: "" };
  const ready = { type: "room", room: room({ seq: 2, phase: "ready", round: 1, sealed }) };
  let state = play(ready, { type: "room", room: open }, { type: "unsealed", question: question(1) });
  assert.equal(state.sealed, sealed);
  assert.equal(state.question.round, 1);
  state = step(state, { type: "room", room: room({ seq: 6, phase: "ready", round: 2 }) });
  assert.equal(state.sealed, null);
  assert.equal(state.question, null);
  state = step(state, { type: "unsealed", question: question(1) });
  assert.equal(state.question, null, "a question that was opened too late");
});

test("an answer is mine at once, and counted when the server has it", () => {
  let state = play({ type: "snapshot", room: open, me: me({}) }, { type: "sent", sent: sent({}) });
  assert.equal(answerOf(state).how, "sending");
  state = step(state, { type: "me", me: me({ answer: answer(1, 1, "A") }), seq: 3 });
  assert.equal(answerOf(state).how, "counted");
  state = step(state, { type: "sent", sent: sent({ revision: 2, options: ["B"] }) });
  assert.deepEqual([answerOf(state).how, answerOf(state).options], ["sending", ["B"]]);
  assert.equal(nextRevision(state), 3);
});

test("a change that came too late leaves the answer before it", () => {
  const state = play(
    { type: "snapshot", room: open, me: me({ answer: answer(1, 1, "A") }) },
    { type: "sent", sent: sent({ revision: 2, options: ["B"], how: "late", lateMs: 400 }) },
  );
  const mine = answerOf(state);
  assert.deepEqual([mine.how, mine.lateMs, mine.options, mine.revision], ["late", 400, ["A"], 1]);
});

test("an answer that is known within a step is not forgotten by a frame made before it", () => {
  const state = play(
    { type: "snapshot", room: open, me: me({ answer: answer(1, 2, "B") }) },
    { type: "me", me: { points: 1 }, seq: 3 },
    { type: "me", me: me({ answer: answer(1, 1, "A") }), seq: 3 },
  );
  assert.equal(state.me.answer.revision, 2);
});

test("an answer of the last round is none of this one", () => {
  const state = play(
    { type: "sent", sent: sent({}) },
    { type: "snapshot", room: { ...open, round: 2 }, me: me({ answer: answer(1, 1, "A") }) },
  );
  assert.equal(answerOf(state), null);
  assert.equal(nextRevision(state), 1);
});

test("opening and closing are seen by the server's time, before anybody says so", () => {
  const state = play({ type: "snapshot", room: open, me: me({}) });
  assert.deepEqual([9_999, 10_000, 24_999, 25_000].map((now) => lookOf(state, now)),
    ["countdown", "open", "open", "closed"]);
  assert.deepEqual([9_000, 10_000, 25_000].map((now) => turnsAt(state, now)), [10_000, 25_000, 0]);
});

test("who was removed sees nothing else", () => {
  const state = play({ type: "snapshot", room: open, me: me({ removed: true }) });
  assert.equal(lookOf(state, 12_000), "removed");
});

test("an answer is taken while the question is open, once where it may not be changed", () => {
  const asked = { ...open, question: question(1) };
  const at = (given, mine, now = 12_000) =>
    mayAnswer(play({ type: "snapshot", room: { ...asked, ...given }, me: me(mine) }), now);
  assert.equal(at({}, {}), true);
  assert.equal(at({}, {}, 9_000), false);
  assert.equal(at({}, {}, 26_000), false);
  assert.equal(at({ phase: "paused" }, {}), false);
  assert.equal(at({}, { may_answer: false }), false);
  assert.equal(at({}, { answer: answer(1, 1, "A") }), true);
  assert.equal(at({ change: false }, { answer: answer(1, 1, "A") }), false);
  assert.equal(at({ question: undefined }, {}), false, "nobody answers what cannot be read");
});

test("a push leaves out what has not changed", () => {
  const state = play(
    { type: "snapshot", room: open, me: me({ name: "张三", unit: "青禾镇", revival: { may: false, left: 1 } }) },
    { type: "me", me: { number: 1, points: 90, alive: false }, seq: 4 },
  );
  const { name, unit, points, alive, revival } = state.me;
  assert.deepEqual([name, unit, points, alive, revival.left], ["张三", "青禾镇", 90, false, 1]);
});

test("who comes late is told the first question that counts", () => {
  const late = me({ since_round: 3 });
  const at = (given) => firstNumber({ ...open, round: 3, number: 2, ...given }, late);
  assert.equal(at({}), 2, "while it is open it can still be answered");
  assert.equal(at({ phase: "revealed" }), 3);
  assert.equal(at({ round: 4, number: 3 }), 0, "by then it is an old story");
  assert.equal(firstNumber(open, me({ since_round: 0 })), 0);
  assert.equal(firstNumber(open, me({ since_round: 1, alive: false })), 0, "who only watches has no first question");
  assert.equal(firstNumber(room({}), me({ since_round: 0 })), 0, "in the lobby nobody is late");
});

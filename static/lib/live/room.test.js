import assert from "node:assert/strict";
import { test } from "node:test";
import { answering, moves, secondsTo, share, spoken, timeLeft } from "./room.js";

const room = /** @type {any} */ ({ phase: "open", opens_at: 10000, closes_at: 25000 });

test("a code is read out in two halves", () => {
  assert.equal(spoken("418263"), "418 263");
  assert.equal(spoken(""), "");
});

test("seconds are counted as people do, down to the very end", () => {
  assert.deepEqual([10000, 9999, 9001, 9000, 1].map((now) => secondsTo(10000, now)), [0, 1, 1, 1, 10]);
});

test("the bar is full until the opening and empty from the close on", () => {
  assert.deepEqual([0, 10000, 17500, 25000, 99999].map((now) => timeLeft(room, now)), [1, 1, 0.5, 0, 0]);
  assert.equal(timeLeft({ ...room, opens_at: 0, closes_at: 0 }, 5), 0);
});

test("answers are taken between the opening and the close, and in no other phase", () => {
  assert.deepEqual([9999, 10000, 24999, 25000].map((now) => answering(room, now)), [false, true, true, false]);
  assert.equal(answering({ ...room, phase: "paused" }, 15000), false);
});

test("arrows say how many ranks somebody climbed, and nothing of who was not listed", () => {
  const of = (/** @type {number[][]} */ pairs) =>
    pairs.map(([number, rank]) => ({ number, rank, name: "", points: 0, right: 0 }));
  const before = of([[1, 1], [2, 2], [3, 2]]); // prettier-ignore
  assert.deepEqual(moves(before, of([[3, 1], [1, 2], [9, 3]])), { 3: 1, 1: -1, 9: null }); // prettier-ignore
});

test("a share of nobody is none", () => {
  assert.deepEqual([share(1, 3), share(0, 4), share(0, 0)], ["33%", "0%", "—"]);
});

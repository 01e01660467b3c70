import { test } from "node:test";
import assert from "node:assert/strict";
import { boardOf, standing } from "./standing.js";

const page = (/** @type {number} */ rank, /** @type {number} */ total) => ({ total, late: false, me: { rank } });

test("a share is that of the others who stand behind, never rounded up", () => {
  for (const [rank, total, ahead] of [
    [1, 20, 100],
    [2, 21, 95],
    [15, 75, 81], // 60 of 74 others: 81.08
    [10, 31, 70],
    [19, 21, 10],
  ])
    assert.deepEqual(standing(page(rank, total)), { rank, total, ahead });
});

test("of few players no share is told, and of a handful no place", () => {
  assert.deepEqual(standing(page(3, 19)), { rank: 3, total: 19, ahead: 0 });
  assert.equal(standing(page(1, 4)), null);
  assert.deepEqual(standing(page(5, 5)), { rank: 5, total: 5, ahead: 0 });
});

test("who stands far down is not told how far", () => {
  assert.deepEqual(standing(page(100, 100)), { rank: 100, total: 100, ahead: 0 });
  assert.deepEqual(standing(page(98, 100)), { rank: 98, total: 100, ahead: 0 });
});

test("nothing is told of who is not on the board, and while it is late", () => {
  assert.equal(standing({ total: 100, late: false, me: null }), null);
  assert.equal(standing({ ...page(1, 100), late: true }), null);
});

test("a result is about the first board of players' scores", () => {
  const board = (/** @type {string} */ key, /** @type {string} */ subject, measure = "分") => ({ key, subject, measure });
  const all = [board("units", "unit"), board("total", "player"), board("points", "player")];
  assert.equal((boardOf(all) || { key: "" }).key, "total");
  assert.equal(boardOf([board("crowd", "unit", "人")]), undefined);
  assert.equal((boardOf([board("time", "player", "秒"), board("points", "player", "积分")]) || { key: "" }).key, "points");
});

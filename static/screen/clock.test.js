import assert from "node:assert/strict";
import { test } from "node:test";
import { countdown, nextOf } from "./clock.js";

const hour = 3600e3;
const contest = /** @type {any} */ ({ opens_at: 100 * hour, closes_at: 200 * hour });
const draw = (/** @type {number} */ at, state = "frozen") => ({ title: "大奖", state, at: 0, source_at: at });

test("a hall counts to the second from two days on", () => {
  assert.equal(countdown(72 * hour), "3 天");
  assert.equal(countdown(47 * hour + 61e3), "47:01:01");
  assert.equal(countdown(500), "00:00:01");
  assert.equal(countdown(-5), "00:00:00");
});

test("what comes next is the opening, a drawing that is near, or the end", () => {
  assert.deepEqual(nextOf(contest, [], 90 * hour), { name: "距开始", at: 100 * hour });
  assert.deepEqual(nextOf(contest, [], 150 * hour), { name: "距截止", at: 200 * hour });
  assert.deepEqual(nextOf(contest, [draw(160 * hour)], 150 * hour), { name: "距大奖", at: 160 * hour });
  assert.deepEqual(nextOf(contest, [draw(199 * hour)], 120 * hour), { name: "距截止", at: 200 * hour });
  assert.deepEqual(nextOf(contest, [draw(160 * hour, "cancelled")], 150 * hour), { name: "距截止", at: 200 * hour });
  assert.deepEqual(nextOf(contest, [draw(210 * hour)], 205 * hour), { name: "距大奖", at: 210 * hour });
  assert.equal(nextOf(contest, [draw(160 * hour)], 205 * hour), null);
});

import assert from "node:assert/strict";
import test from "node:test";
import { practiceLevels } from "./practice.js";

test("questions of two banks make two levels, each with a key of its own and nothing earned", () => {
  const values = { bank: "safety", levels: [{ key: "practice-2" }] };
  const asked = [{ bank: "safety", id: "fire-001" }, { bank: "traffic", id: "9" }, { bank: "safety", id: "gas-002" }];
  const made = practiceLevels(values, asked);
  assert.deepEqual(made.map((l) => [l.key, l.bank, l.practice, l.attempts.max]), [
    ["practice-3", undefined, true, 0],
    ["practice-4", "traffic", true, 0],
  ]);
  assert.deepEqual(made.map((l) => l.questions), [
    [{ count: 2, list: ["fire-001", "gas-002"] }],
    [{ count: 1, list: ["9"] }],
  ]);
  assert.deepEqual(practiceLevels({}, []), []);
});

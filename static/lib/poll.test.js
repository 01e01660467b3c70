import test from "node:test";
import assert from "node:assert/strict";
import { rest } from "./poll.js";

test("a screen asks every three seconds, and once a minute while nobody answers", () => {
  assert.deepEqual(
    [0, 1, 2, 3, 4, 5, 50].map((n) => rest(3000, n)),
    [3000, 6000, 12000, 24000, 48000, 60000, 60000],
  );
});

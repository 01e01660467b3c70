import test from "node:test";
import assert from "node:assert/strict";
import { backoff } from "./outbox.js";
import { newStore } from "./store.js";

test("tries come further and further apart, and never before the server asked", () => {
  const waits = [0, 1, 2, 3, 4, 9].map((n) => backoff(n, 0, () => 0.5));
  assert.deepEqual(waits, [1000, 2000, 4000, 8000, 15000, 15000]);
  assert.equal(
    backoff(0, 30_000, () => 0),
    30_000,
  );
});

test("forgetting a contest leaves other contests and the size of type", () => {
  const disk = new Map([
    ["aqd.steps.one", "1"],
    ["aqd.steps.two", "2"],
    ["aqd.steps2.one", "3"],
    ["aqd.elder", "true"],
  ]);
  const storage = {
    get length() {
      return disk.size;
    },
    key: (i) => [...disk.keys()][i],
    getItem: (k) => disk.get(k),
    setItem: (k, v) => disk.set(k, v),
    removeItem: (k) => disk.delete(k),
  };
  const store = newStore(/** @type {any} */ (storage));
  store.forget("aqd.steps.");
  assert.deepEqual([...disk.keys()], ["aqd.steps2.one", "aqd.elder"]);
  const memory = newStore(null);
  memory.write("aqd.steps.one", 1);
  memory.forget("aqd.steps.");
  assert.equal(memory.read("aqd.steps.one"), null);
});

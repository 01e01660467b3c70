import assert from "node:assert";
import test from "node:test";
import { at, editText, freshKey, fromPicker, listAt, toPicker, withValue } from "./contesttree.js";

const values = { title: "甲", levels: [{ key: "one", time: { question: "45s" } }, { key: "two" }] };

test("a value is found by its path", () => {
  assert.equal(at(values, "levels[0].time.question"), "45s");
  assert.equal(at(values, "levels[5].time.question"), undefined);
  assert.equal(at(null, "title"), undefined);
  assert.deepEqual(listAt(values, "boards"), []);
});

test("a value is put without changing what was", () => {
  const after = withValue(values, "levels[1].time.question", "30s");
  assert.equal(at(after, "levels[1].time.question"), "30s");
  assert.equal(at(values, "levels[1].time"), undefined);
  assert.equal(withValue(values, "levels[0]", undefined).levels.length, 1);
  assert.equal("title" in withValue(values, "title", undefined), false);
  assert.deepEqual(withValue(values, "boards[0]", { key: "a" }).boards, [{ key: "a" }]);
});

test("dates go to the picker and back", () => {
  assert.equal(toPicker("2026-06-01 8:05"), "2026-06-01T08:05");
  assert.equal(toPicker("2026-06-01"), "2026-06-01T00:00");
  assert.equal(toPicker("day 3"), "");
  assert.equal(fromPicker("2026-06-01T08:05"), "2026-06-01 08:05");
});

test("an edit without a value takes it out, and a new key is new", () => {
  assert.equal(editText(undefined), "");
  assert.equal(editText("甲: 乙"), '"甲: 乙"');
  assert.equal(freshKey([{ key: "level-2" }], "level"), "level-3");
});

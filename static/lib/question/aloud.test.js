import { test } from "node:test";
import assert from "node:assert/strict";
import { pieces } from "./aloud.js";

const texts = (/** @type {string[]} */ ...all) => all.map((text) => ({ text }));

test("a question is read with the letter of each option, and a blank is said", () => {
  const options = texts("拨打119", "先救财物");
  assert.deepEqual(pieces({ kind: "single", stem: "发现火情应当（ ）。", options }), [
    "发现火情应当，空格，。",
    "A，拨打119",
    "B，先救财物",
  ]);
  assert.deepEqual(pieces({ kind: "fill", stem: "火警电话是____。", options: [] }), ["火警电话是，空格，。"]);
});

test("a sentence to be judged ends with what is asked", () => {
  const said = pieces({ kind: "truefalse", stem: "楼道可以停电动车。", options: texts("正确", "错误") });
  assert.deepEqual(said, ["楼道可以停电动车。", "正确，还是错误？"]);
});

test("of pairs, both sides are read", () => {
  const said = pieces({ kind: "matching", stem: "配一配。", options: texts("火警"), matches: texts("119", "120") });
  assert.deepEqual(said, ["配一配。", "火警", "可以配的有：119；120"]);
});

import test from "node:test";
import assert from "node:assert/strict";
import { readCode, wrap } from "./canvas.js";

/** Every sign is one wide, a Latin letter half. @param {string} text */
const measure = (text) => [...text].reduce((sum, sign) => sum + (sign.charCodeAt(0) < 128 ? 0.5 : 1), 0);

test("a line takes as much as fits, and no sign that closes stands at its head", () => {
  assert.deepEqual(wrap("发现隐患立即报告", 4, measure), ["发现隐患", "立即报告"]);
  assert.deepEqual(wrap("发现隐患，立即报告。", 4, measure), ["发现隐", "患，立即", "报告。"]);
  assert.deepEqual(wrap("他说“安全第一”", 3, measure), ["他说", "“安全", "第一”"]);
});

test("words and numbers are not torn, unless they are longer than a line", () => {
  assert.deepEqual(wrap("拨打119报警", 3, measure), ["拨打", "119报", "警"]);
  assert.deepEqual(wrap("see fire safety", 4, measure), ["see fire", "safety"]);
  assert.deepEqual(wrap("abcdefghij", 3, measure), ["abcdef", "ghij"]);
});

test("nothing is lost, whatever the width", () => {
  const text = "我承诺：遵守《安全生产法》，不违章作业（No. 12），发现隐患及时上报！";
  for (let width = 1; width < 40; width++) {
    const lines = wrap(text, width, measure);
    assert.equal(lines.join("").replace(/ /g, ""), text.replace(/ /g, ""));
    assert.ok(
      lines.every((line) => line),
      "an empty line at " + width,
    );
  }
});

test("lines of the author's own stay", () => assert.deepEqual(wrap("一\n\n二", 9, measure), ["一", "", "二"]));

test("a code is read out of the picture that the server draws", () => {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 29 29"><rect width="29" height="29" fill="#fff"/>' +
    '<path d="M4 4h1v1h-1zM5 14h1v1h-1z"/></svg>';
  assert.deepEqual(readCode(svg), {
    side: 29,
    dark: [
      [4, 4],
      [5, 14],
    ],
  });
  assert.throws(() => readCode("<html>"));
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { asking, goingOn, logged, nextStep, smallSteps, stepHint, stepNames, stepWord } from "./livesteps.js";

const view = (/** @type {any} */ more, /** @type {any} */ room) =>
  /** @type {any} */ ({
    room: { phase: "lobby", kind: "normal", number: 3, members: 1234, answered: 7, ...room },
    steps: [],
    next: "",
    upcoming: [{ number: 4, kind: "single", stem: "…" }],
    hosting: { me: true, name: "张三" },
    delay_ms: 0,
    ...more,
  });

test("the button names the question that it will send", () => {
  assert.equal(stepWord("ready", view({})), "发出第 4 题");
  assert.equal(stepWord("ready", view({ upcoming: [] })), "发出下一题");
  assert.equal(stepWord("reveal", view({})), "公布答案");
});

test("a delay for viewers of a broadcast is said before the opening", () => {
  assert.match(stepHint("open", view({ delay_ms: 8000 })), /8 秒延迟/);
  assert.doesNotMatch(stepHint("open", view({})), /延迟/);
});

test("beside the big button stand the other steps of the moment, without what has its own place", () => {
  const steps = ["open", "skip", "void", "lock", "take", "unheard-of", "end"];
  assert.deepEqual(smallSteps(view({ steps, next: "open" })), ["skip"]);
});

test("what cannot be taken back is asked about once, everything else is not", () => {
  const asked = Object.keys(stepNames).filter((step) => asking(/** @type {any} */ (step), view({})));
  assert.deepEqual(asked.sort(), ["close", "confirm", "end", "reset", "skip", "take"]);
  assert.match(asking("confirm", view({}))?.text || "", /1,234 人/);
});

test("an open question is counting down, answered, or over, by the clock", () => {
  const open = view({}, { phase: "open", opens_at: 100, closes_at: 200 });
  assert.deepEqual([99, 100, 200].map((now) => goingOn(open, now)), ["第 3 题，倒数中", "第 3 题，正在答题", "第 3 题，时间到"]);
  assert.equal(goingOn(view({}, { phase: "closed", kind: "revival" }), 0), "复活题，正在计分");
});

test("where there is only to wait nothing is next, and confirming anew stands small", () => {
  const over = view({ steps: ["confirm", "void"], next: "confirm" }, { phase: "over" });
  assert.equal(nextStep(over), "");
  assert.deepEqual(smallSteps(over), ["confirm"]);
  const counting = view({ steps: ["pause", "skip"], next: "pause" }, { phase: "open" });
  assert.equal(nextStep(counting), "");
  assert.deepEqual(smallSteps(counting), ["pause", "skip"]);
});

test("the log names what hosts, the clock and those who look after members did", () => {
  const of = (/** @type {string} */ what, detail = "") => logged(/** @type {any} */ ({ what, detail }));
  assert.equal(of("extend", "10 秒"), "加时，10 秒");
  assert.equal(of("time"), "时间到，自动进行");
  assert.equal(of("touch", "remove"), "管理选手，移出");
});

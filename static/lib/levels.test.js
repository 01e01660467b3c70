import test from "node:test";
import assert from "node:assert/strict";
import { line, nextLevel, playable, whyNone } from "./levels.js";
import { tight, when } from "./format.js";

const level = (over) => ({
  key: "a",
  title: "厨房",
  questions: 10,
  notes: ["答对 6 题过关"],
  state: "open",
  locked_reason: "",
  stars: 0,
  tries_left: 3,
  tries_per_day: 3,
  tries_text: "今天还能答3次",
  revive: "",
  under_way: false,
  foreign: false,
  ...over,
});

test("the next level is one under way, else one not passed, else one that can be done better", () => {
  const passed = level({ key: "p", state: "passed", stars: 2 });
  const open = level({ key: "o" });
  assert.equal(nextLevel([passed, open, level({ key: "u", under_way: true })]).key, "u");
  assert.equal(nextLevel([passed, open]).key, "o");
  assert.equal(nextLevel([passed]).key, "p");
  assert.equal(nextLevel([level({ state: "passed", stars: 3 })]), undefined);
  assert.equal(nextLevel([level({ tries_left: 0 }), level({ locked_reason: "6月20日开放" })]), undefined);
});

test("a level that was passed and is over by now is not played again", () => {
  assert.equal(playable(level({ state: "passed", locked_reason: "这一关已经结束" })), false);
});

test("why there is nothing to play is told, and what would help", () => {
  const used = level({ tries_left: 0, tries_text: "今天的次数用完了，明天再来" });
  assert.equal(whyNone([used]), "今天的次数用完了，明天再来。");
  assert.equal(whyNone([{ ...used, revive: "share" }]), "今天的次数用完了，明天再来。分享可以再得一次机会。");
  assert.equal(whyNone([level({ state: "locked", locked_reason: "6月20日 09:00 开放" })]), "“厨房”6月20日09:00开放。");
  assert.equal(
    whyNone([
      level({ state: "passed", stars: 3 }),
      level({ state: "locked", locked_reason: "只由“学生”组答", foreign: true }),
    ]),
    "全部关卡已经通过，谢谢您。",
  );
});

test("no number is told where tries have no bound", () => {
  const free = { tries_left: 9999, tries_per_day: 0, tries_text: "" };
  assert.equal(line(level(free), true), "10题，答对6题过关");
  assert.equal(line(level({ ...free, state: "passed" }), true), "");
  assert.equal(line(level({ tries_left: 2, tries_text: "今天还能答2次" }), true), "10题，答对6题过关，今天还能答2次");
});

test("blanks around numbers go, blanks between words stay", () => {
  assert.equal(tight("得 10 积分、1 次抽奖机会 at 9 pm"), "得10积分、1次抽奖机会 at 9 pm");
});

test("a warm-up is told as one, with its year where that is another", () => {
  const contest = { phase: "training", opens_at: Date.UTC(2026, 5, 3), closes_at: Date.UTC(2026, 5, 10) };
  assert.equal(when(contest, Date.UTC(2026, 5, 1)), "热身中，不计成绩，6月3日正式开始");
  assert.equal(when(contest, Date.UTC(2025, 11, 1)), "热身中，不计成绩，2026年6月3日正式开始");
});

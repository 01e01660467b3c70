import test from "node:test";
import assert from "node:assert/strict";
import { newApi } from "./api.js";
import { newClock } from "./clock.js";
import * as format from "./format.js";

test("the clock believes the shortest call and notices a phone that was set", () => {
  let local = 1000;
  const clock = newClock(() => local);
  clock.note(50_000, 900, 1100); // offset 49,000 ± 100
  clock.note(51_000, 900, 1900); // half a second wrong at most: 49,600 is within what both allow
  assert.equal(clock.now(), 50_000);
  clock.note(50_010, 990, 1010); // better
  assert.equal(clock.now(), 50_010);
  local = 3_600_000;
  clock.note(51_000, 3_600_000, 3_600_200);
  assert.equal(Math.round(clock.now()), 50_900);
});

test("the clock forgets calls of long ago, since the phone's own drifts", () => {
  const clock = newClock(() => 0);
  clock.note(50_000, -1, 1);
  for (let n = 0; n < 8; n++) clock.note(50_200, -200, 200);
  assert.equal(clock.now(), 50_200);
});

test("a frame that comes by itself says how late it is at least", () => {
  const clock = newClock(() => 0);
  clock.hear(50_000, 0);
  assert.equal(clock.now(), 50_000);
  clock.note(50_100, -400, 400);
  clock.hear(49_000, 0); // it was on its way for a second
  assert.equal(clock.now(), 50_100);
  clock.hear(50_300, 0);
  assert.equal(clock.now(), 50_300, "no frame comes before it was sent");
});

test("dates and spans are China's and read as spoken", () => {
  const noon = Date.UTC(2026, 5, 16, 4, 5, 9);
  assert.equal(format.day(noon), "2026-06-16");
  assert.equal(format.day(Date.UTC(2026, 5, 15, 16)), "2026-06-16");
  assert.equal(format.date(noon, noon), "6月16日");
  assert.equal(format.date(Date.UTC(2026, 11, 31, 16), noon), "2027年1月1日", "the year where it is not this one");
  assert.equal(format.dateTime(noon, Date.UTC(2026, 11, 31, 16)), "2026年6月16日 12:05");
  assert.equal(format.fullDate(noon), "2026年6月16日");
  assert.equal(format.time(noon), "12:05:09");
  const contest = { phase: "open", opens_at: noon, closes_at: Date.UTC(2026, 5, 30, 16) };
  assert.equal(format.days(contest, noon), "6月16日至6月30日");
  const later = { opens_at: Date.UTC(2027, 9, 31, 16), closes_at: Date.UTC(2027, 10, 29, 16) };
  assert.equal(format.days(later, noon), "2027年11月1日至11月29日");
  assert.equal(format.days({ ...later, closes_at: Date.UTC(2028, 0, 31, 16) }, noon), "2027年11月1日至2028年1月31日");
  assert.equal(format.when(contest, noon), "进行中，6月30日截止");
  assert.equal(format.when(contest, Date.UTC(2026, 5, 30, 2)), "进行中，今天截止");
  assert.equal(format.when({ ...contest, closes_at: Date.UTC(2029, 11, 31, 16) }, noon), "进行中，2029年12月31日截止");
  assert.equal(format.span(125_400), "2分5秒");
  assert.equal(format.above({ name: "青禾社区", path: "青禾镇 / 青禾社区" }), "青禾镇");
  assert.equal(format.above({ name: "青禾镇", path: "青禾镇" }), "");
  assert.equal(format.number(1234567), "1,234,567");
  assert.equal(format.number(12345.5), "12,345.5");
  assert.equal(format.number(0.1 + 0.2), "0.3");
});

test("a rate is told in per cent, an average with one decimal, whatever else in whole numbers", () => {
  assert.equal(format.scored(10000, "%"), "100");
  assert.equal(format.scored(9876, "%"), "98.76");
  assert.equal(format.scored(12345, "分"), "12,345");
  assert.equal(format.scored(12.5, "分/人"), "12.5");
  assert.equal(format.scored(1200, "次/人"), "1,200.0");
  assert.equal(format.scored(3, "小红花/人"), "3.0");
  assert.equal(format.scored(59.5, "秒"), "59.5");
  assert.equal(format.scored(123, "秒"), "2分3.0");
});

test("a call that brings no answer is offline, a problem keeps the server's words", async () => {
  const clock = newClock();
  const answer = (status, text) =>
    newApi(
      clock,
      async () =>
        /** @type {any} */ ({
          ok: status < 300,
          status,
          headers: { get: () => "3" },
          text: async () => text,
        }),
    );
  await assert.rejects(answer(200, "<html>portal")("GET", "/x"), (p) => p.code === "offline");
  await assert.rejects(
    answer(429, '{"code":"rate_limited","detail":"慢"}')("GET", "/x"),
    (p) => p.code === "rate_limited" && p.retryMs === 3000 && p.detail === "慢",
  );
  await assert.rejects(answer(502, "bad gateway")("GET", "/x"), (p) => p.status === 502);
  assert.deepEqual(await answer(200, '{"server_time":1}')("GET", "/x"), { server_time: 1 });
});

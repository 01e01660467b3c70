import test from "node:test";
import assert from "node:assert/strict";
import { newClock } from "./clock.js";
import { backoff } from "./outbox.js";
import { complete, correct, lacking, mixed, pair, prompt, toggle } from "./grade.js";
import { newStore } from "./store.js";
import { newApi } from "./api.js";
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

test("tries come further and further apart, and never before the server asked", () => {
  const waits = [0, 1, 2, 3, 4, 9].map((n) => backoff(n, 0, () => 0.5));
  assert.deepEqual(waits, [1000, 2000, 4000, 8000, 15000, 15000]);
  assert.equal(backoff(0, 30_000, () => 0), 30_000);
});

test("practice is judged as the server would", () => {
  assert.equal(correct({ kind: "multiple", right: { options: ["a", "b"] } }, { options: ["b", "a"], blanks: [] }), true);
  assert.equal(correct({ kind: "multiple", right: { options: ["a", "b"] } }, { options: ["a"], blanks: [] }), false);
  assert.equal(correct({ kind: "fill", right: { blanks: ["119"] } }, { options: [], blanks: [" １１９ "] }), true);
});

test("a fill-in is complete when every blank has something", () => {
  assert.equal(complete({ kind: "fill", blanks: 2 }, { options: [], blanks: ["1", " "] }), false);
  assert.equal(complete({ kind: "fill", blanks: 2 }, { options: [], blanks: ["1", "2"] }), true);
});

test("a second tap takes an option back only where several may be right", () => {
  const chosen = { options: ["a"], blanks: [] };
  assert.deepEqual(toggle({ kind: "multiple" }, chosen, "a").options, []);
  assert.deepEqual(toggle({ kind: "single" }, chosen, "a").options, ["a"]);
});

test("dates and spans are China's and read as spoken", () => {
  const noon = Date.UTC(2026, 5, 16, 4, 5, 9);
  assert.equal(format.day(noon), "2026-06-16");
  assert.equal(format.day(Date.UTC(2026, 5, 15, 16)), "2026-06-16");
  assert.equal(format.date(noon), "6月16日");
  assert.equal(format.time(noon), "12:05:09");
  const contest = { phase: "open", opens_at: noon, closes_at: Date.UTC(2026, 5, 30, 16) };
  assert.equal(format.days(contest), "6月16日至6月30日");
  assert.equal(format.when(contest, noon), "进行中，6月30日截止");
  assert.equal(format.when(contest, Date.UTC(2026, 5, 30, 2)), "进行中，今天截止");
  assert.equal(format.when({ ...contest, closes_at: Date.UTC(2029, 11, 31, 16) }, noon), "进行中，2029年12月31日截止");
  assert.equal(format.span(125_400), "2分5秒");
  assert.equal(format.above({ name: "青禾社区", path: "青禾镇 / 青禾社区" }), "青禾镇");
  assert.equal(format.above({ name: "青禾镇", path: "青禾镇" }), "");
  assert.equal(format.number(1234567), "1,234,567");
});

test("a call that brings no answer is offline, a problem keeps the server's words", async () => {
  const clock = newClock();
  const answer = (status, text) => newApi(clock, async () => /** @type {any} */ ({
    ok: status < 300, status, headers: { get: () => "3" }, text: async () => text,
  }));
  await assert.rejects(answer(200, "<html>portal")("GET", "/x"), (p) => p.code === "offline");
  await assert.rejects(answer(429, '{"code":"rate_limited","detail":"慢"}')("GET", "/x"), (p) => p.code === "rate_limited" && p.retryMs === 3000 && p.detail === "慢");
  await assert.rejects(answer(502, "bad gateway")("GET", "/x"), (p) => p.status === 502);
  assert.deepEqual(await answer(200, '{"server_time":1}')("GET", "/x"), { server_time: 1 });
});

test("an order is taken tap by tap, and the later ones move up when one is taken back", () => {
  const steps = { kind: "ordering", blanks: 0, options: ["a", "b", "c"] };
  let choice = { options: [], blanks: [] };
  for (const id of ["b", "c", "a"]) choice = toggle(steps, choice, id);
  assert.deepEqual(choice.options, ["b", "c", "a"]);
  assert.equal(complete(steps, choice), true);
  choice = toggle(steps, choice, "b");
  assert.deepEqual(choice.options, ["c", "a"]);
  assert.equal(complete(steps, choice), false);
  assert.equal(prompt(steps, choice), "还差1个");
});

test("each thing gets its match in any order of tapping, and one match may serve twice", () => {
  const phones = { kind: "matching", blanks: 0, options: ["fire", "police"] };
  let choice = pair(phones, { options: [], blanks: [] }, 1, "110");
  assert.deepEqual(choice.options, ["", "110"]);
  assert.equal(lacking(phones, choice), 1);
  choice = pair(phones, choice, 0, "110");
  assert.deepEqual(choice.options, ["110", "110"]);
  assert.equal(complete(phones, choice), true);
});

test("practice of orders and pairs minds the order", () => {
  for (const kind of ["ordering", "matching"]) {
    assert.equal(correct({ kind, right: { options: ["b", "a"], blanks: [] } }, { options: ["b", "a"], blanks: [] }), true);
    assert.equal(correct({ kind, right: { options: ["b", "a"], blanks: [] } }, { options: ["a", "b"], blanks: [] }), false);
  }
});

test("mixing loses nothing and leaves the list as it was", () => {
  const list = [1, 2, 3, 4];
  assert.deepEqual(mixed(list, () => 0), [2, 3, 4, 1]);
  assert.deepEqual(mixed(list).sort(), list);
  assert.deepEqual(list, [1, 2, 3, 4]);
});

test("forgetting a contest leaves other contests and the size of type", () => {
  const disk = new Map([["aqd.steps.one", "1"], ["aqd.steps.two", "2"], ["aqd.steps2.one", "3"], ["aqd.elder", "true"]]);
  const storage = { get length() { return disk.size; }, key: (i) => [...disk.keys()][i], getItem: (k) => disk.get(k), setItem: (k, v) => disk.set(k, v), removeItem: (k) => disk.delete(k) };
  const store = newStore(/** @type {any} */ (storage));
  store.forget("aqd.steps.");
  assert.deepEqual([...disk.keys()], ["aqd.steps2.one", "aqd.elder"]);
  const memory = newStore(null);
  memory.write("aqd.steps.one", 1);
  memory.forget("aqd.steps.");
  assert.equal(memory.read("aqd.steps.one"), null);
});

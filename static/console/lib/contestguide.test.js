import assert from "node:assert/strict";
import test from "node:test";
import { steps, unfilled } from "./contestguide.js";
import { nearest } from "./contestplace.js";

const so = { form: {}, rehearsed: false, approval: false, asked: false, open: 0 };
/** @param {any} values @param {any} [checked] @param {object} [more] */
const left = (values, checked = { findings: [] }, more = {}) =>
  steps(values, checked, { ...so, ...more }).filter((s) => !s.done).map((s) => s.key);

const ready = {
  title: "安全答题",
  organizer: "县局",
  contact: "0310-1234567",
  window: { opens: "2026-06-01", closes: "2026-07-01" },
  bank: "safety",
  levels: [{ key: "one" }],
  earnings: [{ key: "e" }],
};

test("the guide tells from nothing what is to do, and in the end that it can be published", () => {
  assert.deepEqual(left({}), ["basics", "bank", "levels", "gains", "look", "rehearse", "publish"]);
  assert.deepEqual(left(ready, { findings: [] }, { form: { looked: true, rehearsed: true } }), ["publish"]);
  assert.deepEqual(left(ready, { findings: [] }, { form: { looked: true, rehearsed: true }, approval: true }),
    ["approve", "publish"]);
});

test("what a template holds in place of an office's own words counts as nothing", () => {
  assert.deepEqual(left({ ...ready, contact: "填写咨询电话" }), left({ ...ready, contact: "" }));
  assert.ok(unfilled("由主办单位填写咨询电话") && unfilled(undefined) && !unfilled("填海路派出所") && !unfilled(110));
});

test("a step with a finding is not done and leads to it", () => {
  const checked = { findings: [{ path: "levels[0].pass" }] };
  const level = steps(ready, /** @type {any} */ (checked), so).find((s) => s.key === "levels");
  assert.deepEqual(level && [level.done, level.path, level.todo], [false, "levels[0].pass", "1 处要改"]);
  assert.ok(left(ready, checked).indexOf("check") >= 0);
});

test("units that are asked for and not listed are still to do", () => {
  const asking = { ...ready, players: { unit: { ask: "required" } } };
  assert.ok(left(asking).indexOf("units") >= 0);
  assert.ok(left({ ...asking, units: [{ code: "u1", name: "县局" }] }).indexOf("units") < 0);
});

test("a path leads to its field, or to the row around it", () => {
  assert.deepEqual(nearest("levels[2].time.least"), ["levels[2].time.least", "levels[2].time", "levels[2]", "levels"]);
});

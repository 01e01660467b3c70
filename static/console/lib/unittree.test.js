import assert from "node:assert/strict";
import { test } from "node:test";
import { UnitTree, shownLines } from "./unittree.js";

const unit = (id, parent, name, headcount = 0, more = {}) => ({
  id,
  parent,
  code: "c" + id,
  name,
  aliases: [],
  typed: [],
  headcount,
  ...more,
});
const units = [
  unit("1", "", "青禾镇"),
  unit("2", "1", "柳湾村", 5),
  unit("3", "1", "东村", 7, { aliases: ["老东村"] }),
  unit("4", "", "河东街道"),
  unit("5", "4", "南里"),
];

test("a headcount is that of all below, where all are known", () => {
  const tree = new UnitTree(units);
  assert.deepEqual([tree.heads["1"], tree.heads["2"], tree.heads["4"]], [12, 5, -1]);
});

test("units are found by other names and codes, those that are called so first", () => {
  const tree = new UnitTree(units);
  assert.deepEqual(
    tree.find("东", 9).units.map((u) => u.name),
    ["东村", "河东街道"],
  );
  assert.deepEqual(
    tree.find("老东", 9).units.map((u) => u.name),
    ["东村"],
  );
  assert.deepEqual(
    tree.find("c5", 9).units.map((u) => tree.above(u)),
    ["河东街道"],
  );
  assert.equal(tree.find("村", 1).total, 2);
});

test("what is open is shown below its own unit, siblings in the order asked for", () => {
  const names = (open, before) =>
    shownLines(units, new Set(open), before)
      .map((u) => u.name)
      .join();
  assert.equal(names([], null), "青禾镇,河东街道");
  assert.equal(names(["1"], null), "青禾镇,柳湾村,东村,河东街道");
  assert.equal(
    names(["1", "4"], (a, b) => b.headcount - a.headcount),
    "青禾镇,东村,柳湾村,河东街道,南里",
  );
});

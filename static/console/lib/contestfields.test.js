import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import * as fields from "./contestfields.js";
import { drawCells, levelCells } from "./levelfields.js";
import { proofCells } from "./prooffields.js";

const schema = JSON.parse(
  readFileSync(new URL("../../../internal/contest/contest.schema.json", import.meta.url), "utf8"),
);

/** @param {any} node */
const resolved = (node) =>
  node && node.$ref ? { ...node.$ref.split("/").slice(1).reduce((n, key) => n[key], schema), ...node } : node;

/**
 * What the schema has at a path below a node.
 * @param {any} node @param {string} path
 */
function below(node, path) {
  for (const key of path.split(".")) node = resolved((resolved(node).properties || {})[key]);
  return node;
}

const defs = schema.$defs;
/** @type {[any, import("../parts/contestcells.js").Cell[]][]} */
const parts = [
  [schema, fields.basics],
  [schema, fields.unitCells],
  [schema, proofCells],
  [schema, fields.otherCells],
  [defs.field, fields.fieldCells],
  [defs.prize, fields.prizeCells],
  [defs.level, levelCells],
  [defs.draw, drawCells],
];

test("the form of a contest asks for nothing that a definition does not know", () => {
  for (const [node, cells] of parts) {
    for (const cell of cells) assert.ok(below(node, cell.path), cell.path);
  }
});

test("a choice that the form offers is one of the definition's, and stands there where nothing is written", () => {
  for (const [node, cells] of parts) {
    for (const cell of cells) {
      const known = below(node, cell.path);
      const words = known.enum || (known.items && known.items.enum);
      if (!Array.isArray(cell.options) || !words) continue;
      for (const [value] of cell.options) assert.ok(words.indexOf(value) >= 0, cell.path + ": " + value);
      if (cell.kind === "select") assert.equal(cell.without, known.default, cell.path);
    }
  }
});

test("how fast may be answered can be set for a level, as a length of time", () => {
  const cell = levelCells.filter((c) => c.path === "time.least")[0];
  assert.equal(cell.kind, "span");
  assert.match("3s", new RegExp(below(defs.level, "time.least").pattern));
  assert.match(cell.hint || "", /0s：多快都算/);
});

test("how many questions guests are asked from is set only where persons are proven", () => {
  const cell = proofCells.filter((c) => c.path === "players.guests.questions")[0];
  const shows = /** @type {(values: any) => boolean} */ (cell.when);
  assert.equal(cell.kind, "number");
  assert.deepEqual(
    [{}, { players: {} }, { players: { proof: [] } }, { players: { proof: ["phone"] } }].map((d) => shows(d)),
    [false, false, false, true],
  );
});

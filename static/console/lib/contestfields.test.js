import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import * as fields from "./contestfields.js";
import { drawCells, levelCells } from "./levelfields.js";
import { parts as form } from "./contestparts.js";
import { prizeCells } from "./prizefields.js";
import { proofCells } from "./prooffields.js";
import { withLines } from "./unitlines.js";

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
  [defs.prize, prizeCells],
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

/** What the form does not ask, and why. A property that is in neither is missing. */
const unasked = {
  contest: "made of the title by the server",
  "units[].code": "made by the form (freshCode, withLines)",
  "*.key": "made by the form (freshKey)",
  accept: "written by who answers for a concern, by 我已知悉并负责",
  "live[].draw[].score": "a live room scores every question alike; the definition is refused with it",
  "live[].draw[].minus": "the same",
  "live[].draw[].partial.score": "the same",
  "live[].draw[].partial.each": "the same",
  "live[].draw[].partial.share": "the same",
};

/** @typedef {{ path: string, part: string }} Property  part: by the definition that it stands in */

/** Every property below a node, as levels[].time.question; a group that holds itself is walked once.
 * @param {any} node @param {string} at @param {string} part @param {any[]} above @returns {Property[]} */
function properties(node, at, part, above) {
  const here = resolved(node);
  const name = node.$ref ? node.$ref.split("/").pop() : part;
  const within = (/** @type {any} */ n, /** @type {string} */ path, /** @type {string} */ own) =>
    above.indexOf(n.$ref || n) >= 0 ? [] : properties(n, path, own, [...above, n.$ref || n]);
  const variants = [...(here.anyOf || []), ...(here.oneOf || [])].flatMap((v) => within(v, at, name));
  const items = here.items ? within(here.items, at + "[]", name) : [];
  const own = Object.keys(here.properties || {}).flatMap((key) => {
    const [path, of] = [at, name].map((above) => (above ? above + "." + key : key));
    const below = within(here.properties[key], path, of);
    return below.length ? below : [{ path, part: of }];
  });
  return [...variants, ...items, ...own];
}

/** Every field of the form's own table, in the same way; of groups that hold themselves, the first.
 * @param {import("./contestparts.js").Group[]} groups @param {string} at @param {any[]} above @returns {string[]} */
function asked(groups, at, above) {
  return groups.flatMap((g) => {
    if (above.indexOf(g.cells) >= 0 && g.list === "children") return [at + "." + g.list];
    const row = (at ? at + "." : "") + (g.list ? g.list + "[]" : "");
    const base = g.list ? row : at;
    const names = g.cells.map((c) => (base ? base + "." : "") + c.path);
    return [...names, ...asked(g.groups || [], base, [...above, g.cells])];
  });
}

test("everything that a definition can say has its field in the form", () => {
  const fieldsOfForm = asked(form.flatMap((p) => p.groups), "", []);
  const covered = (/** @type {string} */ path) =>
    fieldsOfForm.some((f) => f === path || path === f + "[]" || f.startsWith(path + "[].")) ||
    Object.keys(unasked).some((u) =>
      u[0] === "*" ? path.endsWith(u.slice(1)) : path === u || path.startsWith(u + "["));
  const all = [...new Set(properties(schema, "", "", []).map((p) => p.path))];
  assert.ok(all.length > 150, "the walk finds " + all.length);
  assert.deepEqual(all.filter((path) => !covered(path)), []);
  const known = (/** @type {string} */ f) => all.some((p) => p === f || p === f + "[]" || p.startsWith(f + "."));
  assert.deepEqual(fieldsOfForm.filter((f) => !known(f)), []);
});

test("the table of parts says which the form asks for, and why not the others", () => {
  const fieldsOfForm = asked(form.flatMap((p) => p.groups), "", []);
  const parts = properties(schema, "", "", []);
  const table = readFileSync(new URL("../../../internal/contest/testdata/parts.md", import.meta.url), "utf8");
  const rows = table.split("\n").filter((line) => line.startsWith("| ")).slice(1);
  assert.ok(rows.length > 150, "the table has " + rows.length);
  for (const row of rows) {
    const [part, cell] = row.split("|").slice(1).map((text) => text.trim());
    const paths = parts.filter((p) => p.part === part).map((p) => p.path);
    assert.ok(paths.length, part + " is nowhere in the schema");
    assert.equal(paths.some((p) => fieldsOfForm.some((f) => f === p || p === f + "[]")), cell === "yes", row);
  }
});

test("units are read from pasted lines, below each other by blanks or by a stroke", () => {
  assert.deepEqual(withLines([{ code: "u1", name: "县应急管理局" }], "城关镇\n  东街社区\n  西街社区\n县应急管理局 / 执法队\n城关镇\n"), [
    { code: "u1", name: "县应急管理局", children: [{ code: "u5", name: "执法队" }] },
    { code: "u2", name: "城关镇", children: [{ code: "u3", name: "东街社区" }, { code: "u4", name: "西街社区" }] },
  ]);
});

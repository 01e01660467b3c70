import test from "node:test";
import assert from "node:assert/strict";
import { complete, correct, lacking, mixed, pair, prompt, toggle } from "./grade.js";

test("practice is judged as the server would", () => {
  assert.equal(
    correct({ kind: "multiple", right: { options: ["a", "b"] } }, { options: ["b", "a"], blanks: [] }),
    true,
  );
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
    assert.equal(
      correct({ kind, right: { options: ["b", "a"], blanks: [] } }, { options: ["b", "a"], blanks: [] }),
      true,
    );
    assert.equal(
      correct({ kind, right: { options: ["b", "a"], blanks: [] } }, { options: ["a", "b"], blanks: [] }),
      false,
    );
  }
});

test("mixing loses nothing and leaves the list as it was", () => {
  const list = [1, 2, 3, 4];
  assert.deepEqual(
    mixed(list, () => 0),
    [2, 3, 4, 1],
  );
  assert.deepEqual(mixed(list).sort(), list);
  assert.deepEqual(list, [1, 2, 3, 4]);
});

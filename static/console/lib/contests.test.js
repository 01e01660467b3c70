import test from "node:test";
import assert from "node:assert/strict";
import { chosenOf, inPlace, linkIn, nextSlug, placeOf, slugForm, stateOf } from "./contests.js";
import { parseRoute } from "./route.js";

test("the last contest is chosen as long as there is one, else the first", () => {
  const choice = (slug, phase, rehearsal = false) =>
    /** @type {any} */ ({ slug, title: slug, organizer: "", phase, opens_at: 1, closes_at: 2, rehearsal });
  const choices = [choice("june", "open"), choice("june-rehearsal", "open", true), choice("next", "upcoming")];
  assert.deepEqual(choices.map(stateOf), ["进行中", "演练", "未开始"]);
  assert.equal(chosenOf(choices, "next"), "next");
  assert.equal(chosenOf(choices, "gone"), "june");
  assert.equal(chosenOf([], "gone"), "");
});

test("an address names its contest, and those printed before still lead to theirs", () => {
  const ofContest = (key) => ["", "booth", "pledge", "units"].indexOf(key) >= 0;
  for (const [hash, contest, key, rest] of [
    ["#/c/june/booth/AB-12", "june", "booth", ["AB-12"]],
    ["#/c/june", "june", "", []],
    ["#/booth/june/AB-12", "june", "booth", ["AB-12"]],
    ["#/booth/current/AB-12", "", "booth", ["AB-12"]],
    ["#/units/june/stats", "june", "units", ["stats"]],
    ["#/pledge?contest=june", "june", "pledge", []],
    ["#/banks/safety", "", "banks", ["safety"]],
    ["", "", "", []],
  ]) {
    const place = placeOf(parseRoute(/** @type {string} */ (hash)), ofContest);
    assert.deepEqual([place.contest, place.key, place.rest], [contest, key, rest], String(hash));
  }
  assert.equal(linkIn("june", ["booth", "AB-12"]), "#/c/june/booth/AB-12");
  assert.equal(linkIn("june", []), "#/c/june");
});

test("lines of a list that is open stay where they are while it is read anew", () => {
  const was = [{ slug: "a", n: 1 }, { slug: "b", n: 1 }, { slug: "c", n: 1 }];
  const now = [{ slug: "new", n: 2 }, { slug: "c", n: 2 }, { slug: "a", n: 2 }];
  const slugs = (/** @type {{slug: string}[]} */ list) => list.map((c) => c.slug).join(" ");
  assert.equal(slugs(inPlace(was, now)), "a b c new");
  assert.deepEqual(inPlace(was, now)[0], { slug: "a", n: 2 });
  assert.equal(slugs(inPlace(inPlace(was, now), now)), "a b c new");
});

test("a name that is taken is followed by one that an address can hold", () => {
  for (const [taken, next] of [
    ["june", "june-2"],
    ["june-2", "june-3"],
    ["june-2026", "june-2026-2"],
    ["a".repeat(32), "a".repeat(30) + "-2"],
    ["a".repeat(28) + "-b-9", "a".repeat(28) + "-10"],
  ]) {
    assert.equal(nextSlug(taken), next);
    assert.match(next, slugForm);
  }
});

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { sha256, solve } from "./puzzle.js";

/** @param {Int32Array} words */
const hex = (words) => Array.from(words, (n) => (n >>> 0).toString(16).padStart(8, "0")).join("");

test("SHA-256 is that of the standard, whatever the length", () => {
  for (let n = 0; n < 200; n++) {
    const text = "abc-_09XYZ".repeat(20).slice(0, n);
    assert.equal(hex(sha256(text)), createHash("sha256").update(text).digest("hex"));
  }
});

test("an answer is what the server takes, and the page rests between slices", async () => {
  const work = { challenge: "AAABn0-_".repeat(6) + "abc", bits: 9, answers: 4 };
  let rested = 0;
  const answer = await solve(work, async () => void rested++, 0);
  const seed = createHash("sha256").update(work.challenge).digest();
  answer.split(".").forEach((text, i) => {
    const block = Buffer.alloc(40);
    seed.copy(block);
    block.writeUInt32BE(i, 32);
    block.writeUInt32BE(Number(text), 36);
    const hash = createHash("sha256").update(block).digest();
    assert.equal(hash.readUInt32BE(0) >>> (32 - work.bits), 0);
  });
  assert.equal(answer.split(".").length, 4);
  assert.ok(rested >= 4);
});

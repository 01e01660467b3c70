import test from "node:test";
import assert from "node:assert/strict";
import { crc32, withResolution } from "./png.js";

/** One white dot, as an encoder writes it. */
const dot = Uint8Array.from(
  atob("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg=="),
  (c) => c.charCodeAt(0),
);

test("the checksum is the one of PNG", () => {
  assert.equal(crc32(new TextEncoder().encode("IEND")), 0xae426082);
});

test("a picture says that it has 300 dots an inch", () => {
  const made = withResolution(dot, 300);
  assert.equal(made.length, dot.length + 21);
  const view = new DataView(made.buffer);
  const name = (at) => String.fromCharCode(...made.subarray(at, at + 4));
  assert.equal(name(12), "IHDR");
  assert.equal(name(37), "pHYs");
  assert.equal(view.getUint32(41), 11811); // dots a metre
  assert.equal(view.getUint32(45), 11811);
  assert.equal(made[49], 1);
  assert.equal(view.getUint32(50), crc32(made.subarray(37, 50)));
  assert.equal(name(58), "IDAT");
});

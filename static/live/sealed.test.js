import test from "node:test";
import assert from "node:assert/strict";
import { unseal } from "./sealed.js";

/** Sealed as the server seals. @param {object} question */
async function seal(question) {
  const key = crypto.getRandomValues(new Uint8Array(32));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const secret = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["encrypt"]);
  const text8 = new TextEncoder().encode(JSON.stringify(question));
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, secret, text8);
  const text = (/** @type {Uint8Array} */ b) => Buffer.from(b).toString("base64");
  return { key: text(key), sealed: { round: 1, iv: text(iv), data: text(new Uint8Array(data)) } };
}

test("the key of the seal opens it, no other does", async () => {
  const question = { round: 1, stem: "灭火器要对准火焰的哪里？" };
  const { key, sealed } = await seal(question);
  assert.deepEqual(await unseal(sealed, key), question);
  const other = await seal(question);
  await assert.rejects(unseal(sealed, other.key));
  await assert.rejects(unseal({ ...sealed, data: "" }, key));
});

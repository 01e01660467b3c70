import assert from "node:assert/strict";
import { test } from "node:test";
import { newApi } from "./api.js";

const clock = /** @type {any} */ ({ local: () => 0, note() {} });

/** A server that answers with these, one after the other. @param {any[]} replies */
function server(replies) {
  const sent = /** @type {any[]} */ ([]);
  const get = async (/** @type {any} */ url, /** @type {any} */ init) => {
    sent.push(init.headers);
    const { status, body, wait } = replies[Math.min(sent.length, replies.length) - 1];
    return new Response(JSON.stringify(body), { status, headers: wait ? { "Retry-After": String(wait) } : {} });
  };
  return { sent, get };
}
const work = { challenge: "abc", bits: 4, answers: 2 };
const needed = { status: 429, body: { code: "work_needed", work } };
const full = { status: 429, wait: 7, body: { code: "too_many", detail: "现在人太多，请 7 秒后再试" } };
const done = { status: 200, body: { me: {} } };

test("a call that needs work is sent again with it, and nobody has to press anything", async () => {
  const { sent, get } = server([needed, done]);
  const heeded = /** @type {any[]} */ ([]);
  const call = newApi(clock, get, async () => async (problem) => {
    heeded.push(problem);
    return { "Aq-Work": "abc 1.2" };
  });
  assert.deepEqual(await call("POST", "/x", {}), { me: {} });
  assert.deepEqual(heeded[0].work, work);
  assert.deepEqual(sent[1], { "Content-Type": "application/json", "Aq-Work": "abc 1.2" });
});

test("a call that has to wait is sent again without the work that was used", async () => {
  const { sent, get } = server([needed, full, done]);
  const waits = /** @type {number[]} */ ([]);
  const call = newApi(clock, get, async () => async (problem) => {
    if (problem.code === "work_needed") return { "Aq-Work": "abc 1.2" };
    waits.push(problem.retryMs);
    return /** @type {Record<string, string>} */ ({});
  });
  await call("POST", "/x", {});
  assert.deepEqual(waits, [7000]);
  assert.deepEqual(sent[2], { "Content-Type": "application/json" });
});

test("a server that never has enough is given up, and the wait is told", async () => {
  const { sent, get } = server([full]);
  const call = newApi(clock, get, async () => async () => ({}));
  await assert.rejects(call("GET", "/x"), (bad) => /** @type {any} */ (bad).detail === full.body.detail);
  assert.equal(sent.length, 5);
});

test("without what does the work the problem is told as it is", async () => {
  const { get } = server([needed]);
  const call = newApi(clock, get, () => Promise.reject(new Error("offline")));
  await assert.rejects(call("GET", "/x"), (bad) => /** @type {any} */ (bad).code === "work_needed");
});

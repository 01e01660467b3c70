import test from "node:test";
import assert from "node:assert/strict";
import { keep, kept } from "./away.js";
import { newStore } from "../../lib/store.js";

const day = 24 * 3600 * 1000;
const cut = { code: "offline", status: 0 };

/** A phone whose clock is an hour behind the server's. */
function phone() {
  const disk = new Map();
  const storage = {
    get length() {
      return disk.size;
    },
    key: (i) => [...disk.keys()][i],
    getItem: (k) => disk.get(k),
    setItem: (k, v) => disk.set(k, v),
    removeItem: (k) => disk.delete(k),
  };
  const at = { local: 1000 * day, offset: 3600e3 };
  const clock = {
    local: () => at.local,
    now: () => at.local + at.offset,
    hear: (server, got) => void (at.offset = server - got),
  };
  const done = { asked: [], registered: [], left: 0, dropped: [] };
  const registration = { unregister: async () => void done.left++ };
  const worker = {
    register: async (address) => void done.registered.push(address),
    ready: Promise.resolve({ active: { postMessage: (m) => void done.asked.push(m.keep) } }),
    getRegistrations: async () => [registration],
  };
  const page = { meta: { content: "/worker.js" } };
  const set = (name, value) => Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  set("navigator", { serviceWorker: worker });
  set("document", { querySelector: () => page.meta });
  set("location", { pathname: "/c/rep" });
  set("caches", { keys: async () => ["anquanda 1", "other"], delete: async (name) => void done.dropped.push(name) });
  return { disk, at, done, page, given: /** @type {any} */ ({ store: newStore(/** @type {any} */ (storage)), clock }) };
}

const home = (of = {}) =>
  /** @type {any} */ ({
    contest: { slug: "rep", closes_at: 1010 * day },
    me: { nickname: "李〇" },
    proof: { proven: [{ kind: "phone", hint: "138****8001" }] },
    ...of,
  });

test("a home is kept with the server's clock, and without what a person is proven by", async () => {
  const { given, at, done, disk } = phone();
  await keep(given, home(), false);
  assert.deepEqual([done.registered, done.asked], [["/worker.js"], ["/c/rep"]]);
  assert.doesNotMatch([...disk.values()].join(), /138/);
  at.offset = 0; // the page is loaded anew, and knows of no server
  for (const slug of ["rep", "current"]) assert.equal(kept(given, slug, cut).home.me.nickname, "李〇");
  assert.equal(at.offset, 3600e3);
  assert.equal(kept(given, "other", cut), null);
});

test("what a server says is believed before what is kept", async () => {
  const { given } = phone();
  await keep(given, home(), false);
  const seen = (code, status) => !!kept(given, "rep", /** @type {any} */ ({ code, status }));
  assert.ok(seen("internal", 502) && seen("unavailable", 503));
  assert.ok(!seen("contest_unknown", 404) && !seen("rate_limited", 429) && !seen("internal", 500));
});

test("a contest that is over by now, or was seen long ago, is not shown", async () => {
  for (const [lasts, shown, gone] of [
    [10, 9, 10],
    [1000, 13, 15],
  ]) {
    const { given, at, disk } = phone();
    await keep(given, home({ contest: { slug: "rep", closes_at: (1000 + lasts) * day } }), false);
    at.local = (1000 + shown) * day;
    assert.ok(kept(given, "rep", cut));
    at.local = (1000 + gone) * day;
    assert.equal(kept(given, "rep", cut), null);
    assert.ok(!disk.has("aqd.rep.kept.home"));
  }
});

test("nothing stays of who signed out, a device of many, a rehearsal, or where a release keeps nothing", async () => {
  for (const [now, sharing, meta] of [
    [home({ me: null }), false, true],
    [home(), true, true],
    [home({ contest: { slug: "trial", closes_at: 1010 * day, rehearsal: true } }), false, true],
    [home(), false, false],
  ]) {
    const { given, done, page, disk } = phone();
    await keep(given, home(), false);
    given.store.write("aqd.elder", true);
    if (!meta) page.meta = null;
    await keep(given, now, sharing);
    assert.deepEqual([...disk.keys()], ["aqd.elder"]);
    assert.deepEqual([done.left, done.dropped], [1, ["anquanda 1"]]);
  }
});

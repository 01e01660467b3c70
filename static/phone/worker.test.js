import test from "node:test";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";

const source = readFileSync(new URL("./worker.js", import.meta.url), "utf8");
const site = "https://quiz.example.org";

const answer = (/** @type {object} */ of = {}) => ({
  status: 200,
  body: "page",
  headers: new Map([
    ["Content-Type", "text/html; charset=utf-8"],
    ["Anquanda-Worker", "1"],
  ]),
  clone() {
    return { ...this };
  },
  ...of,
});

/** A phone's store of caches, which workers of several releases share. */
function shelf() {
  const all = new Map();
  const path = (asked) => new URL(asked.url || asked, site).pathname;
  const cache = (of) => ({
    match: async (asked) => of.get(path(asked)),
    put: async (asked, what) => void of.set(path(asked), what),
    addAll: async (list) => list.forEach((each) => of.set(each, { status: 200, body: each })),
    keys: async () => [...of.keys()].map((each) => ({ url: site + each })),
  });
  const open = async (name) => {
    if (!all.has(name)) all.set(name, new Map());
    return cache(all.get(name));
  };
  return {
    all,
    caches: {
      open,
      keys: async () => [...all.keys()],
      has: async (name) => all.has(name),
      delete: async (name) => all.delete(name),
      match: async (asked) => [...all.values()].map((of) => of.get(path(asked))).find(Boolean),
    },
  };
}

/** A worker of a release on a shelf; net answers what it asks for. */
function worker(on, release, net) {
  const heard = {};
  const done = { gone: false, claimed: false };
  const self = {
    kept: { release, files: ["/assets/phone-1.js"] },
    location: { origin: site },
    addEventListener: (name, f) => void (heard[name] = f),
    skipWaiting: async () => {},
    registration: { unregister: async () => void (done.gone = true) },
    clients: { claim: async () => void (done.claimed = true) },
  };
  runInNewContext(source, { self, caches: on.caches, fetch: async (asked) => net(asked.url || site + asked), URL });
  const fire = async (name, event) => {
    const waits = [];
    let reply;
    heard[name]({ ...event, waitUntil: (p) => waits.push(p), respondWith: (p) => void (reply = p) });
    const got = reply && (await reply);
    await Promise.all(waits);
    return got;
  };
  return {
    done,
    fire,
    begin: async () => (await fire("install", {}), await fire("activate", {})),
    keep: (path) => fire("message", { data: { keep: path } }),
    open: (path, mode = "navigate", method = "GET") => fire("fetch", { request: { url: site + path, mode, method } }),
  };
}

const away = () => {
  throw new TypeError("no network");
};

test("only the phone page and its files go through the worker", async () => {
  const w = worker(shelf(), "1", () => answer());
  await w.begin();
  const through = async (...asked) => !!(await w.open(...asked));
  for (const path of ["/", "/c/rep", "/c/rep?ch=7"]) assert.ok(await through(path), path);
  assert.ok(await through("/assets/phone-screens-play-2.js", "no-cors"));
  for (const path of ["/console", "/screen", "/screen/rep", "/live/418263", "/look", "/privacy/rep", "/verify.html"])
    assert.equal(await through(path), false, path);
  const others = ["/api/v1/contests/rep", "/assets/console-1.js", "/assets/live-1.js", "/qr.svg", "/worker.js", "/"];
  for (const path of others)
    assert.equal(await through(path, "cors"), false, path);
  assert.equal(await through("/c/rep", "navigate", "POST"), false);
});

test("a page is kept where the page asks for it, and shown only without a network", async () => {
  const net = { now: () => answer({ body: "first" }) };
  const w = worker(shelf(), "1", (asked) => net.now(asked));
  await w.begin();
  await w.open("/c/rehearsed");
  await w.keep("/c/rep");
  await w.keep("/console");
  net.now = () => answer({ body: "changed" });
  assert.equal((await w.open("/c/rep?ch=7")).body, "changed");
  net.now = away;
  assert.equal((await w.open("/c/rep")).body, "changed");
  assert.equal((await w.open("/assets/phone-1.js", "no-cors")).body, "/assets/phone-1.js");
  await assert.rejects(w.open("/c/rehearsed"), /no network/);
  net.now = () => answer({ status: 502, body: "Bad Gateway" });
  assert.equal((await w.open("/c/rep")).body, "changed");
  net.now = () => answer({ status: 404, body: "gone" });
  assert.equal((await w.open("/c/rep")).body, "gone");
  net.now = away;
  assert.equal((await w.open("/c/rep")).body, "changed", "what is no page of a contest was kept");
});

test("what the page has dropped does not come back while it is open", async () => {
  const on = shelf();
  const w = worker(on, "1", () => answer());
  await w.begin();
  await w.keep("/c/rep");
  on.all.clear();
  await w.open("/c/rep");
  await w.open("/assets/phone-screens-play-2.js", "no-cors");
  assert.deepEqual([...on.all.keys()], []);
});

test("a newer release asks for the kept pages anew and drops what the older one had", async () => {
  const on = shelf();
  const older = worker(on, "1", () => answer({ body: "old" }));
  await older.begin();
  await older.keep("/c/rep");
  on.all.set("of somebody else", new Map());
  const newer = worker(on, "2", () => answer({ body: "new" }));
  await newer.begin();
  assert.deepEqual([...on.all.keys()].sort(), ["anquanda 2", "of somebody else"]);
  assert.equal(on.all.get("anquanda 2").get("/c/rep").body, "new");
  assert.ok(newer.done.claimed);
});

test("a release without a worker, or with one that goes, leaves nothing", async () => {
  for (const how of ["header", "script"]) {
    const on = shelf();
    let w = worker(on, "1", () => answer());
    await w.begin();
    await w.keep("/c/rep");
    if (how === "header") {
      w = worker(on, "1", () => answer({ headers: new Map([["Content-Type", "text/html"]]) }));
      assert.equal((await w.open("/c/rep")).body, "page");
    } else {
      w = worker(on, "", () => answer());
      await w.begin();
      await w.keep("/c/rep");
      assert.equal(await w.open("/c/rep"), undefined);
    }
    assert.ok(w.done.gone, how);
    assert.deepEqual([...on.all.keys()], [], how);
  }
});

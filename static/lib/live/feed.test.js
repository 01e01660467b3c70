import test from "node:test";
import assert from "node:assert/strict";
import { newFeed } from "./feed.js";

/** A phone, its timers and a server, without a clock of their own. */
function phone({ streams = true } = {}) {
  let now = 0;
  let timers = [];
  const sources = [];
  const asked = [];
  const heard = [];
  const links = [];
  let room = null;
  let up = true;
  let pollMs = 1000;
  const flush = () => new Promise((done) => setImmediate(done));
  const feed = newFeed({
    ways: {
      open: streams
        ? (address) => {
            const source = {
              address, closed: false, told: {},
              addEventListener: (type, to) => (source.told[type] = to),
              close: () => (source.closed = true),
            };
            sources.push(source);
            return source;
          }
        : null,
      now: () => now,
      serverNow: () => now,
      random: () => 0.5,
      after: (act, ms) => {
        const timer = { act, at: now + ms };
        timers.push(timer);
        return timer;
      },
      cancel: (timer) => (timers = timers.filter((t) => t !== timer)),
    },
    stream: () => "/stream",
    ask: async () => {
      asked.push(now);
      if (!up) throw { code: "offline", retryMs: 0 };
      return { room, me: null, poll_ms: pollMs };
    },
    room: () => room,
    heard: (type, data, seq) => heard.push([type, data, seq]),
    linked: (link) => links[links.length - 1] === link || links.push(link),
  });
  return {
    feed, sources, asked, heard, links,
    /** Lets time pass, timer by timer. */
    async pass(ms) {
      const end = now + ms;
      for (;;) {
        await flush();
        const next = timers.filter((t) => t.at <= end).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        timers = timers.filter((t) => t !== next);
        now = Math.max(now, next.at);
        next.act();
      }
      now = end;
      await flush();
    },
    /** Time passes, and timers run only afterwards. */
    async sleep(ms) {
      now += ms;
      await this.pass(0);
    },
    /** What the server sends by the newest stream. */
    tell(type, data = {}, seq = 1) {
      const source = sources[sources.length - 1];
      if (!source.closed) source.told[type]({ data: JSON.stringify(data), lastEventId: String(seq) });
    },
    now: () => now,
    set: (given) => {
      if ("room" in given) room = given.room;
      if ("up" in given) up = given.up;
      if ("pollMs" in given) pollMs = given.pollMs;
    },
  };
}

/** Two frames at once, as at every connect. */
function greet(p) {
  p.tell("room");
  p.tell("me");
}

test("a stream that works is never asked beside", async () => {
  const p = phone();
  p.feed.start();
  greet(p);
  for (let n = 0; n < 10; n++) {
    await p.pass(15_000);
    p.tell("beat");
  }
  assert.deepEqual(p.asked, []);
  assert.deepEqual(p.links, ["connecting", "live"]);
  assert.equal(p.sources.length, 1);
});

test("a stream that is held back is given up within five seconds, and after three for good", async () => {
  const p = phone();
  p.feed.start();
  p.tell("room"); // a filter lets one frame through and keeps the next
  await p.pass(4_900);
  assert.deepEqual(p.asked, []);
  await p.pass(200);
  assert.equal(p.asked.length, 1);
  assert.equal(p.links[p.links.length - 1], "polling");
  await p.pass(120_000);
  assert.equal(p.sources.length, 3);
  assert.ok(p.asked.length > 100, "asking goes on all the while");
  p.feed.back(true); // another network
  await p.pass(1_000);
  assert.equal(p.sources.length, 4);
  greet(p);
  const asked = p.asked.length;
  await p.pass(10_000);
  assert.equal(p.asked.length, asked);
  assert.equal(p.links[p.links.length - 1], "live");
});

test("a stream that falls silent is noticed, and one that lived long is tried again", async () => {
  const p = phone();
  p.feed.start();
  for (let n = 0; n < 5; n++) {
    greet(p);
    await p.pass(15_000);
    p.tell("beat");
    await p.pass(15_000);
    p.tell("beat"); // the phone goes from one network to another here
    await p.pass(35_000);
    assert.ok(p.asked.length > 0);
    await p.pass(10_000);
    assert.equal(p.sources.length, n + 2);
  }
});

test("a phone that slept does not hold that against its streams", async () => {
  const p = phone();
  p.feed.start();
  for (let n = 0; n < 5; n++) {
    greet(p);
    await p.pass(1_000);
    await p.sleep(600_000);
    await p.pass(10_000);
    assert.equal(p.sources.length, n + 2, "it tries again each time");
  }
});

test("a stream that breaks is opened again, ever more rarely, and asking carries the game meanwhile", async () => {
  const p = phone();
  p.feed.start();
  greet(p);
  const tries = [];
  for (let n = 0; n < 6; n++) {
    const before = p.sources.length;
    const from = p.now();
    p.sources[before - 1].onerror();
    while (p.sources.length === before) await p.pass(100);
    tries.push(p.now() - from);
  }
  assert.deepEqual(tries, [1000, 2000, 4000, 8000, 15000, 15000]);
  assert.ok(p.asked.length > 20);
});

test("quick changes of sight are one return", async () => {
  const p = phone();
  p.feed.start();
  greet(p);
  await p.pass(5_000);
  for (let n = 0; n < 5; n++) p.feed.back(false);
  await p.pass(2_000);
  assert.equal(p.sources.length, 2);
  assert.equal(p.asked.length, 1);
  assert.equal(p.sources[0].closed, true);
});

test("frames of a stream that was left are not heard", async () => {
  const p = phone();
  p.feed.start();
  const old = p.sources[0];
  greet(p);
  p.feed.back(false);
  await p.pass(1_000);
  const before = p.heard.length;
  old.told.room({ data: "{}", lastEventId: "1" });
  assert.equal(p.heard.length, before);
});

test("who only asks, asks just after the question opens and just after it closes", async () => {
  const p = phone({ streams: false });
  p.set({ pollMs: 4000, room: { phase: "open", opens_at: 5_000, closes_at: 20_000 } });
  p.feed.start();
  await p.pass(26_000);
  for (const turn of [5_000, 20_000])
    assert.ok(p.asked.some((at) => at > turn && at <= turn + 300), `${p.asked} has none just after ${turn}`);
  assert.ok(p.asked.length < 11);
});

test("a network that is away is asked ever more rarely, and said to be", async () => {
  const p = phone({ streams: false });
  p.feed.start();
  await p.pass(2_500);
  p.set({ up: false });
  await p.pass(60_000);
  assert.equal(p.links[p.links.length - 1], "lost");
  const asked = p.asked.length;
  await p.pass(60_000);
  assert.ok(p.asked.length - asked <= 6);
  p.set({ up: true });
  await p.pass(16_000);
  assert.equal(p.links[p.links.length - 1], "polling");
});

test("a question that comes while another is under way is asked after it", async () => {
  const p = phone({ streams: false });
  p.feed.start();
  p.feed.look();
  await p.pass(10);
  assert.equal(p.asked.length, 2);
});

test("nothing happens any more after the end", async () => {
  const p = phone();
  p.feed.start();
  greet(p);
  p.sources[0].onerror();
  p.feed.stop();
  await p.pass(60_000);
  assert.equal(p.asked.length, 0);
  assert.equal(p.sources.length, 1);
});

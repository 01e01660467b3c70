import test from "node:test";
import assert from "node:assert/strict";
import { codeIn, newJoin } from "./join.js";

const snapshot = { room: { room: "7", contest: "c", code: "418263" }, me: { number: 1 }, poll_ms: 1000 };

/** Somebody at the door; the server answers each call by the next of its replies: a body, or a problem. */
function visitor(replies) {
  const asked = [];
  const places = [];
  const pauses = [];
  const join = newJoin({
    call: async (method, path, body) => {
      asked.push(path + (body ? " " + JSON.stringify(body) : ""));
      const key = Object.keys(replies).find((k) => path.indexOf(k) >= 0);
      const reply = replies[key].length > 1 ? replies[key].shift() : replies[key][0];
      if (reply.code && !reply.room) throw { status: 0, detail: "", retryMs: 0, ...reply };
      return reply;
    },
    pause: async (ms) => void pauses.push(ms),
    random: () => 0.5,
    tell: (place) => places.push(place),
  });
  return { join, asked, places, pauses, at: () => places[places.length - 1] };
}

test("six digits are found in what people type", () => {
  for (const [typed, code] of [["418263", "418263"], ["418 263", "418263"], ["４１８ ２６３", "418263"],
    [" 418-263 ", "418263"], ["\u202d418\u200b263\u202c", "418263"], ["41826", ""], ["4182631", ""], ["abcdef", ""]])
    assert.equal(codeIn(typed), code, typed);
});

test("a code leads into its room", async () => {
  const v = visitor({ codes: [{ room: "7", contest: "c" }], join: [snapshot] });
  await v.join.byCode("418263");
  assert.deepEqual(v.asked, ["/live/codes/418263", '/live/rooms/7/join {"code":"418263"}']);
  assert.deepEqual(v.at(), { at: "in", room: "7", snapshot });
});

test("an unknown code asks for another, with the reason", async () => {
  const v = visitor({ codes: [{ code: "code_unknown", status: 404, detail: "没有这个房间。" }] });
  await v.join.byCode("000000");
  assert.deepEqual(v.at(), { at: "code", wrong: "没有这个房间。" });
});

test("who is in already goes straight back by the room's address", async () => {
  const v = visitor({ state: [snapshot] });
  await v.join.byRoom("7");
  assert.equal(v.at().at, "in");
  assert.equal(v.asked.length, 1);
});

test("who has no name yet is asked, and goes in with it", async () => {
  const contest = { slug: "c" };
  const v = visitor({
    state: [{ ...snapshot, me: null }],
    join: [{ code: "not_enrolled", status: 403 }, snapshot],
    "/contests/c": [{ contest, me: null }],
  });
  await v.join.byRoom("7");
  assert.deepEqual(v.at(), { at: "name", contest, me: null });
  await v.join.again();
  assert.equal(v.at().at, "in");
});

test("a crowd at the door is waited for, as long as the server asks", async () => {
  const busy = { code: "join_busy", status: 429, retryMs: 3000 };
  const v = visitor({ codes: [{ room: "7", contest: "c" }], join: [busy, busy, snapshot] });
  await v.join.byCode("418263");
  assert.deepEqual(v.places.map((p) => p.why || p.at), ["looking", "crowd", "crowd", "in"]);
  assert.deepEqual(v.pauses, [3500, 3500], "spread over a second");
});

test("a network that is away is tried again, ever more rarely", async () => {
  const away = { code: "offline" };
  const v = visitor({ codes: [away, away, away, { room: "7", contest: "c" }], join: [snapshot] });
  await v.join.byCode("418263");
  assert.equal(v.places[1].why, "network");
  assert.deepEqual(v.pauses, [1500, 2500, 4500]);
  assert.equal(v.at().at, "in");
});

test("a refusal is said once, and may be tried again", async () => {
  const v = visitor({
    codes: [{ room: "7", contest: "c" }],
    join: [{ code: "room_locked", status: 409, detail: "locked" }, snapshot],
  });
  await v.join.byCode("418263");
  assert.equal(v.at().at, "refused");
  assert.match(v.at().text, /锁上/);
  await v.join.again();
  assert.equal(v.at().at, "in");
});

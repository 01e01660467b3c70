import test from "node:test";
import assert from "node:assert/strict";
import { linkOf, tellArrival } from "./share.js";
import { newStore } from "../../lib/store.js";

/** A phone and a server that knows who has a name. */
function visits() {
  const told = /** @type {string[]} */ ([]);
  const server = { up: true, known: false };
  const store = newStore(null);
  /** @param {string} method @param {string} path @param {any} body */
  const api = async (method, path, body) => {
    if (!server.up) throw { code: "offline" };
    told.push(body.referral + "/" + body.channel);
    return { arrived: server.known };
  };
  /** @param {string} search */
  const open = (search) => tellArrival({ api, store }, "c", server.known, linkOf(search));
  return { told, server, open };
}

test("a link without a code is told to nobody", async () => {
  const { told, open } = visits();
  await open("");
  await open("?x=1");
  assert.deepEqual(told, []);
});

test("a visit is told, and again once the player has a name, then no more", async () => {
  const { told, server, open } = visits();
  await open("?r=anna");
  server.known = true;
  await open("?r=anna");
  await open("?r=anna");
  await open("");
  assert.deepEqual(told, ["anna/", "anna/"]);
});

test("the first link stands, a later one only counts as a visit", async () => {
  const { told, server, open } = visits();
  await open("?c=poster");
  await open("?r=anna");
  server.known = true;
  await open("");
  assert.deepEqual(told, ["/poster", "/poster", "anna/", "/poster"]);
});

test("what the network lost is told at the next visit", async () => {
  const { told, server, open } = visits();
  server.up = false;
  await open("?r=anna");
  server.up = server.known = true;
  await open("");
  assert.deepEqual(told, ["anna/"]);
});

import test from "node:test";
import assert from "node:assert/strict";
import { h, render } from "../vendor/preact.js";
import { useState } from "../vendor/hooks.js";
import { useEvents } from "./events.js";

// Preact draws without a browser as long as components draw nothing.
Object.assign(globalThis, { document: {} });
const nowhere = () => /** @type {any} */ ({ childNodes: [], firstChild: null, ownerDocument: {} });

test("what changes between the first drawing and the listening is seen", async () => {
  const address = new EventTarget();
  let hash = "#/";
  const drawn = [];
  const Page = () => {
    const [at, setAt] = useState(hash);
    useEvents(address, ["hashchange"], () => setAt(hash));
    drawn.push(at);
    if (drawn.length === 1) hash = "#/pools"; // a tap, before anybody listens
    return null;
  };
  render(h(Page, null), nowhere());
  address.dispatchEvent(new Event("hashchange"));
  await new Promise((done) => setTimeout(done)); // a task, before any effect has run
  assert.equal(drawn[drawn.length - 1], "#/pools");
});

test("an event before the effects of a page run is heard", () => {
  const heard = [];
  const target = new EventTarget();
  const Page = () => {
    useEvents(target, ["a", "b"], (event) => heard.push(event ? event.type : "first"));
    return null;
  };
  render(h(Page, null), nowhere());
  target.dispatchEvent(new Event("b"));
  assert.deepEqual(heard, ["first", "b"]);
});

test("the newest callback is called, and none once the page is gone", () => {
  const target = new EventTarget();
  const into = nowhere();
  const heard = [];
  const Page = ({ name }) => {
    useEvents(target, ["a"], () => heard.push(name));
    return null;
  };
  render(h(Page, { name: "old" }), into);
  render(h(Page, { name: "new" }), into);
  target.dispatchEvent(new Event("a"));
  render(null, into);
  target.dispatchEvent(new Event("a"));
  assert.deepEqual(heard, ["old", "new"]);
});

// Starts the phone page: /c/{slug} names the contest, / takes the one that is open, or lets people choose.
import { html } from "../html.js";
import { render } from "../vendor/preact.js";
import { App } from "./app.js";
import { newApi } from "../lib/api.js";
import { newClock } from "../lib/clock.js";
import { pause } from "../lib/outbox.js";
import { localStore, newStore } from "../lib/store.js";

const clock = newClock();
const parts = { clock, api: newApi(clock), store: newStore(localStore()), pause };
// Who comes back from a door elsewhere goes on where they left; the address tells of the door only once.
const came = /^#sign(ed-in|in=)/.test(location.hash) ? location.hash : "";
const left = (came && parts.store.read("aqd.back")) || { hash: "#/", name: "" };
if (came) {
  history.replaceState(null, "", location.pathname + location.search + left.hash);
  parts.store.write("aqd.back", null);
}
if (/[?&]shared\b/.test(location.search)) parts.store.write("aqd-shared", true); // an organizer's link for one tablet
// Who had no name here has played nothing here that could be left behind.
const told = left.name ? came : came.replace("=switched", "=found");
const named = /^\/c\/([\w-]+)$/.exec(location.pathname);
const into = /** @type {Element} */ (document.getElementById("app"));
into.textContent = "";
render(html`<${App} parts=${parts} slug=${named ? named[1] : "current"} came=${told} />`, into);

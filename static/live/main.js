// Starts the page of a live quiz: /live/123456 is a code, /live/{room} names the room, /live asks for the code.
import { html } from "../html.js";
import { render } from "../vendor/preact.js";
import { App } from "./app.js";
import { newApi } from "../lib/api.js";
import { newClock } from "../lib/clock.js";
import { browserWays } from "../lib/live/feed.js";
import { pause } from "../lib/outbox.js";
import { localStore, newStore } from "../lib/store.js";
import { canUnseal, unseal } from "./sealed.js";

const clock = newClock();
const parts = {
  clock,
  call: newApi(clock),
  store: newStore(localStore()),
  pause,
  unseal: canUnseal() ? unseal : null,
  ways: browserWays(clock),
};
const named = /^\/live\/(\w+)$/.exec(location.pathname);
const into = /** @type {Element} */ (document.getElementById("app"));
into.textContent = "";
render(html`<${App} parts=${parts} named=${named ? named[1] : ""} />`, into);

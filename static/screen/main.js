// Starts the big screen: /screen/{slug} names the contest, /screen takes the current one.
import { html } from "../html.js";
import { render } from "../vendor/preact.js";
import { newApi } from "../phone/lib/api.js";
import { newClock } from "../phone/lib/clock.js";
import { Screen } from "./app.js";

const clock = newClock();
const named = /^\/screen\/([\w-]+)$/.exec(location.pathname);
const into = /** @type {Element} */ (document.getElementById("app"));
into.textContent = "";
render(html`<${Screen} api=${newApi(clock)} clock=${clock} slug=${named ? named[1] : "current"} />`, into);

// Starts the console.
import { html } from "../html.js";
import { render } from "../vendor/preact.js";
import { newApi } from "../lib/api.js";
import { newClock } from "../lib/clock.js";
import { Console } from "./app.js";

const clock = newClock();
const into = /** @type {Element} */ (document.getElementById("app"));
into.textContent = "";
render(html`<${Console} api=${newApi(clock)} clock=${clock} />`, into);

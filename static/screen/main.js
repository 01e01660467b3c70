// Starts the big screen: /screen/{slug} is of that contest for good and follows the remote control, /screen leads to
// the one that is open or lets the hall choose. /screen/live/{room} is of a live quiz alone.
import { html } from "../html.js";
import { render } from "../vendor/preact.js";
import { newApi } from "../lib/api.js";
import { newClock } from "../lib/clock.js";
import { Screen } from "./app.js";

// Who is at the computer has the keyboard; the hall sees no buttons.
addEventListener("keydown", ({ key }) => {
  if (key !== "f" && key !== "F") return;
  const whole = document.documentElement.requestFullscreen();
  if (whole) whole.catch(() => {});
});

const clock = newClock();
const named = /^\/screen\/([\w-]+)$/.exec(location.pathname);
const into = /** @type {Element} */ (document.getElementById("app"));
into.textContent = "";
const api = newApi(clock);
const again = () => setTimeout(() => location.reload(), 5000); // cut off: the hall waits, and looks again
const room = /^\/screen\/live\/([\w-]+)$/.exec(location.pathname);
if (room) {
  import("./live/stage.js").then(
    ({ LiveStage }) => render(html`<${LiveStage} api=${api} id=${room[1]} />`, into),
    again,
  );
} else if (named) render(html`<${Screen} api=${api} clock=${clock} slug=${named[1]} />`, into);
else
  import("./choose.js").then(
    ({ ScreenChoice }) => render(html`<${ScreenChoice} api=${api} clock=${clock} />`, into),
    again,
  );

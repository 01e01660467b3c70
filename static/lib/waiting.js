// The states of waiting and failing.
import { html } from "../html.js";
import { Icon } from "../art/icons.js";
import { Mark } from "../art/mark.js";
import { passing, say } from "./problems.js";

/** @param {{text?: string}} props */
export const Waiting = ({ text }) => html`<div class="waiting" role="status">
  <${Mark} />
  <p>${text || "请稍等"}</p>
</div>`;

/** @param {{problem: import("./types").Problem, again: () => void, label?: string}} props */
export const Failed = ({ problem, again, label }) => html`<div class="failed" role="alert">
  <${Icon} name=${passing(problem) ? "cloud" : "info"} />
  <p>${say(problem)}</p>
  <button class="main" onClick=${again}>${label || "再试一次"}</button>
</div>`;

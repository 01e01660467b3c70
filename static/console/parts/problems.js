// What is wrong with a question that was read from a file.
import { html } from "../../html.js";
import { Icon } from "../../art/icons.js";
import { place } from "../lib/place.js";

/** @param {{problems: import("../types").FileProblem[]}} props */
export const Problems = ({ problems }) => html`<ul class="problems">
  ${problems.map(
    (p) => html`<li class=${p.severity}>
      <${Icon} name=${p.severity === "error" ? "wrong" : "info"} />
      <span>
        <span class="unseen">${p.severity === "error" ? "要改正：" : "提醒："}</span>${p.message}
        ${p.text && html` <q>${p.text}</q>`}
        ${place(p) && html` <small class="soft">${place(p)}</small>`}
      </span>
    </li>`,
  )}
</ul>`;

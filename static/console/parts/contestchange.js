// A change of a contest in the words of its rules.
import { html } from "../../html.js";

/** @param {{differences: import("../types").ContestDifference[]}} props */
export const Differences = ({ differences }) =>
  differences.length ? html`<dl class="told">
    ${differences.map(
      (d) => html`<div key=${d.section}>
        <dt>${d.section}</dt>
        <dd>
          ${d.gone.map((line) => html`<p><del>${line}</del></p>`)}
          ${d.come.map((line) => html`<p><ins>${line}</ins></p>`)}
        </dd>
      </div>`,
    )}
  </dl>`
    : html`<p class="soft">规则的文字没有变化，参赛者看不出不同。</p>`;

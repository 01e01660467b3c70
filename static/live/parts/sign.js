// The sign of an option, and its letter for those who listen.
import { html } from "../../html.js";
import { OptionSign } from "../../lib/live/option.js";

/** @param {string} id */
export const signed = (id) => html`<span class="signed">
  <${OptionSign} id=${id} />
  <span class="unseen">${id}</span>
</span>`;

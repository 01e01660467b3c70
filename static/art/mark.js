// The mark: the roof of 安 over a tick. The same drawing as brand/mark.svg, without its ground.
import { html } from "../html.js";

export const Mark = () => html`<svg class="mark" viewBox="0 0 48 48" aria-hidden="true">
  <rect class="mark-ground" width="48" height="48" rx="12" />
  <path class="mark-roof" d="M9 24v-7h30l-4 8" />
  <path class="mark-tick" d="m14 31 7 7 14-14" />
  <circle class="f-amber" cx="24" cy="9" r="3.6" />
</svg>`;

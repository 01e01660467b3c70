// A text to agree to. All of it is the button: a small box is hard to hit.
import "./agree.css";
import { html } from "../../html.js";
import { Icon } from "../../art/icons.js";

/** @param {{on: boolean, set: (on: boolean) => void, text: string}} props */
export const Agree = ({ on, set, text }) => html`<button type="button" role="checkbox" class="agree" aria-checked=${on}
  onClick=${() => set(!on)}>
  <span class="agree-box">${on && html`<${Icon} name="right" />`}</span>
  <span class="agree-text">${text}</span>
</button>`;

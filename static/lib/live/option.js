// The sign of an option in a live quiz: a letter, a shape and a colour, alike on the big screen and on phones, so that
// whoever cannot tell one of the three still has the two others.
import { html } from "../../html.js";

/** The shapes of A to F; the seventh option begins anew. */
const shapes = [
  "M24 3a21 21 0 1 0 .1 0z",
  "M9 4h30a5 5 0 0 1 5 5v30a5 5 0 0 1-5 5H9a5 5 0 0 1-5-5V9a5 5 0 0 1 5-5z",
  "M20.6 5.5a4 4 0 0 1 6.8 0l18.2 32.6a4 4 0 0 1-3.4 5.9H5.8a4 4 0 0 1-3.4-5.9z",
  "M20.8 2.4a4.5 4.5 0 0 1 6.4 0l18.4 18.4a4.5 4.5 0 0 1 0 6.4L27.2 45.6a4.5 4.5 0 0 1-6.4 0L2.4 27.2" +
    "a4.5 4.5 0 0 1 0-6.4z",
  "M13 4h22l11 20-11 20H13L2 24z",
  "M24 2l22 16-8.4 27H10.4L2 18z",
];

/** @param {string} id */
const at = (id) => Math.max(0, id.charCodeAt(0) - 65) % shapes.length;

/** @param {{id: string}} props */
export const OptionSign = ({ id }) => html`<svg class=${"option-sign sign-" + at(id)} viewBox="0 0 48 48"
  aria-hidden="true">
  <path d=${shapes[at(id)]} />
  <text x="24" y=${at(id) === 2 ? 38 : at(id) === 5 ? 35 : 33} text-anchor="middle">${id}</text>
</svg>`;

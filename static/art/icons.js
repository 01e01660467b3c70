// Small line icons of 24 by 24, drawn with the colour of the text.
import { html } from "../html.js";

/** @type {Record<string, string>} */
const lines = {
  map: "M5 21c0-6 14-4 14-9S5 10 5 5m0-2v.1M19 21v.1",
  rank: "M4 20v-7h5v7m0 0V5h6v15m0 0v-10h5v10M2.5 20h19",
  book: "M5 4h11a3 3 0 0 1 3 3v13H8a3 3 0 0 1-3-3zm0 13a3 3 0 0 1 3-3h11M9 8h6",
  close: "M6 6l12 12M18 6 6 18",
  back: "M15 5l-7 7 7 7",
  next: "M9 5l7 7-7 7",
  right: "m5 12.5 5 5L19.5 7",
  wrong: "M7 7l10 10M17 7 7 17",
  lock: "M6 11h12v9H6zm2.5 0V8a3.5 3.5 0 0 1 7 0v3M12 15v2",
  info: "M12 11v6m0-10v.1M12 3a9 9 0 1 0 .1 0z",
  clock: "M12 7v5l3.5 2M12 3a9 9 0 1 0 .1 0z",
  law: "M12 4v16M7 20h10M5 7h14M5 7l-3 7h6zm14 0-3 7h6z",
  search: "M11 4a7 7 0 1 0 .1 0zm5.2 12.2L21 21",
  dice: "M5 5h14v14H5zm4 4v.1m6 0v.1m-3 3v.1m-3 3v.1m6 0v.1",
  cloud: "M7 18a4 4 0 0 1-.5-8 6 6 0 0 1 11.5 1.5A3.3 3.3 0 0 1 17 18zm5-1v-5m-2 2 2-2 2 2",
};

/** @param {{name: string}} props name: of those above, or the path of one that a single page draws */
export const Icon = ({ name }) => html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
  <path d=${lines[name] || name} />
</svg>`;

/** @param {{full: boolean}} props */
export const Star = ({ full }) => html`<svg class=${full ? "star full" : "star"} viewBox="0 0 24 24" aria-hidden="true">
  <path d="m12 2.8 2.8 6 6.5.7-4.9 4.4 1.4 6.5L12 17.1l-5.8 3.3 1.4-6.5L2.7 9.5l6.5-.7z" />
</svg>`;

/** @param {{count: number}} props */
export const Stars = ({ count }) => html`<span class="stars" role="img" aria-label=${count + "颗星，共3颗"}>
  ${[1, 2, 3].map((n) => html`<${Star} full=${n <= count} />`)}
</span>`;

/** The seal that is pressed on a level: 通过, or 再来 as an open ring. @param {{text: string, open?: boolean}} props */
export const Seal = ({ text, open }) => html`<span class=${open ? "seal open" : "seal"} aria-hidden="true">
  <span>${text}</span>
</span>`;

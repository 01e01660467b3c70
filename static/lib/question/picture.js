// The picture of a question.
import { html } from "../../html.js";

/**
 * `alt` is what the bank says it shows, read out to who cannot see it; `settled`: it is there, or will not come.
 * @param {{name: string, alt?: string, settled?: () => void}} props
 */
export const Picture = ({ name, alt, settled }) =>
  name &&
  html`<img class="picture" src=${"/api/v1/images/" + name} alt=${alt || "题目配图"} onLoad=${settled} onError=${settled} />`;

/**
 * An option with its picture, if it has one; its text stays for who cannot see it. Live rooms ask none.
 * @param {() => void} [settled] it is there, or will not come
 */
export const pictured = (settled) => (/** @type {{text: string, image?: string}} */ { text, image }) =>
  image ? html`<img src=${"/api/v1/images/" + image} alt="" onLoad=${settled} onError=${settled} />${text}` : text;

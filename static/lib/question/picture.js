// The picture of a question.
import { html } from "../../html.js";

/**
 * `alt` is what the bank says it shows, read out to who cannot see it; `settled`: it is there, or will not come.
 * @param {{name: string, alt?: string, settled?: () => void}} props
 */
export const Picture = ({ name, alt, settled }) =>
  name &&
  html`<img class="picture" src=${"/api/v1/images/" + name} alt=${alt || "题目配图"} onLoad=${settled} onError=${settled} />`;

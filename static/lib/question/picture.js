// The picture of a question.
import { html } from "../../html.js";

/** @param {{name: string}} props */
export const Picture = ({ name }) =>
  name && html`<img class="picture" src=${"/api/v1/images/" + name} alt="题目配图" />`;

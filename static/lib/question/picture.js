// The picture of a question.
import { html } from "../../html.js";

/** @param {{name: string, settled?: () => void}} props settled: it is there, or will not come */
export const Picture = ({ name, settled }) =>
  name && html`<img class="picture" src=${"/api/v1/images/" + name} alt="题目配图" onLoad=${settled} onError=${settled} />`;

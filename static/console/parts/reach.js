// Where phones reach the pages, and a warning where they cannot.
import { html } from "../../html.js";
import { local } from "../../lib/local.js";

const flags = "--listen 0.0.0.0:8616 --public 网址";

/** @param {{origin: string}} props origin: of the links that stand beside */
export const Reach = ({ origin }) =>
  local(origin)
    ? html`<p class="state note reach">
      <b>手机打不开 ${origin.replace(/^https?:\/\//, "")}：</b>这个地址只有这台电脑自己能用。启动时请加 <code>${flags}</code>
      ，网址写手机打得开的那个，链接和二维码就会用它。
    </p>`
    : null;

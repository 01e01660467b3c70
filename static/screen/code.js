// The code that leads phones in, beside a view or alone.
import { html } from "../html.js";
import { useState } from "../vendor/hooks.js";
import { local } from "../lib/local.js";

/** @param {string} home */
const plain = (home) => home.replace(/^https?:\/\//, "").replace(/\/$/, "");

const unreachable = "手机打不开这个地址，启动时请加 --public";

/** @param {{home: string, query: string, lost: () => void}} props */
const Code = ({ home, query, lost }) => html`<div class="code">
  <img src=${"/qr.svg?text=" + encodeURIComponent(home + query)} alt=${"二维码：" + home} onError=${lost} />
</div>`;

/** @param {{home: string}} props */
const Address = ({ home }) => html`<p class="address">
  ${plain(home)
    .split("/c/")
    .map((part, i) => (i ? html`<wbr />${"/c/" + part}` : part))}
</p>`;

/** The code of a page for phones; the address alone when there is no code.
 * @param {{title: string, home: string, query: string, note: string}} props query: what the code adds to the address */
export function Join({ title, home, query, note }) {
  const [coded, setCoded] = useState(true);
  return html`<aside class="join">
    <h2>${coded ? title : title.replace("扫码", "打开网址")}</h2>
    ${coded && html`<${Code} home=${home} query=${query} lost=${() => setCoded(false)} />`}
    <${Address} home=${home} />
    <p>${local(home) ? unreachable : note}</p>
  </aside>`;
}

/**
 * Nothing but the code. On a wall 3 m wide, 1920 px, a pixel is 1.56 mm. The code (34 rem, 816 px) is 1.27 m wide: by
 * the rule of the trade that a code is read from ten times its width (ISO/IEC 18004 has none; see
 * imgkilo.com/guides/qr-minimum-size-for-print), from 12 m. An address of 45 characters makes 33 modules and 8 of quiet
 * zone: 19.9 px or 31 mm a module. A phone's camera that previews 1080 px over 65 degrees sees 9.4 mm a pixel from 8 m,
 * so a module is 3.3 of its pixels there, and a reader needs two of each (sampling theorem).
 * @param {{home: string, query: string}} props
 */
export function CodeAlone({ home, query }) {
  const [coded, setCoded] = useState(true);
  return html`<div class="code-alone">
    ${coded && html`<${Code} home=${home} query=${query} lost=${() => setCoded(false)} />`}
    <div class="code-how">
      <h2>${coded ? "微信扫码答题" : "打开网址答题"}</h2>
      <${Address} home=${home} />
      ${local(home) && html`<p>${unreachable}</p>`}
    </div>
  </div>`;
}

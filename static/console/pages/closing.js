// What is handed in when a contest is over: the draft of the summary, and all files in one.
import { html } from "../../html.js";
import { number } from "../../lib/format.js";
import { moment } from "../lib/moment.js";
import { Shown, useLoad } from "../parts/load.js";
import { CertificatesPart } from "./closingcertificates.js";
import { HonoursPart } from "./closinghonours.js";

/** @typedef {{heading: string, paragraphs: string[]}} Section */
/**
 * @typedef {{title: string, sections: Section[], length: number, most: number, counted_at: number,
 *   over: boolean}} Draft
 */

/** @param {Draft} draft */
const plainText = (draft) =>
  [draft.title]
    .concat(...draft.sections.map((s) => (s.heading ? [s.heading] : []).concat(s.paragraphs)))
    .join("\n");

/** What people have to write themselves stands out. @param {string} text */
const marked = (text) =>
  text.split(/(【请补充[^】]*】)/).map((part, i) => (i % 2 ? html`<mark class="cl-blank">${part}</mark>` : part));

/** @param {{desk: import("../types").Desk, contest: string}} props */
export function ClosingPage({ desk, contest }) {
  const path = `/contests/${encodeURIComponent(contest)}/closing`;
  const draft = useLoad(() => desk.call("GET", path), [path]);
  /** @param {Draft} data */
  async function copy(data) {
    try {
      await navigator.clipboard.writeText(plainText(data));
      desk.tell("草稿已复制。");
    } catch (_) {
      desk.tell("这个浏览器不让复制，请选中文字复制。");
    }
  }
  return html`<div>
    <h1>总结</h1>
    <p class="soft">
      一次下载就有：活动方案和总结草稿（Word）、全部数据表（Excel）、可以公布的结果网页，填好的统计表、各单位的图片，和留存的规则、题库、摇奖记录。里面没有参赛者的姓名和电话。
    </p>
    <${Shown} of=${draft}>
      ${(/** @type {Draft} */ data) => html`<div class="cl-all">
        ${!data.over && html`<p class="state note">活动还没有结束，下面是到现在为止的数。结束以后请再下载一次。</p>`}
        <div class="acts cl-acts">
          <a class="btn" href=${"/api/v1/console" + path + "/pack"} download>下载全部材料</a>
          <a class="btn quiet" href=${"/api/v1/console" + path + "/plan"} download>下载活动方案</a>
          <button class="btn quiet" onClick=${() => copy(data)}>复制草稿</button>
          <button class="btn quiet" onClick=${draft.again}>重新统计</button>
        </div>
        <article class="cl-draft">
          <h2>${data.title}</h2>
          ${data.sections.map(
            (s) => html`<section>
              ${s.heading && html`<h3>${s.heading}</h3>`}
              ${s.paragraphs.map((p) => html`<p>${marked(p)}</p>`)}
            </section>`,
          )}
        </article>
        <p class="soft">
          草稿 ${number(data.length)} 字，最多 ${number(data.most)} 字；数到 ${moment(data.counted_at)}。黄色的地方请自己写。
        </p>
      </div>`}
    </${Shown}>
    <${HonoursPart} desk=${desk} contest=${contest} again=${draft.again} />
    ${desk.may("winners.see") && html`<${CertificatesPart} desk=${desk} contest=${contest} />`}
  </div>`;
}

// How far the handing out is, and the list for the warehouse.
import { html } from "../../html.js";
import { number } from "../../lib/format.js";
import { Shown, useLoad } from "../parts/load.js";
import { FreshLink } from "../parts/proof.js";
import { Parcels } from "./parcels.js";

/**
 * @typedef {{contest: {slug: string, title: string}, counts: {title: string, status: string, count: number}[]}} Claims
 */

/** @type {[string, string][]} */
const columns = [
  ["won", "待填写"],
  ["claimed", "待发放"],
  ["redeemed", "已领取"],
  ["credited", "已到账"],
  ["paying", "发放中"],
  ["paid", "已发放"],
  ["forfeited", "已作废"],
];

/** @param {{desk: import("../types").Desk, contest: string}} props */
export function ClaimsPage({ desk, contest }) {
  const path = `/contests/${encodeURIComponent(contest)}`;
  const claims = useLoad(() => desk.call("GET", path + "/claims"), [contest]);
  return html`<div>
    <h1>中奖与发放</h1>
    <${Shown} of=${claims}>
      ${(/** @type {Claims} */ data) => html`<div>
        <p class="soft">${data.contest.title}。逾期没有填写领奖信息的奖品，自动转给候补或放回库存。</p>
        ${data.counts.length ? html`<div class="scroll claims-rows">
          <table class="rows">
            <thead><tr><th>奖品</th>${columns.map(([, name]) => html`<th class="n">${name}</th>`)}</tr></thead>
            <tbody>
              ${titles(data).map(
                (title) => html`<tr key=${title}>
                  <td><b>${title}</b></td>
                  ${columns.map(
                    ([status, name]) => html`<td class="n" data-name=${name}>${number(sum(data, title, status))}</td>`,
                  )}
                </tr>`,
              )}
            </tbody>
          </table>
        </div>`
          : html`<p class="state">还没有人中奖。</p>`}
        ${desk.may("winners.see") && data.counts.length > 0 && html`<section class="panel">
          <h2>给仓库的名单</h2>
          <p>Excel 表格，含中奖人填写的姓名、电话和地址全文。下载会记入操作日志；用完请删除。</p>
          <p class="acts">
            <${FreshLink} desk=${desk} href=${"/api/v1/console" + path + "/winners.xlsx"}>下载名单</${FreshLink}>
          </p>
        </section>`}
        ${data.counts.length > 0 && html`<${Parcels} desk=${desk} path=${path}
          done=${(/** @type {string} */ text) => {
            desk.tell(text);
            claims.again();
          }} />`}
        ${desk.may("winners.see") && data.counts.length > 0 && html`<section class="panel">
          <h2>偶然所得申报名单</h2>
          <p>
            奖品一般属于中奖人的“偶然所得”，由发奖单位按价值的 20% 代扣个人所得税（个人所得税法第二条第九项、第三条第三项；财政部 税务总局公告 2019 年第 74 号第三条）。名单含姓名、身份证号（问过的）、奖品、价值和税额，供汇总申报参考；是否免税、由谁负担、怎么申报，请以主管税务机关的答复为准。下载会记入操作日志。
          </p>
          <p class="acts">
            <${FreshLink} desk=${desk} quiet href=${"/api/v1/console" + path + "/tax.xlsx"}>下载申报名单</${FreshLink}>
          </p>
        </section>`}
      </div>`}
    </${Shown}>
  </div>`;
}

/** @param {Claims} data */
const titles = (data) => data.counts.map((c) => c.title).filter((t, i, all) => all.indexOf(t) === i);

/** @param {Claims} data @param {string} title @param {string} status */
const sum = (data, title, status) =>
  data.counts.filter((c) => c.title === title && c.status === status).reduce((n, c) => n + c.count, 0);

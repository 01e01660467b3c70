// How far the handing out is, and the list for the warehouse.
import { html } from "../../html.js";
import { number } from "../../lib/format.js";
import { Shown, useLoad } from "../parts/load.js";

/**
 * @typedef {{contest: {slug: string, title: string}, counts: {title: string, status: string, count: number}[]}} Claims
 */

/** @type {[string, string][]} */
const columns = [
  ["won", "待填写"],
  ["claimed", "待发放"],
  ["redeemed", "已领取"],
  ["credited", "已到账"],
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
          <p class="acts"><a class="btn" href=${"/api/v1/console" + path + "/winners.xlsx"} download>下载名单</a></p>
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

// The banks there are.
import { html } from "../../html.js";
import { number } from "../../lib/format.js";
import { link } from "../lib/route.js";
import { moment } from "../lib/moment.js";
import { Shown, useLoad } from "../parts/load.js";

/** @param {{desk: import("../types").Desk}} props */
export function BanksPage({ desk }) {
  const banks = useLoad(() => desk.call("GET", "/banks"), []);
  return html`<div>
    <div class="head">
      <h1>题库</h1>
      ${desk.may("bank.edit") && html`<p class="acts">
        <a class="btn quiet" href=${link(["import", "write"])}>写题目</a>
        <a class="btn" href=${link(["import"])}>导入题目</a>
      </p>`}
    </div>
    <${Shown} of=${banks}>
      ${(/** @type {{banks: import("../types").BankInfo[]}} */ data) =>
        data.banks.length ? html`<div class="scroll">
          <table class="rows">
            <thead>
              <tr><th>题库</th><th class="n">题目</th><th class="n">版本</th><th>最近一次修改</th><th></th></tr>
            </thead>
            <tbody>
              ${data.banks.map(
                (b) => html`<tr>
                  <td><a class="strong" href=${link(["banks", b.name])}>${b.title}</a></td>
                  <td class="n" data-name="题目">${number(b.questions)}</td>
                  <td class="n">第 ${b.version} 版</td>
                  <td>${moment(b.created_at)}<small class="soft"> ${b.note}</small></td>
                  <td class="n"><a href=${link(["banks", b.name])}>打开</a></td>
                </tr>`,
              )}
            </tbody>
          </table>
        </div>`
          : html`<p class="state note">还没有题库。到“导入”里把题目文件拖进来。</p>`}
    </${Shown}>
  </div>`;
}

// Questions to read again before a day: their source no longer holds then, or nobody has checked them for two years.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { number } from "../../lib/format.js";
import { link } from "../lib/route.js";
import { Shown, useLoad } from "../parts/load.js";
import { Field, Text } from "../parts/field.js";

/** @typedef {import("../types").BankAgeing} BankAgeing */

/** @type {Record<string, string>} */
const reasons = {
  source_superseded: "依据已被代替或废止",
  source_not_in_force: "依据还没有施行",
  source_unlisted: "依据不在清单里",
  review_two_years_old: "两年没有核对",
  review_missing: "没有核对记录",
};

/** @param {{desk: import("../types").Desk, bank: string}} props */
export function Ageing({ desk, bank }) {
  const [on, setOn] = useState("");
  const ageing = useLoad(
    () => desk.call("GET", `/banks/${encodeURIComponent(bank)}/ageing${on ? "?on=" + on : ""}`),
    [bank, on],
  );
  return html`<div>
    <${Field} label="在哪一天用这个题库" hint="例如活动开始的那天；不填就是今天">
      <${Text} name="on" type="date" value=${on} set=${setOn} />
    </${Field}>
    <${Shown} of=${ageing}>
      ${(/** @type {BankAgeing} */ data) =>
        data.groups.length ? data.groups.map((g) => html`<${Group} key=${g.age} group=${g} bank=${bank} />`)
          : html`<p class="state note">到 ${data.on}，每道题的依据都有效，两年内都核对过。</p>`}
    </${Shown}>
  </div>`;
}

/** @param {{group: BankAgeing["groups"][number], bank: string}} props */
const Group = ({ group, bank }) => html`<section>
  <h2>${reasons[group.age]} <small class="soft">${number(group.questions)} 道</small></h2>
  <div class="scroll">
    <table class="rows">
      <thead><tr><th>编号</th><th>题目</th><th>为什么</th></tr></thead>
      <tbody>
        ${group.listed.map(
          (q) => html`<tr key=${q.id}>
            <td><a href=${link(["banks", bank, "questions", q.id])}>${q.id}</a></td>
            <td>${q.stem}</td>
            <td>${q.why}</td>
          </tr>`,
        )}
      </tbody>
    </table>
  </div>
  ${group.listed.length < group.questions && html`<p class="soft">只列出前 ${group.listed.length} 道。</p>`}
</section>`;

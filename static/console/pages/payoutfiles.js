// The numbered files for an operator of phone credit, and the results that come back.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { number } from "../../lib/format.js";
import { saveReply } from "../lib/savereply.js";
import { moment } from "../lib/moment.js";
import { Ask } from "../parts/ask.js";
import { Field, Text } from "../parts/field.js";
import { FileButton, LookedFile } from "../parts/lookedfile.js";
import { Oops, useWork } from "../parts/load.js";
import { yuan } from "./payoutwords.js";

/** @typedef {import("../../lib/schemas").components["schemas"]["PayoutResults"]} Results */

/**
 * @param {{desk: import("../types").Desk, path: string, data: import("./payouts.js").Payouts, done: (text: string) =>
 *   void}} props
 */
export function Files({ desk, path, data, done }) {
  const [copying, setCopying] = useState(0);
  const [sending, setSending] = useState(/** @type {File | null} */ (null));
  const work = useWork();
  if (data.unfiled.bills + data.files.length === 0) return null;
  return html`<section class="panel">
    <h2>话费充值文件</h2>
    <p class="soft">每笔话费只进一个文件。文件里有完整的手机号，下载会记入操作日志；用完请删除。</p>
    ${data.unfiled.bills > 0 && html`<p class="acts">
      <button class="btn" disabled=${work.busy}
        onClick=${() => work.run(async () => {
          const made = await desk.call("POST", path + "/payouts/files");
          done(`做好了第 ${made.number} 号文件，${number(made.bills)} 笔，共 ${yuan(made.cents)}。`);
        })}>
        把 ${number(data.unfiled.bills)} 笔（${yuan(data.unfiled.cents)}）做成文件
      </button>
    </p>`}
    ${data.files.length > 0 && html`<ul class="payout-lines">
      ${data.files.map(
        (f) => html`<li key=${f.number}>
          <div>
            <b>第 ${f.number} 号</b> ${number(f.bills)} 笔，${yuan(f.cents)}
            <p class="soft">${f.made_by}，${moment(f.made_at)}，${f.downloads ? `下载过 ${f.downloads} 次` : "还没有下载"}</p>
          </div>
          <p class="acts">
            ${f.downloads === 0 || f.copies > 0 ? html`<button class="btn quiet" disabled=${work.busy}
              onClick=${() => work.run(async () => {
                await saveReply(desk, `${path}/payouts/files/${f.number}/download`);
                done(f.downloads ? "副本已经下载，文件名里写着“副本”。" : "文件已经下载。");
              })}>
              ${f.downloads ? "下载副本" : "下载"}
            </button>`
              : html`<button class="link" onClick=${() => setCopying(f.number)}>再要一份</button>`}
          </p>
        </li>`,
      )}
    </ul>`}
    ${data.files.length > 0 && html`<p class="acts">
      <${FileButton} text="传回充值结果" label="充值结果文件" chosen=${setSending} />
    </p>`}
    <${Oops} problem=${work.problem} />
    ${copying > 0 && html`<${Copy} desk=${desk} path=${path} file=${copying} close=${() => setCopying(0)}
      done=${(/** @type {string} */ text) => {
        setCopying(0);
        done(text);
      }} />`}
    ${sending && html`<${LookedFile} desk=${desk} title="充值结果" path=${path + "/payouts/results"} file=${sending} fresh
      close=${() => setSending(null)} column="单号"
      figures=${(/** @type {Results} */ r) => [
        { name: "成功", figure: yuan(r.paid_cents), also: `${number(r.paid_bills)} 笔` },
        { name: "失败", figure: yuan(r.failed_cents), also: `${number(r.failed_bills)} 笔` },
        { name: "已经是这样", figure: number(r.same + r.asked) },
      ]}
      note=${(/** @type {Results} */ r) =>
        r.failed_bills > 0 ? `失败的 ${number(r.failed_bills)} 笔要另一位同事确认，然后可以重发。` : ""}
      changes=${(/** @type {Results} */ r) => r.paid_bills + r.failed_bills}
      wrong=${(/** @type {Results} */ r) => r.wrong.map((w) => ({ line: w.line, of: w.bill, why: w.why }))}
      done=${(/** @type {Results} */ r) => {
        setSending(null);
        done(`写入了：成功 ${number(r.paid_bills)} 笔，失败 ${number(r.failed_bills)} 笔。`);
      }} />`}
  </section>`;
}

/**
 * @param {{desk: import("../types").Desk, path: string, file: number, close: () => void, done: (text: string) =>
 *   void}} props
 */
function Copy({ desk, path, file, close, done }) {
  const [reason, setReason] = useState("");
  return html`<${Ask} title=${`再要一份第 ${file} 号文件`} yes="提交" ready=${!!reason.trim()} close=${close}
    run=${async () => {
      await desk.call("POST", `${path}/payouts/files/${file}/copy`, { reason: reason.trim() });
      done("已经提交，等另一位同事同意。");
    }}>
    <p>这个文件已经下载过。同一个文件交给充值商两次，就会充两次。</p>
    <${Field} label="为什么要再下载一份"><${Text} name="reason" max=${100} value=${reason} set=${setReason} /></${Field}>
  </${Ask}>`;
}

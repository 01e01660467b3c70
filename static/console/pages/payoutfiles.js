// The numbered files for an operator of phone credit, and the results that come back.
import { html } from "../../html.js";
import { useRef, useState } from "../../vendor/hooks.js";
import { number } from "../../lib/format.js";
import { problem } from "../../lib/api.js";
import { saveReply } from "../lib/savereply.js";
import { sendFile } from "../lib/sendfile.js";
import { moment } from "../lib/moment.js";
import { Dialog } from "../parts/dialog.js";
import { Field, Text } from "../parts/field.js";
import { Oops, useWork } from "../parts/load.js";
import { Ask } from "./payoutbills.js";
import { yuan } from "./payoutwords.js";

/** @typedef {import("../../lib/schemas").components["schemas"]["PayoutResults"]} Results */

/**
 * @param {{desk: import("../types").Desk, path: string, data: import("./payouts.js").Payouts, done: (text: string) =>
 *   void}} props
 */
export function Files({ desk, path, data, done }) {
  const [copying, setCopying] = useState(0);
  const [sending, setSending] = useState(/** @type {File | null} */ (null));
  const picker = useRef(/** @type {HTMLInputElement | null} */ (null));
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
      <button class="btn quiet" onClick=${() => picker.current && picker.current.click()}>传回充值结果</button>
      <input class="unseen" type="file" tabindex="-1" accept=".xlsx,.csv,.txt" ref=${picker} aria-label="充值结果文件"
        onChange=${(/** @type {any} */ e) => {
          setSending(e.target.files[0] || null);
          e.target.value = "";
        }} />
    </p>`}
    <${Oops} problem=${work.problem} />
    ${copying > 0 && html`<${Copy} desk=${desk} path=${path} file=${copying} close=${() => setCopying(0)}
      done=${(/** @type {string} */ text) => {
        setCopying(0);
        done(text);
      }} />`}
    ${sending && html`<${ResultsDialog} desk=${desk} path=${path} file=${sending} close=${() => setSending(null)}
      done=${(/** @type {string} */ text) => {
        setSending(null);
        done(text);
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

/**
 * Shows what a file of results would change, then writes it.
 * @param {{desk: import("../types").Desk, path: string, file: File, close: () => void, done: (text: string) => void}}
 *   props
 */
function ResultsDialog({ desk, path, file, close, done }) {
  const [found, setFound] = useState(/** @type {Results | null} */ (null));
  const work = useWork();
  const begun = useRef(false);
  const look = () => work.run(async () => setFound(await sendFile(desk, path + "/payouts/results", file, true)));
  if (!begun.current) {
    begun.current = true;
    look();
  }
  const changes = found ? found.paid_bills + found.failed_bills : 0;
  return html`<${Dialog} title="充值结果" close=${close} size="wide">
    <p>${file.name}</p>
    ${!found && !work.problem && html`<p class="soft" role="status">正在读文件</p>`}
    ${found && html`<div>
      <dl class="figures small">
        <div><dt>成功</dt><dd>${yuan(found.paid_cents)}</dd><dt>${number(found.paid_bills)} 笔</dt></div>
        <div><dt>失败</dt><dd>${yuan(found.failed_cents)}</dd><dt>${number(found.failed_bills)} 笔</dt></div>
        <div><dt>已经是这样</dt><dd>${number(found.same + found.asked)}</dd></div>
        <div><dt>不处理</dt><dd>${number(found.wrong_rows)}</dd></div>
      </dl>
      ${found.failed_bills > 0 && html`<p>失败的 ${number(found.failed_bills)} 笔要另一位同事确认，然后可以重发。</p>`}
      ${found.wrong.length > 0 && html`<div class="scroll">
        <table class="rows">
          <thead><tr><th class="n">行</th><th>单号</th><th>为什么不处理</th></tr></thead>
          <tbody>
            ${found.wrong.map(
              (w) => html`<tr key=${w.line}>
                <td class="n" data-name="行">${w.line}</td><td>${w.bill}</td><td data-name="为什么">${w.why}</td>
              </tr>`,
            )}
          </tbody>
        </table>
      </div>`}
      ${changes === 0 && html`<p class="state">这个文件没有要改的。</p>`}
    </div>`}
    <${Oops} problem=${work.problem} />
    <footer class="dialog-foot">
      <button type="button" class="btn quiet" onClick=${close}>${changes ? "取消" : "关闭"}</button>
      ${found && changes > 0 && html`<button class="btn" disabled=${work.busy}
        onClick=${() => work.run(async () => {
          const got = await sendFile(desk, `${path}/payouts/results?apply=${found.sha256}`, file, true);
          if (!got.applied) throw problem({ code: "internal" });
          done(`写入了：成功 ${number(got.paid_bills)} 笔，失败 ${number(got.failed_bills)} 笔。`);
        })}>
        写入
      </button>`}
    </footer>
  </${Dialog}>`;
}

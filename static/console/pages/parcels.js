// Parcel numbers of what is posted: one by one, or by a file.
import { html } from "../../html.js";
import { useRef, useState } from "../../vendor/hooks.js";
import { number } from "../../lib/format.js";
import { sendFile } from "../lib/sendfile.js";
import { Dialog } from "../parts/dialog.js";
import { Field, Text } from "../parts/field.js";
import { Oops, useWork } from "../parts/load.js";
import { Ask } from "./payoutbills.js";

/** @typedef {import("../../lib/schemas").components["schemas"]["ParcelsFound"]} Found */
/** @typedef {{desk: import("../types").Desk, path: string, done: (text: string) => void}} Props */

/** @param {Props} props */
export function Parcels({ desk, path, done }) {
  const [one, setOne] = useState(false);
  const [file, setFile] = useState(/** @type {File | null} */ (null));
  const picker = useRef(/** @type {HTMLInputElement | null} */ (null));
  const told = (/** @type {string} */ text) => {
    setOne(false);
    setFile(null);
    done(text);
  };
  return html`<section class="panel">
    <h2>邮寄的奖品</h2>
    <p class="soft">
      填了快递单号，奖品就算发出，中奖人在手机上能看到单号。成批填写：在下载的名单里加“快递公司”“快递单号”两列，再传回来。
    </p>
    <p class="acts">
      <button class="btn quiet" onClick=${() => setOne(true)}>填一个单号</button>
      <button class="btn quiet" onClick=${() => picker.current && picker.current.click()}>传回快递单号表</button>
      <input class="unseen" type="file" tabindex="-1" accept=".xlsx,.csv,.txt" ref=${picker} aria-label="快递单号表"
        onChange=${(/** @type {any} */ e) => {
          setFile(e.target.files[0] || null);
          e.target.value = "";
        }} />
    </p>
    ${one && html`<${OneDialog} desk=${desk} path=${path} done=${told} close=${() => setOne(false)} />`}
    ${file && html`<${FileDialog} desk=${desk} path=${path} file=${file} done=${told} close=${() => setFile(null)} />`}
  </section>`;
}

/** @param {Props & {close: () => void}} props */
function OneDialog({ desk, path, done, close }) {
  const [award, setAward] = useState("");
  const [courier, setCourier] = useState("");
  const [parcel, setParcel] = useState("");
  return html`<${Ask} title="快递单号" yes="发出" ready=${!!(award.trim() && courier.trim() && parcel.trim())}
    close=${close} run=${async () => {
      await desk.call("POST", path + "/parcels", {
        award: award.trim(), courier: courier.trim(), number: parcel.trim(),
      });
      done("已经记下，中奖人能看到单号。");
    }}>
    <${Field} label="中奖编号" hint="名单的第一列">
      <${Text} name="award" max=${20} value=${award} set=${setAward} />
    </${Field}>
    <${Field} label="快递公司"><${Text} name="courier" max=${20} value=${courier} set=${setCourier} /></${Field}>
    <${Field} label="快递单号" hint="填错了可以再填一次"><${Text} name="number" max=${40} value=${parcel}
      set=${setParcel} /></${Field}>
  </${Ask}>`;
}

/** @param {Props & {file: File, close: () => void}} props */
function FileDialog({ desk, path, file, done, close }) {
  const [found, setFound] = useState(/** @type {Found | null} */ (null));
  const work = useWork();
  const begun = useRef(false);
  if (!begun.current) {
    begun.current = true;
    work.run(async () => setFound(await sendFile(desk, path + "/parcels/file", file)));
  }
  const changes = found ? found.posted + found.changed : 0;
  return html`<${Dialog} title="快递单号表" close=${close} size="wide">
    <p>${file.name}</p>
    ${!found && !work.problem && html`<p class="soft" role="status">正在读文件</p>`}
    ${found && html`<div>
      <dl class="figures small">
        <div><dt>发出</dt><dd>${number(found.posted)}</dd></div>
        <div><dt>改单号</dt><dd>${number(found.changed)}</dd></div>
        <div><dt>已经是这样</dt><dd>${number(found.same)}</dd></div>
        <div><dt>不处理</dt><dd>${number(found.wrong_rows)}</dd></div>
      </dl>
      ${found.wrong.length > 0 && html`<div class="scroll">
        <table class="rows">
          <thead><tr><th class="n">行</th><th>中奖编号</th><th>为什么不处理</th></tr></thead>
          <tbody>
            ${found.wrong.map(
              (w) => html`<tr key=${w.line}>
                <td class="n" data-name="行">${w.line}</td><td>${w.award}</td><td data-name="为什么">${w.why}</td>
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
          const got = await sendFile(desk, `${path}/parcels/file?apply=${found.sha256}`, file);
          done(`记下了：发出 ${number(got.posted)} 份，改单号 ${number(got.changed)} 份。`);
        })}>
        写入
      </button>`}
    </footer>
  </${Dialog}>`;
}

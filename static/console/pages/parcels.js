// Parcel numbers of what is posted: one by one, or by a file.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { number } from "../../lib/format.js";
import { Ask } from "../parts/ask.js";
import { Field, Text } from "../parts/field.js";
import { FileButton, LookedFile } from "../parts/lookedfile.js";

/** @typedef {import("../../lib/schemas").components["schemas"]["ParcelsFound"]} Found */
/** @typedef {{desk: import("../types").Desk, path: string, done: (text: string) => void}} Props */

/** @param {Props} props */
export function Parcels({ desk, path, done }) {
  const [one, setOne] = useState(false);
  const [file, setFile] = useState(/** @type {File | null} */ (null));
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
      <${FileButton} text="传回快递单号表" label="快递单号表" chosen=${setFile} />
    </p>
    ${one && html`<${OneDialog} desk=${desk} path=${path} done=${told} close=${() => setOne(false)} />`}
    ${file && html`<${LookedFile} desk=${desk} title="快递单号表" path=${path + "/parcels/file"} file=${file}
      close=${() => setFile(null)} column="中奖编号"
      figures=${(/** @type {Found} */ f) => [
        { name: "发出", figure: number(f.posted) },
        { name: "改单号", figure: number(f.changed) },
        { name: "已经是这样", figure: number(f.same) },
      ]}
      changes=${(/** @type {Found} */ f) => f.posted + f.changed}
      wrong=${(/** @type {Found} */ f) => f.wrong.map((w) => ({ line: w.line, of: w.award, why: w.why }))}
      done=${(/** @type {Found} */ f) =>
        told(`记下了：发出 ${number(f.posted)} 份，改单号 ${number(f.changed)} 份。`)} />`}
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

// Who is put on a list: named one by one, or by a file of players or of whole units.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { number } from "../../lib/format.js";
import { Field, Text } from "../parts/field.js";
import { FileButton, LookedFile } from "../parts/lookedfile.js";
import { Oops, useWork } from "../parts/load.js";

/** @typedef {import("../../lib/schemas").components["schemas"]["ListFile"]} Found */

const unitsTold = 20;

/** What a file would change. @param {Found} f */
const figuresOf = (f) => [
  ...(f.unit_rows ? [{ name: "单位", figure: number(f.unit_rows) }] : []),
  { name: f.wrong_rows ? "改好以后加进" : "加进名单", figure: number(f.fresh) },
  { name: "已经在名单里", figure: number(f.same) },
  ...(f.off ? [{ name: "去掉过的，不加", figure: number(f.off) }] : []),
];

/** What to know before it is done. @param {Found} f */
function noteOf(f) {
  if (f.wrong_rows || !f.unit_rows) return "";
  const units = f.units.slice(0, unitsTold).map((u) => `${u.unit}（${number(u.players)} 人）`).join("、");
  return `${units}${f.unit_rows > unitsTold ? " 等" : ""}。只加现在属于这些单位和下级单位的人，以后再加入的不加。`;
}

/**
 * @param {{desk: import("../types").Desk, path: string, open: boolean, reason: string,
 *   setReason: (text: string) => void, changed: () => void}} props open: everybody sees at once who is put there
 */
export function ChangeList({ desk, path, open, reason, setReason, changed }) {
  const [players, setPlayers] = useState("");
  const [said, setSaid] = useState("");
  const [file, setFile] = useState(/** @type {File | null} */ (null));
  const work = useWork();
  const why = reason.trim();
  const put = () =>
    work.run(async () => {
      const done = await desk.call("POST", path + "/players", { players, on: true, reason });
      setSaid(`改了 ${done.changed} 人。` + (done.unknown.length ? `没有找到：${done.unknown.join("、")}` : ""));
      setPlayers("");
      changed();
    });
  return html`<div class="stack">
    ${open && html`<p class="amber">这个名单是公开的：加进去的人，所有人马上能在手机上看到昵称和单位。</p>`}
    <${Field} label="原因" hint="加人、去掉都要先写，记入操作日志">
      <${Text} name="reason" max=${100} value=${reason} set=${setReason} />
    </${Field}>
    <div class="ways-in">
      <section>
        <h3>写编号加人</h3>
        <${Field} label="参赛者" hint="每行一个：参赛者编号，或者登记过的手机号；一次最多 2000 人">
          <${Text} name="players" rows=${3} value=${players} set=${setPlayers} />
        </${Field}>
        <p class="acts">
          <button class="btn" disabled=${work.busy || !players.trim() || !why} onClick=${put}>加进名单</button>
        </p>
      </section>
      <section>
        <h3>传文件加人、加单位</h3>
        <p class="soft">xlsx 或 csv，第一行是表头，看完结果再写入；有一行不对，就一人也不加。</p>
        <ul class="soft">
          <li>加人：有“参赛者编号”或“手机号”一列，每行一人。</li>
          <li>加单位：有“单位编码”或“单位”一列，没有上面两列，每行一个单位；单位可以连上级一起写，如“青禾镇/柳湾村”。单位和下级单位里的人都加。</li>
        </ul>
        <p class="acts">
          <${FileButton} text="选文件" label="名单文件" chosen=${setFile} disabled=${!why} />
          ${!why && html`<span class="soft">先写原因</span>`}
        </p>
      </section>
    </div>
    ${file && html`<${LookedFile} desk=${desk} title="名单文件" file=${file} close=${() => setFile(null)} column="写的是"
      path=${path + "/file?reason=" + encodeURIComponent(why)} figures=${figuresOf} note=${noteOf}
      whole=${true} changes=${(/** @type {Found} */ f) => f.fresh}
      wrong=${(/** @type {Found} */ f) => f.wrong.map((w) => ({ line: w.line, of: w.text, why: w.why }))}
      done=${(/** @type {Found} */ f) => {
        setFile(null);
        setSaid(`加进 ${number(f.fresh)} 人。`);
        changed();
      }} />`}
    ${work.problem && html`<${Oops} problem=${work.problem} />`}
    ${said && html`<p class="state" role="status">${said}</p>`}
  </div>`;
}

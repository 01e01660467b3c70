// Bringing a file in, and the files that were brought in and wait.
import { html } from "../../html.js";
import { useRef, useState } from "../../vendor/hooks.js";
import { number } from "../../lib/format.js";
import { moment } from "../lib/moment.js";
import { go, link } from "../lib/route.js";
import { upload } from "../lib/upload.js";
import { draftStates, formatNames } from "../lib/words.js";
import { Confirm } from "../parts/dialog.js";
import { Select } from "../parts/field.js";
import { Oops, Shown, useLoad, useWork } from "../parts/load.js";

const most = 50; // MB

/** @typedef {import("../types").Desk} Desk @typedef {import("../types").DraftLine} DraftLine */

/** @param {{desk: Desk, query: Record<string, string>}} props */
export function ImportPage({ desk, query }) {
  const drafts = useLoad(() => desk.call("GET", "/drafts"), []);
  const [dropping, setDropping] = useState(/** @type {DraftLine | null} */ (null));
  return html`<div>
    <div class="head">
      <h1>导入题目</h1>
      <a class="btn quiet" href="/api/v1/console/template" download>下载 Excel 模板</a>
    </div>
    <p class="soft">文件先读成草稿，不会直接改题库：看过问题、改好题目、确认差异以后，才成为题库的新版本。</p>
    <${DropZone} desk=${desk} bank=${query.bank || ""} />
    <h2>草稿</h2>
    <${Shown} of=${drafts}>
      ${(/** @type {{drafts: DraftLine[]}} */ data) =>
        data.drafts.length ? html`<div class="scroll">
          <table class="rows">
            <thead><tr><th>文件</th><th>状态</th><th>谁，什么时候</th><th></th></tr></thead>
            <tbody>
              ${data.drafts.map(
                (d) => html`<tr>
                  <td><a class="strong" href=${link(["import", d.id], { bank: query.bank || "" })}>${d.file}</a></td>
                  <td><span class=${"tag is-" + d.state}>${draftStates[d.state]}</span></td>
                  <td>${d.staff}<small class="soft"> ${moment(d.created_at)}</small></td>
                  <td class="n"><button class="link" onClick=${() => setDropping(d)}>删除</button></td>
                </tr>`,
              )}
            </tbody>
          </table>
        </div>`
          : html`<p class="soft">还没有草稿。草稿保留 14 天。</p>`}
    </${Shown}>
    ${dropping && html`<${Confirm} title="删除草稿" yes="删除" danger=${true} close=${() => setDropping(null)}
      act=${async () => {
        await desk.call("DELETE", "/drafts/" + dropping.id);
        setDropping(null);
        drafts.again();
      }}>
      <p>${dropping.file}：读到的题目和改过的内容都会删去。已经导入题库的不受影响。</p>
    </${Confirm}>`}
  </div>`;
}

/** @param {{desk: Desk, bank: string}} props */
function DropZone({ desk, bank }) {
  const [over, setOver] = useState(false);
  const [format, setFormat] = useState("");
  const [name, setName] = useState("");
  const [progress, setProgress] = useState(/** @type {import("../lib/upload.js").Progress | null} */ (null));
  const work = useWork();
  const chooser = useRef(/** @type {HTMLInputElement | null} */ (null));
  /** @param {FileList | null | undefined} files */
  async function take(files) {
    const file = files && files[0];
    if (!file) return;
    setName(file.name);
    await work.run(async () => {
      if (file.size > most << 20)
        throw {
          code: "file_too_large",
          detail: `文件有 ${number(file.size / (1 << 20))} MB，最多 ${most} MB。请分成几个文件。`,
        };
      setProgress({ stage: "sending", done: 0, total: file.size });
      await desk.call("GET", "/session"); // a session that has ended asks now, not after a long upload
      const draft = await upload(file, format, setProgress);
      if (files && files.length > 1) desk.tell(`一次读一个文件，先读了“${file.name}”。`);
      go(["import", draft.id], { bank });
    });
    setProgress(null);
    if (chooser.current) chooser.current.value = "";
  }
  /** @param {DragEvent} e */
  const drop = (e) => {
    e.preventDefault();
    setOver(false);
    take(e.dataTransfer && e.dataTransfer.files);
  };
  const percent = progress && progress.total ? Math.floor((100 * progress.done) / progress.total) : 0;
  return html`<div>
    <div class=${over ? "drop over" : "drop"}
      onDragOver=${(/** @type {DragEvent} */ e) => {
        e.preventDefault();
        setOver(true);
      }}
      onDragLeave=${() => setOver(false)} onDrop=${drop}>
      ${work.busy ? html`<div role="status">
        <p><b>${name}</b></p>
        <progress max="100" value=${progress && progress.total ? percent : undefined}></progress>
        <p>
          ${!progress || progress.stage === "sending"
            ? `正在上传 ${percent}%`
            : progress.total
              ? `正在读题 ${percent}%`
              : "正在读题"}
        </p>
      </div>`
        : html`<p class="drop-big">把题库文件拖到这里</p>
        <p><button class="btn" onClick=${() => chooser.current && chooser.current.click()}>选择文件</button></p>
        <p class="soft">
          Excel（.xlsx）、CSV、Word（.docx）、从 Word 粘贴的文本、GIFT、Aiken、Moodle XML、QTI、JSON；最大 ${most} MB
        </p>`}
      <input class="unseen" type="file" name="file" aria-label="题库文件" tabindex="-1" ref=${chooser}
        onChange=${(/** @type {any} */ e) => take(e.target.files)} />
    </div>
    <p class="row drop-format">
      格式 <${Select} label="格式" name="format" value=${format} set=${setFormat} disabled=${work.busy}
        options=${[["", "自动识别"]].concat(Object.keys(formatNames).map((k) => [k, formatNames[k]]))} />
    </p>
    <${Oops} problem=${work.problem} />
  </div>`;
}

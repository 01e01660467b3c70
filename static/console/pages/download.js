// Downloading a bank: in which format, and what that format cannot hold.
import { html } from "../../html.js";
import { useEffect, useState } from "../../vendor/hooks.js";
import { number } from "../../lib/format.js";
import { fieldNames } from "../lib/words.js";
import { Dialog } from "../parts/dialog.js";
import { Field, Select } from "../parts/field.js";
import { Shown, useLoad } from "../parts/load.js";

/** @typedef {{field: string, message: string, questions: number}} Loss */

/** @param {{desk: import("../types").Desk, bank: string, title: string, close: () => void}} props */
export function DownloadDialog({ desk, bank, title, close }) {
  const formats = useLoad(() => desk.call("GET", "/formats"), []);
  const [format, setFormat] = useState("xlsx");
  const path = "/banks/" + encodeURIComponent(bank);
  const losses = useLoad(() => desk.call("GET", `${path}/losses?format=${format}`), [format]);
  useEffect(() => {
    const first = formats.data && formats.data.formats[0];
    if (first && !formats.data.formats.some((/** @type {{name: string}} */ f) => f.name === format))
      setFormat(first.name);
  }, [formats.data]);
  return html`<${Dialog} title=${"下载题库 " + title} close=${close}>
    <${Shown} of=${formats}>
      ${(
        /** @type {{formats: {name: string, title: string, extension: string}[]}} */ data,
      ) => html`<${Field} label="格式">
        <${Select} name="format" value=${format} set=${setFormat}
          options=${data.formats.map((f) => [f.name, f.title + "（" + f.extension + "）"])} />
      </${Field}>
      <${Shown} of=${losses}>
        ${(/** @type {{losses: Loss[], bytes: number}} */ { losses: list, bytes }) => html`<div>
          ${list.length ? html`<div class="state note">
            <p><b>这种格式存不下下面这些：</b></p>
            <ul class="dots">
              ${list
                .slice()
                .sort(
                  (a, b) =>
                    Number(b.field === "question") - Number(a.field === "question") || b.questions - a.questions,
                )
                .map(
                  (l) => html`<li>
                    ${number(l.questions)} 道题
                    ${l.field === "question" ? "不会写进去" : "会丢掉" + (fieldNames[l.field] || l.field)}
                    ${l.message ? "：" + l.message : ""}
                  </li>`,
                )}
            </ul>
            <p>要全部留下，请选 JSON。</p>
          </div>`
            : html`<p class="state">全部内容都能存下，以后可以原样导回来。</p>`}
          <p class="soft">约 ${number(Math.max(1, Math.round(bytes / 1024)))} KB</p>
        </div>`}
      </${Shown}>
      <footer class="dialog-foot">
        <button class="btn quiet" onClick=${close}>取消</button>
        <a class="btn" download href=${`/api/v1/console${path}/export?format=${format}`}
          onClick=${() => setTimeout(close, 100)}>
          下载
        </a>
      </footer>`}
    </${Shown}>
  </${Dialog}>`;
}

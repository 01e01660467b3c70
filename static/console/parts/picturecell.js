// A picture in a form: chosen from the computer, made small, stored at once, and shown as phones will show it.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { shrunk } from "../../lib/picture.js";

/** @param {import("./contestcells.js").Shown} props */
export function PictureCell({ draft, path, cell, value }) {
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState("");
  /** @param {any} event */
  async function choose(event) {
    const file = event.target.files[0];
    event.target.value = "";
    if (!file || busy) return;
    setBusy(true);
    setWrong("");
    try {
      draft.set(path, await draft.keepPicture(await shrunk(file)));
    } catch (problem) {
      setWrong((problem && /** @type {any} */ (problem).detail) || "这个文件不是图片，请换一张。");
    }
    setBusy(false);
  }
  return html`<div class="picture-cell">
    ${value && html`<img src=${"/api/v1/images/" + value} alt=${cell.label} width="68" height="68" />`}
    <label class=${draft.may && !busy ? "btn quiet" : "btn quiet off"}>
      ${busy ? "正在上传" : value ? "换一张" : "上传" + cell.label}
      <input class="unseen" type="file" name=${path} accept="image/png,image/jpeg,image/gif,image/webp"
        disabled=${!draft.may || busy} onChange=${choose} />
    </label>
    ${value && draft.may && html`<button type="button" class="link" onClick=${() => draft.set(path, undefined)}>
      去掉
    </button>`}
    ${wrong && html`<small class="wrong" role="alert">${wrong}</small>`}
  </div>`;
}

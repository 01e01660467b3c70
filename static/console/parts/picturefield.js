// The picture of a question, or of its material: chosen from the computer, made small, stored at once.
import { html } from "../../html.js";
import { shrunk } from "../../lib/picture.js";
import { sendFile } from "../lib/sendfile.js";
import { Field, Text } from "./field.js";
import { Oops, useWork } from "./load.js";

/**
 * @typedef {{image?: string, image_alt?: string}} Pictured
 * @param {{desk: import("../types").Desk, label: string, name: string, of: Pictured,
 *   set: (part: Pictured) => void}} props
 */
export function PictureField({ desk, label, name, of: { image, image_alt: alt }, set }) {
  const work = useWork();
  /** @param {any} event */
  function choose(event) {
    const file = event.target.files[0];
    event.target.value = "";
    if (!file) return;
    work.run(async () => {
      const small = await shrunk(file, 800).catch(() => {
        throw { code: "no_picture", detail: "这个文件不是图片，请换一张。" };
      });
      set({ image: (await sendFile(desk, "/pictures?name=" + encodeURIComponent(small.name), small)).name });
    });
  }
  if (!desk.may("contest.edit")) return null; // who may keep pictures
  return html`<div class="field">
    <span class="field-label">${label}</span>
    <div class="picture-cell">
      ${image && html`<img src=${"/api/v1/images/" + image} alt=${label} width="68" height="68" />`}
      <label class=${work.busy ? "btn quiet off" : "btn quiet"}>
        ${work.busy ? "正在上传" : image ? "换一张" : "上传图片"}
        <input class="unseen" type="file" name=${name} accept="image/png,image/jpeg,image/gif,image/webp"
          disabled=${work.busy} onChange=${choose} />
      </label>
      ${image && html`<button type="button" class="link" onClick=${() => set({ image: "", image_alt: "" })}>
        去掉
      </button>`}
    </div>
    <${Oops} problem=${work.problem} />
    ${image && html`<${Field} label="图片说明" hint="给看不见图片的人听；不要写出答案">
      <${Text} name=${name + "-alt"} value=${alt || ""} set=${(/** @type {string} */ t) => set({ image_alt: t })} />
    </${Field}>`}
  </div>`;
}

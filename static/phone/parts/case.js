// The material of a question: whole above the first that is asked about it, folded away above those that follow. The
// text comes first; its picture follows when it is there.
import "../css/case.css";
import { html } from "../../html.js";
import { useEffect, useRef, useState } from "../../vendor/hooks.js";
import { Aloud } from "../../lib/aloud.js";

/** @typedef {import("../../lib/types").ToldMaterial} ToldMaterial */

/**
 * The material of a question of a list, in which only the first that has it tells it.
 * @param {{material?: ToldMaterial}[]} questions @param {{material?: ToldMaterial}} question
 * @returns {ToldMaterial | undefined}
 */
export function materialOf(questions, question) {
  const id = question.material && question.material.id;
  const first = questions.filter((q) => q.material && q.material.id === id)[0];
  return id ? first && first.material : undefined;
}

/**
 * `read` holds the ids of those that were shown already; `quiet`: it does not take the focus.
 * @param {{material: ToldMaterial, read: {current: string[]}, quiet?: boolean}} props
 */
export function Case({ material, read, quiet }) {
  const [open, setOpen] = useState(read.current.indexOf(material.id) < 0);
  const [failed, fail] = useState(false);
  const bar = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    if (open) read.current.push(material.id);
    if (open && !quiet && bar.current) bar.current.focus({ preventScroll: true });
  }, []);
  const { title, text = [], image, image_alt: alt } = material;
  const fold = () => {
    setOpen(false);
    if (bar.current) bar.current.scrollIntoView();
  };
  return html`<section class="case" aria-label="材料">
    <button class="case-bar" ref=${bar} aria-expanded=${open} onClick=${() => setOpen(!open)}>
      <b>${open ? "材料" : "再看材料"}</b><span>${title}</span><i aria-hidden="true">${open ? "收起" : "展开"}</i>
    </button>
    ${open && html`<div class="case-body">
      ${text.length > 0 && html`<${Aloud} pieces=${text} />`}
      ${text.map((line) => html`<p>${line}</p>`)}
      ${image && !failed && html`<img class="picture" src=${"/api/v1/images/" + image} alt=${alt || "材料的图片"}
        onError=${() => fail(true)} />`}
      ${failed && html`<p class="note">图片没有打开。${alt && `图上是：${alt}`}</p>`}
      <button class="link" onClick=${fold}>看完了，收起材料</button>
    </div>`}
  </section>`;
}

/**
 * Whether a material would be shown whole.
 * @param {ToldMaterial | null | undefined} material @param {{current: string[]}} read
 */
export const unread = (material, read) => !!material && read.current.indexOf(material.id) < 0;

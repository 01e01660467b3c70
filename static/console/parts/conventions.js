// By which conventions a file was read, with the row that shows each, and the other readings a press away.
import { html } from "../../html.js";
import { number } from "../../lib/format.js";
import { place } from "../lib/place.js";
import { Oops, useWork } from "./load.js";

/** @typedef {import("../types").Draft} Draft @typedef {Draft["conventions"][number]} Convention */

/** @type {Record<string, string>} */
const names = { digits: "答案写的是数字", truth: "判断题的答案写的是数字", separator: "选项写在一个格子里" };

/** @type {Record<string, Record<string, string>>} */
const values = {
  digits: { places: "是第几个选项", texts: "是选项的原文" },
  truth: { one: "1 是正确，0 或 2 是错误", zero: "1 是错误，0 或 2 是正确" },
  separator: { "\n": "换行隔开" },
};

/** @param {string} name @param {string} value */
const said = (name, value) => values[name][value] || `用 ${value} 隔开`;

/**
 * @param {{desk: import("../types").Desk, draft: Draft, read: (draft: Draft) => void}} props read takes the draft as it
 *   was read again
 */
export function Conventions({ desk, draft, read }) {
  const work = useWork();
  if (draft.conventions.length === 0) return null;
  /** @param {string} name @param {string} value */
  const choose = (name, value) =>
    work.run(async () => {
      /** @type {Record<string, string>} */
      const asked = {};
      for (const c of draft.conventions) if (c.told) asked[c.name] = c.value;
      read(await desk.call("POST", `/drafts/${draft.id}/read`, { ...asked, [name]: value }));
    });
  return html`<section class="conventions" aria-label="这个文件的写法">
    <h2>这个文件是这样读的</h2>
    <ul>
      ${draft.conventions.map(
        (c) => html`<li>
          <p>
            ${names[c.name]}，<b>${said(c.name, c.value)}</b>（${number(c.rows)} 道题）${c.told ? "：按您选的。" : "。"}
            <span class="soft">${c.told ? "例如" : "由这一行看出："} ${place({ ...c, question: 0, code: "", message: "",
              severity: "warning" })} <q>${c.text}</q></span>
          </p>
          ${draft.state === "ready" && html`<p class="row">
            ${c.choices
              .filter((value) => value !== c.value)
              .map(
                (value) => html`<button class="btn quiet small" disabled=${work.busy}
                  onClick=${() => choose(c.name, value)}>${c.name === "separator" ? said(c.name, value)
                  : "改读作：" + said(c.name, value)}</button>`,
              )}
            ${c.told && html`<button class="btn quiet small" disabled=${work.busy} onClick=${() => choose(c.name, "")}>
              由文件自己看出
            </button>`}
          </p>`}
        </li>`,
      )}
    </ul>
    <${Oops} problem=${work.problem} />
    <p class="soft">改了以后整个文件马上重读一遍，下面的题目跟着变；已经在下面改过的题目要再改一次。</p>
  </section>`;
}

// What a table of units says: its problems, by kind, and what it would change.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { Icon } from "../../art/icons.js";
import { number } from "../../lib/format.js";

/**
 * @typedef {{sheet?: string, line: number, cell: string, code: string, message: string, severity: "error" | "warning",
 *   text?: string}} Problem
 */
/** @typedef {{code: string, title: string, severity: "error" | "warning", rows: number}} Code */
/**
 * @typedef {{kind: string, total: number, shown: {code: string, path: string, before: string, after: string}[]}}
 *   Changes
 */
/**
 * @typedef {{version: number, encoding: string, found: number, accepted: number, rejected: number, codes: Code[],
 *   problems: Problem[], units: number, people: number, left: number,
 *   zeros: {restored: number, left: number, written: string, stored: string}, changes: Changes[]}} Plan
 */

const atOnce = 30;

/** @type {Record<string, string>} */
const kinds = {
  added: "新增",
  back: "重新启用",
  renamed: "改名",
  moved: "换上级",
  changed: "改编码、人数或别名",
  gone: "不再使用",
};

/** @param {{plan: Plan}} props */
export function UnitProblems({ plan }) {
  const [code, setCode] = useState("");
  const [most, setMost] = useState(atOnce);
  if (!plan.problems.length) return null;
  const list = plan.problems.filter((p) => !code || p.code === code);
  return html`<div class="split">
    <aside class="codes" aria-label="按问题筛选">
      <h2>问题</h2>
      <ul>
        ${plan.codes.map(
          (c) => html`<li>
            <button class=${"code ut-wide " + c.severity} aria-current=${code === c.code ? "true" : null}
              onClick=${() => {
                setCode(code === c.code ? "" : c.code);
                setMost(atOnce);
              }}>
              <span>${c.title}</span>
              <b>${number(c.rows)}</b>
            </button>
          </li>`,
        )}
      </ul>
    </aside>
    <section>
      <h2>${code ? "只看一种问题" : "逐行"}</h2>
      <ul class="ut-problems">
        ${list
          .slice(0, most)
          .map(
            (p) => html`<li class=${p.severity}>
              <b class="ut-where">${where(p)}</b>
              <span>
                <${Icon} name=${p.severity === "error" ? "wrong" : "info"} />${p.message}
                ${p.text && html` <q>${p.text}</q>`}
              </span>
            </li>`,
          )}
      </ul>
      ${list.length > most && html`<p class="more">
        <button class="btn quiet" onClick=${() => setMost(most + 200)}>
          再看 ${number(Math.min(200, list.length - most))} 条
        </button>
      </p>`}
    </section>
  </div>`;
}

/** @param {Problem} p */
const where = (p) =>
  p.line
    ? (p.sheet && p.sheet !== "单位" && p.sheet !== "Sheet1" ? p.sheet + " " : "") +
      (p.cell ? p.cell + " 格" : `第 ${p.line} 行`)
    : "整个文件";

/**
 * Codes that may have lost the zeros in front, and the other way to take them.
 * @param {{zeros: Plan["zeros"], busy: boolean, take: (zeros: "restore" | "written") => void}} props
 */
export function UnitZeros({ zeros: { restored, left, written, stored }, busy, take }) {
  if (!restored && !left) return null;
  return html`<div class="state note" role="status">
    <p>
      ${restored > 0 && html`有 <b>${number(restored)}</b> 个编码前面的 0 像是被 Excel 去掉了，已按原来的编码读取。`}
      ${left > 0 && html`有 <b>${number(left)}</b> 个编码补上前面的 0 就和原来的一样，现在按新单位读取。`}
      例如 <q>${written}</q>，原来是 <q>${stored}</q>。
    </p>
    <p class="acts">
      ${left > 0 && html`<button class="btn" disabled=${busy} onClick=${() => take("restore")}>按原来的编码读取</button>`}
      ${restored > 0 && html`<button class="btn quiet" disabled=${busy} onClick=${() => take("written")}>
        不补 0，按表里写的
      </button>`}
    </p>
  </div>`;
}

/** @param {{plan: Plan}} props */
export function UnitChanges({ plan }) {
  if (!plan.changes.length) return html`<p class="state">和现在的单位完全一样，没有要改的。</p>`;
  return html`<div class="ut-changes">
    ${plan.left > 0 && html`<p class="state note" role="alert">
      不再使用的单位里有 <b>${number(plan.left)}</b> 名参赛者，他们的成绩仍算在旧单位。如果单位没有变，请先核对编码。
    </p>`}
    ${plan.changes.map(
      (c) => html`<details key=${c.kind} open=${c.total <= 20 && c.kind !== "added"}>
        <summary class=${c.kind === "gone" ? "red" : null}>${kinds[c.kind]} <b>${number(c.total)}</b></summary>
        <ul class="ut-list">
          ${c.shown.map(
            (u) => html`<li>
              <span class="ut-code">${u.code}</span> <span>
                ${c.kind === "renamed" || c.kind === "changed" ? html`${u.path}：
                <del>${u.before}</del> → <ins>${u.after}</ins>`
                  : c.kind === "moved" ? html`<del>${u.before}</del> → <ins>${u.after}</ins>`
                  : u.path}
              </span>
            </li>`,
          )}
          ${c.total > c.shown.length && html`<li class="soft">……还有 ${number(c.total - c.shown.length)} 个</li>`}
        </ul>
      </details>`,
    )}
  </div>`;
}

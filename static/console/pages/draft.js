// What was read from a file: counts, problems, rows to look at and mend, and the way into a bank.
import { html } from "../../html.js";
import { number } from "../../lib/format.js";
import { go, link } from "../lib/route.js";
import { moment } from "../lib/moment.js";
import { place } from "../lib/place.js";
import { formatNames } from "../lib/words.js";
import { Conventions } from "../parts/conventions.js";
import { Shown, useLoad } from "../parts/load.js";
import { DraftImport } from "./draftimport.js";
import { DraftRows } from "./draftrows.js";

/** @typedef {import("../types").Draft} Draft */

/** @param {{desk: import("../types").Desk, id: string, step: string, query: Record<string, string>}} props */
export function DraftPage({ desk, id, step, query }) {
  const draft = useLoad(() => desk.call("GET", "/drafts/" + id), [id, step]);
  return html`<div>
    <p class="crumbs">
      <a href=${link(["import"])}>导入</a> ›
      ${step === "plan" && html` <a href=${link(["import", id], { bank: query.bank || "" })}>
        ${draft.data ? draft.data.file : "草稿"}
      </a> ›`}
    </p>
    <${Shown} of=${draft}>
      ${(/** @type {Draft} */ d) => html`<h1>${step === "plan" ? "导入题库" : d.file}</h1>
      ${step === "plan" ? html`<${DraftImport} desk=${desk} draft=${d} bank=${query.bank || ""} />`
        : html`<p class="soft">
          ${d.format === "written" ? "在这里写的" : formatNames[d.format] || "格式不明"}
          ${d.encoding ? " · " + d.encoding : ""} · ${d.staff} ${moment(d.created_at)}
        </p>
        ${d.state === "unreadable" ? html`<${Unreadable} draft=${d} />`
          : html`<${Report} desk=${desk} draft=${d} query=${query} recount=${draft.again}
            read=${draft.set} />`}`}`}
    </${Shown}>
  </div>`;
}

/** @param {{draft: Draft}} props */
const Unreadable = ({ draft }) => html`<div class="state bad">
  <p><b>这个文件没有读成，一道题也没有收。</b></p>
  <ul class="dots">${draft.problems.map((p) => html`<li>${p.message}</li>`)}</ul>
</div>
<p class="acts">
  <a class="btn" href=${link(["import"])}>换一个文件</a>
  <a class="btn quiet" href="/api/v1/console/template" download>下载 Excel 模板</a>
</p>`;

/**
 * @param {{desk: import("../types").Desk, draft: Draft, query: Record<string, string>, recount: () => void,
 *   read: (draft: Draft) => void}} props
 */
function Report({ desk, draft, query, recount, read }) {
  /** @param {Record<string, string | number>} to */
  const put = (to) => link(["import", draft.id], { bank: query.bank || "", ...to });
  const figures = [
    ["", "读到", draft.found],
    ["accepted", "通过", draft.accepted],
    ["rejected", "未通过", draft.rejected],
    ["warned", "通过，但要看一眼", draft.warned],
  ];
  const filter = query.code ? "" : query.state || "";
  const followed = draft.conventions.map((c) => c.name + c.value + c.rows).join(" ");
  return html`<div>
    <${Conventions} desk=${desk} draft=${draft} read=${read} />
    <nav class="counts" aria-label="读到的题目">
      ${figures.map(
        ([key, name, n]) => html`<a class=${"count " + key} href=${put({ state: key })}
          aria-current=${!query.code && filter === key ? "page" : null}>
          <b>${number(Number(n))}</b>
          <span>${name}</span>
        </a>`,
      )}
    </nav>
    ${draft.state === "imported" ? html`<p class="state">这份草稿已经导入，题目不能再改。</p>`
      : html`<div class=${draft.rejected ? "next state note" : "next state"}>
        <p>
          ${draft.rejected ? html`还有 <b>
            ${number(draft.rejected)}
          </b> 道没有通过。可以在下面改好，也可以先导入通过的 <b>${number(draft.accepted)}</b> 道。`
            : html`全部 <b>${number(draft.accepted)}</b> 道通过。${draft.warned ? "有提醒的题目最好看一眼。" : ""}`}
        </p>
        ${draft.format === "written" && html`<a class="btn quiet"
          href=${link(["import", "write", draft.id], { bank: query.bank || "" })}>
          接着写
        </a>`}
        <a class="btn" href=${link(["import", draft.id, "plan"], { bank: query.bank || "" })}
          aria-disabled=${!draft.accepted}>
          ${draft.rejected ? "导入通过的题目" : "导入题库"}
        </a>
      </div>`}
    ${draft.problems.length > 0 && html`<details class="whole">
      <summary>关于整个文件的 ${draft.problems.length} 条提醒</summary>
      <ul class="dots">
        ${draft.problems.map(
          (p) => html`<li><span class="soft">${place(p)} </span>${p.message}${p.text && html` <q>${p.text}</q>`}</li>`,
        )}
      </ul>
    </details>`}
    <div class="split">
      <aside class="codes" aria-label="按问题筛选">
        <h2>问题</h2>
        ${draft.codes.length === 0 && html`<p class="soft">没有发现问题。</p>`}
        ${["error", "warning"].map((severity) => {
          const list = draft.codes.filter((c) => c.severity === severity);
          return (
            list.length > 0 && html`<div>
              <h3>${severity === "error" ? "要改正的" : "提醒"}</h3>
              <ul>
                ${list.map(
                  (c) => html`<li>
                    <a class=${"code " + severity} href=${query.code === c.code ? put({}) : put({ code: c.code })}
                      aria-current=${query.code === c.code ? "true" : null}>
                      <span>${c.title}</span>
                      <b>${number(c.rows)}</b>
                    </a>
                  </li>`,
                )}
              </ul>
            </div>`
          );
        })}
      </aside>
      <${DraftRows} key=${filter + "|" + (query.code || "") + "|" + followed} desk=${desk} draft=${draft}
        state=${filter} code=${query.code || ""} recount=${recount}
        clear=${() => go(["import", draft.id], { bank: query.bank || "" })} />
    </div>
  </div>`;
}

// One bank: its questions, what they cover, its versions.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { number } from "../../lib/format.js";
import { link } from "../lib/route.js";
import { Dialog } from "../parts/dialog.js";
import { Field, Text } from "../parts/field.js";
import { Oops, Shown, useLoad, useWork } from "../parts/load.js";
import { Ageing } from "./ageing.js";
import { Coverage } from "./coverage.js";
import { DownloadDialog } from "./download.js";
import { QuestionSearch } from "./search.js";
import { Versions } from "./versions.js";

const tabs = [
  ["", "题目"],
  ["coverage", "覆盖"],
  ["versions", "版本和差异"],
  ["ageing", "该复核的"],
];

/** @param {{desk: import("../types").Desk, bank: string, query: Record<string, string>}} props */
export function BankPage({ desk, bank, query }) {
  const page = useLoad(() => desk.call("GET", "/banks/" + encodeURIComponent(bank)), [bank]);
  const [naming, setNaming] = useState(false);
  const [downloading, setDownloading] = useState(false);
  const at = query.tab || "";
  return html`<div>
    <p class="crumbs"><a href=${link(["banks"])}>题库</a> ›</p>
    <div class="head">
      <h1>${page.data ? page.data.title : "题库"}</h1>
      ${desk.may("bank.edit") && html`<p class="acts">
        <button class="btn quiet" disabled=${!page.data} onClick=${() => setNaming(true)}>改名</button>
        <button class="btn quiet" onClick=${() => setDownloading(true)}>下载</button>
        <a class="btn quiet" href=${link(["import", "write"], { bank })}>写题目</a>
        <a class="btn" href=${link(["import"], { bank })}>导入到这个题库</a>
      </p>`}
    </div>
    <${Shown} of=${page}>
      ${(/** @type {import("../types").BankPage} */ data) => html`<p class="soft">
        第 ${data.version} 版 · ${number(data.questions)} 道题
      </p>
      ${data.no_audience > 0 && html`<p class="state note">
        ${data.no_audience === data.questions ? "这些题都" : `有 ${number(data.no_audience)} 道题`}没有写适用对象，
        按对象抽题的关卡抽不到。
        <a href=${link(["banks", bank], { audience: "没有写" })}>看这些题，一次设置好</a>
      </p>`}
      <nav class="tabs" aria-label="题库的内容">
        ${tabs.map(
          ([key, name]) => html`<a href=${link(["banks", bank], { tab: key })}
            aria-current=${at === key ? "page" : null}>
            ${name}
          </a>`,
        )}
      </nav>
      ${at === "coverage" ? html`<${Coverage} page=${data} />`
        : at === "ageing" ? html`<${Ageing} desk=${desk} bank=${bank} />`
        : at === "versions" ? html`<${Versions} desk=${desk} page=${data} query=${query} changed=${page.again} />`
        : html`<${QuestionSearch} desk=${desk} page=${data} query=${query} changed=${page.again} />`}`}
    </${Shown}>
    ${naming && html`<${RenameDialog} desk=${desk} page=${page.data} close=${() => setNaming(false)}
      done=${() => {
        setNaming(false);
        page.again();
      }} />`}
    ${downloading && html`<${DownloadDialog} desk=${desk} bank=${bank}
      title=${page.data ? page.data.title : bank} close=${() => setDownloading(false)} />`}
  </div>`;
}

/**
 * @param {{desk: import("../types").Desk, page: import("../types").BankPage, close: () => void, done: () => void}}
 *   props
 */
function RenameDialog({ desk, page, close, done }) {
  const [title, setTitle] = useState(page.title);
  const work = useWork();
  const send = (/** @type {Event} */ event) => {
    event.preventDefault();
    work.run(async () => {
      await desk.call("PUT", `/banks/${encodeURIComponent(page.name)}/title`, { title: title.trim() });
      done();
    });
  };
  const off = work.problem && work.problem.field === "title" ? work.problem.detail : "";
  return html`<${Dialog} title="题库的名称" close=${close} first="input">
    <form onSubmit=${send}>
      <${Field} label="名称" hint="只给工作人员看；用着这个题库的活动不受影响" wrong=${off}>
        <${Text} name="title" max=${30} value=${title} set=${setTitle} />
      </${Field}>
      ${!off && html`<${Oops} problem=${work.problem} />`}
      <footer class="dialog-foot">
        <button type="button" class="btn quiet" onClick=${close}>先不</button>
        <button class="btn" disabled=${work.busy || !title.trim()}>改名</button>
      </footer>
    </form>
  </${Dialog}>`;
}

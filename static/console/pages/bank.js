// One bank: its questions, what they cover, its versions.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { number } from "../../lib/format.js";
import { link } from "../lib/route.js";
import { Shown, useLoad } from "../parts/load.js";
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
  const [downloading, setDownloading] = useState(false);
  const at = query.tab || "";
  return html`<div>
    <p class="crumbs"><a href=${link(["banks"])}>题库</a> ›</p>
    <div class="head">
      <h1>${bank}</h1>
      ${desk.may("bank.edit") && html`<p class="acts">
        <button class="btn quiet" onClick=${() => setDownloading(true)}>下载</button>
        <a class="btn" href=${link(["import"], { bank })}>导入到这个题库</a>
      </p>`}
    </div>
    <${Shown} of=${page}>
      ${(/** @type {import("../types").BankPage} */ data) => html`<p class="soft">
        第 ${data.version} 版 · ${number(data.questions)} 道题
      </p>
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
        : html`<${QuestionSearch} desk=${desk} page=${data} query=${query} />`}`}
    </${Shown}>
    ${downloading && html`<${DownloadDialog} desk=${desk} bank=${bank} close=${() => setDownloading(false)} />`}
  </div>`;
}

// What differs between two versions: both sides, with the changed words marked.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { diff } from "../lib/diff.js";
import { answerText } from "../lib/form.js";
import { difficulties, kindNames } from "../lib/words.js";
import { QuestionCard, sourceText } from "./questioncard.js";

/** @typedef {import("../types").Question} Question @typedef {import("../types").Compared} Compared */

/** What people compare, line by line. @param {Question} q @returns {[string, string][]} */
function lines(q) {
  return [
    ["题型", kindNames[q.kind] || q.kind],
    ["材料的标题", (q.material && q.material.title) || ""],
    ["材料", (q.material && q.material.text) || ""],
    ["材料的图片", (q.material && q.material.image) || ""],
    ["材料编号", (q.material && q.material.id) || ""],
    ["题干", q.stem],
    ["选项", (q.options || []).map((o, i) => String.fromCharCode(65 + i) + "．" + o).join("\n")],
    ["右项", (q.matches || []).join("\n")],
    ["答案", answerText(q)],
    ["解析", q.explanation || ""],
    ["依据", sourceText(q)],
    ["知识点", (q.topics || []).join("、")],
    ["难度", difficulties[q.difficulty || 1]],
    ["适用对象", (q.audience || []).join("、")],
    ["图片", q.image || ""],
    ["选项的图片", (q.option_images || []).join("\n")],
    ["图片说明", q.image_alt || ""],
    ["分值", q.score ? String(q.score) : ""],
  ];
}

/** @param {{pieces: import("../lib/diff.js").Piece[], side: "gone" | "new"}} props */
const Side = ({ pieces, side }) => html`<div class="side-text">
  ${pieces
    .filter((p) => p.how === "same" || p.how === side)
    .map((p) =>
      p.how === "same" ? p.text : p.how === "gone" ? html`<del>${p.text}</del>` : html`<ins>${p.text}</ins>`,
    )}
</div>`;

/** @param {{before: Question, after: Question}} props */
export function ChangedQuestion({ before, after }) {
  const old = lines(before);
  const rows = lines(after)
    .map(([name, now], i) => ({ name, was: old[i][1], now }))
    .filter((r) => r.was || r.now);
  const changed = rows.filter((r) => r.was !== r.now);
  return html`<article class="change">
    <p class="q-stem">${after.stem}</p>
    <small class="soft">编号 ${after.id} · 改了${changed.map((r) => r.name).join("、") || "格式"}</small>
    <div class="change-grid" role="table">
      <div class="change-row change-head" role="row">
        <span role="columnheader">项目</span>
        <span role="columnheader">改前</span>
        <span role="columnheader">改后</span>
      </div>
      ${changed.map((r) => {
        const pieces = diff(r.was, r.now);
        return html`<div class="change-row" role="row">
          <span class="soft" role="cell">${r.name}</span>
          <${Side} pieces=${pieces} side="gone" />
          <${Side} pieces=${pieces} side="new" />
        </div>`;
      })}
    </div>
  </article>`;
}

const step = 20; // shown at first, and with each 更多

/** @param {{compared: Compared}} props */
export function Difference({ compared }) {
  const { difference: d, before, after } = compared;
  /** @type {{key: "changed" | "added" | "removed", name: string, ids: string[]}[]} */
  const tabs = [
    { key: "changed", name: "修改", ids: d.changed },
    { key: "added", name: "新增", ids: d.added },
    { key: "removed", name: "移除", ids: d.removed },
  ];
  const first = tabs.find((t) => t.ids.length);
  const [at, setAt] = useState(first ? first.key : "changed");
  const [shown, setShown] = useState(step);
  if (!first) return html`<p class="state note">没有差异：题目完全相同。</p>`;
  const tab = /** @type {{key: string, ids: string[]}} */ (tabs.find((t) => t.key === at));
  const known = tab.ids.filter((id) => (at === "removed" ? before : after)[id]);
  return html`<div>
    <div class="tabs" role="group" aria-label="差异的种类">
      ${tabs.map(
        (t) => html`<button aria-pressed=${t.key === at} disabled=${!t.ids.length}
          onClick=${() => {
            setAt(t.key);
            setShown(step);
          }}>
          ${t.name} <b>${t.ids.length}</b>
        </button>`,
      )}
    </div>
    <div class="stack">
      ${known
        .slice(0, shown)
        .map((id) =>
          at === "changed" && before[id] ? html`<${ChangedQuestion} key=${id} before=${before[id]}
            after=${after[id]} />`
            : html`<${QuestionCard} key=${id} question=${(at === "removed" ? before : after)[id]} />`,
        )}
    </div>
    ${known.length > shown ? html`<p class="more">
      <button class="btn quiet" onClick=${() => setShown(shown + step)}>
        再看 ${Math.min(step, known.length - shown)} 道
      </button>
    </p>`
      : known.length < tab.ids.length && html`<p class="soft more">
        只列出前 ${known.length} 道，共 ${tab.ids.length} 道。
      </p>`}
  </div>`;
}

// How many questions there are by topic, kind and difficulty; what is missing stands out.
import { html } from "../../html.js";
import { link } from "../lib/route.js";
import { kindNames } from "../lib/words.js";

const levels = [1, 2, 3, 4, 5];

/** @param {{page: import("../types").BankPage}} props */
export function Coverage({ page }) {
  /** @type {Record<string, number>} */
  const count = {};
  for (const c of page.coverage) {
    for (const key of [
      `${c.topic}|${c.kind}|${c.difficulty}`,
      `${c.topic}|${c.kind}`,
      `${c.topic}`,
      `|${c.kind}`,
      `|${c.kind}|${c.difficulty}`,
    ])
      count[key] = (count[key] || 0) + c.questions;
  }
  const topics = page.coverage
    .map((c) => c.topic)
    .filter((t, i, all) => all.indexOf(t) === i)
    .sort((a, b) => count[b] - count[a]);
  const kinds = page.kinds.map((k) => k.kind).filter((k) => count["|" + k]);
  const empty = topics.reduce(
    (n, t) => n + kinds.reduce((m, k) => m + levels.filter((d) => !count[`${t}|${k}|${d}`]).length, 0),
    0,
  );
  /** @param {string} topic @param {string} kind @param {number} d */
  const cell = (topic, kind, d) => {
    const n = count[`${topic}|${kind}|${d}`] || 0;
    const what = `${topic}，${kindNames[kind]}，难度${d}：${n}道`;
    const edge = d === 1 ? " edge" : "";
    if (!n)
      return html`<td class=${"cell none" + edge} aria-label=${what} title=${what}>
        <span aria-hidden="true">0</span>
      </td>`;
    return html`<td class=${"cell heat" + (n >= 8 ? 3 : n >= 3 ? 2 : 1) + edge}>
      <a href=${link(["banks", page.name], { main_topic: topic, kind, difficulty: d })} aria-label=${what}
        title=${what}>
        ${n}
      </a>
    </td>`;
  };
  return html`<div>
    <p>
      每格是一种组合的题数，按主要知识点算。
      <b class="none-word">
        0
      </b> 的格子一道也没有：关卡若要抽这样的题，先补上。共 ${topics.length} 个知识点，空格 ${empty} 个。
    </p>
    <div class="scroll">
      <table class="coverage">
        <thead>
          <tr>
            <th rowspan="2" class="pin">知识点</th>
            <th rowspan="2" class="n">合计</th>
            ${kinds.map(
              (k) => html`<th colspan="5" class="edge">${kindNames[k]} <small>${count["|" + k]}</small></th>`,
            )}
          </tr>
          <tr>
            ${kinds.map(() =>
              levels.map((d) => html`<th class=${d === 1 ? "n edge" : "n"} title=${"难度" + d}>${d}</th>`),
            )}
          </tr>
        </thead>
        <tbody>
          ${topics.map(
            (t) => html`<tr>
              <th class="pin" scope="row"><a href=${link(["banks", page.name], { main_topic: t })}>${t}</a></th>
              <td class="n total">${count[t]}</td>${kinds.map((k) => levels.map((d) => cell(t, k, d)))}
            </tr>`,
          )}
        </tbody>
        <tfoot>
          <tr>
            <th class="pin">合计</th>
            <td class="n total">${page.questions}</td>
            ${kinds.map((k) =>
              levels.map((d) => html`<td class=${d === 1 ? "n edge" : "n"}>${count[`|${k}|${d}`] || 0}</td>`),
            )}
          </tr>
        </tfoot>
      </table>
    </div>
    <p class="soft legend">题型下面的 1–5 是难度：1 人人该会，5 专业。点数字看这些题。</p>
  </div>`;
}

// Whose results a correction changes.
import { html } from "../../html.js";
import { number } from "../../lib/format.js";

/** @param {{effect: import("../types").Preview}} props */
export const Effect = ({ effect: e }) => html`<div class="effect" role="status">
  <h3>会影响谁</h3>
  ${e.attempts === 0 ? html`<p class="state">没有人的成绩会改变。</p>`
    : html`<dl class="figures small">
      ${[
        ["参赛者", e.players],
        ["答题次数", e.attempts],
        ["成绩升高", e.up],
        ["成绩降低", e.down],
        ["变为通过", e.passes_won],
        ["变为不通过", e.passes_lost],
      ].map(
        ([name, n]) => html`<div class=${name === "变为不通过" && n ? "loud" : null}>
          <dt>${name}</dt>
          <dd>${number(Number(n))}</dd>
        </div>`,
      )}
    </dl>
    ${e.passes_lost > 0 && html`<p class="state bad">
      有 ${number(e.passes_lost)} 次答题会从通过变为不通过。如果不想让人失去成绩，可以改用“作废”。
    </p>`}
    <div class="scroll">
      <table class="rows">
        <thead><tr><th>活动</th><th>关卡</th><th class="n">原来</th><th class="n">之后</th><th>通过</th></tr></thead>
        <tbody>
          ${e.examples
            .slice(0, 10)
            .map(
              (x) => html`<tr>
                <td>${x.contest}</td>
                <td>${x.level}</td>
                <td class="n" data-name="原来">${x.score_before}分</td>
                <td class="n" data-name="之后"><b>${x.score_after}分</b></td>
                <td>
                  ${x.passed_before === x.passed_after
                    ? x.passed_after
                      ? "通过（不变）"
                      : "未通过（不变）"
                    : x.passed_after
                      ? "未通过 → 通过"
                      : "通过 → 未通过"}
                </td>
              </tr>`,
            )}
        </tbody>
      </table>
    </div>
    ${e.attempts > 10 && html`<p class="soft">只列出 10 例。</p>`}`}
</div>`;

// What is done of a contest that is being written and what is still to do; each step leads to where it is done.
import { html } from "../../html.js";
import { steps } from "../lib/contestguide.js";
import { openConcerns } from "../pages/contestcheck.js";

/**
 * @param {object} props
 * @param {import("../lib/contestdraft.js").Draft} props.draft @param {import("../types").ContestForm} props.form
 * @param {boolean} props.isNew nothing of it is public @param {boolean} props.rehearsed now
 * @param {boolean} props.approval @param {boolean} props.asked
 * @param {(tab: string) => void} props.show @param {() => void} props.publish
 * @param {(path: string, line: number) => void} props.goTo
 */
export function Guide({ draft, form, isNew, rehearsed, approval, asked, show, publish, goTo }) {
  const so = { form, rehearsed, approval, asked, open: openConcerns(draft.checked).length };
  const all = steps(draft.values, draft.checked, so);
  const left = all.filter((s) => !s.done && s.key !== "publish");
  return html`<nav class="guide" aria-label=${isNew ? "从头到发布" : "修改到发布"}>
    <ol>
      ${all.map((s) => html`<li key=${s.key} class=${s.done ? "done" : s === left[0] ? "next" : ""}>
        <button type="button" data-step=${s.key} onClick=${() =>
          s.tab === "publish" ? publish() : s.tab ? show(s.tab) : goTo(s.path || "", 1)}>
          <b>${s.done ? "✓ " : ""}${s.name}</b>
          ${s.todo && html`<small>${s.todo}</small>`}
        </button>
      </li>`)}
    </ol>
    <p class="soft">${left.length ? `还有 ${left.length} 件：${left.map((s) => s.name).join("、")}` : "都做好了，可以发布。"}</p>
  </nav>`;
}

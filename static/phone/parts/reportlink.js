// The quiet link below a verdict, for a question that is wrong.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { lazy } from "../../lib/lazy.js";

const ReportSheet = lazy(() => import("./report.js"), "ReportSheet", "哪里有误");

/** @param {{send: (reason: string, note: string) => Promise<void>}} props */
export function ReportLink({ send }) {
  const [open, setOpen] = useState(false);
  const [sent, setSent] = useState(false);
  return html`<div class="report-link">
    ${sent ? html`<span class="soft" role="status">谢谢，已转给组织者</span>`
      : html`<button class="link" onClick=${() => setOpen(true)}>题目有误？</button>`}
    ${open && html`<${ReportSheet} send=${send} close=${() => setOpen(false)}
      done=${() => {
        setOpen(false);
        setSent(true);
      }} />`}
  </div>`;
}

// One contest: the form on the left; on the right its text, how players read and see it, what is wrong, how it came to
// be.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { useDraft } from "../lib/contestdraft.js";
import { linkIn } from "../lib/contests.js";
import { link } from "../lib/route.js";
import { Oops, useLoad, useWork } from "../parts/load.js";
import { CheckView, openConcerns } from "./contestcheck.js";
import { ContestForm } from "./contestform.js";
import { History, RehearsalView } from "./contesthistory.js";
import { PublishDialog } from "./contestpublish.js";
import { ContestText } from "./contesttext.js";
import { PhoneView, RulesView } from "./contestviews.js";

/** @typedef {import("../types").ContestPage} ContestPage */

/**
 * @param {object} props
 * @param {import("../types").Desk} props.desk
 * @param {ContestPage | null} props.page what is stored; null for a new contest
 * @param {string} props.text what to begin with
 * @param {() => Promise<void>} props.again reads what is stored anew
 * @param {(slug: string) => Promise<void>} props.published
 */
export function ContestEditor({ desk, page, text, again, published }) {
  const [stored, setStored] = useState({ text: page ? page.text : "", version: page ? page.contest.version : 0 });
  const draft = useDraft(desk, stored.text, text, page ? page.contest.slug : "");
  const [tab, setTab] = useState(draft.may ? "text" : "rules");
  const [line, setLine] = useState(0);
  const [publishing, publish] = useState(/** @type {import("../types").ContestCheck | null} */ (null));
  const banks = useLoad(() => desk.call("GET", "/banks"), []);
  const bankNames = ((banks.data && banks.data.banks) || []).map((/** @type {any} */ b) => [b.name, b.title]);
  const work = useWork();
  const dirty = draft.text !== stored.text;
  const open = openConcerns(draft.checked).length + (draft.checked ? draft.checked.findings.length : 0);

  /** @param {number} n */
  function goTo(n) {
    setTab("text");
    setLine(0);
    setTimeout(() => setLine(n));
  }
  const look = () =>
    work.run(async () => {
      const checked = await draft.settle();
      if (checked.findings.length || openConcerns(checked).length) setTab("check");
      else publish(checked);
    });
  /** Takes the newest version for the one that is edited. */
  async function rebase() {
    const newest = /** @type {ContestPage} */ (
      await desk.call("GET", "/contests/" + (draft.checked ? draft.checked.slug : ""))
    );
    setStored({ text: newest.text, version: newest.contest.version });
    publish(await draft.settle());
    return newest;
  }
  const tabs = [
    ["form", "表单"],
    ...(draft.may ? [["text", "文本"]] : []),
    ["rules", "规则预览"],
    ["phone", "手机预览"],
    ["check", open ? `检查 ${open}` : "检查"],
    ...(page
      ? [
          ["history", "修改记录"],
          ["rehearsal", "演练"],
        ]
      : []),
  ];
  return html`<div class="contest-page">
    <p class="crumbs">
      <a href=${link(["contests"])}>活动</a>
      ${page && html` › <a href=${linkIn(page.contest.slug, [])}>看它的概况</a>`}
    </p>
    <div class="head">
      <h1>${(draft.values && draft.values.title) || "新的活动"}</h1>
      <div class="acts">
        ${page && html`<span class="soft">第 ${stored.version} 版${dirty ? "，有还没有发布的修改" : ""}</span>`}
        ${!page && html`<span class="soft">还没有发布</span>`}
        ${draft.may && html`<button class="btn" disabled=${work.busy || (!!page && !dirty)} onClick=${look}>
          ${work.busy ? "正在检查" : page ? "发布修改" : "发布"}
        </button>`}
      </div>
    </div>
    <${Oops} problem=${work.problem || draft.problem} />
    ${page && page.contest.rehearsal && tab !== "rehearsal" && html`<p class="state note">
      这个活动正在演练。<button class="link" onClick=${() => setTab("rehearsal")}>看演练</button>
    </p>`}
    <div class=${"contest-split show-" + tab}>
      <div class="contest-left">
        <${ContestForm} draft=${draft} banks=${bankNames} fresh=${!page} />
      </div>
      <div class="contest-right">
        <nav class="tabs" aria-label="活动">
          ${tabs.map(
            ([key, name]) => html`<button key=${key} class=${key === "form" ? "narrow-only" : null}
              aria-pressed=${tab === key ? "true" : "false"} onClick=${() => setTab(key)}>
              ${name}
            </button>`,
          )}
        </nav>
        <div class="contest-view">
          ${tab === "text" ? html`<${ContestText} draft=${draft} goTo=${line} />`
            : tab === "rules" ? html`<${RulesView} rules=${draft.checked ? draft.checked.rules : []} />`
            : tab === "phone" ? html`<${PhoneView} preview=${draft.checked ? draft.checked.preview : null} />`
            : tab === "check" ? html`<${CheckView} draft=${draft} me=${desk.me} goTo=${goTo} />`
            : tab === "history" && page ? html`<${History} changes=${page.changes} />`
            : tab === "rehearsal" && page ? html`<${RehearsalView} desk=${desk} page=${page} dirty=${dirty}
              again=${again} />`
            : null}
        </div>
      </div>
    </div>
    ${publishing && html`<${PublishDialog} desk=${desk} text=${draft.text} checked=${publishing} base=${stored.version}
      rebase=${rebase} close=${() => publish(null)}
      done=${async (/** @type {import("../types").ContestLine} */ c) => {
        setStored({ text: draft.text, version: c.version });
        publish(null);
        desk.tell(stored.version ? `已发布第 ${c.version} 版。` : "活动已经发布。");
        await published(c.slug);
      }} />`}
  </div>`;
}

// One contest: the form on the left; on the right how players see and read it, its text, what is wrong, how it came to
// be. What is written is a draft on the server until it is published.
import { html } from "../../html.js";
import { PhoneView, RulesView } from "../../lib/contestviews.js";
import { useState } from "../../vendor/hooks.js";
import { useDraft } from "../lib/contestdraft.js";
import { unfilled } from "../lib/contestguide.js";
import { showField } from "../lib/contestplace.js";
import { useSaving } from "../lib/contestsaving.js";
import { linkIn } from "../lib/contests.js";
import { at } from "../lib/contesttree.js";
import { link } from "../lib/route.js";
import { moment } from "../lib/moment.js";
import { Guide } from "../parts/contestguide.js";
import { Asked, Overtaken, savedWords } from "../parts/contestsaved.js";
import { Taken } from "../parts/contesttaken.js";
import { Oops, useLoad, useWork } from "../parts/load.js";
import { CheckView, openConcerns } from "./contestcheck.js";
import { ContestForm } from "./contestform.js";
import { History, RehearsalView } from "./contesthistory.js";
import { LookView } from "./contestlook.js";
import { PublishDialog } from "./contestpublish.js";
import { ContestText } from "./contesttext.js";

/**
 * @typedef {import("../types").ContestPage} ContestPage
 * @typedef {import("../types").ContestDraft} ContestDraft
 */

/**
 * @param {object} props
 * @param {import("../types").Desk} props.desk
 * @param {string} props.tab what is shown beside the form @param {(tab: string) => void} props.setTab
 * @param {ContestPage | null} props.page what is public; null for a new contest
 * @param {import("../types").ContestDraftPage | null} props.first the draft that is gone on with; null for none
 * @param {boolean} props.approval publishing takes another person
 * @param {ContestDraft[]} props.others drafts of the same contest
 * @param {string} props.text what to begin with
 * @param {() => Promise<void>} props.again reads what is stored anew
 * @param {(slug: string) => Promise<void>} props.published
 */
export function ContestEditor({ desk, tab, setTab, page, first, approval, others, text, again, published }) {
  const [stored, setStored] = useState({ text: page ? page.text : "", version: page ? page.contest.version : 0 });
  const asked = first && first.approval.asked;
  const may = desk.may("contest.edit") && !asked;
  const draft = useDraft(desk, text, page ? page.contest.slug : "", may);
  const base = first ? first.draft.base : stored.version;
  const saving = useSaving(desk, draft.text, stored.text, { contest: page ? page.contest.slug : "", base },
    first && { draft: first.draft, text: first.text, form: first.form }, may);
  const [line, setLine] = useState(0);
  const [publishing, publish] = useState(/** @type {import("../types").ContestCheck | null} */ (null));
  const banks = useLoad(() => desk.call("GET", "/banks"), []);
  const bankNames = ((banks.data && banks.data.banks) || []).map((/** @type {any} */ b) => [b.name, b.title]);
  const work = useWork();
  const dirty = draft.text !== stored.text;
  const rehearsal = saving.kept && first ? first.rehearsal : null;
  const taken = base === 0 && draft.checked && draft.checked.stored ? draft.checked.slug : "";
  const open = openConcerns(draft.checked).length + (draft.checked ? draft.checked.findings.length : 0);

  /** @param {string} path @param {number} n the line, for what no field asks */
  function goTo(path, n) {
    if (showField(path)) return;
    setTab("text");
    setLine(0);
    setTimeout(() => setLine(n));
  }
  /** @param {string} next */
  function show(next) {
    setTab(next);
    if (next === "phone" || next === "rules") saving.remember({ looked: true });
  }
  const look = () =>
    work.run(async () => {
      const checked = await draft.settle();
      if (may && dirty) await saving.flush(draft.latest());
      if (base === 0 && checked.stored) return desk.tell("还不能发布：网址已经有一个活动在用，请先在上面换一个。");
      const blank = ["organizer", "contact"].find((path) => unfilled(at(draft.values, path)));
      if (blank) {
        showField(blank);
        return desk.tell("还不能发布：请先写上主办单位和咨询方式。");
      }
      if (!checked.findings.length && !openConcerns(checked).length) return publish(checked);
      setTab("check");
      const wrong = checked.findings.length + openConcerns(checked).length;
      desk.tell(`还不能发布：有 ${wrong} 处要先改好，都列在“检查”里。`);
    });
  /** Takes the newest version for the one that is edited. */
  async function rebase() {
    const newest = /** @type {ContestPage} */ (
      await desk.call("GET", "/contests/" + (draft.checked ? draft.checked.slug : ""))
    );
    setStored({ text: newest.text, version: newest.contest.version });
    saving.rebase(newest.contest.version);
    publish(await draft.settle());
    return newest;
  }
  /** @param {string} slug @param {number} version */
  async function done(slug, version) {
    setStored({ text: draft.latest(), version });
    saving.take(null);
    publish(null);
    desk.tell(version > 1 ? `已发布第 ${version} 版。` : "活动已经发布。");
    await published(slug);
  }
  const tabs = [
    ["form", "表单"],
    ["phone", "手机预览"],
    ["rules", "规则预览"],
    ["check", open ? `检查 ${open}` : "检查"],
    ...(desk.may("contest.edit") ? [["look", "给领导看"]] : []),
    ...(page || desk.may("contest.edit") ? [["rehearsal", "演练"]] : []),
    ...(page ? [["history", "修改记录"]] : []),
    ...(desk.may("contest.edit") ? [["text", "文本"]] : []),
  ];
  const rehearsed = rehearsal || (page && page.contest.rehearsal);
  return html`<div class="contest-page">
    <p class="crumbs">
      <a href=${link(["contests"])}>活动</a>
      ${page && html` › <a href=${linkIn(page.contest.slug, [])}>看它的概况</a>`}
    </p>
    <div class="head">
      <h1>${(draft.values && draft.values.title) || "新的活动"}</h1>
      <div class="acts">
        <span class="soft saved" role="status">
          ${page ? `第 ${stored.version} 版` : "还没有发布"}${dirty && page ? "，有还没有发布的修改" : ""}
          ${may && savedWords(saving)}
        </span>
        ${may && html`<button class="btn" disabled=${work.busy || (!!page && !dirty)} onClick=${look}>
          ${work.busy ? "正在检查" : approval ? "提交审批" : page ? "发布修改" : "发布"}
        </button>`}
      </div>
    </div>
    <${Oops} problem=${work.problem || draft.problem} />
    <${Overtaken} desk=${desk} saving=${saving} text=${draft.text} take=${again} />
    ${taken && html`<${Taken} key=${taken} desk=${desk} draft=${draft} slug=${taken} />`}
    ${first && asked && html`<${Asked} desk=${desk} draft=${first.draft} asked=${asked} checked=${draft.checked}
      again=${again} published=${done} />`}
    ${!first && !saving.kept && others.map((d) => html`<p key=${d.id} class="state note">
      ${d.saved_by} ${moment(d.saved_at)} 保存了一份还没有发布的修改${d.waiting ? "，正在等另一人同意" : ""}。
      <a href=${link(["contests", "+" + d.id])}>打开草稿</a>
    </p>`)}
    ${rehearsed && tab !== "rehearsal" && html`<p class="state note">
      这个活动正在演练。<button class="link" onClick=${() => setTab("rehearsal")}>看演练</button>
    </p>`}
    ${desk.may("contest.edit") && (!page || first || dirty) && html`<${Guide} draft=${draft} form=${saving.form}
      isNew=${!page} rehearsed=${!!rehearsal} approval=${approval} asked=${!!asked} show=${show} publish=${look}
      goTo=${goTo} />`}
    <div class=${"contest-split show-" + tab}>
      <div class="contest-left">
        <${ContestForm} draft=${draft} banks=${bankNames} />
      </div>
      <div class="contest-right">
        <nav class="tabs" aria-label="活动">
          ${tabs.map(
            ([key, name]) => html`<button key=${key} class=${key === "form" ? "narrow-only" : null}
              aria-pressed=${tab === key ? "true" : "false"} onClick=${() => show(key)}>
              ${name}
            </button>`,
          )}
        </nav>
        <div class="contest-view">
          ${tab === "text" ? html`<${ContestText} draft=${draft} goTo=${line} />`
            : tab === "rules" ? html`<${RulesView} rules=${draft.checked ? draft.checked.rules : []} />`
            : tab === "phone" ? html`<${PhoneView} preview=${draft.checked ? draft.checked.preview : null} />`
            : tab === "check" ? html`<${CheckView} draft=${draft} me=${desk.me} goTo=${goTo} />`
            : tab === "look" ? html`<${LookView} desk=${desk} draft=${draft} saving=${saving}
              links=${first ? first.links : []} />`
            : tab === "history" && page ? html`<${History} changes=${page.changes} />`
            : tab === "rehearsal" ? html`<${RehearsalView} desk=${desk} page=${page} dirty=${dirty}
              of=${!page || first || dirty ? saving : null} rehearsal=${rehearsal} text=${draft.latest}
              settle=${draft.settle} again=${again} />`
            : null}
        </div>
      </div>
    </div>
    ${publishing && html`<${PublishDialog} desk=${desk} text=${draft.text} checked=${publishing} base=${stored.version}
      kept=${saving.kept} approval=${approval} rebase=${rebase} close=${() => publish(null)}
      done=${(/** @type {import("../types").ContestLine} */ c) => done(c.slug, c.version)}
      asked=${async () => {
        publish(null);
        desk.tell("已经提交，等另一位工作人员同意。");
        if (saving.kept) location.hash = link(["contests", "+" + saving.kept.id]);
        await again();
      }} />`}
  </div>`;
}

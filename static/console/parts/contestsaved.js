// What is told of a draft: that it is saved, that somebody else saved it, that it waits for another's agreement.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { time } from "../../lib/format.js";
import { moment } from "../lib/moment.js";
import { Differences } from "./contestchange.js";
import { Dialog } from "./dialog.js";
import { Oops, useLoad, useWork } from "./load.js";

/** @typedef {import("../lib/contestsaving.js").Saving} Saving */
/** @typedef {import("../types").ContestDraft} ContestDraft */

/** @param {Saving} saving */
export function savedWords({ state, kept }) {
  if (state === "saving" || state === "typed") return "，正在保存";
  if (state === "failed") return "，没有保存上，正在重试";
  if (state === "overtaken" || state === "gone") return "，没有保存";
  return kept ? `，已保存 ${time(kept.saved_at).slice(0, 5)}` : "";
}

/**
 * Somebody else saved the draft, or published or deleted it: nothing is overwritten, and nothing is lost.
 * @param {{desk: import("../types").Desk, saving: Saving, text: string, take: () => Promise<void>}} props
 */
export function Overtaken({ desk, saving, text, take }) {
  const { state, kept } = saving;
  const other = useLoad(
    () => (state === "overtaken" && kept ? desk.call("GET", "/contest-drafts/" + kept.id) : Promise.resolve(null)),
    [state],
  );
  const work = useWork();
  if (state !== "overtaken" && state !== "gone") return null;
  const theirs = other.data && /** @type {import("../types").ContestDraftPage} */ (other.data).draft;
  const apart = () => work.run(() => saving.apart());
  return html`<div class="state bad" role="alert">
    <p>
      ${state === "gone" ? "这份草稿刚刚被发布或删除，您后来写的还没有保存。"
        : `这份草稿${theirs ? `，${theirs.saved_by} ${time(theirs.saved_at).slice(0, 5)} ` : ""}在别处改过，您后来写的还没有保存。`}
    </p>
    <div class="acts">
      <button class="btn" disabled=${work.busy || !text} onClick=${apart}>把我写的另存一份草稿</button>
      ${state === "overtaken" && html`<button class="btn quiet" onClick=${() => work.run(async () => {
        saving.take(null);
        await take();
      })}>不要我写的，打开最新的</button>`}
    </div>
    <${Oops} problem=${work.problem} />
  </div>`;
}

/**
 * A draft that waits: another looks at the difference and agrees, or it is withdrawn.
 * @param {object} props
 * @param {import("../types").Desk} props.desk @param {ContestDraft} props.draft
 * @param {NonNullable<import("../types").ContestDraftPage["approval"]["asked"]>} props.asked
 * @param {import("../types").ContestCheck | null} props.checked
 * @param {() => Promise<void>} props.again @param {(slug: string, version: number) => Promise<void>} props.published
 */
export function Asked({ desk, draft, asked, checked, again, published }) {
  const [looking, look] = useState(false);
  const work = useWork();
  const path = `/contest-drafts/${draft.id}/approval`;
  return html`<div class="state note asked">
    <p>
      ${asked.by} ${moment(asked.at)} 提交审批，等另一位工作人员同意后发布。这期间不能修改。
      ${asked.reason && html`<br />原因：${asked.reason}`}
    </p>
    <div class="acts">
      ${!asked.own && html`<button class="btn" disabled=${!checked} onClick=${() => look(true)}>看差别，同意发布</button>`}
      <button class="btn quiet" disabled=${work.busy} onClick=${() => work.run(async () => {
        await desk.call("DELETE", path);
        await again();
      })}>${asked.own ? "撤回，再改改" : "退回修改"}</button>
    </div>
    <${Oops} problem=${work.problem} />
    ${looking && checked && html`<${Agree} desk=${desk} path=${path} asked=${asked} checked=${checked}
      close=${() => look(false)} published=${published} />`}
  </div>`;
}

/**
 * @param {{desk: import("../types").Desk, path: string, asked: {hash: string}, checked:
 *   import("../types").ContestCheck, close: () => void, published: (slug: string, version: number) => Promise<void>}}
 *   props
 */
function Agree({ desk, path, asked, checked, close, published }) {
  const work = useWork();
  const { stored } = checked;
  const agree = () =>
    work.run(async () => {
      const { contest } = await desk.call("POST", path + "/agree", { hash: asked.hash });
      await published(contest.slug, contest.version);
    });
  return html`<${Dialog} title="同意发布" size="wide" close=${close}>
    <div class="publish">
      ${stored ? html`<h3>和现在公开的相比</h3>
      <${Differences} differences=${stored.differences} />
      ${stored.consequences.length > 0 && html`<ul class="consequences">
        ${stored.consequences.map((c) => html`<li class=${c.grave ? "grave" : ""}>${c.message}</li>`)}
      </ul>`}`
        : html`<h3>新的活动，现在什么都没有公开。发布以后的规则：</h3>
        <${Differences} differences=${checked.rules.map((s) => ({ section: s.title, gone: [], come: s.lines }))} />`}
      <p class="soft">您同意的就是这一份文本（校验码 ${asked.hash.slice(0, 8)}），发布的也只会是它。</p>
      <${Oops} problem=${work.problem} />
    </div>
    <footer class="dialog-foot sticky">
      <button type="button" class="btn quiet" onClick=${close}>先不</button>
      <button class="btn" disabled=${work.busy} onClick=${agree}>${work.busy ? "请稍等" : "同意并发布"}</button>
    </footer>
  </${Dialog}>`;
}

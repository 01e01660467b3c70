// What was changed of a contest, and its rehearsal.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { number } from "../../lib/format.js";
import { linkIn, withPass } from "../lib/contests.js";
import { moment } from "../lib/moment.js";
import { link } from "../lib/route.js";
import { Differences } from "../parts/contestchange.js";
import { Confirm } from "../parts/dialog.js";
import { Oops, useWork } from "../parts/load.js";
import { Reach } from "../parts/reach.js";

/** @param {{changes: import("../types").ContestChange[]}} props */
export const History = ({ changes }) =>
  changes.length ? html`<div class="history">
    <p class="soft">参赛者在“规则”页也看得到这些。</p>
    ${changes.map(
      (c) => html`<section key=${c.version}>
        <h3>第 ${c.version} 版 <small class="soft">${moment(c.at)}</small></h3>
        <p>原因：${c.reason || "没有写"}</p>
        <${Differences} differences=${c.differences} />
      </section>`,
    )}
  </div>`
    : html`<p class="state">发布以后还没有改过。</p>`;

/**
 * The rehearsal of what is public, or of the draft as it is written: nothing public tells of that one.
 * @param {object} props
 * @param {import("../types").Desk} props.desk
 * @param {import("../types").ContestPage | null} props.page
 * @param {boolean} props.dirty what is written is not published
 * @param {import("../lib/contestsaving.js").Saving | null} props.of the draft that is rehearsed; null: what is public
 * @param {import("../types").Rehearsal | null} props.rehearsal of the draft
 * @param {() => string} props.text @param {() => Promise<unknown>} props.settle
 * @param {() => Promise<void>} props.again
 */
export function RehearsalView({ desk, page, dirty, of, rehearsal: ofDraft, text, settle, again }) {
  const [ending, end] = useState(false);
  const work = useWork();
  const rehearsal = of ? ofDraft : page && page.contest.rehearsal;
  const path = of ? `/contest-drafts/${of.kept ? of.kept.id : ""}/rehearsal`
    : `/contests/${encodeURIComponent(page ? page.contest.slug : "")}/rehearsal`;
  const begin = () =>
    work.run(async () => {
      if (!of) {
        await desk.call("POST", path, {});
      } else {
        await settle();
        const kept = await of.flush(text());
        await desk.call("POST", `/contest-drafts/${kept.id}/rehearsal`, {});
        location.hash = link(["contests", "+" + kept.id, "rehearsal"]);
      }
      await again();
      desk.tell("演练已经开始。");
    });
  if (!rehearsal) {
    return html`<div class="stack">
      <p>
        演练是活动的一份副本：规则和单位一样，时间挪到现在，可以马上用手机答题、看榜、抽奖。数据和正式活动分开，每一页都写着“演练”，奖品不能兑换。
      </p>
      ${of ? html`<p class="state note">现在演练的是这份草稿。公众看不到它，有专门二维码的人才进得来。</p>`
        : dirty && page && html`<p class="state note">演练用的是已经发布的第 ${page.contest.version} 版。</p>`}
      <${Oops} problem=${work.problem} />
      ${desk.may("contest.edit") ? html`<p>
        <button class="btn" disabled=${work.busy} onClick=${begin}>${work.busy ? "正在准备" : "开始演练"}</button>
      </p>`
        : html`<p class="soft">现在没有演练。</p>`}
    </div>`;
  }
  const { origin } = desk;
  return html`<div class="stack">
    <p class="state note">
      <b>正在演练。</b>${number(rehearsal.players)} 人参加，答完 ${number(rehearsal.attempts)} 次。
    </p>
    ${rehearsal.pass ? html`<p>
        演练里的题就是正式的题，所以只有用下面的二维码或链接打开的人进得来，请只发给参加演练的人。演练结束，它们就没有用了。
      </p>
      <div class="rehearsal-ways">
        <${Way} name="手机" address=${withPass(`${origin}/c/${rehearsal.slug}`, rehearsal.pass)} />
        <${Way} name="大屏幕" address=${withPass(`${origin}/screen/${rehearsal.slug}`, rehearsal.pass)} />
      </div>`
      : html`<p class="soft">参加演练要用专门的二维码，请向组织者要。</p>`}
    <${Reach} origin=${origin} />
    <div class="acts">
      <a class="btn" href=${linkIn(rehearsal.slug, [])}>在控制台看演练</a>
      <button class="btn quiet" onClick=${again}>刷新人数</button>
      ${desk.may("contest.edit") && html`<button class="btn danger" onClick=${() => end(true)}>结束演练</button>`}
    </div>
    ${ending && html`<${Confirm} title="结束演练" yes="结束，删除演练数据" danger=${true} close=${() => end(false)}
      act=${async () => {
        await desk.call("DELETE", path);
        if (of) {
          of.remember({ rehearsed: true });
          await of.flush(text());
        }
        end(false);
        await again();
        desk.tell("演练已经结束，数据已经删除。");
      }}>
      <p>
        会删除演练里的全部数据：${number(rehearsal.players)} 位参加的人、
        ${number(rehearsal.attempts)} 次答题，以及名次、积分、抽奖、邀请和签名。删除以后找不回来。
      </p>
      <p>正式活动不受影响。</p>
    </${Confirm}>`}
  </div>`;
}

/** @param {{name: string, address: string}} props */
const Way = ({ name, address }) => html`<figure>
  <img class="qr" src=${"/qr.svg?text=" + encodeURIComponent(address)} alt=${`二维码：${address}`} />
  <figcaption>
    <b>${name}</b>
    <a href=${address} target="_blank" rel="noopener">${address.replace(/^https?:\/\//, "")}</a>
  </figcaption>
</figure>`;

// Links by which somebody without an account looks at a draft: for the boss.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { dateTime } from "../../lib/format.js";
import { Select } from "../parts/field.js";
import { Oops, useWork } from "../parts/load.js";
import { Reach } from "../parts/reach.js";

/** @typedef {import("../types").DraftLink} DraftLink */

/**
 * @param {{desk: import("../types").Desk, draft: import("../lib/contestdraft.js").Draft, saving:
 *   import("../lib/contestsaving.js").Saving, links: DraftLink[]}} props
 */
export function LookView({ desk, draft, saving, links: first }) {
  const [links, setLinks] = useState(first);
  const [days, setDays] = useState("7");
  const [made, setMade] = useState("");
  const work = useWork();
  const make = () =>
    work.run(async () => {
      const kept = draft.may ? await saving.flush(draft.latest()) : saving.kept;
      if (!kept) return;
      const got = await desk.call("POST", `/contest-drafts/${kept.id}/links`, { days: Number(days) });
      setMade(`${desk.origin}/look#${got.token}`);
      setLinks([got.link, ...links]);
    });
  /** @param {DraftLink} link */
  const withdraw = (link) =>
    work.run(async () => {
      if (saving.kept) await desk.call("DELETE", `/contest-drafts/${saving.kept.id}/links/${link.id}`);
      setLinks(links.filter((l) => l.id !== link.id));
      setMade("");
    });
  if (!saving.kept && draft.checked && draft.checked.stored && !draft.checked.stored.differences.length) {
    return html`<p class="state">没有还没发布的修改，领导直接打开活动就能看。</p>`;
  }
  return html`<div class="stack">
    <p>
      有链接的人不用登录，在手机上就能看草稿的首页、规则、奖品、每关的样题（没有答案），和还有几处要改。别的什么也看不到，搜索引擎也不收录。
    </p>
    <div class="acts">
      <${Select} label="有效期" value=${days} set=${setDays}
        options=${[["1", "1 天有效"], ["3", "3 天有效"], ["7", "7 天有效"], ["30", "30 天有效"]]} />
      <button class="btn" disabled=${work.busy} onClick=${make}>生成链接</button>
    </div>
    <${Oops} problem=${work.problem} />
    ${made && html`<figure class="look-made">
      <img class="qr" src=${"/qr.svg?text=" + encodeURIComponent(made)} alt="看草稿的二维码" />
      <figcaption>
        <b>请现在复制或截图，这个链接只显示这一次</b>
        <a href=${made} target="_blank" rel="noopener">${made.replace(/^https?:\/\//, "")}</a>
      </figcaption>
    </figure>`}
    ${made && html`<${Reach} origin=${desk.origin} />`}
    ${links.length > 0 && html`<ul class="found-list">
      ${links.map((l) => html`<li key=${l.id} class="found-item">
        <span>${l.made_by} 生成，${dateTime(l.ends_at)} 失效</span>
        <button type="button" class="link" disabled=${work.busy} onClick=${() => withdraw(l)}>收回</button>
      </li>`)}
    </ul>`}
  </div>`;
}

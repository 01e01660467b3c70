// A public drawing on the phone: how far it is, what was fixed before chance came, my slips, who won, and the files
// with
// which anybody can check it.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { dateTime, number } from "../../lib/format.js";
import { say } from "../../lib/problems.js";

/** @typedef {import("./prizes.js").Drawing} Drawing */
/**
 * @typedef {{place: number, prize: string, name: string, unit: string, entry: number, gone: boolean, reason: string,
 *   by: number}} Winner
 */
/**
 * @typedef {{drawing: Drawing, people: number, short: number, frozen_at: number, sources: {name: string, form: string,
 *   values: string, thrown: string}[], excluded: {reason: string, count: number}[], seal: string, winners: Winner[],
 *   mine: {tickets: number, slips: string[]} | null}} Detail
 */

/** @type {Record<string, string>} */
export const states = {
  planned: "还没有开始",
  freezing: "正在整理名单",
  frozen: "名单已冻结，等公开号码",
  known: "号码已公布，等待摇奖",
  drawn: "正在现场揭晓",
  published: "结果已公布",
  cancelled: "已取消",
};

/** @param {{parts: import("../app").Parts, drawing: Drawing, known: boolean}} props */
export function DrawingCard({ parts, drawing: d, known }) {
  const [open, setOpen] = useState(false);
  const [detail, setDetail] = useState(/** @type {Detail | null} */ (null));
  const [wrong, setWrong] = useState("");
  function toggle() {
    setOpen(!open);
    if (!open)
      parts.api("GET", "/drawings/" + d.id).then(
        (got) => {
          setDetail(got);
          setWrong("");
        },
        (bad) => setWrong(say(bad)),
      );
  }
  return html`<li class="drawing">
    <h3>${d.title}</h3>
    <p class="soft">
      ${(d.shares ? ["名单里的人平分：" + d.shares] : []).concat(d.prizes.map((p) => `${p.title} ${p.count} 份`)).join("，")}
    </p>
    <p>
      <b>${states[d.state]}</b>
      ${d.state === "planned" && d.at > 0 && html`，计划 ${dateTime(d.at)}`}
      ${d.state === "frozen" && html`（${dateTime(d.source_at)} 公布）`}
    </p>
    ${d.reason && html`<p>取消原因：${d.reason}</p>`}
    ${d.fingerprint && html`<button class="quiet wide" aria-expanded=${open} onClick=${toggle}>
      ${open ? "收起" : "查看名单、结果和验证方法"}
    </button>`}
    ${open && wrong && html`<p class="form-wrong" role="alert">${wrong}</p>`}
    ${open && !wrong && !detail && html`<p class="soft" role="status">正在读取</p>`}
    ${open && detail && html`<${Told} detail=${detail} known=${known} />`}
  </li>`;
}

/** @param {{detail: Detail, known: boolean}} props */
function Told({ detail: t, known }) {
  const d = t.drawing;
  const won = t.winners.filter((w) => w.prize);
  return html`<div class="drawing-told">
    ${t.mine ? html`<h4>我的摇奖号</h4>
    <p>
      ${t.mine.tickets > 1 ? `您在名单里有 ${number(t.mine.tickets)} 个号` : "您在名单里"}
      ，用下面的号可以在名单里找到自己：
    </p>
    <ul class="slips">${t.mine.slips.map((s) => html`<li>${s}</li>`)}</ul>
    ${t.mine.tickets > t.mine.slips.length && html`<p class="soft">只列出前 ${t.mine.slips.length} 个。</p>`}`
      : known && html`<p>您不在这次的名单里。</p>`}
    ${won.length > 0 && html`<h4>${d.shares ? "分到的人" : "中奖名单"}</h4>
    <ol class="winners">
      ${won.map(
        (w) => html`<li class=${w.gone ? "gone" : null}>
          <span><b>${w.name}</b><small class="soft">${w.unit}</small></span>
          <span>
            ${w.prize}${w.gone && html`<small class="soft">${w.reason}${w.by ? `，由第 ${w.by} 名递补` : ""}</small>`}
          </span>
        </li>`,
      )}
    </ol>`}
    <h4>怎么证明没有作假</h4>
    <ul class="dots">
      <li>
        名单在 ${dateTime(t.frozen_at)} 冻结：${number(t.people)} 人，${number(d.entries)} 个号。
        ${t.excluded.length > 0 &&
        `不在名单里的：${t.excluded.map((e) => `${e.reason} ${number(e.count)} 人`).join("，")}。`}
      </li>
      <li>
        冻结时就约定了以后才公布的号码：
        ${t.sources.map((s) => s.name + (s.values ? "（" + s.thrown + "）" : "")).join("；")}。谁也不能提前知道结果。
      </li>
      <li>冻结指纹，任何一处改动它都会变：<b class="print">${d.fingerprint}</b></li>
      ${t.seal && html`<li>结果指纹：<b class="print">${t.seal}</b></li>`}
    </ul>
    <p class="soft">在电脑上下载下面两个文件，用验证页打开记录文件，不联网就能把整个摇奖重算一遍。</p>
    <div class="stack">
      <a class="quiet wide" href=${`/api/v1/drawings/${d.id}/transcript.json`} download>下载摇奖记录</a>
      <a class="quiet wide" href="/verify.html" download>下载验证页</a>
    </div>
  </div>`;
}

// What is kept about the player, to see and to delete (PIPL, articles 45 and 47).
import { html } from "../../html.js";
import { useEffect, useState } from "../../vendor/hooks.js";
import { day } from "../../lib/format.js";
import { nameless, say } from "../../lib/problems.js";
import { useSettled } from "../../lib/settled.js";
import { Sheet } from "../../lib/sheet.js";

/**
 * @param {{api: import("../app").Parts["api"], contest: import("../../lib/types").Contest, forget: () => void,
 *   take: () => void}} props
 */
export function Held({ api, contest, forget, take }) {
  const [held, setHeld] = useState(/** @type {import("../../lib/types").Held | null} */ (null));
  const [wrong, setWrong] = useState("");
  const [tries, setTries] = useState(0);
  useEffect(() => {
    setWrong("");
    api("GET", `/contests/${contest.slug}/enrolment`).then(setHeld, (problem) => setWrong(say(problem)));
  }, [tries]);
  return html`<h2>我的信息</h2>
  ${wrong ? html`<p class="form-wrong" role="alert">${wrong}</p>
  <button class="quiet wide" onClick=${() => setTries(tries + 1)}>再试一次</button>`
    : !held ? html`<p class="soft" role="status">正在查找</p>`
    : html`<ul class="dots">
      <li>昵称：<b>${held.nickname}</b></li>
      ${contest.units && html`<li>
        ${contest.unit_label || "参赛单位"}：<b>${held.unit ? held.unit.name : held.unit_name || "没有选"}</b>
      </li>`}
      ${held.division && html`<li>组别：<b>${held.division}</b></li>`}
      ${held.told.map((t) => html`<li>${t.label}：<b>${t.value}</b></li>`)}
      ${held.told.length > 0 && html`<li>登记信息保存到：<b>${day(held.kept_until)}</b></li>`}
      <li>加入：<b>${day(held.joined_at)}</b></li>
      <li>答题：<b>${held.attempts}次</b></li>
      ${held.signed_as && html`<li>倡议署名：<b>${held.signed_as}</b></li>`}
    </ul>
    <button class="quiet wide" onClick=${take}>看全部内容，带走</button>
    <button class="link danger" onClick=${forget}>删除我的信息</button>`}`;
}

/** @param {{api: import("../app").Parts["api"], contest: string, close: () => void, done: () => void}} props */
export function ForgetSheet({ api, contest, close, done }) {
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState("");
  const settled = useSettled("");
  async function forget() {
    if (busy || !settled) return;
    setBusy(true);
    setWrong("");
    try {
      await api("DELETE", `/contests/${contest}/enrolment`);
    } catch (problem) {
      if (!nameless(problem)) {
        // else it is deleted already
        setWrong(say(problem));
        return setBusy(false);
      }
    }
    done();
  }
  return html`<${Sheet} title="删除我的信息" close=${close}>
    <ul class="dots">
      <li>您的昵称、单位和填写的信息会从服务器上删除，这部手机上的记录也会清空。</li>
      <li>已经得到的成绩留在榜上，但不再有您的名字。</li>
      <li>手机号和地址会换成认不出来的编码，留到个人信息保存期满：同一个号码、同一个地址不能多领。</li>
      <li><b>删除后不能恢复。</b>想再参加，要从头开始。</li>
    </ul>
    ${wrong && html`<p class="form-wrong" role="alert">${wrong}</p>`}
    <div class="stack" data-wait=${!settled || null}>
      <button class="main wide" onClick=${close}>不删，返回</button>
      <button class="quiet danger wide" aria-disabled=${busy} onClick=${forget}>
        ${busy ? "正在删除" : "确定删除"}
      </button>
    </div>
  </${Sheet}>`;
}

// Inviting others: the link, a poster, what came of it, and who brought most.
import "../css/invite.css";
import { html } from "../../html.js";
import { useEffect, useState } from "../../vendor/hooks.js";
import { Heading } from "../parts/chrome.js";
import { Failed, Waiting } from "../../lib/waiting.js";
import { earnedWords } from "../lib/earned.js";
import { number, tight } from "../../lib/format.js";
import { InviteBoard } from "./inviteboard.js";
import { PosterSheet } from "./inviteposter.js";
import { InviteTree } from "./invitetree.js";
import { copy, inWeChat, setShareCard, systemShare } from "./inviteways.js";

/**
 * @typedef {object} Invitations
 * @property {string} path
 * @property {"joined" | "finished"} counts
 * @property {number} per_day
 * @property {boolean} gives whether a player gains anything by it
 * @property {number} counted
 * @property {number} waiting @property {number} unproven have only to be proven still
 * @property {number} refused @property {number} today @property {boolean} tree
 * @property {string} title @property {string} text
 */

/**
 * @param {{parts: import("../app").Parts, home: import("../../lib/types").Home, signIn: (then: () => void) => void}}
 *   props
 */
export function InviteScreen({ parts, home, signIn }) {
  const { contest, me } = home;
  const [mine, setMine] = useState(/** @type {Invitations | null} */ (null));
  const [problem, setProblem] = useState(/** @type {import("../../lib/types").Problem | null} */ (null));
  const [tries, setTries] = useState(0);
  const [poster, showPoster] = useState(false);
  useEffect(() => {
    if (!me) return;
    setProblem(null);
    parts.api("GET", `/contests/${contest.slug}/invitations`).then(setMine, setProblem);
  }, [!!me, tries]);
  const link = mine ? location.origin + mine.path : "";
  useEffect(() => {
    if (!mine) return;
    // What WeChat's own menu shares is the address of the page, so it is the player's link.
    history.replaceState(null, "", mine.path + location.hash);
    setShareCard(parts.api, contest.slug, {
      title: mine.title,
      text: mine.text,
      link,
    });
  }, [link]);

  /** Tells the server that something was shared, and the player what it earned. @param {string} said */
  async function shared(said) {
    try {
      const { earned } = await parts.api("POST", `/contests/${contest.slug}/shares`, { of: "contest" });
      parts.tell(said + (earned.length ? "得到" + earnedWords(earned) + "。" : ""));
    } catch (_) {
      parts.tell(said);
    }
  }
  async function send() {
    if (mine && (await systemShare({ title: mine.title, text: mine.text, url: link }))) shared("已分享。");
  }
  async function take() {
    if (await copy(mine ? mine.title + " " + link : "")) shared("链接已复制，发给好友吧。");
    else parts.tell("没有复制成功，请长按链接自己复制。");
  }

  if (!me) {
    return html`<main class="plain">
      <${Heading} title="邀请好友" note="先起一个昵称，好友才知道是谁邀请的。" />
      <button class="main wide" onClick=${() => signIn(() => setTries(tries + 1))}>起昵称</button>
    </main>`;
  }
  if (problem)
    return html`<main class="plain">
      <${Heading} title="邀请好友" />
      <${Failed} problem=${problem} again=${() => setTries(tries + 1)} />
    </main>`;
  if (!mine) return html`<main class="plain"><${Waiting} /></main>`;
  return html`<main class="plain invite">
    <${Counted} of=${mine} />
    ${contest.gains.earnings
      .filter((e) => e.for === "invite")
      .map((e) => html`<p class="note">${tight(e.text)}</p>`)}
    <p class="invite-link">${link}</p>
    <div class="stack">
      <button class="main wide" onClick=${take}>复制邀请链接</button>
      <button class="quiet wide" onClick=${() => showPoster(true)}>做一张海报</button>
      ${!inWeChat && typeof (/** @type {any} */ (navigator).share) === "function" && html`<button class="quiet wide"
        onClick=${send}>
        用手机的分享
      </button>`}
    </div>
    ${inWeChat && html`<p class="note">也可以点右上角的“···”，选“发送给朋友”。</p>`}
    <${InviteBoard} api=${parts.api} contest=${contest.slug} />
    ${mine.tree && mine.counted > 0 && html`<${InviteTree} api=${parts.api} contest=${contest.slug} />`}
    ${poster && html`<${PosterSheet} home=${home} link=${link} close=${() => showPoster(false)}
      shared=${() => shared("海报做好了。")} />`}
  </main>`;
}

/** What counts, and what came of it. @param {{of: Invitations}} props */
function Counted({ of: mine }) {
  const how = mine.counts === "joined" ? "起好昵称" : "答完第一次";
  const note = mine.gives
    ? `好友从您的链接进来、${how}，就算邀请成功。每天最多算${mine.per_day}人。`
    : "这次活动邀请好友没有奖励。愿意的话，叫上家人朋友一起来学。";
  return html`<${Heading} title="邀请好友" note=${note} />
  <dl class="invite-facts">
    <div><dt>邀请成功</dt><dd>${number(mine.counted)}<small>人</small></dd></div>
    <div><dt>今天</dt><dd>${number(mine.today)}<small>人</small></dd></div>
    <div><dt>还没答完</dt><dd>${number(mine.waiting)}<small>人</small></dd></div>
  </dl>
  ${mine.unproven > 0 && html`<p class="note">其中${number(mine.unproven)}位好友答完了，证明身份以后就算邀请成功。</p>`}
  ${mine.gives && mine.refused > 0 && html`<p class="note">另有${number(mine.refused)}位好友来的那天名额已满，没有计入。</p>`}`;
}

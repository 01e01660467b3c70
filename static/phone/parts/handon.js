// Handing a result on: the link goes to friends, and the deed to the server, which may give something for it.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { copy, inWeChat, systemShare } from "../screens/inviteways.js";
import { earnedWords } from "../lib/earned.js";
import { number } from "../../lib/format.js";
import { say } from "../../lib/problems.js";

/** @typedef {import("../../lib/types").Result} Result @typedef {import("../../lib/types").Earned} Earned */

/**
 * Hands the result on and says so.
 * @param {import("../app").Parts} parts @param {import("../../lib/types").Contest} contest @param {Result} result
 * @returns {Promise<Earned[] | null>} what it earned; null when nothing was handed on
 */
export async function handOn(parts, contest, result) {
  try {
    const mine = await parts.api("GET", `/contests/${contest.slug}/invitations`);
    const link = location.origin + mine.path;
    const said = `我在“${result.title}”得了${number(result.score)}分。${mine.title}`;
    const copies = inWeChat || typeof (/** @type {any} */ (navigator).share) !== "function";
    const handed = copies
      ? await copy(said + " " + link)
      : await systemShare({ title: mine.title, text: said, url: link });
    if (!handed) {
      if (copies) parts.tell("没有复制成功，请到“邀请好友”里分享。");
      return null;
    }
    const { earned } = await parts.api("POST", `/contests/${contest.slug}/shares`, { of: "result", key: result.level });
    parts.tell(
      (copies ? "链接已复制，发给好友吧。" : "已分享。") + (earned.length ? "得到" + earnedWords(earned) + "。" : ""),
    );
    return earned;
  } catch (problem) {
    parts.tell(say(/** @type {any} */ (problem)));
    return null;
  }
}

/**
 * @param {{parts: import("../app").Parts, home: import("../../lib/types").Home, result: Result, shared: () => void}}
 *   props
 */
export function HandOn({ parts, home: { contest, me }, result, shared }) {
  const [busy, setBusy] = useState(false);
  const gives = me && !me.missing_earn.length && contest.gains.earnings.some((e) => e.for === "share");
  async function share() {
    if (busy) return;
    setBusy(true);
    const earned = await handOn(parts, contest, result);
    setBusy(false);
    if (earned && earned.length) shared();
  }
  return html`<button class="quiet wide" aria-disabled=${busy} onClick=${share}>
    分享成绩${gives && html`<small>分享有奖励</small>`}
  </button>`;
}

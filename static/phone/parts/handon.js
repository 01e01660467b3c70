// Handing a result on: the link goes to friends, and the deed to the server, which may give something for it.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { copy, inWeChat, systemShare } from "../screens/inviteways.js";
import { lazy } from "../../lib/lazy.js";
import { earnedWords } from "../lib/earned.js";
import { number } from "../../lib/format.js";
import { say } from "../../lib/problems.js";

/** @typedef {import("../../lib/types").Result} Result @typedef {import("../../lib/types").Earned} Earned */

const PosterSheet = lazy(() => import("../screens/inviteposter.js"), "PosterSheet", "我的海报");

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

/** The home as it stands with a result that it may not know yet. @param {import("../../lib/types").Home} home
 * @param {Result} result @returns {import("../../lib/types").Home} */
const withResult = (home, { score, passed }) => ({
  ...home,
  me: home.me && {
    ...home.me,
    score: Math.max(home.me.score, score),
    passed_levels: Math.max(home.me.passed_levels, passed ? 1 : 0),
  },
});

/**
 * @param {{parts: import("../app").Parts, home: import("../../lib/types").Home, result: Result, shared: () => void}}
 *   props
 */
export function HandOn({ parts, home, result, shared }) {
  const { contest, me } = home;
  const [link, setLink] = useState("");
  const [busy, setBusy] = useState(false);
  const gives = me && !me.missing_earn.length && contest.gains.earnings.some((e) => e.for === "share");
  async function share() {
    if (busy) return;
    setBusy(true);
    const earned = await handOn(parts, contest, result);
    setBusy(false);
    if (earned && earned.length) shared();
  }
  async function draw() {
    try {
      const mine = await parts.api("GET", `/contests/${contest.slug}/invitations`);
      setLink(location.origin + mine.path);
    } catch (problem) {
      parts.tell(say(/** @type {any} */ (problem)));
    }
  }
  /** A poster that is there is as good as a link that was sent. */
  const drawn = () =>
    parts.api("POST", `/contests/${contest.slug}/shares`, { of: "result", key: result.level }).then(
      (/** @type {{earned: Earned[]}} */ { earned }) => {
        if (!earned.length) return;
        parts.tell("得到" + earnedWords(earned) + "。");
        shared();
      },
      () => {},
    );
  return html`<div class="hand-on">
    <button class="quiet" aria-disabled=${busy} onClick=${share}>
      分享成绩${gives && html`<small>有奖励</small>`}
    </button>
    <button class="quiet" onClick=${draw}>做一张海报</button>
    ${link && html`<${PosterSheet} home=${withResult(home, result)} link=${link}
      close=${() => setLink("")} shared=${drawn} />`}
  </div>`;
}

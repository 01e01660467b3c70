// Another try for a deed that gives one: sharing here and now, the others where they are done.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { copy, inWeChat, systemShare } from "../screens/inviteways.js";
import { deeds } from "../lib/levels.js";
import { say } from "../lib/problems.js";

/**
 * @param {object} props
 * @param {import("../app").Parts} props.parts
 * @param {import("../types").Home} props.home
 * @param {import("../types").Result} props.result
 * @param {(to: string) => void} props.go @param {() => void} props.again
 */
export function Revive({ parts, home: { contest }, result, go, again }) {
  const [busy, setBusy] = useState(false);
  const [given, setGiven] = useState(false);
  const { revive, tries_text } = result;
  async function share() {
    if (busy) return;
    setBusy(true);
    try {
      const mine = await parts.api("GET", `/contests/${contest.slug}/invitations`);
      const link = location.origin + mine.path;
      const copies = inWeChat || typeof (/** @type {any} */ (navigator)).share !== "function";
      const handed = copies ? await copy(mine.title + " " + link) : await systemShare({ title: mine.title, text: mine.text, url: link });
      if (handed) await done("shares", { of: "result", key: result.level });
      if (copies) parts.tell(handed ? "链接已复制，发给好友吧。" : "没有复制成功，请到“邀请好友”里分享。");
    } catch (problem) {
      parts.tell(say(problem));
    }
    setBusy(false);
  }
  /** @param {string} call @param {object} body */
  async function done(call, body) {
    const { earned } = await parts.api("POST", `/contests/${contest.slug}/${call}`, body);
    if (earned.some((/** @type {import("../types").Earned} */ e) => e.kind === "try")) setGiven(true);
    else parts.tell("这次没有得到新的机会。");
  }
  const checkIn = () => done("checkins", {}).catch((problem) => parts.tell(say(problem)));
  if (given) return html`<button class="main wide" onClick=${again}>再答一次<small>得到了一次机会</small></button>`;
  const way = revive === "share" ? share : revive === "checkin" ? checkIn : () => go(revive);
  return html`<p class="note">${tries_text.split("，")[0]}。${deeds[revive]}可以再得一次答题机会。</p>
    <button class="main wide" aria-disabled=${busy} onClick=${way}>${revive === "share" ? "分享，再答一次" : "去" + deeds[revive]}</button>`;
}

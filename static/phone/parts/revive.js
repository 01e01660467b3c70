// Another try for a deed that gives one: sharing here and now, the others where they are done.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { handOn } from "./handon.js";
import { deeds } from "../../lib/levels.js";
import { say } from "../../lib/problems.js";

/**
 * @param {object} props
 * @param {import("../app").Parts} props.parts
 * @param {import("../../lib/types").Home} props.home
 * @param {import("../../lib/types").Result} props.result
 * @param {(to: string) => void} props.go @param {() => void} props.again
 */
export function Revive({ parts, home: { contest }, result, go, again }) {
  const [busy, setBusy] = useState(false);
  const [given, setGiven] = useState(false);
  const { revive, tries_text } = result;
  async function share() {
    if (busy) return;
    setBusy(true);
    const earned = await handOn(parts, contest, result);
    if (earned) take(earned);
    setBusy(false);
  }
  /** @param {import("../../lib/types").Earned[]} earned */
  function take(earned) {
    if (earned.some((e) => e.kind === "try")) setGiven(true);
    else parts.tell("这次没有得到新的机会。");
  }
  const checkIn = () =>
    parts.api("POST", `/contests/${contest.slug}/checkins`, {}).then(
      ({ earned }) => take(earned),
      (problem) => parts.tell(say(problem)),
    );
  if (given) return html`<button class="main wide" onClick=${again}>再答一次<small>得到了一次机会</small></button>`;
  const way = revive === "share" ? share : revive === "checkin" ? checkIn : () => go(revive);
  return html`<p class="note">${tries_text.split("，")[0]}。${deeds[revive]}可以再得一次答题机会。</p>
  <button class="main wide" aria-disabled=${busy} onClick=${way}>
    ${revive === "share" ? "分享，再答一次" : "去" + deeds[revive]}
  </button>`;
}

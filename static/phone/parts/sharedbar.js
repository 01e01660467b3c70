// A device that many people use (a tablet in a hall): who is playing, a button for the next one, and a countdown after
// which it signs out by itself, so that nobody plays on as the one before.
import "../css/shared.css";
import { html } from "../../html.js";
import { useEffect, useRef, useState } from "../../vendor/hooks.js";
import { say } from "../../lib/problems.js";

const idle = 120; // seconds without a touch
const afterResult = 45; // seconds, once the result stands there
const warned = 30; // seconds before the end from which the countdown is large

/** @param {import("../screens.js").Shared & {playing: boolean}} props */
export function SharedBar({ parts, contest, me, playing, signedOut }) {
  const [left, setLeft] = useState(idle);
  const touched = useRef(parts.clock.local());
  const leaving = useRef(false);
  async function leave() {
    if (leaving.current) return;
    leaving.current = true;
    try {
      await parts.api("DELETE", `/contests/${contest.slug}/devices/here`);
      signedOut();
    } catch (problem) {
      touched.current = parts.clock.local(); // it counts down again, and tries again then
      parts.tell("还没有退出：" + say(problem));
    }
    leaving.current = false;
  }
  useEffect(() => {
    const touch = () => {
      touched.current = parts.clock.local();
    };
    const events = ["touchstart", "mousedown", "keydown", "wheel"];
    for (const name of events) document.addEventListener(name, touch, true);
    const timer = setInterval(() => {
      const most = document.querySelector(".result") ? afterResult : idle;
      const rest = Math.ceil(most - (parts.clock.local() - touched.current) / 1000);
      setLeft(Math.max(0, rest));
      if (rest <= 0) leave();
    }, 1000);
    return () => {
      clearInterval(timer);
      for (const name of events) document.removeEventListener(name, touch, true);
    };
  }, [contest.slug]);
  const soon = left <= warned;
  return html`<div class=${soon ? "shared soon" : "shared"} role="region" aria-label="多人共用">
    <p>
      <b>${me ? me.nickname : ""}</b>
      <span role="timer" aria-live=${soon && left % 10 === 0 ? "polite" : "off"}>
        ${soon ? `${left} 秒后自动退出，点一下屏幕继续` : playing ? "正在答题" : `${left} 秒没有人点，就自动退出`}
      </span>
    </p>
    <button class="main amber" onClick=${leave}>换人</button>
  </div>`;
}

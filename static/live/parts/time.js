// Time, read from the server's clock at every look and never counted, so that a phone that slept is right at once.
import { html } from "../../html.js";
import { useEffect, useState } from "../../vendor/hooks.js";
import { useEvents } from "../../lib/events.js";
import { secondsTo, timeLeft } from "../../lib/live/room.js";

/** Draws anew ever so often, and when the page comes into sight. @param {number} ms */
function useTicks(ms) {
  const [, tick] = useState({});
  useEvents(document, ["visibilitychange"], (event) => event && tick({}));
  useEffect(() => {
    const timer = setInterval(() => tick({}), ms);
    return () => clearInterval(timer);
  }, []);
}

/** @param {{at: number, now: () => number}} props */
export function Countdown321({ at, now }) {
  useTicks(100);
  const seconds = secondsTo(at, now());
  return html`<p class="count" role="timer" key=${seconds}><span class="count-number">${seconds || "开始"}</span></p>`;
}

/** @param {{room: import("../../lib/live/types").Room, now: () => number}} props */
export function TimeBar({ room, now }) {
  useTicks(200);
  const at = now();
  const seconds = secondsTo(room.closes_at, at);
  const hurry = seconds <= 5;
  return html`<div class=${hurry ? "timebar hurry" : "timebar"}>
    <svg class="timebar-line" aria-hidden="true"><rect class="timebar-ground" width="100%" height="100%" />
      <rect class="timebar-rest" width=${100 * timeLeft(room, at) + "%"} height="100%" /></svg>
    <b role="timer" aria-label=${`还剩${seconds}秒`}>${seconds}<small>秒</small></b>
    <span class="unseen" role="status">${hurry && seconds > 0 ? "还剩不到5秒" : ""}</span>
  </div>`;
}

// The time left for a question. It is read from the server's clock every time, so a sleeping phone cannot stretch it.
import { html } from "../../html.js";
import { useEffect, useRef, useState } from "../../vendor/hooks.js";
import { Icon } from "../../art/icons.js";
import { useEvents } from "../../lib/events.js";
import { span } from "../../lib/format.js";

/** @param {{left: () => number | null, over: () => void, limit: number}} props */
export function Countdown({ left, over, limit }) {
  const [rest, setRest] = useState(left);
  const done = useRef(false);
  function look() {
    const now = left();
    setRest(now);
    if (now === null || now > 0 || done.current) return;
    done.current = true;
    over();
  }
  useEvents(document, ["visibilitychange"], look);
  useEffect(() => {
    const timer = setInterval(look, 250);
    return () => clearInterval(timer);
  }, []);
  if (rest === null) return null;
  const seconds = Math.max(0, Math.ceil(rest / 1000));
  const hurry = seconds <= 10;
  const round = 2 * Math.PI * 10;
  return html`<div class=${hurry ? "clock hurry" : "clock"}>
    <svg class="clock-ring" viewBox="0 0 24 24" aria-hidden="true">
      <circle cx="12" cy="12" r="10" />
      <circle class="clock-rest" cx="12" cy="12" r="10" stroke-dasharray=${round}
        stroke-dashoffset=${round * (1 - Math.max(0, Math.min(1, rest / limit)))} transform="rotate(-90 12 12)" />
    </svg>
    <span role="timer" aria-label=${"还剩" + span(seconds * 1000)}>
      ${seconds < 100 ? seconds + "秒" : Math.floor(seconds / 60) + ":" + String(100 + (seconds % 60)).slice(1)}
    </span>
    <span class="unseen" role="status">${hurry && seconds > 0 ? "时间快到了" : ""}</span>
  </div>`;
}

/**
 * Ten pieces of road marking: answered right, wrong, now, to come.
 * @param {{marks: (boolean | null)[], at: number, of: number}} props
 */
export function Progress({ marks, at, of }) {
  const pieces = [];
  for (let i = 1; i <= of; i++) {
    const how =
      i in marks && marks[i] !== null ? (marks[i] ? "right" : "wrong") : i < at ? "done" : i === at ? "now" : "";
    pieces.push(html`<i class=${how}></i>`);
  }
  return html`<div class="marking" aria-hidden="true">${pieces}</div>`;
}

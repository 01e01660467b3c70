// A number that the hall sees move: it counts up to its new value, and tells for a moment by how much.
import { html } from "../html.js";
import { useEffect, useRef, useState } from "../vendor/hooks.js";
import { number } from "../lib/format.js";

const lasts = 1200; // milliseconds

/** @param {{to: number, unit?: string}} props */
export function Rising({ to, unit = "" }) {
  const [shown, show] = useState(to);
  const [more, setMore] = useState(0);
  const now = useRef(to);
  useEffect(() => {
    const from = now.current;
    if (from === to) return;
    setMore(to - from);
    const begun = performance.now();
    let frame = requestAnimationFrame(function step(at) {
      const part = Math.min(1, (at - begun) / lasts);
      show((now.current = Math.round(from + (to - from) * part)));
      if (part < 1) frame = requestAnimationFrame(step);
    });
    return () => {
      now.current = to;
      cancelAnimationFrame(frame);
    };
  }, [to]);
  const told = more > 0 && !unit ? "+" + number(more) : null;
  return html`<b key=${to} class=${"rising-number of-" + number(to).length} data-more=${told}>
    ${number(shown)}${unit}
  </b>`;
}

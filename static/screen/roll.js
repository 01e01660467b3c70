// The end of a winner's drawing number, found letter by letter before everybody's eyes. What rolls are letters and
// never other people's numbers. Who has asked for less motion sees it at once.
import { html } from "../html.js";
import { useEffect, useState } from "../vendor/hooks.js";

const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // those of the numbers
const first = 1200; // milliseconds until the first letter stands
const further = 320; // until each further one does
const beat = 70; // between two letters that roll past

const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** The last eight of a number are enough to tell it from a million others. @param {string} slip */
export const endOf = (slip) => slip.slice(-9);

/** @param {{slip: string, rolls: boolean, done: () => void}} props */
export function Roll({ slip, rolls, done }) {
  const end = endOf(slip);
  const [shown, show] = useState(rolls && !still() ? 0 : end.length); // letters that stand
  const [, turn] = useState(0);
  useEffect(() => {
    if (shown === end.length) return done();
    const begun = performance.now();
    const timer = setInterval(() => {
      const stand = Math.floor((performance.now() - begun - first) / further) + 1;
      show(Math.max(0, Math.min(end.length, stand)));
      turn((n) => n + 1);
      if (stand < end.length) return;
      clearInterval(timer);
      done();
    }, beat);
    return () => clearInterval(timer);
  }, []);
  return html`<p class="roll" aria-label=${end}>
    ${[...end].map((letter, i) => {
      const stands = i < shown || letter === "-";
      const seen = stands ? letter : letters[Math.floor(Math.random() * letters.length)];
      const look = letter === "-" ? "roll-gap" : stands ? "roll-letter stands" : "roll-letter";
      return html`<span class=${look}>${seen}</span>`;
    })}
  </p>`;
}

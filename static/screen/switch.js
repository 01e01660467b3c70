// What the big screen shows: one view, or each in turn. The choice stands in the address, so that a reload keeps it.
import { html } from "../html.js";
import { useEffect, useState } from "../vendor/hooks.js";
import { useEvents } from "../lib/events.js";

/** @typedef {import("../lib/types").Contest} Contest */

const turn = 20000; // milliseconds that each view has

/** The views that a contest has; a further one is one more line. @param {Contest | null} contest */
export const viewsOf = (contest) =>
  [
    { key: "board", name: "排行榜", there: true },
    { key: "pledge", name: "接力墙", there: !!contest && !!contest.pledge },
  ].filter((view) => view.there);

/** What the address asks for. */
const asked = () => location.hash.replace("#", "") || "turn";

/**
 * The view to show, what was chosen, and how to choose.
 * @param {Contest | null} contest
 * @returns {[string, string, (key: string) => void]}
 */
export function useView(contest) {
  const [choice, setChoice] = useState(asked);
  const [round, setRound] = useState(0);
  useEvents(window, ["hashchange"], () => setChoice(asked()));
  useEffect(() => {
    const timer = setInterval(() => setRound((n) => n + 1), turn);
    return () => clearInterval(timer);
  }, []);
  const views = viewsOf(contest);
  const chosen = views.find((view) => view.key === choice);
  return [
    (chosen || views[round % views.length]).key,
    chosen ? choice : "turn",
    (key) => {
      location.hash = key;
    },
  ];
}

/** @param {{contest: Contest, choice: string, choose: (key: string) => void}} props */
export function Switch({ contest, choice, choose }) {
  const views = viewsOf(contest);
  if (views.length < 2) return null;
  return html`<nav class="switch" aria-label="大屏内容">
    ${[...views, { key: "turn", name: "轮流" }].map(
      (view) =>
        html`<button key=${view.key} aria-pressed=${view.key === choice} onClick=${() => choose(view.key)}>
          ${view.name}
        </button>`,
    )}
  </nav>`;
}

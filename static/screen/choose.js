// The contest that the big screen is of, where its address names none. The address that was chosen stays: a screen
// never changes to another contest by itself.
import "./choose.css";
import { html } from "../html.js";
import { useEffect, useState } from "../vendor/hooks.js";
import { Mark } from "../art/mark.js";
import { when } from "../lib/format.js";
import { poll } from "../lib/poll.js";
import { say } from "../lib/problems.js";

/** @typedef {import("../lib/types").ContestLine} Line */

const every = 10000; // milliseconds: a contest may open while the hall waits

/** @param {string} slug */
const screenOf = (slug) => "/screen/" + slug + location.hash;

/** @param {{api: (method: string, path: string) => Promise<any>, clock: {now(): number}}} props */
export function ScreenChoice({ api, clock }) {
  const [contests, setContests] = useState(/** @type {Line[] | null} */ (null));
  const [problem, setProblem] = useState("");
  useEffect(
    () =>
      poll(
        async () => {
          try {
            const { meant, contests } = await api("GET", "/contests");
            if (meant) return location.replace(screenOf(meant));
            setContests(contests);
            setProblem("");
          } catch (bad) {
            setProblem(say(bad));
            throw bad;
          }
        },
        every,
        () => {},
      ),
    [],
  );
  if (!contests || !contests.length)
    return html`<main class="empty-screen">
      <${Mark} />
      <p>${problem || (contests ? "还没有活动" : "正在打开")}</p>
    </main>`;
  return html`<main class="hall choose-hall">
    <header class="band"><${Mark} /><div><h1>大屏放哪个活动？</h1><p>选好以后，大屏一直是这个活动。</p></div></header>
    <ul class="choose-list">
      ${contests.map(
        (c) => html`<li key=${c.slug}>
          <a class=${c.phase} href=${screenOf(c.slug)}>
            <b>${c.title}</b><span>${c.organizer}</span><i>${when(c, clock.now())}</i>
          </a>
        </li>`,
      )}
    </ul>
  </main>`;
}

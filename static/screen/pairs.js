// Units that meet in a round: what both have, and who goes on.
import { html } from "../html.js";
import { useEffect, useState } from "../vendor/hooks.js";
import { scored, when } from "../lib/pairs.js";
import { poll } from "../lib/poll.js";

/** @typedef {import("../lib/pairs.js").Pairing} Pairing @typedef {import("../lib/pairs.js").Side} Side */

const every = 5000; // milliseconds
const page = 8000; // milliseconds that some of many pairs stand
const most = 4; // pairs that a hall can read at once

/** @param {{api: (method: string, path: string) => Promise<any>, clock: {now(): number}, slug: string, children?: any}}
 *   props
 */
export function PairWall({ api, clock, slug, children }) {
  const [pairings, setPairings] = useState(/** @type {Pairing[] | null} */ (null));
  const [turn, setTurn] = useState(0);
  useEffect(
    () =>
      poll(
        async () => setPairings((await api("GET", `/contests/${slug}/pairings`)).pairings),
        every,
        () => {},
      ),
    [slug],
  );
  useEffect(() => {
    const timer = setInterval(() => setTurn((n) => n + 1), page);
    return () => clearInterval(timer);
  }, []);
  const p = pairings && latest(pairings);
  const from = p ? (turn % Math.max(1, Math.ceil(p.pairs.length / most))) * most : 0;
  return html`<div class="boards">
    <section class="panel">
      <header class="panel-head"><h2>${p ? p.title : "对阵"}</h2><p>${p && when(p, clock.now())}</p></header>
      ${p && p.pairs.length === 0 && html`<p class="nobody">${p.says}</p>`}
      ${p && html`<ol class="meets">
        ${p.pairs.slice(from, from + most).map((pair) => html`<li key=${pair.place}>
          <${One} side=${pair.first} p=${p} />
          <span class="meets-versus">${pair.second ? "对" : ""}</span>
          ${pair.second ? html`<${One} side=${pair.second} p=${p} />`
            : html`<p class="meets-side"><span>轮空，直接晋级</span></p>`}
        </li>`)}
      </ol>`}
    </section>
    ${children}
  </div>`;
}

/** @param {{side: Side, p: Pairing}} props */
const One = ({ side, p }) => html`<p class=${side.won ? "meets-side won" : "meets-side"}>
  <b>${side.unit}</b><span>${scored(side, p)}${side.won && html`<em>晋级</em>`}</span>
</p>`;

/** The last pairing of which it is known who meets; before any, the first. @param {Pairing[]} pairings */
const latest = (pairings) => pairings.filter((p) => p.pairs.length > 0).pop() || pairings[0];

// Units that meet: each pair with what both have in the round, and who goes on.
import { html } from "../../html.js";
import { useEffect, useState } from "../../vendor/hooks.js";
import { scored, when } from "../../lib/pairs.js";
import { poll } from "../../lib/poll.js";

/** @typedef {import("../../lib/pairs.js").Pairing} Pairing @typedef {import("../../lib/pairs.js").Side} Side */

const every = 15000;

/** @param {{parts: import("../app").Parts, slug: string}} props */
export function Pairings({ parts, slug }) {
  const [pairings, setPairings] = useState(/** @type {Pairing[]} */ ([]));
  useEffect(
    () =>
      poll(
        async () => setPairings((await parts.api("GET", `/contests/${slug}/pairings`)).pairings),
        every,
        () => {}, // the boards below stand for themselves
      ),
    [slug],
  );
  return pairings.map((p) => html`<section class="pairing" key=${p.key}>
    <h2>${p.title}</h2>
    <p class="soft">${when(p, parts.clock.now())}</p>
    ${p.pairs.length > 0 ? html`<ol>
      ${p.pairs.map((pair) => html`<li key=${pair.place}>
        <${One} side=${pair.first} p=${p} />
        <span class="versus">${pair.second ? "对" : ""}</span>
        ${pair.second ? html`<${One} side=${pair.second} p=${p} />` : html`<span class="side soft">轮空，直接晋级</span>`}
        ${pair.corrected && html`<small class="soft corrected">主办方更正了结果</small>`}
      </li>`)}
    </ol>` : html`<p class="soft">${p.says}。</p>`}
  </section>`);
}

/** @param {{side: Side, p: Pairing}} props */
const One = ({ side, p }) => html`<span class=${"side" + (side.won ? " won" : "") + (side.mine ? " mine" : "")}>
  <b>${side.unit}</b>${side.mine && html`<em>我的</em>`}
  <span>${scored(side, p)}${side.won && html`<em class="goes">晋级</em>`}</span>
</span>`;

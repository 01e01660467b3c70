// The question that was missed most within the last hour, with what is right: a hall learns it together.
import { html } from "../html.js";
import { useEffect, useState } from "../vendor/hooks.js";
import { number } from "../lib/format.js";
import { poll } from "../lib/poll.js";

/** @typedef {import("../lib/schemas").components["schemas"]["MissedQuestion"]} Missed */

const every = 15000;

/** @param {{api: (method: string, path: string) => Promise<any>, slug: string, children?: any}} props */
export function MissedQuestion({ api, slug, children }) {
  const [missed, setMissed] = useState(/** @type {Missed | null | undefined} */ (undefined)); // not known yet
  useEffect(
    () =>
      poll(
        async () => setMissed((await api("GET", `/contests/${slug}/screen/missed`)).missed),
        every,
        () => {},
      ),
    [slug],
  );
  return html`<div class="boards">
    <section class="panel missed">
      <header class="panel-head">
        <h2>这一小时最容易答错的题</h2>
        <p>${missed && `${number(missed.answers)} 人次作答，${Math.round((100 * missed.wrong) / missed.answers)}% 答错`}</p>
      </header>
      ${missed === null && html`<p class="nobody">还没有足够多的人作答</p>`}
      ${missed && html`<div class=${missed.stem.length > 60 ? "missed-body long" : "missed-body"}>
        <p class="missed-stem">${missed.stem}</p>
        <ul class="missed-right">${missed.right.map((text) => html`<li key=${text}>${text}</li>`)}</ul>
        ${missed.source && html`<p class="missed-source">${missed.source}</p>`}
      </div>`}
    </section>
    ${children}
  </div>`;
}

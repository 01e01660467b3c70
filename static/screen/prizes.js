// What there is to win, with pictures and what is left of it.
import { html } from "../html.js";
import { useEffect, useState } from "../vendor/hooks.js";
import { date, number } from "../lib/format.js";
import { poll } from "../lib/poll.js";
import { Rising } from "./rising.js";

/** @typedef {import("../lib/types").Offers} Offers */

const every = 5000;
const most = 6; // that a hall can read at once

/** @param {{api: (method: string, path: string) => Promise<any>, slug: string, children?: any}} props */
export function PrizeWall({ api, slug, children }) {
  const [offers, setOffers] = useState(/** @type {Offers | null} */ (null));
  useEffect(
    () =>
      poll(
        async () => setOffers(await api("GET", `/contests/${slug}/offers`)),
        every,
        () => {},
      ),
    [slug],
  );
  const prizes = offers ? offers.prizes.slice(0, most) : [];
  return html`<div class="boards">
    <section class="panel prize-panel">
      <header class="panel-head"><h2>奖品</h2><p>${offers && drawingsText(offers)}</p></header>
      <ul class=${`prize-wall of-${prizes.length}${prizes.some((p) => p.photo) ? "" : " bare"}`}>
        ${prizes.map(
          (p) => html`<li key=${p.key}>
            ${p.photo ? html`<img src=${"/api/v1/images/" + p.photo} alt="" />`
              : html`<span class="prize-none"></span>`}
            <b>${p.title}</b>
            <p>${p.pools || p.live || p.price > 0
              ? html`还剩 <${Rising} to=${p.left} /> 份` : html`公开摇奖 ${number(p.drawn)} 份`}</p>
          </li>`,
        )}
      </ul>
    </section>
    ${children}
  </div>`;
}

/** The drawings to come, with their day. @param {Offers} offers */
const drawingsText = (offers) =>
  offers.drawings
    .slice(0, 2)
    .map((d) => (d.at ? date(d.at, offers.server_time) + " " : "") + d.title)
    .join("，");

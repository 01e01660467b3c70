// What there is to win, below the start: each prize with what is left of it and how it is had, and the public drawings
// with their day. Its room is kept before it is known, or it would move what is about to be tapped; pictures come last.
import { html } from "../../html.js";
import { useEffect, useState } from "../../vendor/hooks.js";
import { date, number } from "../../lib/format.js";

/** @typedef {import("../../lib/types").Offers} Offers @typedef {Offers["prizes"][number]} Offer */

const quiet = 900; // ms after the home is drawn, so that no picture delays a first answer

/** @param {{api: import("../app").Parts["api"], contest: import("../../lib/types").Contest}} props */
export function OffersBand({ api, contest }) {
  const [offers, setOffers] = useState(/** @type {Offers | null} */ (null));
  const [pictures, showPictures] = useState(false);
  useEffect(() => {
    api("GET", `/contests/${contest.slug}/offers`).then(setOffers, () => {}); // the home does without
    const timer = setTimeout(() => showPictures(true), quiet);
    return () => clearTimeout(timer);
  }, [contest.slug]);
  if (offers && !offers.prizes.length) return null;
  return html`<section class="offers" aria-label="奖品">
    <ul class="offers-list">
      ${(offers ? offers.prizes : []).map(
        (p) => html`<li key=${p.key}>
          <a class=${gone(p) ? "offer gone" : "offer"} href=${p.pools || p.price ? "#/draw" : "#/prizes"}>
            <span class="offer-picture" aria-hidden="true">
              ${p.photo && pictures ? html`<${Picture} name=${p.photo} />` : html`<${Gift} />`}
            </span>
            <span class="offer-text">
              <b>${p.title}</b>
              <small>${[worth(p), left(p)].filter(Boolean).join("，")}</small>
              <small class="offer-how">${how(p)}</small>
            </span>
          </a>
        </li>`,
      )}
    </ul>
    ${contest.gains.drawings && html`<a class="offer-drawing" href="#/prizes">${offers && drawn(offers.drawings)}</a>`}
  </section>`;
}

/** Whether nothing gives it any more. @param {Offer} p */
const gone = (p) => !p.left && !p.drawn && (p.pools || p.live || p.price > 0);

/** @param {Offer} p */
const worth = ({ kind, value }) =>
  kind === "points" || !value ? "" : `价值 ${number(Math.floor(value / 100))}${cents(value)} 元`;

/** @param {number} value */
const cents = (value) => (value % 100 ? "." + String(100 + (value % 100)).slice(1) : "");

/** Of points there are always enough, and what is only drawn is not handed out before. @param {Offer} p */
function left(p) {
  if (p.kind === "points" || !(p.pools || p.price || p.live)) return "";
  return p.left ? `还剩 ${number(p.left)} 份` : p.drawn ? "" : "已经发完";
}

/** @param {Offer} p */
const how = (p) =>
  [
    p.pools && "抽奖",
    p.price > 0 && `${number(p.price)} ${p.purse ? p.purse.title : "积分"}换`,
    p.live && "直播答题",
    p.drawn > 0 && `摇奖 ${p.drawn} 份`,
    p.pots && "平分",
  ]
    .filter(Boolean)
    .join("，");

/** @type {Record<string, string>} */
const series = { day: "每天", week: "每周", month: "每月", period: "每期" };

/** The next public drawing, and how many more. @param {Offers["drawings"]} drawings */
function drawn([next, ...more]) {
  if (!next) return html`<b>公开摇奖</b> 看结果和摇奖号`;
  const what = next.shares ? "平分" + next.shares : "摇" + next.prizes.map((p) => `${p.title} ${p.count} 份`).join("、");
  return html`<b>${day(next)}</b> ${what}${more.length > 0 && `，另有 ${more.length} 次`}`;
}

/** @param {Offers["drawings"][number]} d */
const day = ({ every, at, late }) => {
  const on = !at ? "" : late ? date(at) + "还没有摇" : date(at);
  if (!series[every]) return on || "公开";
  return on ? `${series[every]}（${late ? "" : "下次 "}${on}）` : series[every];
};

/** A picture that is not there leaves the sign of a gift. @param {{name: string}} props */
function Picture({ name }) {
  const [lost, setLost] = useState(false);
  if (lost) return html`<${Gift} />`;
  return html`<img src=${"/api/v1/images/" + name} alt="" onError=${() => setLost(true)} />`;
}

const Gift = () => html`<svg viewBox="0 0 24 24" class="icon">
  <path d="M4 11h16v9H4zm-1-4h18v4H3zm9 0v13M12 7c-4 0-5-4-2.5-4C11 3 12 5 12 7zm0 0c4 0 5-4 2.5-4C13 3 12 5 12 7z" />
</svg>`;

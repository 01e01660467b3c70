// What waits for who looks, as figures in the menu.
import { html } from "../../html.js";
import { useEffect, useState } from "../../vendor/hooks.js";
import { poll } from "../../lib/poll.js";

/** @typedef {import("../../lib/schemas").components["schemas"]["Tasks"]["waits"]} Waits */

/** What a figure counts, by the page. @type {Record<string, (n: number) => string>} */
const words = {
  cases: (n) => `${n} 件等您处理`,
  drawings: (n) => `${n} 件等您同意`,
  payouts: (n) => `${n} 件等您确认`,
  claims: (n) => `${n} 份奖品三天内到期还没有人填领奖信息`,
  pools: (n) => `${n} 种奖品快发完了`,
};

const every = 60_000;

/**
 * How much waits in a contest, by page; looked at anew each minute and with each page that is opened.
 * @param {import("../types").Call} call @param {string} contest slug; "" for none @param {string} page
 * @returns {Waits}
 */
export function useTasks(call, contest, page) {
  const [waits, setWaits] = useState(/** @type {Waits} */ ({}));
  useEffect(() => {
    if (!contest) return setWaits({});
    return poll(
      async () => {
        const path = `/contests/${encodeURIComponent(contest)}/tasks`;
        setWaits((await call("GET", path, undefined, true)).waits);
      },
      every,
      () => {}, // the page itself says that the server is away
    );
  }, [contest, page]);
  return waits;
}

/** @param {{page: string, waits: Waits}} props */
export function Badge({ page, waits }) {
  const n = /** @type {Record<string, number>} */ (waits)[page] || 0;
  if (!n || !words[page]) return null;
  return html`<b class="badge" title=${words[page](n)} aria-label=${words[page](n)}>${n > 99 ? "99+" : n}</b>`;
}

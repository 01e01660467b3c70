// The pledge on the big screen: how many signed, who just did, and how far the relay went.
import { html } from "../html.js";
import { useEffect, useState } from "../vendor/hooks.js";
import { number } from "../lib/format.js";
import { poll } from "../lib/poll.js";
import { Rising } from "./rising.js";

/** @typedef {{number: number, name: string}} Signer */
/**
 * @typedef {{title: string, signed: number, today: number, deepest: {depth: number, first: string, last: string},
 *   widest: (Signer & {after: number})[], newest: Signer[]}} Wall
 */

const every = 3000;
const tiles = 18;

/** @param {{api: (method: string, path: string) => Promise<any>, slug: string, children?: any}} props */
export function PledgeWall({ api, slug, children }) {
  const [wall, setWall] = useState(/** @type {Wall | null} */ (null));
  useEffect(
    () =>
      poll(
        async () => setWall(await api("GET", `/contests/${slug}/pledge/wall`)),
        every,
        () => {},
      ),
    [slug],
  );
  if (!wall) return html`<div class="boards"><section class="panel"></section>${children}</div>`;
  return html`<div class="boards wall">
    <section class="panel wall-names">
      <header class="panel-head"><h2>${wall.title}</h2><p>签名接力墙</p></header>
      ${wall.newest.length ? html`<ol class="tiles">
        ${wall.newest
          .slice(0, tiles)
          .map(
            (s) => html`<li key=${s.number} class=${wide(s.name) > 5 ? "tile long" : "tile"}>
              <b>${s.name}</b>
              <small>第${number(s.number)}号</small>
            </li>`,
          )}
      </ol>`
        : html`<p class="nobody">还没有人签名<br />扫码签下第一个名字</p>`}
    </section>
    <aside class="wall-figures">
      <p class="wall-count"><${Rising} to=${wall.signed} /><span>人已签名</span></p>
      <p class="wall-today">今天 <b>${number(wall.today)}</b> 人</p>
      ${wall.deepest.depth > 1 && html`<section class="wall-relay">
        <h3>最长的接力</h3>
        <p><b>${number(wall.deepest.depth)}</b> 棒</p>
        ${wall.deepest.first && html`<p class="wall-who">
          ${wall.deepest.first}${wall.deepest.last && " → " + wall.deepest.last}
        </p>`}
      </section>`}
      ${wall.widest.length > 0 && html`<section class="wall-relay">
        <h3>带动人数最多</h3>
        <ol>
          ${wall.widest.map(
            (w) => html`<li key=${w.number}>
              <span>${w.name || `第${number(w.number)}号`}</span>
              <b>${number(w.after)}</b>
            </li>`,
          )}
        </ol>
      </section>`}
    </aside>
    ${children}
  </div>`;
}

/** How many Chinese characters wide a name is. @param {string} name */
const wide = (name) => [...name].reduce((sum, sign) => sum + (sign.charCodeAt(0) < 0x2000 ? 0.55 : 1), 0);

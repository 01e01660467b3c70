// Who brought most, with my own place.
import { html } from "../../html.js";
import { useEffect, useState } from "../../vendor/hooks.js";
import { number } from "../../lib/format.js";
import { say } from "../../lib/problems.js";

/** @typedef {{rank: number, name: string, invited: number, me: boolean}} Inviter */

/** @param {{api: import("../app").Parts["api"], contest: string}} props */
export function InviteBoard({ api, contest }) {
  const [page, setPage] = useState(/** @type {{entries: Inviter[], me: Inviter | null} | null} */ (null));
  const [wrong, setWrong] = useState("");
  useEffect(() => {
    api("GET", `/contests/${contest}/invitations/board?size=10`).then(setPage, (problem) => setWrong(say(problem)));
  }, []);
  if (wrong) return html`<p class="note" role="status">${wrong}</p>`;
  if (!page || !page.entries.length) return null;
  const beyond = page.me && !page.entries.some((e) => e.me) ? [page.me] : [];
  return html`<section>
    <h2 class="invite-head">谁邀请得最多</h2>
    <ol class="invite-list">
      ${page.entries
        .concat(beyond)
        .map(
          (e) => html`<li key=${e.rank} class=${e.me ? "mine" : ""}>
            <span class="invite-rank">${e.rank}</span>
            <span class="invite-name"><b>${e.name}</b>${e.me && html`<em>我</em>`}</span>
            <b>${number(e.invited)}<small>人</small></b>
          </li>`,
        )}
    </ol>
  </section>`;
}

// Where a player stands now that a result is in: by the board itself, or not at all.
import { html } from "../../html.js";
import { useEffect, useState } from "../../vendor/hooks.js";
import { number } from "../../lib/format.js";
import { boardOf, standing } from "../lib/standing.js";

const settles = 600; // ms after which a board has what was just finished

/** @param {{api: import("../app").Parts["api"], contest: import("../../lib/types").Contest}} props */
export function Standing({ api, contest }) {
  const [told, tell] = useState(/** @type {ReturnType<typeof standing>} */ (null));
  const board = boardOf(contest.boards);
  useEffect(() => {
    if (!board) return undefined;
    const timer = setTimeout(() => {
      const quietly = () => {}; // the result is whole without it
      api("GET", `/contests/${contest.slug}/boards/${board.key}?from=1&size=1`).then((p) => tell(standing(p)), quietly);
    }, settles);
    return () => clearTimeout(timer);
  }, [board && board.key]);
  if (!told || !board) return null;
  return html`<a class="standing" href="#/rank" role="status">
    <span>${board.title}第 <b>${number(told.rank)}</b> 名</span>
    ${told.ahead > 0 && html`<span>超过 <b>${told.ahead}%</b> 的参赛者</span>`}
  </a>`;
}

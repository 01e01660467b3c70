// Whom I brought, whom they brought, and so on, under masked names.
import { html } from "../../html.js";
import { useEffect, useState } from "../../vendor/hooks.js";
import { day, number } from "../../lib/format.js";
import { say } from "../../lib/problems.js";

/**
 * @typedef {{levels: {level: number, count: number, more: boolean}[], players: {name: string, by: string, brought:
 *   number, reached_at: number}[]}} Tree
 */

const names = ["", "我邀请的", "好友邀请的", "第三层", "第四层", "第五层"];
const size = 20;

/** @param {{api: import("../app").Parts["api"], contest: string}} props */
export function InviteTree({ api, contest }) {
  const [level, setLevel] = useState(1);
  const [tree, setTree] = useState(/** @type {Tree | null} */ (null));
  const [wrong, setWrong] = useState("");
  const [busy, setBusy] = useState(false);
  /** @param {number} from */
  function load(from) {
    setBusy(true);
    setWrong("");
    api("GET", `/contests/${contest}/invitations/tree?level=${level}&from=${from}&size=${size}`).then(
      (/** @type {Tree} */ got) => {
        setTree((was) => (from > 1 && was ? { ...got, players: was.players.concat(got.players) } : got));
        setBusy(false);
      },
      (problem) => {
        setWrong(say(problem));
        setBusy(false);
      },
    );
  }
  useEffect(() => load(1), [level]);
  if (!tree) return html`<p class="soft" role="status">${wrong || "正在读取"}</p>`;
  const here = tree.levels.find((l) => l.level === level);
  return html`<section>
    <h2 class="invite-head">我的邀请</h2>
    <div class="invite-levels" role="group" aria-label="层">
      ${tree.levels.map(
        (l) => html`<button key=${l.level} aria-pressed=${l.level === level} onClick=${() => setLevel(l.level)}>
          ${names[l.level]}<b>${number(l.count)}${l.more ? "+" : ""}人</b>
        </button>`,
      )}
    </div>
    <ol class="invite-list">
      ${tree.players.map(
        (p, i) => html`<li key=${i}>
          <span class="invite-name">
            <b>${p.name}</b>
            <small class="soft">${p.by ? p.by + "邀请，" : ""}${day(p.reached_at)}</small>
          </span>
          ${p.brought > 0 && html`<span class="soft">又邀请${number(p.brought)}人</span>`}
        </li>`,
      )}
    </ol>
    ${wrong && html`<p class="form-wrong" role="alert">${wrong}</p>`}
    ${here && tree.players.length < here.count && html`<button class="quiet wide" disabled=${busy}
      onClick=${() => load(tree.players.length + 1)}>
      ${busy ? "正在读取" : "再看一些"}
    </button>`}
  </section>`;
}

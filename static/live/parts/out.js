// Who is out watches on: why, and the way back where there is one.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { say } from "../../lib/problems.js";

/**
 * @param {{room: import("../../lib/live/types").Room, me: import("../types").Me | null, brief: boolean,
 *   revive: () => Promise<void>}} props brief: a question needs the place
 */
export function Out({ room, me, brief, revive }) {
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState("");
  if (!me) return null;
  const card = !brief && me.revival && me.revival.may && me.revival.left > 0 ? me.revival : null;
  async function back() {
    setBusy(true);
    setWrong("");
    await revive().catch((problem) => setWrong(say(problem)));
    setBusy(false);
  }
  return html`<section class="out" aria-label="您已出局">
    <p>
      <b>${cameLate(me) ? "您来的时候已经开赛" : `您在第${me.out_round}题出局`}</b>
      <span>正在观战，场上还有${room.alive}人</span>
    </p>
    ${card && html`<button class="main amber" aria-disabled=${busy} onClick=${() => busy || back()}>
      ${busy ? "请稍等" : "用复活卡回到场上"}<small>还有${card.left}张</small>
    </button>`}
    ${wrong && html`<p class="form-wrong" role="alert">${wrong}</p>`}
  </section>`;
}

/**
 * Who was not there for the round that is said to have put them out.
 * @param {import("../types").Me} me
 */
const cameLate = ({ since_round: before, out_round: out, answer }) =>
  before >= out && !(answer && answer.revision > 0 && answer.round === out);

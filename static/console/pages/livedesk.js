// The desk of one live room: how it stands, and the host's tabs.
import { html } from "../../html.js";
import { spoken } from "../../lib/live/room.js";
import { number } from "../../lib/format.js";
import { linkIn, withPass } from "../lib/contests.js";
import { useHost } from "../lib/livehost.js";
import { asking, goingOn } from "../lib/livesteps.js";
import { useState } from "../../vendor/hooks.js";
import { Confirm } from "../parts/dialog.js";
import { Failed, Waiting } from "../parts/load.js";
import { LiveLead } from "./livelead.js";
import { LivePeople } from "./livepeople.js";
import { LiveSettings } from "./livesettings.js";

/** @typedef {import("../live").HostView} View @typedef {import("../live").StepName} Step */
/** @typedef {import("../lib/livehost").Host} Host */

/** @param {{desk: import("../types").Desk, contest: string, id: string, tab: string}} props */
export function LiveDesk({ desk, contest, id, tab }) {
  const host = useHost(desk, id);
  const [asked, setAsked] = useState(/** @type {Step | ""} */ (""));
  const { view } = host;
  if (!view) {
    return host.problem ? html`<${Failed} problem=${host.problem} again=${host.look} />`
      : html`<${Waiting} text="正在打开主持台" />`;
  }
  /**
   * Takes a step, and asks first where it matters.
   * @param {Step} step @param {import("../lib/livehost").More} [more]
   */
  const press = (step, more) => (asking(step, view) ? setAsked(step) : host.step(step, more));
  const question = asked && asking(asked, view);
  return html`<div class="live-desk">
    <${Head} view=${view} contest=${contest} now=${host.now} />
    <${State} host=${host} view=${view} press=${press} />
    <nav class="tabs live-tabs" aria-label="主持台">
      ${[
        ["", "主持"],
        ["people", "选手 " + number(view.room.members)],
        ["settings", "设置"],
      ].map(
        ([key, name]) => html`<a href=${linkIn(contest, ["live", id, key].filter(Boolean))}
          aria-current=${tab === key ? "page" : null}>
          ${name}
        </a>`,
      )}
    </nav>
    ${tab === "people" ? html`<${LivePeople} desk=${desk} id=${id} view=${view} />`
      : tab === "settings" ? html`<${LiveSettings} desk=${desk} host=${host} view=${view} press=${press} />`
      : html`<${LiveLead} host=${host} view=${view} press=${press} origin=${desk.origin} />`}
    ${asked && question && html`<${Confirm} title=${question.title} yes=${question.yes}
      danger=${asked !== "take" && asked !== "confirm"} close=${() => setAsked("")}
      act=${async () => {
        await host.step(asked);
        setAsked("");
      }}>
      <p>${question.text}</p>
    </${Confirm}>`}
  </div>`;
}

/** @param {{view: View, contest: string, now: number}} props */
const Head = ({ view, contest, now }) => html`<header class="live-head">
  <p class="crumbs"><a href=${linkIn(contest, ["live"])}>直播答题</a></p>
  <div class="head">
    <h1>${view.room.title}${view.room.rehearsal && html` <span class="tag is-warned">演练</span>`}</h1>
    <p class="live-head-facts">
      ${view.room.code && html`<span>加入码 <b>${spoken(view.room.code)}</b></span>`}
      ${view.room.locked && html`<span class="tag plain">已锁定</span>`}
      <a href=${withPass("/screen/live/" + view.room.room, view.room.pass)} target="_blank" rel="noopener">打开大屏</a>
    </p>
  </div>
  <p class="live-now" role="status">${goingOn(view, now)}</p>
</header>`;

/**
 * The connection, who leads, and what became of the last step, each in words.
 * @param {{host: Host, view: View, press: (step: Step) => void}} props
 */
function State({ host, view, press }) {
  const { me, name } = view.hosting;
  return html`<div class="live-state">
    ${!host.fresh && !host.busy && html`<p class="state bad" role="alert">
      ${host.lostFor ? `连接断了 ${Math.round(host.lostFor / 1000)} 秒，正在重连。` : "正在取最新情况。"}答题照常进行，计时和收答案都在服务器上；连上以后才能操作。
    </p>`}
    ${host.said && html`<p class="state note" role="alert">${host.said}</p>`}
    ${!me && name && view.room.phase !== "over" && html`<div class="state live-other">
      <p>现在由 <b>${name}</b> 主持，您这里只看。</p>
      <button class="btn quiet" disabled=${!host.fresh || !!host.busy} onClick=${() => press("take")}>接过来主持</button>
    </div>`}
  </div>`;
}

// What a host sets up and looks after: how to join, the delay, the lock, made-up players, results, servers, the log.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { number, time } from "../../lib/format.js";
import { allowed, logged, stepNames } from "../lib/livesteps.js";
import { Field, Text } from "../parts/field.js";
import { LiveJoin } from "../parts/livejoin.js";
import { Oops, useWork } from "../parts/load.js";

/** @typedef {import("../live").HostView} View @typedef {import("../live").StepName} Step */
/** @typedef {import("../lib/livehost").Host} Host */

/**
 * @param {{desk: import("../types").Desk, host: Host, view: View, press: (step: Step) => void}} props
 */
export function LiveSettings({ desk, host, view, press }) {
  const { room } = view;
  const may = host.fresh && !host.busy && view.hosting.me;
  return html`<div class="cards live-settings">
    <${LiveJoin} room=${room} origin=${desk.origin} />
    <section class="card">
      <h2>房间</h2>
      <${Delay} key=${view.delay_ms} host=${host} view=${view} may=${may} />
      <div class="live-setting">
        <p>${room.locked ? "已经锁定，新的人进不来；已经在里面的不受影响。" : "现在还可以加入。"}</p>
        <${StepButton} step=${room.locked ? "unlock" : "lock"} view=${view} may=${may} press=${press} />
      </div>
      <div class="live-setting">
        <p>热身以后，让所有人从 0 分重新开始。</p>
        <${StepButton} step="reset" view=${view} may=${may} press=${press} danger />
      </div>
      ${room.phase !== "over" && html`<div class="live-setting">
        <p>出了大问题，不再继续。</p>
        <${StepButton} step="end" view=${view} may=${may} press=${press} danger />
      </div>`}
    </section>
    ${room.rehearsal && html`<${Robots} desk=${desk} room=${room.room} />`}
    <section class="card">
      <h2>成绩</h2>
      <p class="soft">Excel 表格：每个人每道题的答案、对错、用时，和总分名次。</p>
      <p class="acts">
        <a class="btn quiet" href=${`/api/v1/console/live/${room.room}/results.xlsx`} download>
          下载成绩
        </a>
      </p>
    </section>
    <${Nodes} view=${view} />
    <${Log} view=${view} />
  </div>`;
}

/** @param {{step: Step, view: View, may: boolean, press: (step: Step) => void, danger?: boolean}} props */
const StepButton = ({ step, view, may, press, danger }) => html`<button class=${danger ? "btn quiet warn" : "btn quiet"}
  disabled=${!may || !allowed(view, step)} onClick=${() => press(step)}>
  ${stepNames[step]}
</button>`;

/** @param {{host: Host, view: View, may: boolean}} props */
function Delay({ host, view, may }) {
  const now = view.delay_ms / 1000;
  const [text, setText] = useState(String(now));
  const seconds = Number(text);
  const good = /^\d{1,2}$/.test(text) && seconds <= 30;
  return html`<form class="live-setting"
    onSubmit=${(/** @type {Event} */ e) => {
      e.preventDefault();
      if (good) host.step("delay", { seconds });
    }}>
    <${Field} label="延迟开始答题（秒）" hint="观众看的转播晚几秒，就设几秒，0 到 30。"
      wrong=${good ? "" : "请填 0 到 30 的整数"}>
      <${Text} value=${text} set=${setText} name="delay" max=${2} />
    </${Field}>
    <button class="btn quiet" disabled=${!may || !good || seconds === now || !allowed(view, "delay")}>保存</button>
  </form>`;
}

const mostRobots = 2000;

/** Made-up players of a rehearsal. @param {{desk: import("../types").Desk, room: string}} props */
function Robots({ desk, room }) {
  const [text, setText] = useState("50");
  const work = useWork();
  const players = Number(text);
  const good = /^\d{1,4}$/.test(text) && players > 0 && players <= mostRobots;
  return html`<section class="card">
    <h2>虚拟选手</h2>
    <form class="live-setting"
      onSubmit=${(/** @type {Event} */ e) => {
        e.preventDefault();
        work.run(async () => {
          await desk.call("POST", `/live/${room}/robots`, { players });
          desk.tell(`放进了 ${players} 位虚拟选手`);
        });
      }}>
      <${Field} label="人数" hint="自己加入、自己答题，有对有错。只在演练里。"
        wrong=${good ? "" : "请填 1 到 2000"}>
        <${Text} value=${text} set=${setText} name="robots" max=${4} />
      </${Field}>
      <button class="btn quiet" disabled=${!good || work.busy}>放进来</button>
    </form>
    <${Oops} problem=${work.problem} />
  </section>`;
}

/** The servers that the phones are at. @param {{view: View}} props */
const Nodes = ({ view }) => html`<section class="card">
  <h2>服务器 <small>${number(view.nodes.length)} 台</small></h2>
  <table>
    <thead><tr><th>编号</th><th class="n">连接</th><th class="n">收到题</th></tr></thead>
    <tbody>
      ${view.nodes.map(
        (n, i) => html`<tr key=${n.node}>
          <td>${i + 1}${n.owner && html` <span class="tag plain">计时</span>`}</td>
          <td class="n">${number(n.connected)}</td>
          <td class="n">${number(n.held)}</td>
        </tr>`,
      )}
    </tbody>
  </table>
  ${view.bus_silent && html`<p class="state note">
    服务器之间的即时通知断了，改为每秒各自查看。答题和计分不受影响，画面会慢一秒左右。
  </p>`}
</section>`;

/** @param {{view: View}} props */
const Log = ({ view }) => html`<section class="card">
  <h2>记录</h2>
  <table class="log">
    <tbody>
      ${view.log.map(
        (l) => html`<tr>
          <td class="when">${time(l.at)}</td>
          <td>${l.who || "时钟"}</td>
          <td>${logged(l)}</td>
        </tr>`,
      )}
    </tbody>
  </table>
  ${!view.log.length && html`<p class="soft">还没有操作。</p>`}
</section>`;

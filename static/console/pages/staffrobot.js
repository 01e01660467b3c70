// The group robot that tells staff what waits: whether it is set up, and how its messages went. For the owner.
import { html } from "../../html.js";
import { Oops, Shown, useLoad, useWork } from "../parts/load.js";
import { dateTime } from "../../lib/format.js";

/** @typedef {import("../../lib/schemas").components["schemas"]["Webhook"]} Robot */

/** @param {{desk: import("../types").Desk}} props */
export function RobotPart({ desk }) {
  const robot = useLoad(() => desk.call("GET", "/webhook"), []);
  const work = useWork();
  const trial = () =>
    work.run(async () => {
      await desk.call("POST", "/webhook/trial", {});
      desk.tell("机器人收下了，请到群里看一眼。");
    });
  return html`<section class="robot">
    <h2>群机器人</h2>
    <p class="soft">有事等人处理时，往工作群里发一条消息：有几件、在哪一页，不带任何个人信息。</p>
    <${Shown} of=${robot}>
      ${(/** @type {Robot} */ data) =>
        data.robot
          ? html`<p>
                ${data.robot}机器人（${data.host}）${data.signed ? "，消息加签" : ""}
                <button class="btn quiet" disabled=${work.busy} onClick=${trial}>试发一条</button>
              </p>
              <${Oops} problem=${work.problem} />
              <${Messages} of=${data.messages} />`
          : html`<p>还没有设置。请运维人员把企业微信或钉钉群机器人的地址放进环境变量 ANQUANDA_WEBHOOK，再重新启动。</p>`}
    </${Shown}>
  </section>`;
}

/** @param {{of: Robot["messages"]}} props */
const Messages = ({ of }) =>
  of.length === 0 ? html`<p class="soft">还没有发过。</p>` : html`<div class="scroll"><table class="rows">
    <thead><tr><th>时间</th><th>消息</th><th>结果</th></tr></thead>
    <tbody>
      ${of.map(
        (m) => html`<tr>
          <td>${dateTime(m.made_at)}</td>
          <td data-name="消息">${m.text}</td>
          <td data-name="结果">${result(m)}</td>
        </tr>`,
      )}
    </tbody>
  </table></div>`;

/** @param {Robot["messages"][number]} m */
function result(m) {
  if (m.sent_at) return "已发到群里";
  if (!m.tries) return "等着发";
  return `试了 ${m.tries} 次。${m.trouble}${m.next_at ? `${dateTime(m.next_at)} 再试。` : "不再试了。"}`;
}

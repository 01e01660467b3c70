// The own account: password, second factor, and where it is signed in.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { dateTime } from "../../lib/format.js";
import { Confirm } from "../parts/dialog.js";
import { Oops, Shown, useLoad, useWork } from "../parts/load.js";
import { OwnPassword } from "../parts/ownpassword.js";
import { Recovery, Second } from "../parts/second.js";

/** @typedef {import("../types").OwnAccount} Own @typedef {import("../types").Desk} Desk */

/** @param {{desk: Desk}} props */
export function AccountPage({ desk }) {
  const own = useLoad(() => desk.call("GET", "/account"), []);
  return html`<div>
    <h1>我的账号</h1>
    <${Shown} of=${own}>
      ${(/** @type {Own} */ data) => html`<div>
        <p class="soft">${data.me.name}，登录名 ${data.me.login}，${data.me.role_name}</p>
        <section class="panel">
          <h2>手机验证码</h2>
          <${SecondPart} desk=${desk} own=${data} again=${own.again} />
        </section>
        <section class="panel">
          <h2>密码</h2>
          <p class="soft">换了以后，您在其他设备上的登录都会结束。</p>
          <div class="own-form">
            <${OwnPassword} call=${desk.call} done=${() => {
              desk.tell("密码已经换了。");
              own.again();
            }} />
          </div>
        </section>
        <section class="panel">
          <h2>我在哪里登录了</h2>
          <${Places} desk=${desk} own=${data} again=${own.again} />
        </section>
      </div>`}
    </${Shown}>
  </div>`;
}

/** @param {{desk: Desk, own: Own, again: () => void}} props */
function SecondPart({ desk, own, again }) {
  const [adding, setAdding] = useState(false);
  const [codes, setCodes] = useState(/** @type {string[] | null} */ (null));
  const [ending, setEnding] = useState(false);
  const work = useWork();
  const done = () => {
    setAdding(false);
    setCodes(null);
    desk.accountChanged();
    again();
  };
  if (codes) return html`<${Recovery} codes=${codes} done=${done} />`;
  if (adding || !own.me.second_factor) return html`<div>
    ${!own.me.second_factor && html`<p>
      ${own.second_needed ? html`<b>您的角色要用手机验证码登录。</b> ` : "还没有加。加上以后，别人知道了密码也登录不了。"}
    </p>`}
    <${Second} call=${desk.call} done=${done} again=${own.me.second_factor} />
  </div>`;
  return html`<div>
    <p>已经加上。备用码还剩 <b>${own.recovery_left}</b> 个${own.recovery_left < 3 ? "，快用完了，请换一组新的" : ""}。</p>
    <${Oops} problem=${work.problem} />
    <p class="acts own-acts">
      <button class="btn quiet" onClick=${() => setAdding(true)}>换手机</button>
      <button class="btn quiet" disabled=${work.busy}
        onClick=${() => work.run(async () => setCodes((await desk.call("POST", "/account/recovery", {})).recovery))}>
        换一组备用码
      </button>
      ${!own.second_needed && html`<button class="link" onClick=${() => setEnding(true)}>不再使用</button>`}
    </p>
    ${ending && html`<${Confirm} title="不再使用手机验证码" yes="不再使用" danger close=${() => setEnding(false)}
      act=${async () => {
        await desk.call("DELETE", "/account/second");
        setEnding(false);
        done();
      }}>
      <p>以后只凭密码就能登录您的账号。</p>
    </${Confirm}>`}
  </div>`;
}

/** @param {{desk: Desk, own: Own, again: () => void}} props */
function Places({ desk, own, again }) {
  const work = useWork();
  /** @param {string} path @param {string} said */
  const end = (path, said) =>
    work.run(async () => {
      await desk.call("DELETE", path);
      desk.tell(said);
      again();
    });
  return html`<div>
    <div class="scroll">
      <table class="rows">
        <thead><tr><th>设备</th><th>网络</th><th>登录</th><th>最近使用</th><th></th></tr></thead>
        <tbody>
          ${own.places.map(
            (p) => html`<tr key=${p.id}>
              <td><b>${p.device}</b>${p.here && html` <span class="tag">这一台</span>`}</td>
              <td data-name="网络">${p.network}</td>
              <td data-name="登录">${dateTime(p.created_at)}</td>
              <td data-name="最近使用">${dateTime(p.used_at)}</td>
              <td class="n">
                ${!p.here && html`<button class="link" disabled=${work.busy}
                  onClick=${() => end("/account/sessions/" + p.id, "那台设备上的登录已经结束。")}>结束</button>`}
              </td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <${Oops} problem=${work.problem} />
    ${own.places.length > 1 && html`<p class="acts own-acts">
      <button class="btn quiet" disabled=${work.busy}
        onClick=${() => end("/account/sessions", "其他设备上的登录都结束了。")}>结束其他全部登录</button>
    </p>`}
    <p class="soft">一小时没有操作，或者登录满 12 小时，登录会自己结束。不认得的设备，请结束它并马上换密码。</p>
  </div>`;
}

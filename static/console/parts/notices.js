// What all staff should know, above every page: an altered audit log, and whose account was touched while
// something is decided.
import { html } from "../../html.js";
import { useEffect, useState } from "../../vendor/hooks.js";
import { moment } from "../lib/moment.js";

/** @typedef {{name: string, login: string, by: string, what: string, at: number}} Touch */
/** @typedef {{log_broken: number, touches: Touch[]}} Told */

const every = 60000; // ms

/** @type {Record<string, string>} */
const did = {
  made: "是新建的账号",
  password: "被重设了密码",
  role: "被改了角色或范围",
  totp: "被取消了第二重验证",
  enabled: "被重新启用",
};

/** @param {{call: import("../types").Call}} props */
export function Notices({ call }) {
  const [told, setTold] = useState(/** @type {Told} */ ({ log_broken: 0, touches: [] }));
  useEffect(() => {
    const look = () => call("GET", "/notices", undefined, true).then(setTold, () => {}); // nobody waits for it
    look();
    const timer = setInterval(look, every);
    return () => clearInterval(timer);
  }, []);
  return html`<div class="notices">
    ${told.log_broken > 0 && html`<p class="state bad" role="alert">
      操作日志被改动过：第 ${told.log_broken} 条不是原来的样子。请马上告诉负责人和系统管理人员，暂停摇奖和发放。
    </p>`}
    ${told.touches.length > 0 && html`<details class="state note">
      <summary>摇奖或核查进行中，一天内有 ${told.touches.length} 项账号变动。这些账号满一天才能参与两人确认（安装首日除外）。</summary>
      <ul>
        ${told.touches.map(
          (t) => html`<li key=${t.login + t.what + t.at}>
            ${moment(t.at)} ${t.name}（${t.login}）${did[t.what] || t.what}，经手人 ${t.by}
          </li>`,
        )}
      </ul>
    </details>`}
  </div>`;
}

// Who works here: accounts, roles, passwords, sessions. For the owner.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { RobotPart } from "./staffrobot.js";
import { ScopeDialog, scopeText } from "./staffscope.js";
import { Confirm, Dialog } from "../parts/dialog.js";
import { Field, Group, Radio, Select, Text } from "../parts/field.js";
import { Oops, Shown, useLoad, useWork } from "../parts/load.js";

/** @typedef {import("./staffscope.js").Scope} Scope */
/** @typedef {import("../types").Member} Member @typedef {{role: string, name: string}[]} Roles */

/** @type {Record<string, string>} */
const roleMeans = {
  owner: "全部权限，包括工作人员的账号",
  organizer: "题库、活动、反馈和日志",
  host: "主持现场直播答题",
  prizes: "抽奖和发放奖品",
  payouts: "话费和红包的发放",
  booth: "只在领奖点扫码、核对、发出",
  viewer: "只能看",
};

/** @param {{desk: import("../types").Desk}} props */
export function StaffPage({ desk }) {
  const staff = useLoad(() => desk.call("GET", "/staff"), []);
  const [open, setOpen] = useState(
    /** @type {{what: "add" | "role" | "scope" | "password" | "revoke" | "disable" | "second",
     *   member: Member | null}} */ ({
      what: "add",
      member: null,
    }),
  );
  const [shown, setShown] = useState(false);
  /** @param {typeof open.what} what @param {Member | null} member */
  const show = (what, member) => {
    setOpen({ what, member });
    setShown(true);
  };
  /** @param {string} text */
  const done = (text) => {
    setShown(false);
    desk.tell(text);
    staff.again();
  };
  const close = () => setShown(false);
  const { what, member } = open;
  return html`<div>
    <div class="head">
      <h1>工作人员</h1>
      <button class="btn" onClick=${() => show("add", null)}>添加工作人员</button>
    </div>
    <${Shown} of=${staff}>
      ${(/** @type {{staff: Member[], roles: Roles, scopes: Scope[]}} */ data) => html`<div class="scroll">
        <table class="rows">
          <thead><tr><th>姓名</th><th>登录名</th><th>角色</th><th>状态</th><th>手机验证码</th><th></th></tr></thead>
          <tbody>
            ${data.staff.map(
              (m) => html`<tr class=${m.disabled ? "off" : null}>
                <td><b>${m.name}</b>${m.id === desk.me.id && html` <span class="tag">我</span>`}</td>
                <td data-name="登录名">${m.login}</td>
                <td data-name="角色">${m.role_name}<small class="soft"> ${roleMeans[m.role]}</small>
                  ${scopeText(data.scopes, m.id)}</td>
                <td>${m.disabled ? html`<span class="tag is-rejected">已停用</span>` : "可以登录"}</td>
                <td data-name="手机验证码">${m.second_factor ? "有" : "没有"}</td>
                <td class="n">
                  <button class="link" onClick=${() => show("role", m)}>角色</button>
                  ${m.role !== "owner" && html`<button class="link" onClick=${() => show("scope", m)}>范围</button>`}
                  <button class="link" onClick=${() => show("password", m)}>新密码</button>
                  <button class="link" onClick=${() => show("revoke", m)}>结束登录</button>
                  ${m.second_factor && m.id !== desk.me.id && html`<button class="link"
                    onClick=${() => show("second", m)}>重置验证码</button>`}
                  <button class="link" onClick=${() => show("disable", m)}>${m.disabled ? "恢复" : "停用"}</button>
                </td>
              </tr>`,
            )}
          </tbody>
        </table>
      </div>
      ${shown && what === "add" && html`<${AddDialog} desk=${desk} roles=${data.roles} close=${close} done=${done} />`}
      ${shown && what === "role" && member && html`<${RoleDialog} desk=${desk} member=${member} roles=${data.roles}
        close=${close} done=${done} />`}
      ${shown && what === "scope" && member && html`<${ScopeDialog} desk=${desk} member=${member}
        scope=${data.scopes.find((s) => s.staff === member.id)} close=${close} done=${done} />`}
      ${shown && what === "password" && member && html`<${PasswordDialog} desk=${desk} member=${member} close=${close}
        done=${done} />`}
      ${shown && what === "revoke" && member && html`<${Confirm} title="结束登录" yes="结束" close=${close}
        act=${async () => {
          await desk.call("DELETE", `/staff/${member.id}/sessions`);
          done(`${member.name} 在所有设备上都要重新登录。`);
        }}>
        <p>
          ${member.name}（${member.login}）在所有设备上的登录都会结束
          ${member.id === desk.me.id ? "，包括您现在用的这一台" : ""}
          。他写到一半的内容还在原来的页面上，重新登录就能接着做。
        </p>
      </${Confirm}>`}
      ${shown && what === "second" && member && html`<${Confirm} title="重置手机验证码" yes="重置" danger close=${close}
        act=${async () => {
          await desk.call("DELETE", `/staff/${member.id}/second`);
          done(`${member.name} 现在只凭密码登录，请提醒他马上重新加上。`);
        }}>
        <p>
          只在 ${member.name} 丢了手机、备用码也没有的时候用。请先确认是他本人。他在所有设备上的登录会结束；
          您做过这一步，以后不能和他互相当第二个人。
        </p>
      </${Confirm}>`}
      ${shown && what === "disable" && member && html`<${Confirm} title=${member.disabled ? "恢复账号" : "停用账号"}
        yes=${member.disabled ? "恢复" : "停用"} danger=${!member.disabled} close=${close}
        act=${async () => {
          await desk.call("PATCH", "/staff/" + member.id, { role: member.role, disabled: !member.disabled });
          done(member.disabled ? `${member.name} 又可以登录了。` : `${member.name} 已停用，不能登录。`);
        }}>
        <p>
          ${member.disabled
            ? `${member.name} 可以用原来的密码登录。`
            : `${member.name} 的登录会马上结束，以后不能登录。他做过的事仍在操作日志里。`}
        </p>
      </${Confirm}>`}`}
    </${Shown}>
    <${RobotPart} desk=${desk} />
  </div>`;
}

/** @param {{roles: Roles, role: string, set: (role: string) => void, wrong?: string}} props */
const RoleChoice = ({ roles, role, set, wrong }) => html`<${Group} label="角色" wrong=${wrong}>
  <div class="choices">
    ${roles.map(
      (r) => html`<${Radio} name="role" on=${role === r.role} set=${() => set(r.role)}>
        <b>${r.name}</b>
        <small>${roleMeans[r.role] || ""}</small>
      </${Radio}>`,
    )}
  </div>
</${Group}>`;

/** @param {{desk: import("../types").Desk, roles: Roles, close: () => void, done: (text: string) => void}} props */
function AddDialog({ desk, roles, close, done }) {
  const [login, setLogin] = useState("");
  const [name, setName] = useState("");
  const [role, setRole] = useState("organizer");
  const [password, setPassword] = useState("");
  const work = useWork();
  const wrong = (/** @type {string} */ field) =>
    work.problem && work.problem.field === field
      ? work.problem.detail
      : work.problem && field === "login" && work.problem.code === "login_taken"
        ? work.problem.detail
        : "";
  /** @param {Event} event */
  const send = (event) => {
    event.preventDefault();
    work.run(async () => {
      await desk.call("POST", "/staff", { login: login.trim(), name: name.trim(), role, password });
      done(`已添加 ${name.trim()}。请当面把登录名和密码告诉他。`);
    });
  };
  return html`<${Dialog} title="添加工作人员" close=${close} first="[name=name]">
    <form onSubmit=${send}>
      <${Field} label="姓名" hint="操作日志里显示" wrong=${wrong("name")}>
        <${Text} name="name" max=${16} value=${name} set=${setName} />
      </${Field}>
      <${Field} label="登录名" hint="2 到 32 个小写字母、数字或 . _ -" wrong=${wrong("login")}>
        <${Text} name="new-login" max=${32} value=${login} set=${setLogin} />
      </${Field}>
      <${RoleChoice} roles=${roles} role=${role} set=${setRole} wrong=${wrong("role")} />
      <${Field} label="密码" hint="至少 10 个字。他第一次登录时要换成自己的。" wrong=${wrong("password")}>
        <${Text} name="new-password" max=${128} value=${password} set=${setPassword} autocomplete="new-password" />
      </${Field}>
      ${work.problem &&
        !work.problem.field &&
        work.problem.code !== "login_taken" && html`<${Oops} problem=${work.problem} />`}
      <footer class="dialog-foot">
        <button type="button" class="btn quiet" onClick=${close}>取消</button>
        <button class="btn" disabled=${work.busy || !login || !name || !password}>添加</button>
      </footer>
    </form>
  </${Dialog}>`;
}

/**
 * @param {{desk: import("../types").Desk, member: Member, roles: Roles, close: () => void, done: (text: string) =>
 *   void}} props
 */
function RoleDialog({ desk, member, roles, close, done }) {
  const [role, setRole] = useState(member.role);
  const work = useWork();
  return html`<${Dialog} title=${member.name + "的角色"} close=${close}>
    <${RoleChoice} roles=${roles} role=${role} set=${setRole} />
    <${Oops} problem=${work.problem} />
    <footer class="dialog-foot">
      <button class="btn quiet" onClick=${close}>取消</button>
      <button class="btn" disabled=${work.busy || role === member.role}
        onClick=${() =>
          work.run(async () => {
            await desk.call("PATCH", "/staff/" + member.id, { role, disabled: member.disabled });
            done(`${member.name} 的角色已经改了。`);
          })}>
        保存
      </button>
    </footer>
  </${Dialog}>`;
}

/** @param {{desk: import("../types").Desk, member: Member, close: () => void, done: (text: string) => void}} props */
function PasswordDialog({ desk, member, close, done }) {
  const [password, setPassword] = useState("");
  const work = useWork();
  return html`<${Dialog} title=${member.name + "的新密码"} close=${close} first="input">
    <form onSubmit=${(/** @type {Event} */ e) => {
        e.preventDefault();
        work.run(async () => {
          await desk.call("POST", `/staff/${member.id}/password`, { password });
          done(`${member.name} 的密码已经换了。请当面告诉他。`);
        });
      }}>
      <${Field} label="新密码" hint="至少 10 个字。换了以后，他在所有设备上都要重新登录，并换成自己的密码。"
        wrong=${work.problem ? work.problem.detail : ""}>
        <${Text} name="new-password" max=${128} value=${password} set=${setPassword} autocomplete="new-password" />
      </${Field}>
      <footer class="dialog-foot">
        <button type="button" class="btn quiet" onClick=${close}>取消</button>
        <button class="btn" disabled=${work.busy || !password}>换密码</button>
      </footer>
    </form>
  </${Dialog}>`;
}

// Signing in, at the beginning or again when a session has ended.
import { html } from "../../html.js";
import { useEffect, useState } from "../../vendor/hooks.js";
import { Mark } from "../../art/mark.js";
import { Field, Text } from "../parts/field.js";
import { Oops, useWork } from "../parts/load.js";

/** @typedef {import("../types").Member} Member @typedef {import("../types").Standing} Standing */

/**
 * @param {object} props
 * @param {import("../types").Call} props.once
 * @param {Member | null} props.again who was signed in until a moment ago
 * @param {boolean} props.kept something half written waits behind this page
 * @param {(got: {me: Member, standing: Standing}) => void} props.done
 */
export function SignIn({ once, again, kept, done }) {
  const [login, setLogin] = useState(again ? again.login : "");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [second, setSecond] = useState(false); // the account asks for a code too
  const work = useWork();
  useEffect(() => {
    const first = /** @type {HTMLElement | null} */ (
      document.querySelector(`.signin [name=${second ? "code" : again ? "password" : "login"}]`)
    );
    if (first) first.focus();
  }, [second]);
  /** @param {Event} event */
  const send = (event) => {
    event.preventDefault();
    work.run(async () => {
      try {
        done(await once("POST", "/session", { login: login.trim(), password, code: code.trim() }));
      } catch (bad) {
        if (bad.code === "wrong_code") setCode("");
        if (bad.code === "wrong_password") back();
        if (bad.code !== "code_needed") throw bad;
        setSecond(true);
      }
    });
  };
  function back() {
    setSecond(false);
    setCode("");
  }
  return html`<main class="signin">
    <form class="signin-card" onSubmit=${send}>
      <p class="signin-mark"><${Mark} /><b>安全答</b><span>控制台</span></p>
      <h1>${second ? "输入验证码" : again ? "请重新登录" : "工作人员登录"}</h1>
      ${again && !second && html`<p class="state note" role="status">
        登录已经结束：一小时没有操作，或者超过了 12 小时，或者在别处被结束。
        ${kept ? "您写好的内容还在，登录后接着做。" : "登录后回到刚才的页面。"}
      </p>`}
      ${second ? html`<${Field} label="手机验证器里的六位数字">
          <${Text} name="code" value=${code} set=${setCode} max=${20} autocomplete="one-time-code" />
        </${Field}>`
        : html`<${Field} label="登录名">
          <${Text} name="login" value=${login} set=${setLogin} max=${32} autocomplete="username" />
        </${Field}>
        <${Field} label="密码">
          <${Text} name="password" value=${password} set=${setPassword} max=${256} type="password"
            autocomplete="current-password" />
        </${Field}>`}
      <${Oops} problem=${work.problem} />
      <button class="btn big" disabled=${work.busy || !login.trim() || !password || (second && !code.trim())}>
        ${work.busy ? "正在登录" : "登录"}
      </button>
      ${second ? html`<p class="soft">
          手机不在身边？输入一个备用码也可以，每个只能用一次。备用码也没有，请另一位负责人在“工作人员”里重置。
          <button type="button" class="link" onClick=${back}>换一个账号</button>
        </p>`
        : html`<p class="soft">没有账号，或忘了密码，请找活动负责人：他在“工作人员”里可以添加账号、设新密码。</p>`}
    </form>
    <p class="soft signin-foot">来答题的？<a href="/">去答题页</a></p>
  </main>`;
}

// What an account has to do before anything else: change the password that somebody else gave, or add the second factor
// whose seven days are over.
import { html } from "../../html.js";
import { Mark } from "../../art/mark.js";
import { OwnPassword } from "../parts/ownpassword.js";
import { Second } from "../parts/second.js";

/**
 * @param {{me: import("../types").Member, what: "password" | "second", call: import("../types").Call, done: () => void,
 *   signOut: () => void}} props
 */
export const First = ({ me, what, call, done, signOut }) => html`<main class="signin">
  <div class="signin-card">
    <p class="signin-mark"><${Mark} /><b>安全答</b><span>控制台</span></p>
    ${what === "password" ? html`<div>
        <h1>先换一个密码</h1>
        <p>${me.name}，现在的密码是别人给您的。请换成一个只有您自己知道的，以后做的事才算是您做的。</p>
        <${OwnPassword} call=${call} done=${done} />
      </div>`
      : html`<div>
        <h1>先加上手机验证码</h1>
        <p>${me.name}，${me.role_name}能动奖品、活动或账号，光有密码不够。七天已经过了，加上以后才能继续。</p>
        <${Second} call=${call} done=${done} />
      </div>`}
    <p class="soft"><button type="button" class="link" onClick=${signOut}>退出登录</button></p>
  </div>
</main>`;

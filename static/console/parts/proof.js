// Asks for the password again before something that matters, and the link to a file that needs it.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { Dialog } from "./dialog.js";
import { Field, Text } from "./field.js";
import { Oops, useWork } from "./load.js";

/** @param {{once: import("../types").Call, done: () => void, close: () => void}} props */
export function Proof({ once, done, close }) {
  const [password, setPassword] = useState("");
  const work = useWork();
  /** @param {Event} event */
  const send = (event) => {
    event.preventDefault();
    work.run(async () => {
      await once("POST", "/account/proof", { password });
      done();
    });
  };
  return html`<${Dialog} title="请再输入一次密码" close=${close} first="[name=proof]">
    <form onSubmit=${send}>
      <p>这一步关系到钱、个人信息或账号，要确认是您本人。十分钟内不会再问。</p>
      <${Field} label="您的密码" wrong=${work.problem && work.problem.field ? work.problem.detail : ""}>
        <${Text} name="proof" type="password" max=${256} value=${password} set=${setPassword}
          autocomplete="current-password" />
      </${Field}>
      ${work.problem && !work.problem.field && html`<${Oops} problem=${work.problem} />`}
      <footer class="dialog-foot">
        <button type="button" class="btn quiet" onClick=${close}>先不做</button>
        <button class="btn" disabled=${work.busy || !password}>继续</button>
      </footer>
    </form>
  </${Dialog}>`;
}

/**
 * A link to a file that is handed out with a fresh password only: a link itself cannot ask for it.
 * @param {{desk: import("../types").Desk, href: string, quiet?: boolean, children?: any}} props
 */
export function FreshLink({ desk, href, quiet, children }) {
  /** @param {Event} event */
  const follow = (event) => {
    event.preventDefault();
    desk.call("GET", "/account/proof").then(
      () => {
        const link = document.createElement("a");
        link.href = href;
        link.download = "";
        link.click();
      },
      (bad) => desk.tell(bad.detail),
    );
  };
  return html`<a class=${quiet ? "btn quiet" : "btn"} href=${href} download onClick=${follow}>${children}</a>`;
}

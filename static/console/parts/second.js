// Adding a second factor: scan a code with an app, type what it shows, keep the recovery codes.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { Field, Text } from "./field.js";
import { Oops, useWork } from "./load.js";

/** @typedef {{secret: string, address: string, picture: string}} Secret */

/** @param {string} text in groups of four */
const grouped = (text) => (text.match(/.{1,4}/g) || []).join(" ");

/** @param {{call: import("../types").Call, done: () => void, again?: boolean}} props again: there is one already */
export function Second({ call, done, again }) {
  const [secret, setSecret] = useState(/** @type {Secret | null} */ (null));
  const [code, setCode] = useState("");
  const [recovery, setRecovery] = useState(/** @type {string[] | null} */ (null));
  const work = useWork();
  /** @param {Event} event */
  const confirm = (event) => {
    event.preventDefault();
    work.run(async () => setRecovery((await call("PUT", "/account/second", { code })).recovery));
  };
  if (recovery) return html`<${Recovery} codes=${recovery} done=${done} />`;
  if (!secret) return html`<div class="stack">
    <p>
      手机上装一个验证器，例如 Microsoft Authenticator、Google Authenticator
      或密码管理器。它每 30 秒显示一个六位数字，登录时除了密码还要输入它。
    </p>
    <${Oops} problem=${work.problem} />
    <p class="acts">
      <button class="btn" disabled=${work.busy}
        onClick=${() => work.run(async () => setSecret(await call("POST", "/account/second", {})))}>
        ${again ? "换一部手机" : "装好了，下一步"}
      </button>
    </p>
  </div>`;
  return html`<form class="second" onSubmit=${confirm}>
    <p>用验证器扫这个二维码：</p>
    <img src=${secret.picture} alt="验证器的二维码" width="200" height="200" />
    <p class="soft">扫不了，就在验证器里手工输入：<br /><code>${grouped(secret.secret)}</code></p>
    <${Field} label="验证器现在显示的六位数字" wrong=${work.problem && work.problem.field ? work.problem.detail : ""}>
      <${Text} name="second-code" max=${7} value=${code} set=${setCode} autocomplete="one-time-code" />
    </${Field}>
    ${work.problem && !work.problem.field && html`<${Oops} problem=${work.problem} />`}
    <p class="acts own-acts">
      <button class="btn" disabled=${work.busy || code.trim().length < 6}>确认</button>
    </p>
  </form>`;
}

/** The recovery codes, shown this once. @param {{codes: string[], done: () => void}} props */
export const Recovery = ({ codes, done }) => html`<div class="stack second">
  <p class="state note"><b>请抄下这十个备用码，收在手机以外的地方。</b>手机丢了，用一个备用码代替六位数字登录，每个只能用一次。它们只显示这一次。</p>
  <ul class="recovery">${codes.map((code) => html`<li key=${code}><code>${code}</code></li>`)}</ul>
  <p class="acts own-acts"><button class="btn" onClick=${done}>我已经抄好</button></p>
</div>`;

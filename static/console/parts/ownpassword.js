// Changing the own password.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { Field, Text } from "./field.js";
import { Oops, useWork } from "./load.js";

/** @param {{call: import("../types").Call, done: () => void}} props */
export function OwnPassword({ call, done }) {
  const [present, setPresent] = useState("");
  const [password, setPassword] = useState("");
  const [again, setAgain] = useState("");
  const [differ, setDiffer] = useState(false);
  const work = useWork();
  /** @param {string} field */
  const wrong = (field) => (work.problem && work.problem.field === field ? work.problem.detail : "");
  /** @param {Event} event */
  const send = (event) => {
    event.preventDefault();
    setDiffer(again !== password);
    if (again !== password) return;
    work.run(async () => {
      await call("PUT", "/account/password", { present, password });
      setPresent("");
      setPassword("");
      setAgain("");
      done();
    });
  };
  return html`<form onSubmit=${send}>
    <${Field} label="现在的密码" wrong=${wrong("present")}>
      <${Text} name="present" type="password" max=${256} value=${present} set=${setPresent}
        autocomplete="current-password" />
    </${Field}>
    <${Field} label="新密码" wrong=${wrong("password")}
      hint="至少 10 个字，一句只有您知道的话最好记。常见的、只有名字和数字的密码不能用。">
      <${Text} name="new-password" type="password" max=${128} value=${password} set=${setPassword}
        autocomplete="new-password" />
    </${Field}>
    <${Field} label="再输一遍新密码" wrong=${differ ? "两遍不一样" : ""}>
      <${Text} name="again" type="password" max=${128} value=${again} set=${setAgain} autocomplete="new-password" />
    </${Field}>
    ${work.problem && !work.problem.field && html`<${Oops} problem=${work.problem} />`}
    <p class="acts own-acts">
      <button class="btn" disabled=${work.busy || !present || !password || !again}>
        ${work.busy ? "请稍等" : "换密码"}
      </button>
    </p>
  </form>`;
}

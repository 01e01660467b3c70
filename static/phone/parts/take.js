// All that is kept about the player, to read in full and to take along as a file (PIPL, article 45). Others may hold
// the phone, so the server may ask for part of a number first.
import { html } from "../../html.js";
import { useEffect, useState } from "../../vendor/hooks.js";
import { day } from "../../lib/format.js";
import { say } from "../../lib/problems.js";
import { Sheet } from "../../lib/sheet.js";

/** @typedef {{told: {label: string, value: string}[], attempts: object[], earned: object[], awards: object[]}} All */

/**
 * @param {{api: import("../app").Parts["api"], contest: import("../../lib/types").Contest, close: () => void}} props
 */
export function TakeSheet({ api, contest, close }) {
  const [all, setAll] = useState(/** @type {All | null} */ (null));
  const [asked, setAsked] = useState(""); // what the server wants to hear first
  const [digits, setDigits] = useState("");
  const [wrong, setWrong] = useState("");
  const [busy, setBusy] = useState(false);
  /** @param {string} given */
  async function load(given) {
    setBusy(true);
    setWrong("");
    try {
      const query = given && "?digits=" + encodeURIComponent(given);
      setAll(await api("GET", `/contests/${contest.slug}/personal/export${query}`));
    } catch (problem) {
      if (problem.code === "digits_needed") setAsked(problem.detail);
      else setWrong(say(problem));
    }
    setBusy(false);
  }
  useEffect(() => {
    load("");
  }, []);
  return html`<${Sheet} title="我的全部信息" close=${close} key=${all ? "all" : asked ? "ask" : ""}
    first=${asked && !all ? "input" : "h2"}>
    <div class="stack take">
      ${all ? html`<${Told} all=${all} title=${contest.title} />`
        : asked ? html`<form class="form" onSubmit=${(/** @type {Event} */ e) => {
          e.preventDefault();
          if (!busy && digits.trim()) load(digits.trim());
        }}>
          <label class="form-label" for="take-digits">${asked}</label>
          <input id="take-digits" value=${digits} autocomplete="off" enterkeyhint="done"
            inputmode=${/手机号/.test(asked) ? "numeric" : "text"} aria-invalid=${!!wrong} aria-describedby="take-wrong"
            onInput=${(/** @type {any} */ e) => setDigits(e.target.value)} />
          <p class="form-wrong" id="take-wrong" role="alert">${wrong}</p>
          <button class="main wide" disabled=${busy}>${busy ? "请稍等" : "确定"}</button>
        </form>`
        : wrong ? html`<p class="form-wrong" role="alert">${wrong}</p>
        <button class="quiet wide" onClick=${() => load("")}>再试一次</button>`
        : html`<p class="soft" role="status">正在读取</p>`}
    </div>
  </${Sheet}>`;
}

/** @param {{all: All, title: string}} props */
function Told({ all, title }) {
  const [said, setSaid] = useState("");
  const text = JSON.stringify(all, null, 2);
  function save() {
    const file = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    const link = document.createElement("a");
    link.href = file;
    link.download = `我的信息-${title}-${day(Date.now())}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(file), 60000);
    setSaid("文件已经交给浏览器保存。微信里存不了的，请用“复制”。");
  }
  const copy = () =>
    navigator.clipboard
      ? navigator.clipboard.writeText(text).then(
        () => setSaid("已经复制，可以粘贴到备忘录或发给自己。"),
        () => setSaid("没有复制成功，请保存文件。"),
      )
      : setSaid("这个浏览器不能复制，请保存文件。");
  return html`${all.told.length > 0 && html`<ul class="take-told">
    ${all.told.map((t) => html`<li><span class="soft">${t.label}</span> <b>${t.value}</b></li>`)}
  </ul>`}
  <p>
    文件里有您填写的全部内容、同意过的说明、${all.attempts.length} 次答题、${all.earned.length} 笔所得和
    ${all.awards.length} 份奖品。
  </p>
  <p class="soft" role="status">${said}</p>
  <button class="main wide" onClick=${save}>保存成文件</button>
  <button class="quiet wide" onClick=${copy}>复制全部内容</button>`;
}

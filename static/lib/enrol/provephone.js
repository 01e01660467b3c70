// The door by phone: a number, a code by SMS. The phone does a small sum before each message (internal/puzzle), which
// costs a person nothing that is felt and a script much.
import { html } from "../../html.js";
import { Agree } from "./agree.js";
import { useEffect, useRef, useState } from "../../vendor/hooks.js";
import { pause } from "../outbox.js";
import { say } from "../problems.js";
import { keepsCookies, noCookies } from "./cookies.js";
import { solve } from "../puzzle.js";

/** @typedef {{next_at: number, ends_at: number, state: string}} Sent */

const digits = (/** @type {string} */ text) => text.replace(/[０-９]/g, (d) => String(d.charCodeAt(0) - 0xff10));

/**
 * @param {import("./prove.js").Threshold & {change: boolean, minors: boolean}} props
 */
export function PhoneDoor({ api, path, clock, proved, change, minors }) {
  const [phone, setPhone] = useState("");
  const [code, setCode] = useState("");
  const [agreed, agree] = useState(false);
  const [consent, setConsent] = useState(/** @type {{version: string, text: string} | null} */ (null));
  const [sent, setSent] = useState(/** @type {Sent | null} */ (null));
  const [busy, setBusy] = useState("");
  const [wrong, setWrong] = useState({ field: "", text: "" });
  const wait = useLeft(sent ? sent.next_at : 0, clock);
  const read = () =>
    api("GET", path + "/signin/phone").then(
      (got) => setConsent(got.consent),
      (problem) => setWrong({ field: "", text: say(problem) }),
    );
  useEffect(() => {
    read();
  }, []);

  /** @param {string} field @param {string} text */
  function refuse(field, text) {
    setWrong({ field, text });
    const here = document.getElementById("prove-" + field);
    if (here) here.focus(); // in large type it may be out of sight
  }
  async function send() {
    if (busy || !consent) return;
    if (!/^1\d{10}$/.test(digits(phone).replace(/\D/g, "").replace(/^86(?=1\d{10}$)/, "")))
      return refuse("phone", "请填写 11 位手机号。");
    if (!agreed) return setWrong({ field: "consent", text: "请先看一看上面的说明，并打勾同意。" });
    if (!keepsCookies()) return setWrong({ field: "cookie", text: noCookies });
    setBusy("send");
    setWrong({ field: "", text: "" });
    try {
      const work = await api("POST", path + "/signin/phone/challenge", { phone });
      const answer = await solve(work, () => pause(0));
      setSent(
        await api("POST", path + "/signin/phone/code", {
          phone,
          challenge: work.challenge,
          nonce: answer,
          consent: consent.version,
        }),
      );
      setCode("");
    } catch (problem) {
      if (problem.code === "consent_outdated") {
        agree(false);
        read();
      }
      refuse(problem.field, say(problem));
    }
    setBusy("");
  }

  /** @param {string} typed */
  async function check(typed) {
    if (busy) return;
    if (!/^\d{6}$/.test(typed)) return setWrong({ field: "code", text: "验证码是 6 位数字。" });
    setBusy("check");
    setWrong({ field: "", text: "" });
    try {
      proved((await api("POST", path + "/signin/phone", { phone, code: typed })).outcome);
    } catch (problem) {
      setBusy("");
      setCode("");
      setWrong({ field: "code", text: say(problem) });
    }
  }

  /** @param {string} text */
  function typeCode(text) {
    const typed = digits(text).replace(/\D/g, "").slice(0, 6);
    setCode(typed);
    if (wrong.text) setWrong({ field: "", text: "" });
    if (typed.length === 6 && typed !== code) check(typed);
  }

  const said = (/** @type {string} */ field) =>
    wrong.field === field && wrong.text && html`<p class="form-wrong" id=${"wrong-" + field} role="alert">
      ${wrong.text}
    </p>`;
  if (sent)
    return html`<form class="form" onSubmit=${(/** @type {Event} */ e) => {
      e.preventDefault();
      check(code);
    }}>
      <p role="status">
        验证码已发到 <b>${phone}</b>，5 分钟内有效。${sent.state === "sent" ? "" : "短信可能会晚一点到。"}
      </p>
      <button type="button" class="link" onClick=${() => setSent(null)}>号码不对，改一改</button>
      <label class="form-label" for="prove-code">短信里的 6 位数字</label>
      <${First} id="prove-code" class="prove-code" value=${code} type="text" inputmode="numeric"
        autocomplete="one-time-code" enterkeyhint="done" placeholder="······" aria-invalid=${wrong.field === "code"}
        aria-describedby="wrong-code" onInput=${(/** @type {any} */ e) => typeCode(e.target.value)} />
      <p class="form-wrong prove-said" id="wrong-code" role="alert">${wrong.text}</p>
      <button class="main wide" disabled=${!!busy}>${busy === "check" ? "请稍等" : "确定"}</button>
      <button type="button" class="quiet wide prove-again" disabled=${wait > 0 || !!busy} onClick=${send}>
        ${busy === "send" ? "正在发送" : wait > 0 ? `没有收到？${wait} 秒后可以再发` : "没有收到，再发一条"}
      </button>
    </form>`;
  return html`<form class="form" onSubmit=${(/** @type {Event} */ e) => {
    e.preventDefault();
    send();
  }}>
    ${change && html`<p>
      换了手机号的，在这里加上新号码：您还是同一位参赛者，成绩和奖品都在，原来的号码也仍然算您。这不是登录别人的身份。
    </p>`}
    ${minors && html`<p class="note">参赛者未满 14 周岁的，请由父母或其他监护人填写自己的手机号并同意。</p>`}
    <label class="form-label" for="prove-phone">${change ? "新手机号" : "手机号"}</label>
    <${First} id="prove-phone" value=${phone} type="tel" inputmode="numeric" autocomplete="tel-national"
      enterkeyhint="send" placeholder="11 位数字" aria-invalid=${wrong.field === "phone"}
      aria-describedby="wrong-phone" onInput=${(/** @type {any} */ e) => setPhone(e.target.value)} />
    ${said("phone")}
    ${consent ? html`<${Agree} on=${agreed} set=${agree} text=${consent.text} />`
      : html`<p class="soft prove-wait">正在读取说明</p>`}
    ${said("consent")}
    ${wrong.text && wrong.field !== "phone" && wrong.field !== "consent" && html`<p class="form-wrong" role="alert">
      ${wrong.text}
    </p>`}
    <button class="main wide" disabled=${!!busy || !consent}>${busy ? "正在发送" : "获取验证码"}</button>
  </form>`;
}

/** A field that has the focus when it appears. @param {object} props */
function First(props) {
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  useEffect(() => {
    if (field.current) field.current.focus();
  }, []);
  return html`<input ref=${field} ...${props} />`;
}

/** Whole seconds until a moment, each second anew. @param {number} until @param {{now(): number}} clock */
export function useLeft(until, clock) {
  const left = () => Math.max(0, Math.ceil((until - clock.now()) / 1000));
  const [seconds, set] = useState(left);
  useEffect(() => {
    set(left());
    const timer = setInterval(() => set(left()), 1000);
    return () => clearInterval(timer);
  }, [until]);
  return seconds;
}

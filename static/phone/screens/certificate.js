// A certificate of the contest as a picture.
import { html } from "../../html.js";
import { useEffect, useState } from "../../vendor/hooks.js";
import { Sheet } from "../../lib/sheet.js";
import { certificate as draw } from "../lib/certificate.js";
import { fullDate } from "../../lib/format.js";
import { say } from "../../lib/problems.js";

/**
 * What to do about a mistyped name: the right one is told with what else the player tells, then printed.
 * @param {{certificate: import("../../lib/types").Certificate, rename: () => void, correct: (key: string) =>
 *   Promise<void>}} props
 */
function Correct({ certificate, correct, rename }) {
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState("");
  const print = () => {
    setBusy(true);
    setWrong("");
    correct(certificate.key).catch((problem) => setWrong(say(problem))).then(() => setBusy(false));
  };
  if (!open) return html`<button class="link" onClick=${() => setOpen(true)}>姓名印错了</button>`;
  return html`<div class="stack correct-name">
    <p>先把资料里的姓名改对，再重新印。只能改一次，别人查验时会看到改过。</p>
    ${wrong && html`<p class="form-wrong" role="alert">${wrong}</p>`}
    <button class="quiet wide" onClick=${rename}>一、改资料里的姓名</button>
    <button class="quiet wide" disabled=${busy} onClick=${print}>${busy ? "请稍等" : "二、重新印上姓名"}</button>
  </div>`;
}

/**
 * @param {object} props
 * @param {import("../../lib/types").Certificate} props.certificate as it was printed when it was earned
 * @param {boolean} props.rehearsal it is worth nothing, which stands on it for good
 * @param {() => void} props.close @param {() => void} props.register asks for the real name
 * @param {() => void} props.rename changes what the player tells
 * @param {(key: string) => Promise<void>} props.correct prints the name anew
 */
export function CertificateSheet({ certificate, rehearsal, close, register, rename, correct }) {
  const [picture, setPicture] = useState("");
  const [failed, setFailed] = useState(false);
  const check = `/cert/${certificate.number}-${certificate.code}`;
  const named = certificate.named !== "waiting" && certificate.named !== "deleted";
  useEffect(() => {
    if (!named) return;
    draw({
      contest: certificate.contest,
      by: certificate.organizer,
      title: certificate.title,
      name: certificate.name,
      said: [certificate.score && `成绩 ${certificate.score} 分`, certificate.unit].filter(Boolean).join("　"),
      lines: rehearsal ? ["演练用，不算数。", certificate.text] : [certificate.text],
      seal: rehearsal ? "演练" : "已达成",
      facts: [
        fullDate(certificate.earned_at),
        `编号 ${certificate.number}`,
        `校验码 ${certificate.code.replace(/(.{5})/, "$1 ")}`,
      ],
      link: location.origin + check,
      call: "扫码查验",
    }).then(setPicture, () => setFailed(true));
  }, [named, certificate.name]);
  if (!named) return html`<${Sheet} title=${certificate.title} close=${close}>
    ${certificate.named === "waiting" ? html`<p>证书已经是你的了，上面要印真实姓名。请填和证件一样的姓名，印上以后只能改一次。</p>
    <p class="certificate"><button class="main wide" onClick=${register}>去填写姓名</button></p>`
      : html`<p>你删除了姓名，所以证书不再显示。以前保存的图片还可以用，扫码仍能查到证书是真的。</p>`}
  </${Sheet}>`;
  return html`<${Sheet} title=${certificate.title} close=${close}>
    ${picture ? html`<figure class="certificate">
      <img src=${picture} alt=${`证书：${certificate.name}，${certificate.title}。${certificate.text}`} />
      <figcaption>长按图片可以保存</figcaption>
    </figure>
    <a class="quiet wide" href=${picture} download=${certificate.title + ".png"}>保存证书图片</a>`
      : html`<p class="empty" role="status">${failed ? "这部手机画不出证书图片，证书仍然有效。" : "正在制作证书"}</p>`}
    <p class="soft">${rehearsal ? "这是演练的证书，不算数；别人扫码也会看到。" : "别人扫证书上的码，就能查到它是真的。"}</p>
    <a class="quiet wide" href=${check}>看查验的网页</a>
    ${certificate.named === "real" && !certificate.corrected_at && html`<${Correct} certificate=${certificate}
      correct=${correct} rename=${rename} />`}
  </${Sheet}>`;
}

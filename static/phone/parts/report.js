// Telling the organizer that a question is wrong: a reason, a note if one wants.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { say } from "../../lib/problems.js";
import { Sheet } from "../../lib/sheet.js";

const reasons = [
  ["answer", "答案不对"],
  ["wording", "表述不清"],
  ["options", "选项有问题"],
  ["outdated", "内容过时"],
  ["other", "其他"],
];

/** @param {{send: (reason: string, note: string) => Promise<void>, close: () => void, done: () => void}} props */
export function ReportSheet({ send, close, done }) {
  const [reason, setReason] = useState("");
  const [note, setNote] = useState("");
  const [wrong, setWrong] = useState("");
  const [busy, setBusy] = useState(false);
  /** @param {Event} event */
  async function submit(event) {
    event.preventDefault();
    if (!reason || busy) return;
    setBusy(true);
    setWrong("");
    try {
      await send(reason, note.trim());
      done();
    } catch (problem) {
      setWrong(say(problem));
      setBusy(false);
    }
  }
  return html`<${Sheet} title="哪里有误" close=${close}>
    <form class="form" onSubmit=${submit}>
      <div role="group" aria-label="哪里有误">
        ${reasons.map(
          ([key, text]) => html`<button type="button" class=${key === reason ? "option on" : "option"}
            aria-pressed=${key === reason} onClick=${() => setReason(key)}>
            ${text}
          </button>`,
        )}
      </div>
      <label class="form-label" for="report-note">想说明一下（可以不写）</label>
      <div class="blank">
        <input id="report-note" autocomplete="off" value=${note}
          onInput=${(/** @type {any} */ e) => setNote(e.target.value)} />
      </div>
      ${wrong && html`<p class="form-wrong" role="alert">${wrong}</p>`}
      <button class="main wide" aria-disabled=${!reason || busy}>
        ${busy ? "正在发送" : reason ? "转给组织者" : "请先选一项"}
      </button>
    </form>
  </${Sheet}>`;
}

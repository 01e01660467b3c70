// Where a prize goes: what the organizer needs to know of a winner, why, and the consent to it.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { Sheet } from "../../lib/sheet.js";
import { say } from "../../lib/problems.js";
import { Box } from "../../lib/enrol/box.js";
import { GuardianAsk, unasked } from "../../lib/enrol/guardian.js";

/**
 * @param {object} props
 * @param {import("../app").Parts["api"]} props.api
 * @param {string} props.path of the contest
 * @param {import("./prizes.js").Award} props.award
 * @param {import("./prizes.js").Claim} props.claim
 * @param {() => void} props.close @param {() => void} props.done
 */
export function ClaimSheet({ api, path, award, claim, close, done }) {
  const [typed, setTyped] = useState(/** @type {Record<string, string>} */ ({}));
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState({ field: "", text: "" });
  const told = (/** @type {string} */ key) => claim.told.find((t) => t.key === key);
  const asks = !!claim.guardian && !told("@guardian");
  const [by, setBy] = useState(
    /** @type {import("../../lib/enrol/guardian.js").Answer} */ ({ guardian: null, lacks: asks ? unasked : "" }),
  );

  /** @param {Event} event */
  async function send(event) {
    event.preventDefault();
    if (busy) return;
    const lacks = claim.fields.find((f) => f.required && !(typed[f.key] || "").trim() && !told(f.key));
    if (lacks) return setWrong({ field: "fields." + lacks.key, text: "请填写" + lacks.label + "。" });
    if (by.lacks) return setWrong({ field: "guardian", text: by.lacks });
    setBusy(true);
    setWrong({ field: "", text: "" });
    try {
      await api("POST", `${path}/prizes/${award.id}/claim`, {
        fields: typed,
        consent: claim.consent.version,
        guardian: by.guardian,
      });
      done();
    } catch (problem) {
      setBusy(false);
      setWrong({ field: problem.field, text: say(problem) });
    }
  }
  const here = /^guardian/.test(wrong.field) || claim.fields.some((f) => "fields." + f.key === wrong.field);
  return html`<${Sheet} title="填写领奖信息" close=${close} first="input">
    <form class="form claim-form" onSubmit=${send}>
      <p class="soft">奖品：<b>${award.title}</b></p>
      ${asks && html`<${GuardianAsk} asked=${claim.guardian} tell=${setBy} wrong=${wrong} />`}
      ${claim.fields.map(
        (f) => html`<div key=${f.key}>
          <label class="form-label" for=${"claim-" + f.key}>
            ${f.label}${!f.required && html`<span class="soft">（可以不填）</span>`}
          </label>
          <${Box} field=${f} id=${"claim-" + f.key} value=${typed[f.key] || ""}
            wrong=${wrong.field === "fields." + f.key}
            had=${told(f.key) ? "已填 " + /** @type {any} */ (told(f.key)).value + "，不改就空着" : ""}
            tell=${(/** @type {string} */ value) => setTyped({ ...typed, [f.key]: value })} />
          ${f.why && html`<p class="soft claim-why">${f.why}</p>`}
          ${wrong.field === "fields." + f.key && html`<p class="form-wrong" role="alert">${wrong.text}</p>`}
        </div>`,
      )}
      ${wrong.text && !here && html`<p class="form-wrong" role="alert">${wrong.text}</p>`}
      <p class="consent soft">${claim.consent.text}</p>
      <button class="main wide" disabled=${busy}>${busy ? "请稍等" : "同意并提交"}</button>
    </form>
  </${Sheet}>`;
}

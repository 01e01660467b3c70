// The certificates of players, printed by unit, so that they can be handed over there.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { number } from "../../lib/format.js";
import { Field, Select } from "../parts/field.js";
import { Oops, useLoad, useWork } from "../parts/load.js";
import { CertificateSheets, drawn } from "./certificatesheet.js";

/** @typedef {import("../../lib/schemas").components["schemas"]["Certified"]} Certified */
/** @typedef {import("../../lib/schemas").components["schemas"]["Sheets"]} Sheets */
/** @typedef {import("./certificatesheet.js").Drawn} Drawn */

/** @param {Sheets["certificates"][0]} one @param {boolean} rehearsal */
const awarded = (one, rehearsal) => ({
  name: one.name,
  below: [one.score && `成绩 ${one.score} 分`, one.unit].filter(Boolean).join("　"),
  title: one.title,
  text: (rehearsal ? "演练用，不算数。" : "") + one.text,
  number: one.number,
  code: one.code,
  at: one.earned_at,
});

/** @param {{desk: import("../types").Desk, contest: string}} props */
export function CertificatesPart({ desk, contest }) {
  const path = `/contests/${encodeURIComponent(contest)}/certificates`;
  const load = useLoad(() => desk.call("GET", path), [path]);
  const [unit, setUnit] = useState("");
  const [page, setPage] = useState(/** @type {{of: Sheets, sheets: Drawn[], nameless: number} | null} */ (null));
  const work = useWork();
  /** @type {Certified["units"]} */
  const units = load.data ? load.data.units : [];
  if (!units.length) return null;
  const chosen = unit || units[0].unit;
  /** @param {string} after */
  const draw = (after) =>
    work.run(async () => {
      /** @type {Sheets} */
      const of = await desk.call("GET", `${path}/units/${chosen}?after=${after}`);
      const named = of.certificates.filter((one) => one.name);
      const sheets = await drawn(
        named.map((one) => awarded(one, of.rehearsal)),
        desk.origin,
      );
      setPage({ of, sheets, nameless: of.certificates.length - named.length });
    });
  return html`<section class="cl-honours">
    <h2>参赛者的证书</h2>
    <p class="soft">按单位打印，交给单位发放。上面有参赛者的姓名或昵称，看过会记下来。</p>
    <${Field} label="哪个单位">
      <${Select} name="certified" value=${chosen} set=${(/** @type {string} */ to) => {
        setUnit(to);
        setPage(null);
      }}
        options=${units.map((u) => [u.unit, `${u.name || "没有选单位的人"}（${number(u.certificates)} 份）`])} />
    </${Field}>
    <div class="acts">
      <button class="btn quiet" disabled=${work.busy} onClick=${() => draw("")}>看证书</button>
    </div>
    <${Oops} problem=${work.problem} />
    ${page && page.nameless > 0 && html`<p class="state note">
      ${number(page.nameless)} 份还没有姓名：参赛者没有填真实姓名，或者自己删除了，不能打印。
    </p>`}
    ${page && page.sheets.length > 0 && html`<${CertificateSheets} sheets=${page.sheets} contest=${page.of.title}
      organizer=${page.of.organizer} each="一个人" />`}
    ${page && page.of.more && html`<p class="acts">
      <button class="btn quiet" disabled=${work.busy}
        onClick=${() => draw(page.of.certificates[page.of.certificates.length - 1].number)}>
        下一批
      </button>
      <span class="soft">一批最多 100 份，印完这批再看下一批。</span>
    </p>`}
  </section>`;
}

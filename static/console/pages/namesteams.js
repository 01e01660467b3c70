// Names of teams that players formed: hiding one everywhere, taking that back.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { Select, Text } from "../parts/field.js";
import { Oops, Shown, useLoad, useWork } from "../parts/load.js";

/**
 * @typedef {{team: string, name: string, state: string, shown_as: string, members: number, former: string[]}} TeamName
 */

/** @param {{desk: import("../types").Desk, path: string, reasons: string[][]}} props */
export function NamesTeams({ desk, path, reasons }) {
  const [text, setText] = useState("");
  const [reason, setReason] = useState(reasons[0][0]);
  const query = `${path}/teams?name=${encodeURIComponent(text.trim())}`;
  const list = useLoad(() => desk.call("GET", query), [query]);
  const work = useWork();
  /** @param {TeamName} of @param {boolean} hidden */
  const decide = (of, hidden) =>
    work.run(async () => {
      await desk.call("POST", `${path}/teams`, { team: of.team, name: of.name, hidden, reason: hidden ? reason : "" });
      desk.tell(hidden ? `“${of.name}”不再显示。` : `“${of.name}”照常显示。`);
      await list.again();
    });
  return html`<div>
    <p class="note">队名显示在队伍的榜上；隐藏以后，显示为“队伍”加四位数字。最多列出最新的 100 个。</p>
    <div class="names-find"><${Text} value=${text} set=${setText} label="找队名" placeholder="队名里的几个字" max=${24} /></div>
    <div class="names-acts"><label class="names-reason">
      <span class="soft">隐藏的原因</span><${Select} value=${reason} set=${setReason} options=${reasons} />
    </label></div>
    <${Oops} problem=${work.problem} />
    <${Shown} of=${list}>
      ${(/** @type {{teams: TeamName[]}} */ data) =>
        !data.teams.length ? html`<p class="state">没有这样的队。</p>`
        : html`<table class="rows names">
          <thead><tr><th>队名</th><th>大家看到的</th><th>人数</th><th></th></tr></thead>
          <tbody>
            ${data.teams.map((of) => {
              const shown = of.state === "" || of.state === "approved";
              return html`<tr key=${of.team} class=${shown ? null : "off"}>
                <td class="strong">${of.name}
                  ${of.state === "waiting" && html`<span class="names-signed">新换的，等您查看</span>`}
                  ${of.former.length > 0 && html`<span class="names-signed soft">以前叫：${of.former.join("、")}</span>`}
                </td>
                <td data-name="大家看到的">${of.shown_as}</td>
                <td data-name="人数">${of.members}</td>
                <td class="names-do"><button class="btn quiet" disabled=${work.busy} onClick=${() => decide(of, shown)}>
                  ${shown ? "隐藏" : "显示"}
                </button></td>
              </tr>`;
            })}
          </tbody>
        </table>`}
    </${Shown}>
  </div>`;
}

// Keeping an account to one contest, until a date.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { moment } from "../lib/moment.js";
import { Dialog } from "../parts/dialog.js";
import { Field, Select, Text } from "../parts/field.js";
import { Oops, Shown, useLoad, useWork } from "../parts/load.js";

/** @typedef {{staff: string, contest: string, until: number}} Scope */

/** @param {Scope[]} scopes @param {string} id */
export function scopeText(scopes, id) {
  const scope = scopes.find((s) => s.staff === id);
  if (!scope) return null;
  return html`<small class="tag plain">
    ${scope.contest ? `只用于 ${scope.contest}` : ""}${scope.until > 0 && ` 到 ${moment(scope.until)}`}
  </small>`;
}

const china = 8 * 3600000; // ms ahead of UTC; the console's dates are those of China
const day = 86400000;

/** The date of the last day. @param {number} until */
const dateOf = (until) => (until ? new Date(until + china - 1).toISOString().slice(0, 10) : "");

/**
 * @param {{desk: import("../types").Desk, member: import("../types").Member, scope: Scope | undefined,
 *   close: () => void, done: (text: string) => void}} props
 */
export function ScopeDialog({ desk, member, scope, close, done }) {
  const list = useLoad(() => desk.call("GET", "/choices"), []);
  const [contest, setContest] = useState(scope ? scope.contest : "");
  const [date, setDate] = useState(dateOf(scope ? scope.until : 0));
  const work = useWork();
  /** @param {Event} event */
  function send(event) {
    event.preventDefault();
    work.run(async () => {
      const until = date ? Date.parse(date + "T00:00:00Z") - china + day : 0;
      await desk.call("PUT", `/staff/${member.id}/scope`, { contest, until });
      done(`${member.name} 的使用范围已经改好。`);
    });
  }
  return html`<${Dialog} title=${`${member.name} 的使用范围`} close=${close} first="select">
    <form onSubmit=${send}>
      <p>临时来帮忙的人，例如领奖点的，只给一个活动、到一个日期。改动后满一天，这个账号才能参与两人确认。</p>
      <${Shown} of=${list}>
        ${(/** @type {{choices: {slug: string, title: string}[]}} */ data) => html`<${Field} label="活动">
          <${Select} label="活动" value=${contest} set=${setContest}
            options=${[["", "全部活动"]].concat(data.choices.map((c) => [c.slug, c.title]))} />
        </${Field}>`}
      </${Shown}>
      <${Field} label="用到哪一天" hint="这一天过完就不能再用；不填就一直可以用">
        <${Text} type="date" name="until" value=${date} set=${setDate} />
      </${Field}>
      <${Oops} problem=${work.problem} />
      <footer class="dialog-foot">
        <button type="button" class="btn quiet" onClick=${close}>取消</button>
        <button class="btn" disabled=${work.busy}>保存</button>
      </footer>
    </form>
  </${Dialog}>`;
}

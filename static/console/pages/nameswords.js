// The own words of an installation: what no name may hold, and what may stand again.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { moment } from "../lib/moment.js";
import { Field, Text } from "../parts/field.js";
import { Oops, Shown, useLoad, useWork } from "../parts/load.js";

/** @typedef {{key: string, word: string, allowed: boolean, by: string, at: number}} Word */

/** @param {{desk: import("../types").Desk, changed: () => void}} props */
export function NamesWords({ desk, changed }) {
  const words = useLoad(() => desk.call("GET", "/names/words"), []);
  const [word, setWord] = useState("");
  const work = useWork();
  const may = desk.may("contest.edit");
  /** @param {boolean} allowed */
  const add = (allowed) =>
    work.run(async () => {
      await desk.call("POST", "/names/words", { word: word.trim(), allowed });
      desk.tell(allowed ? `“${word.trim()}”可以用了。` : `“${word.trim()}”不能用了，用了它的名字已经隐藏。`);
      setWord("");
      changed();
      await words.again();
    });
  /** @param {Word} w */
  const remove = (w) =>
    work.run(async () => {
      await desk.call("DELETE", "/names/words/" + encodeURIComponent(w.key));
      desk.tell(`“${w.word}”已经删去，名字重新看过。`);
      changed();
      await words.again();
    });
  return html`<div>
    <p class="soft">
      程序自带的词表管骂人话、色情赌毒、领导人、单位职务、联系方式和号码。下面是自己加的，对所有活动有效。
    </p>
    <${TryName} desk=${desk} />
    ${may && html`<form class="names-add"
      onSubmit=${(/** @type {Event} */ event) => {
        event.preventDefault();
        if (word.trim()) add(false);
      }}>
      <${Field} label="词语" hint="2 到 20 个字；空格、符号、全角半角、大小写都不用管">
        <${Text} value=${word} set=${setWord} name="word" max=${20} />
      </${Field}>
      <button class="btn" disabled=${work.busy || !word.trim()}>不能用</button>
      <button type="button" class="btn quiet" disabled=${work.busy || !word.trim()} onClick=${() => add(true)}>
        可以用
      </button>
    </form>`}
    <${Oops} problem=${work.problem} />
    <${Shown} of=${words}>
      ${(/** @type {{words: Word[]}} */ data) =>
        data.words.length ? html`<table class="rows names">
          <thead><tr><th>词语</th><th></th><th>谁加的</th><th></th></tr></thead>
          <tbody>
            ${data.words.map(
              (w) => html`<tr key=${w.key}>
                <td class="strong">${w.word}</td>
                <td data-name="怎么办"><span class=${w.allowed ? "tag" : "tag is-rejected"}>
                  ${w.allowed ? "可以用" : "不能用"}
                </span></td>
                <td data-name="谁加的">${w.by} <small>${moment(w.at)}</small></td>
                <td class="names-do">
                  ${may && html`<button class="btn quiet" disabled=${work.busy} onClick=${() => remove(w)}>
                    删去
                  </button>`}
                </td>
              </tr>`,
            )}
          </tbody>
        </table>`
          : html`<p class="state">还没有自己加的词。</p>`}
    </${Shown}>
  </div>`;
}

/** What a player would be told of a name. @param {{desk: import("../types").Desk}} props */
function TryName({ desk }) {
  const [name, setName] = useState("");
  const [said, setSaid] = useState("");
  const work = useWork();
  return html`<form class="names-add"
    onSubmit=${(/** @type {Event} */ event) => {
      event.preventDefault();
      work.run(async () => {
        const { refused } = await desk.call("GET", "/names/try?name=" + encodeURIComponent(name));
        setSaid(refused ? `“${name}”不能用：${refused}` : `“${name}”可以用。`);
      });
    }}>
    <${Field} label="试一个名字"><${Text} value=${name} set=${setName} name="try" max=${24} /></${Field}>
    <button class="btn quiet" disabled=${work.busy || !name.trim()}>试试</button>
    ${said && html`<p class="names-said" role="status">${said}</p>`}
    <${Oops} problem=${work.problem} />
  </form>`;
}

// The text of a message for a channel: what it costs, what carriers refuse, and how many were sent.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { drafts, lookAt, signOf } from "../lib/smstext.js";
import { Dialog } from "../parts/dialog.js";
import { Field, Text } from "../parts/field.js";
import { Oops, useWork } from "../parts/load.js";
import { Reach } from "../parts/reach.js";

/** @typedef {import("./channels.js").Channel} Channel @typedef {{title: string, organizer: string}} Contest */

/**
 * @param {object} props
 * @param {import("../types").Desk} props.desk
 * @param {string} props.path of the contest's calls
 * @param {Contest} props.contest
 * @param {Channel} props.channel
 * @param {() => void} props.close
 * @param {(text: string) => void} props.done
 */
export function SMSDialog({ desk, path, contest, channel, close, done }) {
  const link = desk.origin + channel.short;
  const texts = drafts(signOf(contest.organizer), contest.title, link);
  const [text, setText] = useState(texts[0]);
  const [sent, setSent] = useState(channel.sent ? String(channel.sent) : "");
  const work = useWork();
  const looked = lookAt(text, link);
  const count = /^\d{1,8}$/.test(sent.trim()) ? Number(sent) : sent.trim() ? -1 : 0;
  const save = () =>
    work.run(async () => {
      const { name, kind, code } = channel;
      await desk.call("PATCH", `${path}/channels/${code}`, { name, kind, sent: count });
      done("记下了发出的条数。");
    });
  const copy = () =>
    work.run(async () => {
      await navigator.clipboard.writeText(text);
      desk.tell("短信的文字已经复制。");
    });
  return html`<${Dialog} title=${channel.name + "的短信"} close=${close} size="wide">
    <p>
      这个渠道的短网址：<b class="sms-link">${link}</b>${" "}
      <small class="soft">只通向活动的首页，不含任何人的信息。</small>
    </p>
    <${Reach} origin=${desk.origin} />
    <p class="acts">
      ${texts.map(
        (t, i) => html`<button key=${i} class="btn quiet small" onClick=${() => setText(t)}>文案 ${i + 1}</button>`,
      )}
    </p>
    <${Field} label="短信的文字">
      <${Text} name="sms" rows=${4} value=${text} set=${setText} />
    </${Field}>
    <p class=${looked.parts > 1 ? "sms-count amber" : "sms-count"} role="status">
      连签名共 <b>${looked.length}</b> 个字，每人 <b>${looked.parts}</b> 条
    </p>
    ${looked.wrong.length > 0 ? html`<div class="state bad">
        <p><b>这样写，运营商或短信平台多半不发：</b></p>
        <ul class="dots">${looked.wrong.map((w) => html`<li key=${w}>${w}</li>`)}</ul>
      </div>`
      : html`<p class="state">没有发现会被退回的写法。以短信平台的审核为准。</p>`}
    ${looked.mind.length > 0 && html`<ul class="dots">${looked.mind.map((m) => html`<li key=${m}>${m}</li>`)}</ul>`}
    <p class="soft">只发给同意接收的人，8 点到 21 点之间发；如果平台按营销短信办，末尾还要写“拒收请回复R”。</p>
    <${Field} label="一共发出多少条" hint="发完填上，就看得到多少人打开、参加、答完"
      wrong=${count < 0 ? "请写数字" : ""}>
      <${Text} name="sent" value=${sent} set=${setSent} />
    </${Field}>
    <${Oops} problem=${work.problem} />
    <footer class="dialog-foot">
      <button class="btn quiet" onClick=${copy}>复制文字</button>
      <button class="btn" disabled=${work.busy || count < 0 || count === channel.sent} onClick=${save}>记下条数</button>
    </footer>
  </${Dialog}>`;
}

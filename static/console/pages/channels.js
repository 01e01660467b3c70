// The named links of a contest, how far their people came, and what of the invitations is worth a look.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { number } from "../../lib/format.js";
import { moment } from "../lib/moment.js";
import { Confirm, Dialog } from "../parts/dialog.js";
import { Field, Select, Text } from "../parts/field.js";
import { Oops, Shown, useLoad, useWork } from "../parts/load.js";
import { Reach } from "../parts/reach.js";
import { SMSDialog } from "./channelsms.js";
import { SheetDialog } from "./channelsheet.js";
import { TabletDialog } from "./channeltablet.js";

/** @typedef {{opened: number, joined: number, tried: number, passed: number, drew: number}} Funnel */
/**
 * @typedef {{code: string, name: string, kind: string, created_at: number, path: string, short: string, sent: number,
 *   funnel: Funnel}} Channel
 */
/**
 * @typedef {{slug: string, title: string, subtitle: string, organizer: string, contact: string, opens_at: number,
 *   closes_at: number}} Contest
 */
/**
 * @typedef {{contest: Contest, kinds: {kind: string, name: string}[],
 *   channels: Channel[], players: Funnel}} Channels
 */
/** @typedef {{what: "device" | "network", nickname: string, invitees: number, from: number, to: number}} Flag */

/** @type {[keyof Funnel, string][]} */
const steps = [
  ["opened", "打开"],
  ["joined", "参加"],
  ["tried", "答完一次"],
  ["passed", "通过"],
  ["drew", "抽奖"],
];

/** @param {{desk: import("../types").Desk, contest: string}} props */
export function ChannelsPage({ desk, contest }) {
  const path = "/contests/" + encodeURIComponent(contest);
  const list = useLoad(() => desk.call("GET", path + "/channels"), [contest]);
  const [open, setOpen] = useState(
    /** @type {{what: "add" | "change" | "remove" | "print" | "sms" | "tablet" | "", channel: Channel | null}} */ ({
      what: "",
      channel: null,
    }),
  );
  const close = () => setOpen({ what: "", channel: null });
  /** @param {string} text */
  const done = (text) => {
    close();
    desk.tell(text);
    list.again();
  };
  const may = desk.may("channel.edit");
  const { what, channel } = open;
  return html`<div>
    <div class="head">
      <h1>渠道</h1>
      <p class="acts">
        <button class="btn quiet" onClick=${() => setOpen({ what: "tablet", channel: null })}>展位平板</button>
        ${may && html`<button class="btn" onClick=${() => setOpen({ what: "add", channel: null })}>添加渠道</button>`}
      </p>
    </div>
    <p class="soft">
      每个渠道有自己的链接和二维码：短信、海报、展位、窗口各用各的，就知道人从哪里来。打开按手机算，每部手机每天一次，不记录是谁。
    </p>
    <${Reach} origin=${desk.origin} />
    <${Shown} of=${list}>
      ${(/** @type {Channels} */ data) => html`<div>
        <div class="scroll">
          <table class="rows channels">
            <thead>
              <tr><th>渠道</th><th>链接</th>${steps.map(([, name]) => html`<th class="n">${name}</th>`)}<th></th></tr>
            </thead>
            <tbody>
              ${data.channels.map(
                (c) => html`<tr key=${c.code}>
                  <td>
                    <b>${c.name}</b> <span class="tag plain">
                      ${(data.kinds.find((k) => k.kind === c.kind) || { name: "" }).name}
                    </span>
                  </td>
                  <td class="channel-link">
                    <a href=${desk.origin + c.path} target="_blank" rel="noopener">
                      ${shown(desk.origin + (c.kind === "sms" ? c.short : c.path))}
                    </a>
                    ${c.sent > 0 && html`<small class="soft"> 发出 ${number(c.sent)} 条，${rate(c)} 打开</small>`}
                  </td>
                  <${Steps} funnel=${c.funnel} />
                  <td class="n">
                    ${c.kind === "sms" && html`<button class="link"
                      onClick=${() => setOpen({ what: "sms", channel: c })}>
                      写短信
                    </button>`}
                    ${c.kind === "booth" && html`<button class="link"
                      onClick=${() => setOpen({ what: "tablet", channel: c })}>
                      平板
                    </button>`}
                    <button class="link" onClick=${() => setOpen({ what: "print", channel: c })}>二维码</button>
                    ${may && html`<button class="link" onClick=${() => setOpen({ what: "change", channel: c })}>
                      改名
                    </button>
                    <button class="link" onClick=${() => setOpen({ what: "remove", channel: c })}>删除</button>`}
                  </td>
                </tr>`,
              )}
              <tr>
                <td><b>参赛者的邀请</b></td>
                <td class="soft">每人一个链接</td>
                <${Steps} funnel=${data.players} />
                <td></td>
              </tr>
            </tbody>
          </table>
        </div>
        ${data.channels.length > 1 && html`<p class="channels-all">
          <button class="btn quiet" onClick=${() => setOpen({ what: "print", channel: null })}>
            一次做好所有二维码
          </button>
        </p>`}
        ${(what === "add" || what === "change") && html`<${ChannelDialog} desk=${desk} path=${path} kinds=${data.kinds}
          channel=${channel} close=${close} done=${done} />`}
        ${what === "remove" && channel && html`<${Confirm} title="删除渠道" yes="删除" danger=${true} close=${close}
          act=${async () => {
            await desk.call("DELETE", `${path}/channels/${channel.code}`);
            done(`已删除 ${channel.name}。`);
          }}>
          <p>删除以后，${channel.name} 的链接仍然打得开，但不再统计。已经有人用过的渠道不能删除。</p>
        </${Confirm}>`}
        ${what === "sms" && channel && html`<${SMSDialog} desk=${desk} path=${path} contest=${data.contest}
          channel=${channel} close=${close} done=${done} />`}
        ${what === "tablet" && html`<${TabletDialog} origin=${desk.origin} contest=${data.contest} channel=${channel}
          close=${close} />`}
        ${what === "print" && html`<${SheetDialog} contest=${data.contest} origin=${desk.origin}
          channels=${channel ? [channel] : data.channels} close=${close} />`}
      </div>`}
    </${Shown}>
    <${Flags} desk=${desk} path=${path} />
  </div>`;
}

/** What part of the messages was opened. @param {Channel} c */
const rate = (c) => Math.round((1000 * c.funnel.opened) / c.sent) / 10 + "%";

/** As people read an address. @param {string} address */
const shown = (address) => address.replace(/^https?:\/\//, "");

/** The steps, each with what part of the one before came so far. @param {{funnel: Funnel}} props */
const Steps = ({ funnel }) =>
  steps.map(([key, name], i) => {
    const before = i ? funnel[steps[i - 1][0]] : 0;
    return html`<td class="n" data-name=${name}>
      <b>${number(funnel[key])}</b>
      ${before > 0 && key !== "drew" && html`<small> ${Math.round((100 * funnel[key]) / before)}%</small>`}
    </td>`;
  });

/**
 * @param {{desk: import("../types").Desk, path: string, kinds: {kind: string, name: string}[], channel: Channel | null,
 *   close: () => void, done: (text: string) => void}} props
 */
function ChannelDialog({ desk, path, kinds, channel, close, done }) {
  const [name, setName] = useState(channel ? channel.name : "");
  const [kind, setKind] = useState(channel ? channel.kind : "poster");
  const work = useWork();
  const wrong = (/** @type {string} */ field) =>
    work.problem && work.problem.field === field ? work.problem.detail : "";
  /** @param {Event} event */
  const send = (event) => {
    event.preventDefault();
    work.run(async () => {
      if (channel) await desk.call("PATCH", `${path}/channels/${channel.code}`, { name, kind });
      else await desk.call("POST", path + "/channels", { name, kind });
      done(channel ? "渠道已经修改，链接不变。" : `已添加 ${name.trim()}。`);
    });
  };
  return html`<${Dialog} title=${channel ? "修改渠道" : "添加渠道"} close=${close} first="[name=channel]">
    <form onSubmit=${send}>
      <${Field} label="名称" hint="只有工作人员看得见，比如“政务大厅二楼”“6月16日短信”" wrong=${wrong("name")}>
        <${Text} name="channel" max=${20} value=${name} set=${setName} />
      </${Field}>
      <${Field} label="放在哪里" wrong=${wrong("kind")}>
        <${Select} name="kind" value=${kind} set=${setKind} options=${kinds.map((k) => [k.kind, k.name])} />
      </${Field}>
      ${work.problem && !work.problem.field && html`<${Oops} problem=${work.problem} />`}
      <footer class="dialog-foot">
        <button type="button" class="btn quiet" onClick=${close}>取消</button>
        <button class="btn" disabled=${work.busy || !name.trim()}>${channel ? "保存" : "添加"}</button>
      </footer>
    </form>
  </${Dialog}>`;
}

/** @type {Record<Flag["what"], string>} */
const whats = { device: "同一部手机", network: "同一个网络" };

/** @param {{desk: import("../types").Desk, path: string}} props */
function Flags({ desk, path }) {
  const flags = useLoad(() => desk.call("GET", path + "/invitations/flags"), [path]);
  return html`<section>
    <h2>值得看一看的邀请</h2>
    <p class="soft">
      一个人邀请来的好友里，很多来自同一部手机或同一个网络。家人、同事本来就会这样，所以系统不会拒绝，由您判断。
    </p>
    <div class="flags">
      <${Shown} of=${flags}>
        ${(/** @type {{flags: Flag[]}} */ data) =>
          data.flags.length ? html`<div class="scroll">
            <table class="rows">
              <thead><tr><th>邀请人</th><th>来自</th><th class="n">好友</th><th>时间</th></tr></thead>
              <tbody>
                ${data.flags.map(
                  (f) => html`<tr>
                    <td><b>${f.nickname}</b></td>
                    <td data-name="来自">${whats[f.what]}</td>
                    <td class="n" data-name="好友">${number(f.invitees)} 人</td>
                    <td data-name="时间">${moment(f.from)} 至 ${moment(f.to)}</td>
                  </tr>`,
                )}
              </tbody>
            </table>
          </div>`
            : html`<p class="state">没有。</p>`}
      </${Shown}>
    </div>
  </section>`;
}

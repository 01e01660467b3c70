// Confirming at a booth who a player is: scan or type the code of the phone, see whose it is, type who the papers say
// it is, confirm. Below, who was confirmed last; a wrong one can be taken back.
import { html } from "../../html.js";
import { useEffect, useState } from "../../vendor/hooks.js";
import { passing } from "../../lib/problems.js";
import { moment } from "../lib/moment.js";
import { Dialog } from "../parts/dialog.js";
import { Field, Text } from "../parts/field.js";
import { Oops, Shown, useLoad, useWork } from "../parts/load.js";
import { Camera } from "./boothcamera.js";

/** @typedef {import("../../lib/schemas").components["schemas"]["Confirmed"]} Confirmed */
/** @typedef {{nickname: string, unit: string, proven: string[], until: number, done: boolean}} Visitor */

/** By what a player is proven already. @type {Record<string, string>} */
const ways = { phone: "手机号", wechat: "微信", account: "单位账号", staff: "现场确认" };

/** @param {{desk: import("../types").Desk, contest: string, code: string}} props */
export function ProofsPage({ desk, contest, code: opened }) {
  const path = `/contests/${encodeURIComponent(contest)}/booth/proofs`;
  const list = useLoad(() => desk.call("GET", path), [contest]);
  const [typed, setTyped] = useState("");
  const [camera, setCamera] = useState(false);
  const [blind, setBlind] = useState("");
  const [code, setCode] = useState("");
  const [visitor, setVisitor] = useState(/** @type {Visitor | null} */ (null));
  const work = useWork();

  /** @param {string} text */
  function look(text) {
    setCamera(false);
    setVisitor(null);
    setCode(text);
    work.run(async () => setVisitor((await desk.call("POST", path, { code: text })).visitor));
  }
  useEffect(() => {
    if (opened) look(opened);
  }, [opened]);
  function next() {
    setVisitor(null);
    setCode("");
    setTyped("");
    work.clear();
    list.again();
  }
  const off = list.data && !list.data.offered;

  return html`<div class="booth">
    <div class="head"><h1>确认身份</h1>${list.data && html`<span class="soft">${list.data.contest.title}</span>`}</div>
    ${off && html`<p class="state note">
      这个活动没有打开“现场确认”。需要时请组织者在活动的“怎样算一个人”里加上工作人员确认（players.proof 加 staff）。
    </p>`}
    ${!off && !visitor && html`<div>
      <p class="soft">请参赛者在手机上打开“确认身份”，给您看二维码或 8 位数字。</p>
      ${camera ? html`<${Camera} found=${look} what="确认码"
        failed=${(/** @type {string} */ why) => {
          setCamera(false);
          setBlind(why);
        }} />
      <button class="btn quiet big" onClick=${() => setCamera(false)}>关闭摄像头</button>`
        : html`<button class="btn big"
          onClick=${() => {
            setBlind("");
            work.clear();
            setCamera(true);
          }}>
          扫码
        </button>`}
      ${blind && html`<p class="state note" role="alert">${blind}</p>`}
      <form onSubmit=${(/** @type {Event} */ e) => {
          e.preventDefault();
          look(typed);
        }}>
        <${Field} label="或输入确认码" hint="8 位数字，中间的空格不用输">
          <div class="booth-type">
            <${Text} name="code" type="tel" max=${20} value=${typed} set=${setTyped} label="确认码" />
            <button class="btn" disabled=${work.busy || !typed.trim()}>查看</button>
          </div>
        </${Field}>
      </form>
      ${work.busy && html`<p class="soft" role="status">正在查看</p>`}
      <${Oops} problem=${work.problem} />
      ${work.problem && passing(work.problem) && code && html`<button class="btn quiet" onClick=${() => look(code)}>
        再试一次
      </button>`}
    </div>`}
    ${visitor && html`<${VisitorCard} key=${code} desk=${desk} path=${path} code=${code} visitor=${visitor} next=${next}
    />`}
    <${Shown} of=${list.data ? { ...list, busy: false, problem: null } : list}>
      ${(/** @type {{confirmed: Confirmed[]}} */ data) => html`<${Recent} desk=${desk} path=${path}
        all=${data.confirmed} again=${list.again} />`}
    </${Shown}>
  </div>`;
}

/** @param {{desk: import("../types").Desk, path: string, code: string, visitor: Visitor, next: () => void}} props */
function VisitorCard({ desk, path, code, visitor, next }) {
  const [who, setWho] = useState("");
  const [note, setNote] = useState("");
  const [given, setGiven] = useState(/** @type {Visitor | null} */ (null));
  const work = useWork();
  const v = given || visitor;
  const wrong = (/** @type {string} */ field) =>
    work.problem && work.problem.field === field ? work.problem.detail : "";
  const proven = v.proven.map((way) => ways[way] || way).join("、");
  return html`<section class=${"voucher" + (v.done ? " given" : "")} aria-live="polite">
    <h2>${v.nickname}</h2>
    ${v.unit && html`<p class="soft">${v.unit}</p>`}
    ${v.done ? html`<p class="state"><b>已确认</b>，他的手机马上就能看到。</p>`
      : html`<form onSubmit=${(/** @type {Event} */ e) => {
          e.preventDefault();
          work.run(async () => setGiven((await desk.call("POST", path, { code, who, note })).visitor));
        }}>
        <p class="soft">
          ${proven ? `他已经用${proven}证明过身份，一般不用再确认。` : "请先看清昵称是他本人的，再看他的证件。"}
        </p>
        <${Field} label="他是谁" hint="手机号，或工号，或身份证后六位加姓名。只存一个认得出、读不出的记号" wrong=${wrong("who")}>
          <${Text} name="who" max=${60} value=${who} set=${setWho} placeholder="如 01234X 王小明" />
        </${Field}>
        <${Field} label="备注（可不填）" hint="如 看了身份证；不要写证件号码" wrong=${wrong("note")}>
          <${Text} name="note" max=${100} value=${note} set=${setNote} />
        </${Field}>
        ${work.problem && !work.problem.field && html`<${Oops} problem=${work.problem} />`}
        <button class="btn big" disabled=${work.busy || !who.trim()}>${work.busy ? "正在确认" : "确认是他本人"}</button>
      </form>`}
    <p class="acts">
      <button class=${v.done ? "btn" : "btn quiet"} disabled=${work.busy} onClick=${next}>
        ${v.done ? "下一位" : "先不确认"}
      </button>
    </p>
  </section>`;
}

/** @param {{desk: import("../types").Desk, path: string, all: Confirmed[], again: () => void}} props */
function Recent({ desk, path, all, again }) {
  const [back, setBack] = useState(/** @type {Confirmed | null} */ (null));
  if (!all.length) return null;
  return html`<section class="booth-day">
    <h2>最近确认的</h2>
    ${all.map((p) => html`<div class="proof-line" key=${p.id}>
      <p>
        <b>${p.nickname}</b>${p.unit && html` <span class="soft">${p.unit}</span>`}
        <br /><small class="soft">${moment(p.proved_at)} 由 ${p.staff} 确认${p.note && html`；${p.note}`}</small>
        ${p.undone_at > 0 && html`<br /><small class="soft">
          ${moment(p.undone_at)} 由 ${p.undone_by} 撤回：${p.reason}
        </small>`}
      </p>
      ${p.may_undo && html`<button class="btn quiet" onClick=${() => setBack(p)}>撤回</button>`}
    </div>`)}
    ${back && html`<${BackDialog} desk=${desk} path=${path} proof=${back} close=${() => setBack(null)}
      done=${() => {
        setBack(null);
        desk.tell("已经撤回，这个身份可以重新确认。");
        again();
      }} />`}
  </section>`;
}

/**
 * @param {{desk: import("../types").Desk, path: string, proof: Confirmed, close: () => void, done: () => void}} props
 */
function BackDialog({ desk, path, proof, close, done }) {
  const [reason, setReason] = useState("");
  const work = useWork();
  return html`<${Dialog} title="撤回确认" close=${close} first="input">
    <form onSubmit=${(/** @type {Event} */ e) => {
        e.preventDefault();
        work.run(async () => {
          await desk.call("POST", `${path}/${proof.id}/undo`, { reason: reason.trim() });
          done();
        });
      }}>
      <p>${proof.nickname} 不再算现场确认过的人；他答的题都还在。</p>
      <${Field} label="原因" hint="记入操作日志"
        wrong=${work.problem && work.problem.field === "reason" ? work.problem.detail : ""}>
        <${Text} name="reason" max=${100} value=${reason} set=${setReason} />
      </${Field}>
      ${work.problem && !work.problem.field && html`<${Oops} problem=${work.problem} />`}
      <footer class="dialog-foot">
        <button type="button" class="btn quiet" onClick=${close}>先不</button>
        <button class="btn danger" disabled=${work.busy || !reason.trim()}>撤回</button>
      </footer>
    </form>
  </${Dialog}>`;
}

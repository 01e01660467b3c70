// The booth: scan or type a code, see the prize and the masked winner, hand out, undo, and the day's count.
import { html } from "../../html.js";
import { useEffect, useRef, useState } from "../../vendor/hooks.js";
import { number } from "../../lib/format.js";
import { passing, say } from "../../lib/problems.js";
import { linkIn } from "../lib/contests.js";
import { moment } from "../lib/moment.js";
import { Dialog } from "../parts/dialog.js";
import { Field, Text } from "../parts/field.js";
import { Oops, Shown, useLoad, useWork } from "../parts/load.js";
import { Camera } from "./boothcamera.js";

/**
 * @typedef {{award: string, title: string, kind: string, collect: string, status: string, winner: string, name: string,
 *   phone_tail: string, unit: string, won_at: number, code: string, problem: string, redeemed_at: number,
 *   redeemed_by: string, undo_until: number}} Voucher
 */
/**
 * @typedef {{contest: {slug: string, title: string}, now: number, count: number, mine: number, prizes: {title: string,
 *   count: number}[]}} Day
 */

const patience = 60000; // how long a press is sent again by itself

const newKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
/** @param {number} ms */
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** @param {{desk: import("../types").Desk, contest: string, code: string}} props */
export function BoothPage({ desk, contest, code: opened }) {
  const path = `/contests/${encodeURIComponent(contest)}/booth`;
  const day = useLoad(() => desk.call("GET", path), [contest]);
  const [typed, setTyped] = useState("");
  const [camera, setCamera] = useState(false);
  const [blind, setBlind] = useState("");
  const [code, setCode] = useState("");
  const [voucher, setVoucher] = useState(/** @type {Voucher | null} */ (null));
  const work = useWork();

  /** @param {string} text */
  function look(text) {
    setCamera(false);
    setVoucher(null);
    setCode(text);
    work.run(async () =>
      setVoucher((await desk.call("GET", `${path}/voucher?code=${encodeURIComponent(text)}`)).voucher),
    );
  }
  useEffect(() => {
    if (opened) look(opened);
  }, [opened]);
  function next() {
    setVoucher(null);
    setCode("");
    setTyped("");
    work.clear();
    day.again();
  }

  return html`<div class="booth">
    <div class="head"><h1>领奖点</h1>${day.data && html`<span class="soft">${day.data.contest.title}</span>`}</div>
    ${!voucher && html`<div>
      ${camera ? html`<${Camera} found=${look}
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
          扫码领奖
        </button>`}
      ${blind && html`<p class="state note" role="alert">${blind}</p>`}
      <form onSubmit=${(/** @type {Event} */ e) => {
          e.preventDefault();
          look(typed);
        }}>
        <${Field} label="或输入领奖码" hint="12 个字母和数字，横线不用输">
          <div class="booth-type">
            <${Text} name="code" max=${20} value=${typed} set=${setTyped} label="领奖码" />
            <button class="btn" disabled=${work.busy || !typed.trim()}>查看</button>
          </div>
        </${Field}>
      </form>
      ${work.busy && html`<p class="soft" role="status">正在查看</p>`}
      <${Oops} problem=${work.problem} />
      ${work.problem && work.problem.contest && html`<a class="btn big"
        href=${linkIn(work.problem.contest, ["booth", code])}>
        去那个活动的领奖点
      </a>`}
      ${work.problem && passing(work.problem) && code && html`<button class="btn quiet" onClick=${() => look(code)}>
        再试一次
      </button>`}
    </div>`}
    ${voucher && html`<${VoucherCard} key=${voucher.award} desk=${desk} path=${path} code=${code} voucher=${voucher}
      next=${next} look=${() => look(code)} counted=${day.again} />`}
    <${Shown} of=${day.data ? { ...day, busy: false, problem: null } : day}>
      ${(/** @type {Day} */ data) => html`<section class="booth-day">
        <h2>今天已发 ${number(data.count)} 份<small class="soft">，我发 ${number(data.mine)} 份</small></h2>
        ${data.prizes.map((p) => html`<p>${p.title}：<b>${number(p.count)}</b> 份</p>`)}
      </section>`}
    </${Shown}>
  </div>`;
}

/**
 * @param {{desk: import("../types").Desk, path: string, code: string, voucher: Voucher, next: () => void, look: () =>
 *   void, counted: () => void}} props
 */
function VoucherCard({ desk, path, code, voucher, next, look, counted }) {
  const [given, setGiven] = useState(/** @type {Voucher | null} */ (null));
  const [state, setState] = useState(/** @type {"" | "sending" | "retrying"} */ (""));
  const [problem, setProblem] = useState(/** @type {import("../types").Problem | null} */ (null));
  const [undoing, undo] = useState(false);
  // of this award on this page: pressed again after a lost reply it hands out nothing more
  const key = useRef(newKey());
  const alive = useRef(true);
  useEffect(
    () => () => {
      alive.current = false;
    },
    [],
  );

  async function handOut() {
    if (state) return;
    setProblem(null);
    setState("sending");
    for (const end = Date.now() + patience; alive.current;) {
      try {
        setGiven((await desk.call("POST", path + "/redemptions", { code, key: key.current })).voucher);
        counted();
        return setState("");
      } catch (bad) {
        if (!passing(bad) || Date.now() > end) {
          setProblem(bad);
          return setState("");
        }
        setState("retrying");
        await pause(Math.max(2000, bad.retryMs));
      }
    }
  }
  const v = given || voucher;
  const used = !!v.redeemed_at;
  return html`<section class=${"voucher" + (given ? " given" : voucher.code || problem ? " no" : "")}
    aria-live="polite">
    <h2>${v.title}</h2>
    <p class="who">中奖人 <b>${v.winner}</b>${v.unit && html` <span class="soft">${v.unit}</span>`}</p>
    ${(v.name || v.phone_tail) && html`<p class="who">
      领奖人 <b>${v.name}</b>${v.phone_tail && html` 手机尾号 <b>${v.phone_tail}</b>`}
    </p>`}
    ${!given && !voucher.code && v.phone_tail && html`<p class="state note">
      请领奖人自己说出姓名和手机号后四位，对上再发。不要念给他听。
    </p>`}
    <p class="soft">${moment(v.won_at)} 中奖${v.collect && html`；${v.collect}`}</p>
    ${given ? html`<p class="state"><b>已登记发出</b>，可以把奖品交给他了。</p>`
      : voucher.code && html`<p class="state bad">${voucher.problem}</p>`}
    ${state === "retrying" && html`<p class="state note" role="status">
      网络不通，正在自动重试。请先不要交出奖品；重试不会重复发放。
    </p>`}
    ${problem && html`<p class="state bad" role="alert">
      ${say(problem)}${passing(problem) ? "再按一次不会重复发放。" : ""}
    </p>`}
    ${!given && !voucher.code && html`<button class="btn big" disabled=${!!state} onClick=${handOut}>
      ${state ? "正在登记" : "确认发出"}
    </button>`}
    <p class="acts">
      ${used && html`<button class="btn quiet" onClick=${() => undo(true)}>撤销</button>`}
      <button class=${given ? "btn" : "btn quiet"} disabled=${!!state} onClick=${next}>下一位</button>
    </p>
    ${used && html`<p class="soft">
      ${moment(v.redeemed_at)} 由 ${v.redeemed_by} 发出，${moment(v.undo_until)} 前可以撤销。
    </p>`}
    ${undoing && html`<${UndoDialog} desk=${desk} path=${path} code=${code} voucher=${v} close=${() => undo(false)}
      done=${() => {
        undo(false);
        desk.tell("已经撤销，这份奖品可以重新发放。");
        counted();
        look();
      }} />`}
  </section>`;
}

/**
 * @param {{desk: import("../types").Desk, path: string, code: string, voucher: Voucher, close: () => void, done: () =>
 *   void}} props
 */
function UndoDialog({ desk, path, code, voucher, close, done }) {
  const [reason, setReason] = useState("");
  const work = useWork();
  return html`<${Dialog} title="撤销发放" close=${close} first="input">
    <form onSubmit=${(/** @type {Event} */ e) => {
        e.preventDefault();
        work.run(async () => {
          await desk.call("POST", path + "/undo", { code, reason: reason.trim() });
          done();
        });
      }}>
      <p>${voucher.title}，${voucher.winner}。请先确认奖品已经收回。</p>
      <${Field} label="原因" hint="记入操作日志"
        wrong=${work.problem && work.problem.field === "reason" ? work.problem.detail : ""}>
        <${Text} name="reason" max=${100} value=${reason} set=${setReason} />
      </${Field}>
      ${work.problem && !work.problem.field && html`<${Oops} problem=${work.problem} />`}
      <footer class="dialog-foot">
        <button type="button" class="btn quiet" onClick=${close}>先不</button>
        <button class="btn danger" disabled=${work.busy || !reason.trim()}>撤销</button>
      </footer>
    </form>
  </${Dialog}>`;
}

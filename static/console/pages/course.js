// How the contest goes: against the day before, against the target, by hour and day, and who is behind.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { dateTime, number, time } from "../../lib/format.js";
import { linkIn } from "../lib/contests.js";
import { link } from "../lib/route.js";
import { Bars, Columns } from "../parts/chart.js";
import { Oops, useWork } from "../parts/load.js";

/** @typedef {import("../../lib/schemas").components["schemas"]["Course"]} Course */
/** @typedef {import("../../lib/schemas").components["schemas"]["CourseUnit"]} Unit */

/** @param {number} part */
const percent = (part) => (100 * part).toFixed(1) + "%";

/** @param {number} of @param {number} all */
const share = (of, all) => (all ? percent(of / all) : "—");

/**
 * How much more or less than the day before, in words.
 * @param {number} now @param {number} before
 */
export function compared(now, before) {
  if (!before) return now ? "昨天同一时段没有" : "";
  const change = Math.round((100 * (now - before)) / before);
  if (!change) return "与昨天同一时段持平";
  return `比昨天同一时段${change > 0 ? "多" : "少"} ${Math.abs(change)}%`;
}

/** @param {{course: Course, desk: import("../types").Desk, contest: string, title: string, again: () => void}} props */
export function CourseCards({ course, desk, contest, title, again }) {
  const { today, whole, so_far: soFar, day_before: before } = course;
  const hours = course.hours.slice(24);
  return html`<div class="course">
    <dl class="figures">
      <${Big} name="今天参与" value=${number(today.players) + " 人"} note=${`其中首次 ${number(today.first)} 人`} />
      <${Big} name="今天答题" value=${number(today.attempts) + " 次"} note=${compared(soFar.attempts, before.attempts)} />
      <${Big} name="今天正确率" value=${share(today.correct, today.answers)}
        note=${before.answers ? "昨天同一时段 " + share(before.correct, before.answers) : ""} />
      <${Big} name="今天过关" value=${number(today.passed) + " 次"} note=${`答了 ${number(today.answers)} 题`} />
    </dl>
    <div class="cards">
      <${Target} course=${course} desk=${desk} contest=${contest} again=${again} />
      <section class="card">
        <h2>最近 24 小时</h2>
        <${Columns} title="每小时答题次数；横线是前一天的同一小时" every=${6} head=${["时间", "答题次数", "前一天"]}
          columns=${hours.map((h, i) => ({
            label: time(h.at).slice(0, 2) + "时",
            note: dateTime(h.at),
            value: h.attempts,
            against: course.hours[i].attempts,
          }))} />
      </section>
      <section class="card">
        <h2>每天</h2>
        ${course.days.length
          ? html`<${Columns} title="每天参与人数" every=${Math.ceil(course.days.length / 6)}
              head=${["日期", "参与人数", "首次"]}
              columns=${course.days.map((d) => ({
                label: `${Math.floor(d.day / 100) % 100}.${d.day % 100}`,
                value: d.players,
                against: d.first,
              }))} />
              <p class="soft">横线是当天首次参与的人数。</p>`
          : html`<p class="soft">还没有人答题。</p>`}
      </section>
      <${Beside} today=${today} whole=${whole} />
      <${Behind} course=${course} title=${title} />
      ${course.units.length > 0 &&
      html`<section class="card">
        <h2>各单位</h2>
        <${Bars} title=${course.behind.percent ? `参与率；竖线是 ${course.behind.percent}%` : "参与率"}
          mark=${course.behind.percent ? course.behind.percent / 100 : undefined}
          bars=${course.units.slice(0, 12).map((u) => ({ name: u.name, part: u.rate, figure: figureOf(u) }))} />
        <p><a class="link" href=${linkIn(contest, ["units", "stats"])}>看全部单位的统计</a></p>
      </section>`}
      ${course.channels.length > 1 &&
      html`<section class="card">
        <h2>各渠道</h2>
        <${Bars} title="参与人数" bars=${course.channels
          .slice(0, 10)
          .map((c) => ({
            name: c.name,
            part: whole.players ? c.players / whole.players : null,
            figure: number(c.players) + " 人",
          }))} />
      </section>`}
      ${course.divisions.length > 0 &&
      html`<section class="card">
        <h2>各组别</h2>
        <${Bars} title="正确率" bars=${course.divisions.map((d) => ({
          name: d.name,
          part: d.answers ? d.correct / d.answers : null,
          figure: `${share(d.correct, d.answers)}，${number(d.players)} 人`,
        }))} />
      </section>`}
      ${course.choices.map(
        (c) => html`<section class="card" key=${c.key}>
          <h2>${c.label}</h2>
          <${Bars} title="选了各项的人数" bars=${c.options.map((o) => ({
            name: o.title,
            part: o.hidden || !whole.joined ? null : Math.min(1, o.people / whole.joined),
            figure: o.hidden ? "人少，不显示" : number(o.people) + " 人",
          }))} />
        </section>`,
      )}
      ${course.stock.length > 0 &&
      html`<section class="card">
        <h2>奖品</h2>
        <${Bars} title="已发出" bars=${course.stock.map((s) => ({
          name: s.title,
          part: s.out / s.units,
          figure: s.out >= s.units ? "发完了" : `${number(s.out)} / ${number(s.units)}`,
        }))} />
      </section>`}
      ${course.reported.length > 0 &&
      html`<section class="card">
        <h2>要看一看的题</h2>
        <ul class="plain">
          ${course.reported.map(
            (r) => html`<li key=${r.bank + r.id}>
              <a class="link" href=${link(["banks", r.bank, "questions", r.id])}>${r.stem}</a>
              <small>${" "}${r.reports} 人反馈</small>
            </li>`,
          )}
        </ul>
      </section>`}
    </div>
  </div>`;
}

/** @param {Unit} u */
const figureOf = (u) =>
  u.hidden
    ? "不显示"
    : (u.rate === null ? "" : percent(u.rate) + "，") +
      number(u.players) +
      (u.heads ? ` / ${number(u.heads)} 人` : " 人");

/** @param {{name: string, value: string, note: string}} props */
const Big = ({ name, value, note }) => html`<div>
  <dt>${name}</dt>
  <dd>${value}${note && html`<small>${note}</small>`}</dd>
</div>`;

/** @typedef {import("../../lib/schemas").components["schemas"]["CourseDay"]} Day */

/** @param {{today: Day, whole: Day}} props */
function Beside({ today, whole }) {
  /** @type {[string, "joined" | "invited" | "drawn" | "won" | "pledged" | "shared"][]} */
  const lines = [
    ["加入活动", "joined"],
    ["由好友邀请来", "invited"],
    ["抽奖", "drawn"],
    ["发出奖品", "won"],
    ["签署倡议", "pledged"],
    ["分享", "shared"],
  ];
  const told = lines.filter(([, key]) => whole[key] > 0);
  if (!told.length) return null;
  return html`<section class="card">
    <h2>其他</h2>
    <table>
      <thead><tr><th></th><th class="n">今天</th><th class="n">累计</th></tr></thead>
      <tbody>
        ${told.map(
          ([name, key]) => html`<tr>
            <td>${name}</td>
            <td class="n">${number(today[key])}</td>
            <td class="n">${number(whole[key])}</td>
          </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}

/** @param {{course: Course, desk: import("../types").Desk, contest: string, again: () => void}} props */
function Target({ course, desk, contest, again }) {
  const [form, setForm] = useState(/** @type {{players: string, percent: string} | null} */ (null));
  const work = useWork();
  const { target, whole } = course;
  const save = () =>
    work.run(async () => {
      if (!form) return;
      const wanted = { players: Number(form.players) || 0, percent: Number(form.percent) || 0 };
      await desk.call("PUT", `/contests/${contest}/target`, wanted);
      setForm(null);
      again();
    });
  return html`<section class="card">
    <h2>目标</h2>
    ${target.players
      ? html`<${Bars} title="参与人数" mark=${passed(course)}
          bars=${[
            {
              name: `目标 ${number(target.players)} 人`,
              part: whole.players / target.players,
              figure: `已有 ${number(whole.players)} 人，${share(whole.players, target.players)}`,
            },
          ]} />
        <p class="soft">竖线是活动时间走到的地方。</p>`
      : html`<p class="soft">累计 ${number(whole.players)} 人参与。还没有设定目标人数。</p>`}
    ${target.percent > 0 && html`<p>要求每个单位的参与率达到 <b>${target.percent}%</b>。</p>`}
    ${desk.may("contest.edit") &&
    (form
      ? html`<form class="course-target" onSubmit=${(/** @type {Event} */ e) => (e.preventDefault(), save())}>
          <label>目标人数 <input class="input" name="target-players" inputmode="numeric" value=${form.players}
            onInput=${(/** @type {any} */ e) => setForm({ ...form, players: e.target.value })} /></label>
          <label>单位参与率（%） <input class="input" name="target-percent" inputmode="numeric" value=${form.percent}
            onInput=${(/** @type {any} */ e) => setForm({ ...form, percent: e.target.value })} /></label>
          <${Oops} problem=${work.problem} />
          <span class="acts">
            <button class="btn" disabled=${work.busy}>保存目标</button>
            <button class="btn quiet" type="button" onClick=${() => setForm(null)}>取消</button>
          </span>
        </form>`
      : html`<button class="btn quiet" onClick=${() =>
          setForm({ players: String(target.players || ""), percent: String(target.percent || "") })}>
          ${target.players || target.percent ? "修改目标" : "设定目标"}
        </button>`)}
  </section>`;
}

/** Which part of the contest's time is over. @param {Course} c */
const passed = (c) => Math.max(0, Math.min(1, (c.at - c.opens_at) / Math.max(1, c.closes_at - c.opens_at)));

/** What to write to a unit that is behind. @param {string} title @param {Course} course @param {Unit} u */
export const reminder = (title, course, u) =>
  `【${title}】截至${dateTime(course.at)}，${u.name}应参加 ${number(u.heads)} 人，` +
  (u.hidden || u.rate === null ? "参与的人还很少" : `已参与 ${number(u.players)} 人，参与率 ${percent(u.rate)}`) +
  `${course.behind.own ? `，要求达到 ${course.behind.percent}%` : ""}。请继续发动本单位人员参加。`;

/** @param {{course: Course, title: string}} props */
function Behind({ course, title }) {
  const [copied, setCopied] = useState("");
  const { behind } = course;
  if (!behind.percent || !behind.units.length) return null;
  /** @param {string} key @param {string} text */
  const copy = async (key, text) => {
    await navigator.clipboard.writeText(text);
    setCopied(key);
  };
  const all = behind.units.map((u) => reminder(title, course, u)).join("\n");
  return html`<section class="card">
    <h2>还差得多的单位<small>参与率不到 ${behind.percent}%${behind.own ? "" : "（全体的一半）"}</small></h2>
    <ul class="plain course-behind">
      ${behind.units.map(
        (u) => html`<li key=${u.id}>
          <span title=${u.path}>${u.name}</span>
          <small>
            ${u.hidden
              ? "人很少"
              : `${number(u.players)} / ${number(u.heads)} 人${u.rate === null ? "" : "，" + percent(u.rate)}`}
          </small>
          <button class="link" onClick=${() => copy(u.id, reminder(title, course, u))}>
            ${copied === u.id ? "已复制" : "复制提醒"}
          </button>
        </li>`,
      )}
    </ul>
    ${behind.more > 0 && html`<p class="soft">另有 ${behind.more} 个单位。</p>`}
    <button class="btn quiet" onClick=${() => copy("all", all)}>
      ${copied === "all" ? "已复制全部提醒" : "复制全部提醒"}
    </button>
  </section>`;
}

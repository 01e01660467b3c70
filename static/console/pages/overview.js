// The overview: what runs, how it goes, whether the server is well. It shows what everybody may see.
import { html } from "../../html.js";
import { useEffect, useState } from "../../vendor/hooks.js";
import { time } from "../../lib/format.js";
import { poll } from "../../lib/poll.js";
import { Figures } from "./figures.js";

/** @typedef {import("../../lib/types").Home} Home @typedef {import("../../lib/types").BoardPage} BoardPage */
/** @typedef {{ready: boolean, lines: [string, string][]}} Health */
/**
 * @typedef {object} Seen
 * @property {Home | null} home @property {import("../../screen/app").Stats | null} stats
 * @property {Record<string, BoardPage | null>} boards null: the board store is away
 * @property {Health | null} health @property {import("./course").Course | null} course @property {number} at
 */

/**
 * @param {{desk: import("../types").Desk, contest: string, api: (method: string, path: string) => Promise<any>, clock:
 *   {now(): number}}} props
 */
export function OverviewPage({ desk, contest, api, clock }) {
  const [seen, setSeen] = useState(
    /** @type {Seen} */ ({ home: null, stats: null, boards: {}, health: null, course: null, at: 0 }),
  );
  const [failures, setFailures] = useState(0);
  const [round, setRound] = useState(0);
  useEffect(
    () =>
      poll(
        async () => {
          const health = await ready();
          health.lines.push(...(await messages(desk)));
          setSeen((was) => ({ ...was, health }));
          const home = await api("GET", "/contests/" + contest);
          const stats = await api("GET", `/contests/${contest}/stats`);
          /** @type {Record<string, BoardPage | null>} */
          const boards = {};
          for (const { key } of home.contest.boards) {
            boards[key] = await api("GET", `/contests/${contest}/boards/${key}?from=1&size=10`).catch(
              (/** @type {any} */ bad) => {
                if (bad.code === "board_unavailable") return null;
                throw bad;
              },
            );
          }
          const course = await desk.call("GET", `/contests/${contest}/course`, undefined, true);
          setSeen({ home, stats, boards, health, course, at: clock.now() });
        },
        5000,
        setFailures,
      ),
    [round],
  );
  const fresh = seen.at
    ? failures
      ? "连接中断，这是" + time(seen.at) + "的数据"
      : "更新于" + time(seen.at)
    : failures
      ? "连不上服务器，正在重试"
      : "正在打开";
  return html`<${Figures} seen=${seen} origin=${desk.origin} fresh=${fresh} stale=${failures > 0}
    desk=${desk} again=${() => setRound(round + 1)} />`;
}

/** @type {Record<string, string>} */
const names = {
  sql: "成绩（数据库）",
  redis: "榜单（缓存）",
  bus: "直播答题（各节点之间）",
  disk: "磁盘空间",
  keys: "密钥",
};
/** @type {Record<string, string>} */
const states = {
  ok: "正常",
  away: "连不上",
  silent: "收不到消息",
  low: "快满了",
  full: "已满，不能保存",
  unknown: "不清楚",
  elsewhere: "在数据库服务器上看",
  lacks: "缺少密钥",
};

/**
 * How sending codes by SMS stands: nothing where none are sent.
 * @param {import("../types").Desk} desk @returns {Promise<[string, string][]>}
 */
async function messages(desk) {
  /** @type {import("../../lib/schemas").components["schemas"]["Messages"]} */
  const sms = await desk.call("GET", "/messages", undefined, true);
  if (!sms.configured) return [];
  /** @type {[string, string][]} */
  const lines = [["短信验证码", sms.spent
    ? `今天的 ${sms.budget} 条已用完，零点恢复；请引导大家换一种方式验证`
    : `今天已用 ${sms.used} 条，共 ${sms.budget} 条`]];
  if (sms.trouble) lines.push(["短信平台", sms.trouble.look + (sms.trouble.code ? `（错误码 ${sms.trouble.code}）` : "")]);
  return lines;
}

/**
 * What /readyz says; it answers 503 when something is away, which is news and not a failure.
 * @returns {Promise<Health>}
 */
async function ready() {
  const response = await fetch("/readyz", { credentials: "same-origin" });
  const text = await response.text();
  /** @type {[string, string][]} */
  let lines = [];
  try {
    const said = JSON.parse(text);
    lines = Object.keys(said.checks).map((key) => [
      names[key] || key,
      states[said.checks[key]] || String(said.checks[key]),
    ]);
    if (said.embedded) lines.push(["运行方式", "内置存储，适合试用和小型活动"]);
  } catch (_) {
    if (text.trim()) lines = [["", text.trim().slice(0, 300)]];
  }
  return { ready: response.ok, lines };
}

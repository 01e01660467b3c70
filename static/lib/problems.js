// What the page says and does about each problem of the server.

/** Said when the server gave no words of its own. @type {Record<string, string>} */
const words = {
  offline: "网络不通，请检查网络后再试。",
  unauthenticated: "请先填写昵称。",
  not_enrolled: "请先填写昵称。",
  contest_not_open: "活动还没有开始。",
  contest_closed: "活动已经结束，感谢参与。",
  contest_unknown: "没有找到这个活动，请核对链接。",
  level_unknown: "没有找到这一关。",
  level_locked: "这一关还没有开启。",
  level_not_open: "这一关还没有开放。",
  level_closed: "这一关已经结束。",
  level_other_division: "这一关不属于您选的组别。",
  fields_missing: "请先填写要登记的信息。",
  consent_outdated: "个人信息的说明刚刚有变化，请重新看一看。",
  no_tries_left: "次数用完了。",
  ticket_foreign: "这次答题不是用您的身份开始的。",
  answer_late: "这一题超过了时间。",
  attempt_expired: "这次答题的时间到了。",
  attempt_finished: "这次答题已经交卷。",
  rate_limited: "点得太快了，请稍等。",
  board_unavailable: "榜单稍后更新。",
  storage_full: "服务器忙，请稍后再试。",
  unavailable: "服务器忙，请稍后再试。",
};

/** @param {import("./types").Problem} problem */
export function say(problem) {
  return problem.detail || words[problem.code] || "出了点问题，请稍后再试。";
}

/**
 * Whether the same call may succeed later: the phone was cut off, or the server asks to wait.
 * @param {import("./types").Problem} problem
 */
export function passing(problem) {
  return problem.code === "offline" || problem.status === 429 || problem.status >= 500;
}

/** Whether the player must say who they are first. @param {import("./types").Problem} problem */
export const nameless = (problem) => problem.code === "unauthenticated" || problem.code === "not_enrolled";

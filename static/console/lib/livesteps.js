// The steps of a live room in words: what a button will do, what comes of it, and what is asked about first.
import { number } from "../../lib/format.js";

/** @typedef {import("../live").HostView} View @typedef {import("../live").StepName} Step */

/** Seconds that a press adds to a question under way, and that a question gets which is opened anew. */
export const extension = 10;
export const reopening = 15;

/** @type {Record<Step, string>} */
export const stepNames = {
  ready: "发题",
  warmup: "先来一道热身题",
  open: "开始答题",
  pause: "暂停",
  resume: "继续答题",
  extend: "加时",
  close: "提前结束答题",
  reveal: "公布答案",
  standings: "看排名",
  skip: "跳过这一题",
  reopen: "重新开放答题",
  void: "作废",
  unvoid: "恢复计分",
  rekey: "改正答案",
  help: "显示场外选择",
  revival: "下一题给出局的人复活",
  podium: "揭晓名次",
  confirm: "确认成绩",
  reset: "成绩清零",
  lock: "锁定，不再进人",
  unlock: "解锁，可以进人",
  delay: "设置延迟",
  take: "接过来主持",
  end: "结束，不算成绩",
};

/** Steps that have their place elsewhere than beside the big button. @type {Step[]} */
const elsewhere = ["void", "unvoid", "rekey", "reset", "lock", "unlock", "delay", "take", "end"];

/** What the button of a step says. @param {Step} step @param {View} view */
export function stepWord(step, view) {
  if (step === "extend") return `加 ${extension} 秒`;
  if (step === "confirm" && view.room.confirmed) return "再次确认成绩";
  if (step === "ready") return view.upcoming.length ? `发出第 ${view.upcoming[0].number} 题` : "发出下一题";
  return stepNames[step] || step;
}

/** What comes of a step, in one sentence; "" where its name says it all. @param {Step} step @param {View} view */
export function stepHint(step, view) {
  switch (step) {
    case "ready":
      return "题目加密送到手机，还看不到内容";
    case "open":
      return "倒数以后，所有手机同时看到题目" + (view.delay_ms ? `（另有 ${view.delay_ms / 1000} 秒延迟）` : "");
    case "close":
      return "到时间会自动结束，不用按";
    case "reveal":
      return "手机和大屏显示答案、人数和讲解";
    case "standings":
      return "手机显示各自名次，大屏显示前十名";
    case "podium":
      return "大屏揭晓前三名";
    case "confirm":
      return "成绩生效，该发的积分和奖励都发出";
    case "resume":
      return "剩下的时间接着走";
    default:
      return "";
  }
}

/** The smaller steps beside the big one. @param {View} view @returns {Step[]} */
export const smallSteps = (view) =>
  view.steps.filter((step) => step !== nextStep(view) && elsewhere.indexOf(step) < 0 && step in stepNames);

/** @param {View} view @param {Step} step */
export const allowed = (view, step) => view.steps.indexOf(step) >= 0;

/**
 * What is asked before a step that people cannot take back, or that ends something under way; null: nothing.
 * @param {Step} step @param {View} view @returns {{title: string, text: string, yes: string} | null}
 */
export function asking(step, view) {
  const { room } = view;
  switch (step) {
    case "confirm":
      return {
        title: "确认成绩？",
        text: `${number(room.members)} 人的成绩从此生效，该发的积分和奖励马上发出。以后再改分，只补发，不收回。`,
        yes: "确认成绩",
      };
    case "end":
      return {
        title: "结束这一场，不算成绩？",
        text: "所有手机显示已经结束。答题记录留着，但是不发积分和奖励，也不能再继续。",
        yes: "结束，不算成绩",
      };
    case "reset":
      return {
        title: "成绩清零？",
        text: "到现在为止的题都当作热身：所有人回到 0 分，出局的人也回来。人不用重新加入。",
        yes: "清零",
      };
    case "skip":
      return {
        title: "跳过这一题？",
        text: "这一题不计分，已经交的答案不算，接着问下一题。",
        yes: "跳过",
      };
    case "close":
      return {
        title: "现在就结束答题？",
        text: `已有 ${number(room.answered)} 人作答，还没有答的人不能再答。`,
        yes: "现在结束",
      };
    case "take":
      return {
        title: "接过来主持？",
        text: `${view.hosting.name || "另一位主持人"}那边随即不能再操作，只能看；对方也可以再接回去。`,
        yes: "接过来",
      };
    default:
      return null;
  }
}

/** What the log calls what no button does. @type {Record<string, string>} */
const others = { time: "时间到，自动进行", touch: "管理选手" };
/** @type {Record<string, string>} */
const treatments = { remove: "移出", readmit: "让回来", hide: "隐藏名字", show: "显示名字" };

/** A line of the log. @param {View["log"][number]} entry */
export const logged = ({ what, detail }) =>
  [what in stepNames ? stepNames[/** @type {Step} */ (what)] : others[what] || what, treatments[detail] || detail]
    .filter(Boolean)
    .join("，");

/** Steps that lead on; the others of a moment are never the usual ones. @type {(Step | "")[]} */
const leading = ["ready", "open", "resume", "close", "reveal", "standings", "podium", "confirm"];

/**
 * The usual next step. There is none while there is only to wait, nor where the room is over, though a result may be
 * confirmed once more after a change.
 * @param {View} view @returns {Step | ""}
 */
export const nextStep = ({ room, next }) => (room.phase === "over" || leading.indexOf(next) < 0 ? "" : next);

/** What goes on now, in a few words. @param {View} view @param {number} now */
export function goingOn(view, now) {
  const { room } = view;
  const which = room.kind === "revival" ? "复活题" : room.kind === "warmup" ? "热身题" : `第 ${room.number} 题`;
  switch (room.phase) {
    case "lobby":
      return "等待开始，可以加入";
    case "ready":
      return which + "已发出，等手机收到";
    case "open":
      return now < room.opens_at ? which + "，倒数中" : now < room.closes_at ? which + "，正在答题" : which + "，时间到";
    case "paused":
      return which + "，暂停中";
    case "closed":
      return which + "，正在计分";
    case "revealed":
      return which + "，答案已公布";
    case "standings":
      return "正在显示排名";
    case "podium":
      return "正在揭晓名次";
    default:
      return "已经结束";
  }
}

/** How a room in a list stands. @type {Record<import("../live").Phase, string>} */
export const phaseNames = {
  lobby: "等待开始",
  ready: "即将答题",
  open: "正在答题",
  paused: "暂停中",
  closed: "正在计分",
  revealed: "公布答案",
  standings: "显示排名",
  podium: "揭晓名次",
  over: "已结束",
};

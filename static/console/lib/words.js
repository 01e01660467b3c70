// What the console calls things.
import { stepNames } from "./livesteps.js";

/** @type {Record<string, string>} */
export const kindNames = {
  single: "单选题",
  multiple: "多选题",
  indefinite: "不定项选择题",
  truefalse: "判断题",
  fill: "填空题",
  ordering: "排序题",
  matching: "连线题",
};

/** @type {Record<string, string>} */
export const fieldNames = {
  id: "编号",
  kind: "题型",
  stem: "题干",
  image: "图片",
  image_alt: "图片说明",
  options: "选项",
  matches: "右项",
  answer: "答案",
  tolerance: "允许误差",
  explanation: "解析",
  source: "依据",
  topics: "知识点",
  difficulty: "难度",
  audience: "适用对象",
  score: "分值",
  key: "依据的编号",
  apart: "不能同卷的题",
  review: "核对记录",
  question: "整道题",
};

/** How much of its source the reviewer of a question saw. */
export const seenNames = [
  ["", "没有写"],
  ["text", "看到了原文"],
  ["quoted", "只看到转述"],
  ["none", "没有看到"],
];

/** Why players report a question. @type {Record<string, string>} */
export const reportReasons = {
  answer: "答案不对",
  wording: "表述不清",
  options: "选项有问题",
  outdated: "内容过时",
  other: "其他",
};

/** @type {Record<string, string>} */
export const actions = {
  "staff.sign_in": "登录",
  "webhook.try": "试发群机器人消息",
  "staff.add": "添加工作人员",
  "staff.change": "修改工作人员",
  "staff.password": "重设密码",
  "staff.scope": "限定账号的活动和期限",
  "bank.read": "查看题目和答案",
  "bank.export": "下载题库",
  "player.search_phone": "按手机号查找参赛者",
  "proposal.exclude": "提议不参加摇奖",
  "proposal.readmit": "提议恢复参加摇奖",
  "proposal.forfeit": "提议放弃名次",
  "proposal.undo": "提议恢复资格",
  "proposal.withdraw": "撤回提议",
  "staff.revoke": "结束登录",
  "staff.locked": "密码连错，暂停登录",
  "staff.tries": "有人连试密码",
  "staff.own_password": "换自己的密码",
  "staff.second_factor": "加上手机验证码",
  "staff.second_factor_end": "不再用手机验证码",
  "staff.second_factor_reset": "重置手机验证码",
  "staff.recovery_codes": "换备用码",
  "key.rotate": "更换密钥",
  "bank.import": "导入题库",
  "bank.upload": "读入题库文件",
  "bank.drop_draft": "删除草稿",
  "bank.reread": "换一种写法重读草稿",
  "bank.mark": "成批设置题目",
  "bank.title": "题库改名",
  "bank.undo": "撤销题库修改",
  "bank.correct": "更正题目",
  "bank.void": "作废题目",
  "names.hide": "隐藏名字",
  "names.show": "显示名字",
  "names.word.add": "添加名字的词语",
  "names.word.remove": "删去名字的词语",
  "pledge.hide": "撤下接力墙上的名字",
  "pledge.show": "重新显示接力墙上的名字",
  "contest.apply": "发布活动",
  "contest.close": "下载总结材料",
  "contest.target": "设定目标",
  "contest.rehearse": "开始演练",
  "contest.end_rehearsal": "结束演练",
  "bank.close_reports": "关闭题目反馈",
  "unit.import": "上传单位表",
  "unit.merge": "并入单位",
  "unit.merge_new": "并入新单位",
  "unit.merge_undo": "撤销并入",
  "spot.codes": "查看打卡码",
  "channel.add": "添加渠道",
  "channel.change": "修改渠道",
  "channel.remove": "删除渠道",
  "prize.codes.import": "导入兑换码",
  "screen.show": "换大屏画面",
  "screen.pairing": "准备连接大屏",
  "screen.pair": "连接大屏",
  "screen.unpair": "断开大屏",
  "drawing.plan": "安排摇奖",
  "drawing.freeze": "冻结摇奖名单",
  "drawing.cancel": "取消摇奖",
  "drawing.source": "录入公开号码",
  "drawing.source_known": "公开号码录入一致",
  "drawing.draw": "摇奖",
  "drawing.publish": "公布摇奖结果",
  "drawing.forfeit": "放弃名次",
  "drawing.exclude": "不参加摇奖",
  "drawing.readmit": "恢复参加摇奖",
  "prize.redeem": "发放奖品",
  "prize.redeem.undo": "撤销发放",
  "winners.export": "下载中奖名单",
  "winners.tax": "下载偶然所得申报名单",
  "prize.post": "邮寄奖品",
  "case.open": "开始核查",
  "case.close": "结束核查",
  "attempt.release": "让答得太快的成绩算数",
  "attempt.leave_out": "不计答得太快的成绩",
  "case.propose": "提议取消资格",
  "case.withdraw": "撤回提议",
  "case.disqualify": "取消资格",
  "case.undo": "恢复资格",
  "case.answer": "答复申诉",
  "payouts.plan": "安排发放",
  "payouts.approved": "同意发放上的事",
  "payouts.rejected": "不同意或撤回",
  "payouts.failed": "提交：没有成功",
  "payouts.again": "提交：重新发放",
  "payouts.payee": "提交：号码改过，发给谁",
  "payouts.copying": "提交：再下载一份充值文件",
  "payouts.mark": "标记发放结果",
  "payouts.file": "做话费充值文件",
  "payouts.download": "下载话费充值文件",
  "payouts.copy": "下载充值文件的副本",
  "payouts.results": "写入充值结果",
  "payouts.export": "下载发放明细",
  "live.make": "开直播房间",
  "live.robots": "直播放进虚拟选手",
  "live.touch": "管理直播选手",
  "live.results": "下载直播成绩",
};
Object.entries(stepNames).forEach(([step, name]) => {
  actions["live." + step] = "直播：" + name;
});

export const difficulties = ["", "1 人人该会", "2 较易", "3 中等", "4 较难", "5 专业"];
export const audiences = ["企业", "农村", "社区", "学校", "家庭"];

/** @type {Record<string, string>} */
export const formatNames = {
  xlsx: "Excel",
  csv: "CSV",
  text: "文本",
  docx: "Word",
  aiken: "Aiken",
  gift: "GIFT",
  moodlexml: "Moodle XML",
  qti21: "QTI 2.1",
  qti22: "QTI 2.2",
  qti30: "QTI 3.0",
  json: "JSON",
};

/** @type {Record<string, string>} */
export const draftStates = { ready: "待导入", unreadable: "没有读成", imported: "已导入" };

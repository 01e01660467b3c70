// What the form of a contest asks about proving persons, and about who is not proven.

/** @typedef {import("../parts/contestcells.js").Cell} Cell */

/** @type {Cell[]} */
export const proofCells = [
  {
    path: "players.proof",
    label: "怎样证明身份（任一种就行，不选：都是游客）",
    kind: "many",
    options: [
      ["phone", "手机短信验证码"],
      ["wechat", "微信"],
      ["account", "单位或政务账号"],
      ["staff", "到现场由工作人员确认"],
    ],
  },
  {
    path: "players.proven",
    label: "哪些要先证明身份（都不选：除排行榜以外的各种）",
    kind: "many",
    options: [
      ["pools", "抽奖"],
      ["shop", "积分兑换"],
      ["drawings", "公开摇奖"],
      ["invitations", "被邀请的人算数"],
      ["pots", "直播分奖金"],
      ["boards", "上排行榜"],
    ],
  },
  {
    path: "players.guests.questions",
    label: "没有证明身份的人，每天从几道题里抽",
    kind: "number",
    wide: true,
    hint: "大家从同样这些题里抽，编造再多身份也看不全题库；0：从全部题目里抽；不写：有要先证明身份的奖励时 30",
    when: (d) => Boolean(d.players && d.players.proof && d.players.proof.length),
  },
];

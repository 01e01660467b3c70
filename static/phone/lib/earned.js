// What a player is given, in words.

/** What was given, in words. @param {import("../../lib/types").Earned[]} earned */
export const earnedWords = (earned) =>
  earned
    .map(({ kind, amount, card, purse }) =>
      card
        ? `“${card}”卡`
        : purse
        ? amount + "个" + purse
        : amount + (kind === "points" ? "积分" : kind === "chance" ? "次抽奖机会" : "次答题机会"),
    )
    .join("、");

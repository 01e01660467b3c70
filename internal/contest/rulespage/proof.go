package rulespage

import (
	"fmt"

	"anquanda/internal/contest"
)

var proofNames = map[contest.Proof]string{
	contest.ProofPhone: "手机短信验证码", contest.ProofWeChat: "微信", contest.ProofAccount: "单位或政务账号登录",
	contest.ProofStaff: "到现场由工作人员确认",
}

var needNames = map[contest.Need]string{
	contest.ForPools: "抽奖", contest.ForShop: "用积分兑换", contest.ForDrawings: "参加公开摇奖",
	contest.ForInvitations: "被邀请的人算数", contest.ForBoards: "上排行榜",
	contest.ForPots: "直播里分奖金",
}

// ProofName is how a way of proof is called.
func ProofName(way contest.Proof) string { return proofNames[way] }

// proof tells what proves a person, and what for.
func (t teller) proof() []string {
	if !t.ProvesPersons() {
		return nil
	}
	ways := make([]string, len(t.Players.Proof))
	for i, way := range t.Players.Proof {
		ways[i] = proofNames[way]
	}
	how := "办法是" + ways[0]
	if len(ways) > 1 {
		how = "下面的办法任选一种：" + list(ways)
	}
	return append(t.proofNeeds(how), t.guests()...)
}

// guests tells that who is not proven sees a part of the bank.
func (t teller) guests() []string {
	if t.GuestQuestions() == 0 {
		return nil
	}
	most := t.GuestQuestions()
	for i := range t.Levels {
		most = max(most, t.Levels[i].Count()) // a paper is always filled
	}
	return []string{fmt.Sprintf("没有证明身份时，每天从当天选出的约 %d 道题里抽，大家一样；证明身份以后，从全部题目里抽。", most)}
}

// proofNeeds tells what persons are proven for; how is in which ways.
func (t teller) proofNeeds(how string) []string {
	proven := t.ProvenFor()
	if len(proven) == 0 {
		return []string{fmt.Sprintf("可以证明身份，%s。同一个人只算一次。", how)}
	}
	needs := make([]string, len(proven))
	for i, need := range proven {
		needs[i] = needNames[need]
	}
	return []string{
		fmt.Sprintf("不证明身份也可以答题；%s，要先证明身份，%s。", list(needs), how),
		"同一个人只算一次：换手机、换昵称再来，还是原来的那一位；没有证明身份时另外答的题不再计入。",
	}
}

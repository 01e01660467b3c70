package contest

import (
	"fmt"
	"regexp"
	"strings"
)

// newFinding writes a finding in English, for a terminal, and in Chinese. format
// is a key of words, which a test holds.
func newFinding(file string, line int, path, format string, args ...any) Finding {
	message := sentence(format, args)
	for i := range args {
		if list, ok := args[i].([]string); ok {
			args[i] = strings.Join(list, "、")
		}
	}
	return Finding{File: file, Line: line, Path: path, Message: message, Words: sentence(words[format], args)}
}

// sentence is Sprintf that lets a format without verbs leave out its arguments.
func sentence(format string, args []any) string {
	if !strings.Contains(format, "%") {
		return format
	}
	return fmt.Sprintf(format, args...)
}

// syntax is the format of what YAML itself refuses, in its own words.
const syntax = "%s"

// words are the findings in the words of who organizes, by their English format. A
// numbered verb leaves out the arguments before it.
var words = map[string]string{
	// The file as a whole.
	"the file is over 1 MiB":                                      "内容超过 1 MB，太大了",
	"the file holds too many values":                              "内容太多了，请减少一些",
	"an anchor stands for itself":                                 "这里引用的内容又引用了自己",
	"too many keys in one place":                                  "同一处的项目太多了，请减少一些",
	"a file holds one contest, and here a second document begins": "一份内容只写一个活动，从这里又开始了第二份（---）",
	"%q is not known here":                                        "这里没有 “%s” 这一项，请检查拼写和缩进",
	syntax:                                                        "这一行附近写得不对，请检查缩进、冒号、引号和括号（缩进用空格，不用制表符；冒号后面空一格）",
	"this is no path":                                             "没有这个位置",
	"there is no such place":                                      "没有这个位置，请先在文本里检查结构",

	// What a value is.
	"this must be a list":                                        "这里要写成列表，如 [甲, 乙]",
	"this must be a whole number":                                "这里要写整数",
	"this must be true or false":                                 "这里只能写 true（是）或 false（否）",
	"this must be a text":                                        "这里要写一段文字",
	"this must be a group of keys":                               "这里要写成一组项目，如 {标识: 值}",
	"%q is no length of time; write 45s, 5m or 7d":               "“%s” 不是时间长度，写成 45s（秒）、5m（分钟）、7d（天）",
	"%q is no number of points; write 2 or 2.5":                  "“%s” 不是分数，写成 2 或 2.5（最多一位小数）",
	"this must be a date such as 2026-06-01 08:00":               "这里要写日期，如 2026-06-01 08:00",
	"%q is no date; write 2026-06-01 08:00":                      "“%s” 不是日期，写成 2026-06-01 08:00",
	"%q is no date; write 2026-06-01 08:00, or day 3, or week 2": "“%s” 不是日期，写成 2026-06-01 08:00，或 day 3（第 3 天）、week 2（第 2 周）",
	"%q must be 1 to 32 of a-z, 0-9 and -":                       "标识 “%s” 不能用：1 到 32 个小写字母、数字和 -，不以 - 开头或结尾",
	"the text is missing":                                        "这里还没有写",
	"the text is over %d characters":                             "太长了，最多 %d 个字",
	"%q is not one of %v":                                        "不能写 “%s”，只能是这些之一：%v",
	"another %s has the key %q":                                  "前面已经有一项的标识是 “%[2]s”，请换一个",
	"another level has the key %q":                               "前面已经有一关的标识是 “%s”，请换一个",
	"this is 0 to %d":                                            "这里是 0 到 %d 的数",

	// Dates, players, units.
	"%q is no time zone; write Asia/Shanghai":                             "“%s” 不是时区，北京时间写 Asia/Shanghai",
	"the training must be over when the contest opens":                    "热身要在活动开始之前结束",
	"the period begins before the one above it is over":                   "这一期在上一期结束之前就开始了",
	"this closes before it opens":                                         "结束时间要晚于开始时间",
	"a team has at most 2 to %d people":                                   "一队最多 2 到 %d 人",
	"a team is ranked from 1 up to its most people on":                    "至少几人有成绩才排名，是 1 到一队最多的人数",
	"teams are formed until some time of the contest":                     "组队的截止时间要在活动时间里",
	"no board ranks the teams; write one with subject: team":              "没有排队伍的榜；请加一个 subject: team 的榜",
	"players form no teams; say how in teams":                             "参赛者不组队；先写上 teams",
	"only the best %d of a team are counted, and it is ranked from %d on": "每队只取前 %d 人，到不了排名要的 %d 人",
	"a team that parts with its idle members has a rate of 100 %%; rank it by players": "参与率不能用来排队伍：" +
		"队长可以移出没答题的人，谁都能到 100%%；请改为按参加人数（players）排",
	"%s is shown of %d people at least, and a team has %d at most": "%s 满 %d 人才排，好不让人看出其中一个人答得怎样；" +
		"一队最多 %d 人，谁也排不上",
	"a team has %d people at most, so none has %d":                                      "一队最多 %d 人，不会有 %d 人",
	"there may be %d lists at most":                                                     "名单最多 %d 个",
	"a list is of a board or of units":                                                  "一个名单只写 board（榜的前几名）或 units（哪些单位）之一",
	"players are not asked for a unit":                                                  "这个活动不问单位；先在 players.unit.ask 里写 optional 或 required",
	"where units may be changed, a list of units says when it is made":                  "答题后还可以改单位，请写上 at（名单什么时候确定），不然改到这些单位就能进名单",
	"only a list of a board has a count":                                                "只有取榜的前几名才写 count",
	"a list that staff makes has no time":                                               "由工作人员加人的名单不写 at；要取榜的前几名，请写 board 和 count",
	"the first 1 to %d":                                                                 "前几名是 1 到 %d",
	"%q is no board":                                                                    "没有标识为 “%s” 的榜",
	"this board ranks rounds; a list goes by one of the whole contest":                  "这个榜按期排名；名单要取整个活动的榜",
	"the moment is missing at which the list is made":                                   "请写上 at：名单什么时候按榜确定",
	"%q is no unit":                                                                     "没有编号为 “%s” 的单位",
	"there may be %d pairings at most":                                                  "对阵最多 %d 组",
	"%q is no pairing":                                                                  "没有标识为 “%s” 的对阵",
	"a public list of units says when it is made":                                       "公开的名单要写上 at（名单什么时候确定），到时候属于这些单位的人才公开",
	"a list of a pairing is of no board and of no units":                                "名单写了 pairing（对阵的胜者），就不写 board 和 units",
	"a list of a pairing is made when the pairing is decided":                           "对阵的名单在评定胜负时确定，不写 at",
	"board %q does not rank units; units are paired by a board of units":                "“%s” 不是单位榜，对阵要用单位榜比",
	"board %q does not rank the contest's periods; write period: own":                   "“%s” 不按期排名，对阵要用每期一榜的单位榜（period: own）",
	"the round is a number of the periods, 1 to %d":                                     "第几期是 1 到 %d；没有分期的，先写“分期”（periods）",
	"a pairing has pairs, seeds or winners, and one of them":                            "谁对谁，写 pairs（列出来）、seeds（取榜的前几名）、winners（前一轮的胜者）之一，也只写一样",
	"there may be %d pairs at most":                                                     "一组对阵最多 %d 对",
	"unit %q stands in two pairs":                                                       "“%s” 在这组对阵里出现了两次",
	"one of these units is above the other, so it plays against itself":                 "这两个单位是上下级，不能互相对阵",
	"the code of a unit is missing":                                                     "请写上单位的编号",
	"the board ranks %q with the unit above it, so it cannot win":                       "这个榜把 “%s” 的成绩算在上级单位里，它赢不了；请写榜上那一级的单位",
	"the board does not rank %q; it is not below %q":                                    "这个榜不排 “%s”：它不在 “%s” 下面",
	"this board ranks rounds; seeds go by one of the whole contest":                     "这个榜按周或按期排；取前几名要用整个活动的榜",
	"seeds go by a board of the same units: with the same subject, depth and under":     "取前几名的榜和比赛的榜要排同样的单位：subject、depth、under 都一样",
	"seeds are an even number, 2 to %d":                                                 "取前几名是 2 到 %d 的双数",
	"the board ranks only %d units":                                                     "榜上只有 %d 个单位",
	"the moment is missing at which the seeds are taken":                                "请写上 at：什么时候按榜排定对阵",
	"the seeds are taken after the round has begun":                                     "排定对阵的时候这一期已经开始，请把 at 提前",
	"the round of that pairing is not before this one":                                  "那组对阵不在这一期之前",
	"that pairing has one winner, who meets nobody":                                     "那组对阵只有一个胜者，没有对手",
	"winners meet on a board of the same units: with the same subject, depth and under": "两组对阵的榜要排同样的单位：subject、depth、under 都一样",
	"%q is no list": "没有标识为 “%s” 的名单",
	"this list is made when the level is over":                                    "名单确定的时候这一关已经结束，请把 at 提前",
	"a list stands by itself":                                                     "写了 list，就不写 level、spot、by 和 same",
	"changes of unit are counted over 1 to 366 days":                              "改单位的次数按 1 到 366 天计，如 30d（30 天）",
	"a unit that may not be changed needs no time over which changes are counted": "没有写 changes（可以改几次），就不用写多少天内计次；补上 changes，或去掉 per",
	"there may be %d classes at most":                                             "标准类别最多写 %d 条",
	"%q is no option of this field":                                               "这一项里没有选项 “%s”",
	"this option counts under this class already":                                 "这个选项已经算在这一类里",
	"field %q counts this class already; each is of one field":                    "“%s” 已经统计这一类；一类只能放在一项里，免得一个人算两次",
	"only a choice has options":                                                   "只有种类是 choice（选一项）的才写 options（选项）",
	"a choice has 2 to %d options":                                                "选一项要写 2 到 %d 个选项，如 options: [职工, 学生, 居民]",
	"options differ from each other, without blanks around them":                  "选项不能重复，前后不带空格",
	"a unit may be changed 0 to 100 times":                                        "参赛单位可以改 0 到 100 次",
	"there may be %d fields at most":                                              "最多收集 %d 项信息",
	"there may be %d divisions at most":                                           "最多分 %d 个组别",
	"%q stands here twice":                                                        "“%s” 写了两次",
	"guest stands alone: it proves nobody":                                        "guest 表示不证明身份，要单独写",
	"say in players.proof what proves a person":                                   "请先在 players.proof 写明用什么证明身份",
	"guests are asked from 1 to %d questions a day, or 0 for all of the bank":     "没有证明身份的人每天从 1 到 %d 道题里抽；0 表示从全部题目里抽",
	"an age is 0 to 120":                                                          "年龄是 0 到 120",
	"%q is no division of players.divisions":                                      "没有标识为 “%s” 的组别",
	"the tree of units is over 8 deep":                                            "单位最多 8 级",
	"a unit's code must be unique, 1 to 32 characters; this one is %q":            "单位编码要写 1 到 32 个字符，不能重复；这里是 “%s”",
	"headcount cannot be negative":                                                "人数不能是负数",
	"a definition holds at most %d units":                                         "这里最多写 %d 个单位，更多的请用“参赛单位”页导入",
	"no unit has the code %q":                                                     "没有编码为 “%s” 的单位",

	// Places that many come from.
	"there may be %d places at most":                  "最多写 %d 个地点",
	"this range is too wide for a place: /%d at most": "这段地址太大，不像一个地点：最多到 /%d",
	"a network is an address or a range, as 203.0.113.7 or 203.0.113.0/24": "" +
		"网络写成一个地址或一段地址，如 203.0.113.7 或 203.0.113.0/24",

	// Levels and attempts.
	"there must be 1 to %d levels":                                                 "要有 1 到 %d 关",
	"all levels together must come to at most %d points":                           "各关满分合计最多 %d 分",
	"an attempt must have 1 to %d questions; this one has %d":                      "一关要有 1 到 %d 题，这一关有 %d 题",
	"pass is the number of right answers needed, 0 to %d":                          "过关要答对的题数是 0 到 %d",
	"score must be 1 to %d":                                                        "分值是 1 到 %d",
	"score must be 0 to %d":                                                        "分值是 0 到 %d",
	"scores of this contest are whole points; write a whole number":                "这次活动的分值都是整数，这里也要写整数",
	"attempts must be 1 to %d, or 0 for as many as one likes":                      "次数是 1 到 %d；0 表示不限",
	"attempts must be 1 to %d":                                                     "次数是 1 到 %d",
	"there may be %d sponsors at most":                                             "支持单位最多写 %d 家",
	"there may be %d limits at most":                                               "最多写 %d 条总次数",
	"the level closes before it opens":                                             "这一关的结束时间要晚于开始时间",
	"the time for a question is %s (nobody can read one in less) to %s":            "每题的时间是 3 秒到 24 小时（再短，没有人读得完）",
	"review is 0s to %s":                                                           "看解析的时间是 0 秒到 24 小时",
	"least is 0s to %s, and at most half the time for a question":                  "每题最短用时是 0 秒到 10 秒，不超过每题限时的一半",
	"load is 0s to %s":                                                             "为网络慢补的时间是 0 秒到 1 分钟",
	"a level lasts at most %s":                                                     "一关最长 24 小时，要大于 0",
	"%q is no level above this one":                                                "前面没有标识为 “%s” 的关卡",
	"a list names %d questions at most":                                            "一次最多列 %d 道题",
	"%d questions are wanted, the list names only %d":                              "要抽 %d 道题，只列了 %d 道",
	"%q is a level for practice, which counts for nothing":                         "“%s” 是练习关，不算成绩，不能写在这里",
	"there are 1 to %d papers":                                                     "试卷是 1 到 %d 套",
	"papers are of a level with paper: same; otherwise each attempt draws its own": "几套试卷（papers）只用于题目相同的关卡（paper: same）；随机抽题本来就每次不同",
	"wrong answers must be 1 to %d, or 0 to go on to the end":                      "答错几题结束：1 到 %d；0 表示答到最后",
	"a streak is 2 to %d right answers":                                            "连对题数是 2 到 %d",
	"the goal is 1 to %d steps, or nobody reaches it":                              "终点是 1 到 %d 级，再高就没有人能到",
	"a wrong answer goes back 0 to %d steps":                                       "答错退 0 到 %d 级",
	"a level with steps is always played anew":                                     "上台阶的关卡每次都从头答，不能只重答错题",
	"the contest has no periods of its own":                                        "活动没有分期，不能按期计算；请先写 periods",
	"count must be 1 to %d":                                                        "题数是 1 到 %d",
	"%q is no kind of question":                                                    "没有 “%s” 这种题型",
	"difficulty is 1 to 5":                                                         "难度是 1 到 5",
	"%s is of a level with mode paper only":                                        "%s 只用于整卷作答的关卡（mode: paper）",
	"%s goes question by question, so not with a whole paper":                      "%s 是一题一题算的，整卷作答的关卡不能用",

	// What answers score that are not wholly right, or slow.
	"write one of score, each and share: true":                 "少选怎么得分，写一样：score（得几分）、each（每选对一项几分）或 share: true（按选对的比例）",
	"only multiple and indefinite questions are right in part": "只有多选题和不定项选择题有少选，这里没有这两种题",
	"right in part is worth more than 0, less than right":      "少选的得分要大于 0，小于全对的得分",
	"a share of this worth comes to nothing; write it as 1.0":  "按比例得的不到 1 分就是 0 分；请把分值写一位小数（如 1.0），算到 0.1 分",
	"a wrong answer takes off 0 to what a right one is worth":  "答错扣的分从 0 到这题的分值",
	"within is 0s to less than the time for a question":        "得分不减的时间（within）要短于每题限时",
	"kept answers have no time: retry: wrong bars speed":       "只重答错题（retry: wrong）时，保留的题没有用时，不能按快慢计分（speed）",
	"in a live room only right answers score":                  "直播答题只有答对得分，不写 partial 和 minus",

	// Spots, and what opens levels.
	"there may be %d spots at most":                                  "最多写 %d 个打卡点",
	"%q are no hours of a day; write 09:00-17:30":                    "“%s” 不是每天的时间，写成 09:00-17:30（开始要早于结束）",
	"the issue of a code is 1 to 1000":                               "第几版码是 1 到 1000",
	"this is either a level or a spot":                               "这里写一关，或者写一个打卡点（spot），只写一样；打卡点不写 by",
	"the level has only %d questions":                                "这一关只有 %d 题",
	"write one of score, right and share":                            "最好一次要达到什么，写一样：score（得分）、right（答对几题）或 share（答对百分之几）",
	"the contest has only %d spots":                                  "活动只有 %d 个打卡点",
	"%q is no spot":                                                  "没有标识为 “%s” 的打卡点",
	"a level opens again %d times at most":                           "一关最多再开放 %d 次",
	"say when the level closes before it opens again":                "再次开放以前，先写这一关什么时候关闭（closes）",
	"the level opens again before it has closed":                     "再次开放要在上一次关闭以后",
	"only what is given for finding a spot (for: found) names spots": "打卡点只用于因为打卡（for: found）给的奖励",

	// Boards.
	"another board of this measure ranks equals in another way":          "另一个同样依据的榜，用了别的同分规则，请改成一样",
	"points are not earned by attempts alone, so they have no time":      "积分不只来自答题，不能按用时分先后",
	"points are earned in the whole contest, not at one level":           "积分不分关，不能只排一关的积分",
	"the contest has no periods; list them in periods":                   "活动没有分期，请先写“分期”（periods）",
	"a board ranks days or rounds; write another board for the days":     "按周或按期排的榜不另排每天，要每天的请另写一个榜",
	"this board ranks rounds; only a drawing of each round can go by it": "这个榜按周或按期排，只有同样按周（every: week）或按期（every: period）的摇奖能用它",
	"depth is 0 to 8, and of boards of units only":                       "层级是 0 到 8，只用于单位榜",
	"the best of a unit are 1 to 1000 players, or 0 for all":             "取前几人是 1 到 1000；0 表示全部",
	"points are 0 to %d":                                               "分数是 0 到 %d",
	"%s counts people, so it ranks units only":                         "%s 按人数算，只能用于单位榜",
	"%s is of boards of units only":                                    "%s 只用于单位榜",
	"an average is of units with at least 1 to 1000 people; 0 adds up": "按人均排，至少几人是 1 到 1000；0 表示成绩相加",
	"%s counts people, so it has no average a head":                    "%s 按人数算，没有人均",
	"only the best %d of a unit are counted, so no unit has %d":        "每个单位只取前 %d 人，不会有满 %d 人的单位",

	// What units are awarded.
	"board %q does not rank units; units are awarded by a board of units":         "“%s” 不是单位榜，单位评优要用单位榜",
	"board %q ranks rounds; units are awarded by the whole contest":               "“%s” 按周或按期排，单位评优要用整个活动的榜",
	"a unit must have 1 to 10000 players, or 0 for as many as the board asks for": "至少几人参加才评是 1 到 10000；0 表示和榜上一样",
	"an honour has 1 to 10 classes":                                               "单位奖要有 1 到 10 个等次",
	"a class is for 1 to %d units":                                                "一个等次给 1 到 %d 个单位",

	// What is earned.
	"there may be %d rules at most": "最多写 %d 条奖励",
	"a cap is 1 to %d":              "封顶是 1 到 %d",
	"%q is no level":                "没有标识为 “%s” 的关卡",
	"least and below are numbers of right answers, least the lower one": "至少（least）和少于（below）是答对的题数，至少的要小一些",
	"once for every 1 to %d right answers":                              "每答对 1 到 %d 题算一次",
	"a rule gives 1 to %d times, or 0 for as often as it happens":       "最多给 1 到 %d 次；0 表示每次都给",
	"only check-ins (for: checkin) make days in a row":                  "连续几天（days）只用于签到（for: checkin）",
	"days in a row are 2 to %d":                                         "连续的天数是 2 到 %d",
	"days in a row ask nothing of an attempt":                           "连续签到的奖励不看答题，不写 when 和 levels",
	"days in a row are counted in the whole contest (per: contest)":     "连续签到的次数按整个活动算（per: contest）",
	"there may be %d purses at most":                                    "除了积分，最多再有 %d 种账户",
	"%q is no purse":                                                    "没有标识为 “%s” 的账户（purses）",
	"purse and amount stand together: into which purse, and how much":   "purse（哪个账户）和 amount（多少）要一起写",
	"a player makes up 1 to %d days":                                    "每人补签 1 到 %d 天",
	"only attempts are of a level":                                      "只有答题才能按关卡计次",
	"only attempts have right answers":                                  "只有答题才有答对的题数",
	"the rule gives nothing":                                            "这条奖励什么也没有给",
	"points are 1 to %d":                                                "积分是 1 到 %d",
	"chances are 1 to 100":                                              "抽奖机会是 1 到 100 次",
	"tries are 1 to 100":                                                "答题机会是 1 到 100 次",
	"only attempts have a score and a level":                            "只有答题才有得分和关卡",
	"no card has the key of level %q":                                   "没有和关卡 “%s” 同名的卡",
	"%q is no card":                                                     "没有标识为 “%s” 的卡",
	"1 to 1000 invitees of one player count in a day":                   "一个人一天最多算 1 到 1000 位邀请来的好友",
	"a pledge has 1 to 20 lines":                                        "倡议是 1 到 20 句",

	// Totals that lists ask for, and what lists give.
	"a list of a board says how many of the first it takes, or which total they reach": "取榜的名单要写 count（前几名）" +
		"或 least（总数达到多少），也可以都写",
	"only a list of a board asks for a total":                      "只有取榜的名单才写 least",
	"a board by time has no total to reach; take its first":        "按用时排的榜没有要达到的总数，请写 count（前几名）",
	"a share to reach is more than 0 and at most 100 per cent":     "要达到的百分比是 1 到 100，可以带一位小数",
	"a total to reach is 1 to %d":                                  "要达到的总数是 1 到 %d",
	"only what is given for being on a list (for: list) names one": "list 只用于进入名单的奖励（for: list）",
	"nothing is given for a list that staff alone makes, or that is never made; give it a board or units, and at": "这个名单" +
		"没有确定的时间，或由工作人员加人，进了它不能给奖励；请给名单写上 board 或 units，和 at",
	"this list is made when the contest is over, so nothing is given for it any more": "这个名单确定的时候活动已经结束，不再给奖励，请把它的 at 提前",
	"this list is made before the contest opens, when nobody has done anything": "这个名单在活动开始以前就确定，" +
		"那时谁也没有答过题，请把它的 at 移后",
	"a list gives once to each who is on it, and asks nothing of an attempt": "进入名单的奖励每人给一次，" +
		"不写 when、each、levels 和 max",

	// Material.
	"a material has %d paragraphs at most":                                           "材料最多 %d 段",
	"there is no picture that this describes":                                        "没有图片，图片说明请去掉，或先上传图片",
	"a material has a text, a picture, a sound or a film":                            "材料还是空的：写一段文字，或放一张图片、一段声音、一段视频",
	"a material stands 0s to %s before the level may begin":                          "材料至少看多久是 0s 到 %s",
	"the level is over before its material has stood so long":                        "材料还没有看够时间，这一关就结束了，请把至少看多久改短",
	"write an address as https://media.example.org/alarm%s":                          "要写 https 的完整地址，如 https://media.example.org/alarm%s（不带端口、账号和 #）",
	"phones play files of %v":                                                        "手机放不了这种文件，地址要以这些结尾：%v",
	"only these hosts are played from: %v":                                           "只能用这些网站的地址：%v；别的网站请运维加进 --media-hosts",
	"this server plays from no other host; its operator lists them in --media-hosts": "这台服务器还没有允许任何网站的声音和视频，请运维把网站的域名写进 --media-hosts",

	// Questions to players.
	"there may be %d questions to players at most": "答完后的问题最多 %d 个",
	"a question to players has 2 to %d options":    "答完后的问题有 2 到 %d 个选项",
	"the option %q stands there twice":             "选项“%s”写了两次",

	// Prizes.
	"winners have 1h to 366d to claim":                                              "领奖期限是 1 小时到 366 天",
	"personal data is kept 0d to 3660d after the end":                               "个人信息在活动结束后保存 0 到 3660 天",
	"%q is no field of players.fields":                                              "收集的信息里没有标识为 “%s” 的一项",
	"a picture is uploaded in the console, and named by what it holds":              "图片要在表单里上传",
	"a value is 0 to %d cents":                                                      "价值以分为单位，是 0 到 %d",
	"the stock is 1 to %d":                                                          "数量是 1 到 %d",
	"a price is 1 to %d points":                                                     "兑换价是 1 到 %d 积分",
	"%q is no prize":                                                                "没有标识为 “%s” 的奖品",
	"a pool has 1 to %d prizes":                                                     "奖池里要有 1 到 %d 种奖品",
	"odds are 0 to %d millionths":                                                   "中奖机会以百万分之一为单位，是 0 到 %d",
	"the odds of a pool come to more than %d millionths":                            "奖池里各奖品的机会合计超过了百分之百（%d）",
	"a prize is guaranteed with the 1st to the %dth draw, or 0 never":               "保底是第 1 到第 %d 次；0 表示没有保底",
	"units are 1 to %d":                                                             "份数是 1 到 %d",
	"wins are 1 to %d":                                                              "中奖上限是 1 到 %d 次",
	"a drawing has 1 to %d prizes":                                                  "公开摇奖要有 1 到 %d 种奖品",
	"a count is 1 to %d":                                                            "名额是 1 到 %d",
	"reserves are 0 to %d":                                                          "候补是 0 到 %d 名",
	"the contest has only %d cards":                                                 "活动只有 %d 张卡",
	"another board of this measure asks for another number of answers":              "前面同样依据的榜写了别的最少题数（answers），两处要写成一样",
	"answers is of boards by accuracy or time only":                                 "只有按正确率或用时排的榜才写最少题数（answers）",
	"accuracy is of at least 1 to %d answers":                                       "最少题数（answers）是 1 到 %d",
	"accuracy has no least total; say how many answers it takes in answers":         "按正确率或用时排的榜不写 least，请在 answers 里写至少答过几题",
	"accuracy is of all of a unit, not of its best":                                 "单位的正确率和用时按全部参赛者算，不能只取前几名",
	"the accuracy of fewer than %d people is not shown; 0 means %[1]d":              "不到 %d 人的单位、队伍不显示正确率和用时；不写就是 %[1]d 人",
	"a board by time has no other time to rank equals by":                           "按用时排的榜，用时相同的只能是先达到的在前",
	"level %q has nothing to pass, so who guesses fastest is first; give it a pass": "“%s” 没有过关条件，乱点最快的人会排第一，请写这一关答对几题过关（pass）",
	"the levels that count have only %d questions, so nobody has %d":                "算进这个榜的关卡一共只有 %d 题，没有人能答满 %d 题",
	"only a board by points can be one of a purse":                                  "只有按积分排的榜才能选账户（purse）",

	"no field of players.fields asks everybody for a name; add one of kind name, asked at start or earn": "没有向每个参赛者问姓名的项目，请在“参赛者要填的信息”（players.fields）里加一项姓名，什么时候问选“答题前”或“得奖励前”",

	"%q is no board of players": "没有标识为 “%s” 的个人榜",

	// Live rooms.
	"there may be %d live rooms at most":                                        "最多写 %d 场直播答题",
	"in a contest with live rooms no earning has the key %q":                    "有直播答题的活动，奖励的标识不能用 “%s”，请换一个",
	"a room that runs by the clock says when it starts":                         "自动进行（clock）的场次要写什么时候开始",
	"a live room has either a draw or a list of questions":                      "题目要么抽（draw），要么列出来（list），写一样，也只写一样",
	"a live room asks 1 to %d questions; this one asks %d":                      "一场问 1 到 %d 题，这一场有 %d 题",
	"a live room asks no questions of kind %q":                                  "直播答题不能用 “%s” 这种题型",
	"a right answer in a live room is worth what score.right says":              "直播答题每题一样多分，写在 score.right，这里不写",
	"the list holds the question %q twice":                                      "题目 “%s” 列了两次",
	"this lasts %s to %s":                                                       "这段时间要在 %s 到 %s 之间（s 是秒，m 是分钟）",
	"being fast is worth 0 to %d points, no more than being right":              "答得快最多得的分是 0 到 %d，不能多过答对的分",
	"all questions of a room together must come to at most %d points":           "一场各题的满分合计最多 %d 分",
	"players are not asked for their unit; see players.unit.ask":                "没有请参赛者选单位，不能按单位组队；请先改 players.unit.ask",
	"the contest has no divisions":                                              "活动没有组别，不能按组别组队；请先写 players.divisions",
	"the level of units is 1 to %d":                                             "按第几级单位组队：1 到 %d",
	"the least of a team is 1 to %d players":                                    "一队最少的人数是 1 到 %d",
	"right answers are 0 to %d":                                                 "答对的题数是 0 到 %d",
	"a rank is 1 to %d, or 0 for any":                                           "名次是 1 到 %d；0 表示不看名次",
	"only elimination leaves somebody over":                                     "只有淘汰赛（elimination）才有留到最后的人",
	"a player comes back 1 to %d times in a room":                               "一场里每人最多复活 1 到 %d 次",
	"nobody comes back for having invited others: an earning gives %q for that": "不能靠邀请别人复活：有一条奖励因为邀请给 “%s” 卡",
	"%s is of rooms with mode elimination only":                                 "%s 只用于淘汰赛（mode: elimination）",
	"a pot is of points or of money (redpacket)":                                "奖金只能是积分（points）或微信红包（redpacket）",
	"a share is 1 to %d cents or points":                                        "一份是 1 到 %d（分钱或积分）",
	"this is too little for %d people with %d each":                             "总数不够榜上 %d 人每人 %d",
	"a pot is shared by all alike; leave %s out":                                "瓜分（pot）是人人平分，不要写 %s",
	"the pot holds only %d: nobody would get a share":                           "总数只有 %d，一份也分不出",
	"only points go into a purse":                                               "只有积分可以进别的账户，红包不行",
	"the greatest share is below the least, %d":                                 "每人至多的比每人至少的 %d 还少",
	"a pot is 1 to %d cents or points":                                          "奖金总数是 1 到 %d（分钱或积分）",
}

var (
	// unreadable is what values say that read themselves.
	unreadable = regexp.MustCompile(`^"(.*)"( is no (?:length of time; write 45s, 5m or 7d|` +
		`number of points; write 2 or 2.5))$`)
	keyTwice = regexp.MustCompile(`^mapping key "(.*)" already defined at line (\d+)$`)
)

// translated is what yaml.v3, or a value that reads itself, says of a line, in
// Chinese.
func translated(message string) string {
	if match := unreadable.FindStringSubmatch(message); match != nil {
		return sentence(words["%q"+match[2]], []any{match[1]})
	}
	if match := keyTwice.FindStringSubmatch(message); match != nil {
		return fmt.Sprintf("“%s”在第 %s 行已经写过，只能写一次", match[1], match[2])
	}
	if known := words[message]; known != "" {
		return known
	}
	return words[syntax]
}

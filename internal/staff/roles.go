package staff

// Role is what a member of staff may do.
type Role string

// The roles.
const (
	Owner     Role = "owner"     // everything, staff included
	Organizer Role = "organizer" // banks, contests, reports
	Host      Role = "host"      // live rooms
	Prizes    Role = "prizes"    // draws and handing out
	Payouts   Role = "payouts"   // pays what was won
	Booth     Role = "booth"     // hands out at one booth
	Viewer    Role = "viewer"    // looks on
)

// Permission is one thing that staff may do.
type Permission string

// The permissions; a route names the one that it needs.
const (
	Enter          Permission = "console.enter" // signs in and chooses among contests
	ViewConsole    Permission = "console.view"
	EditBanks      Permission = "bank.edit"
	ManageStaff    Permission = "staff.manage"
	ReadAudit      Permission = "audit.read"
	EditChannels   Permission = "channel.edit"
	SeeAnswers     Permission = "answers.see"  // right answers before the contest has closed
	ManagePrizes   Permission = "prize.manage" // stock, codes, drawings
	ManagePayouts  Permission = "payout.manage"
	HandOut        Permission = "prize.handout"
	ConfirmPersons Permission = "person.confirm" // that a player is a person, at a booth
	SeeWinners     Permission = "winners.see"    // what winners tell, in full
	JudgeConduct   Permission = "conduct.judge"  // cases; a disqualification takes two of them
	EditUnits      Permission = "unit.edit"
	HideNames      Permission = "names.hide" // from the walls of big screens
	EditContests   Permission = "contest.edit"
	HostLive       Permission = "live.host"
	RunScreens     Permission = "screen.run" // the remote control of big screens
)

var roleNames = map[Role]string{Owner: "负责人", Organizer: "组织者", Host: "主持人", Prizes: "奖品管理员",
	Payouts: "发放员", Booth: "领奖点", Viewer: "查看者"}

var granted = map[Role][]Permission{
	Owner: {Enter, ViewConsole, EditBanks, ManageStaff, ReadAudit, EditContests, EditChannels, EditUnits, HideNames,
		SeeAnswers, ManagePrizes, ManagePayouts, HandOut, ConfirmPersons, SeeWinners, JudgeConduct, HostLive, RunScreens},
	Organizer: {Enter, ViewConsole, EditBanks, ReadAudit, EditContests, EditChannels, EditUnits, HideNames, SeeAnswers,
		ManagePrizes, ManagePayouts, HandOut, ConfirmPersons, SeeWinners, JudgeConduct, HostLive, RunScreens},
	Host:    {Enter, ViewConsole, HideNames, HostLive, RunScreens},
	Prizes:  {Enter, ViewConsole, ManagePrizes, HandOut, ConfirmPersons, SeeWinners, JudgeConduct, RunScreens},
	Payouts: {Enter, ViewConsole, ManagePayouts},
	Booth:   {Enter, HandOut},
	Viewer:  {Enter, ViewConsole},
}

// Roles lists the roles, the widest first.
func Roles() []Role { return []Role{Owner, Organizer, Host, Prizes, Payouts, Booth, Viewer} }

// Known reports whether r is a role.
func (r Role) Known() bool { return roleNames[r] != "" }

// Name is the Chinese name of the role.
func (r Role) Name() string { return roleNames[r] }

// May reports whether the role holds a permission.
func (r Role) May(p Permission) bool {
	for _, has := range granted[r] {
		if has == p {
			return true
		}
	}
	return false
}

// Permissions lists what the role may do.
func (r Role) Permissions() []Permission { return granted[r] }

package room

// Who is out, and who comes back.
//
// A question puts out those who played it and did not answer it right, unless nobody did.
// Where a question is voided or corrected after later ones were opened, those whom it had
// put out, and now does not, come back. They could not answer what was asked meanwhile,
// or only as an audience: those questions give them nothing and do not put them out
// either. They play again from the next opening on.

// plays reports whether a member was in when a round was opened.
func (s *Standing) plays(round int32) bool { return s.In && s.Out == 0 && s.Sits < round }

// mark is what a member answered in a round.
type mark uint8

const (
	rightNow   mark = 1 << iota
	rightFirst      // before the round was corrected
)

// eliminate puts out those whom a round puts out. marks is room to work in, one a member.
func (t *Table) eliminate(r *Round, round int32, answers []Answer, marks []mark) {
	clear(marks)
	var any mark
	for _, a := range answers {
		st := t.Of(a.Member)
		if st == nil || !st.plays(round) {
			continue
		}
		var m mark
		if a.Right && !r.Voided {
			m |= rightNow
		}
		if a.First {
			m |= rightFirst
		}
		marks[a.Member-1] = m
		any |= m
	}
	opened := int32(r.Fixed) // before it was corrected
	for i := range t.Standings {
		st := &t.Standings[i]
		switch missed := any &^ marks[i]; {
		case missed == 0 || !st.plays(round):
		case missed&rightNow != 0:
			st.Out = round
		case opened > round:
			st.Sits = opened
		}
	}
}

// revive brings back those who are out and answered a question for them right.
func (t *Table) revive(r *Round, round int32, answers []Answer) {
	for _, a := range answers {
		st := t.Of(a.Member)
		if st == nil || !st.In || st.plays(round) {
			continue
		}
		back := a.Right && !r.Voided
		if back {
			st.Out = 0
		}
		switch {
		case st.Out > 0:
		case a.First:
			st.Sits = 0 // came back at once
		case back:
			st.Sits = max(st.Sits, int32(r.Fixed))
		}
	}
}

// comeBack plays the cards that were played after a round. A card that was not needed, as
// it turns out, is not used up.
func (t *Table) comeBack(round int, returns []Return) {
	for _, back := range returns {
		st := t.Of(back.Member)
		if back.After != round || st == nil || !st.In || st.Out == 0 && int(st.Sits) <= round {
			continue
		}
		st.Out, st.Sits = 0, 0
		st.Cards++
	}
}

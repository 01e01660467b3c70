package play

import (
	"context"

	"anquanda/internal/sqldb"
)

// Identified names a question of the bank.
type Identified struct {
	ContestID  sqldb.ID
	Bank       string
	QuestionID string
}

// Identify tells which question of the bank an opaque id of a ticket is, for a
// player who reports it. Errors: ErrTicket, ErrForeign, ErrOutOfOrder.
func (s *Service) Identify(ctx context.Context, player sqldb.ID, ticketText, opaque string) (*Identified, error) {
	st, err := s.openAny(ctx, player, ticketText)
	if err != nil {
		return nil, err
	}
	if st.sheet.level.Whole() { // the ticket is for all of its questions
		if st, err = st.asking(opaque); err != nil {
			return nil, err
		}
	}
	if opaque != st.ticket.opaque(questionMark) {
		return nil, ErrOutOfOrder
	}
	return &Identified{ContestID: st.sheet.contest.ContestID, Bank: st.sheet.contest.Bank.Name,
		QuestionID: st.question.ID}, nil
}

package live

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"

	"anquanda/internal/errs"
	"anquanda/internal/httpapi/roomview"
	rooms "anquanda/internal/live"
	"anquanda/internal/live/room"
)

// form is for whom a room is told.
type form int

const (
	sealed form = iota // phones that open a sealed question
	plain              // those that cannot, or came after it
	screen             // big screens
	forms
)

// teamsShown is how many teams everybody sees; a player sees the own one beside.
const teamsShown = 20

// standingsOf is the best and the teams, in the phases that show them.
func standingsOf(seen *rooms.Seen, on form) *roomview.Standings {
	switch seen.State.Phase {
	case room.Standings, room.Podium, room.Over, room.Revealed:
	default:
		return nil
	}
	reply := &roomview.Standings{Top: []roomview.Placed{}, Teams: []roomview.Team{}}
	for _, p := range seen.Top {
		name := p.Name
		if on == screen {
			name = p.Screen
		}
		reply.Top = append(reply.Top, roomview.Placed{Number: p.Number, Rank: p.Rank, Name: name,
			Points: p.Points, Right: p.Right})
	}
	for _, t := range seen.Teams[:min(teamsShown, len(seen.Teams))] {
		reply.Teams = append(reply.Teams, roomview.Team{Rank: t.Rank, Name: t.Name, Points: t.Points,
			Players: t.Players})
	}
	return reply
}

// tell is a room in a form. The question goes sealed before its opening and its key at
// it; who cannot open it, or has it not, gets it whole at the opening. At the close it
// goes to all, for those who came late. A frame that is pushed at the opening holds the
// key alone: who was there has the sealed question, and who was not gets a snapshot.
func (a *API) tell(seen *rooms.Seen, on form, h *hall, pushed bool) (*roomview.Room, error) {
	in, err := a.Catalog.Of(seen.ContestID)
	if err != nil {
		return nil, err
	}
	reply := roomview.RoomOf(in, seen, a.millis())
	reply.Pass = a.Passes.OfRoom(in, seen)
	reply.Standings = standingsOf(seen, on)
	if on == screen {
		for _, p := range seen.Newest {
			reply.Newest = append(reply.Newest, p.Screen)
		}
	}
	s := &seen.State
	round := s.Round()
	switch {
	case round == 0 || round == s.From:
	case s.Phase == room.Ready, s.Taking() && !seen.Opened:
		if on != plain {
			reply.Sealed, err = h.seal(a, seen, round)
		}
	case on == sealed && s.Taking():
		var key []byte
		if key, err = a.Rooms.RoundKey(seen, round); err != nil {
			return nil, err
		}
		reply.Key = base64.StdEncoding.EncodeToString(key)
		if !pushed {
			reply.Sealed, err = h.seal(a, seen, round)
		}
	case s.Phase != room.Over && s.Phase != room.Podium && !s.Current().Skipped:
		reply.Question = roomview.QuestionOf(seen, round)
	}
	return &reply, err
}

// frames are those that a hall keeps: the sealed question of the round asked last.
type frames struct {
	round  int
	sealed *roomview.Sealed
}

// seal is the sealed question of a round, made once.
func (h *hall) seal(a *API, seen *rooms.Seen, round int) (*roomview.Sealed, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.frames.round == round && h.frames.sealed != nil {
		return h.frames.sealed, nil
	}
	text, err := json.Marshal(roomview.QuestionOf(seen, round))
	if err != nil {
		return nil, errs.Wrap(err, "write a question")
	}
	key, err := a.Rooms.RoundKey(seen, round)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, errs.Wrap(err, "seal a question")
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return nil, errs.Wrap(err, "seal a question")
	}
	iv := make([]byte, aead.NonceSize())
	if _, err := rand.Read(iv); err != nil {
		return nil, errs.Wrap(err, "seal a question")
	}
	h.frames = frames{round: round, sealed: &roomview.Sealed{Round: round, IV: base64.StdEncoding.EncodeToString(iv),
		Data: base64.StdEncoding.EncodeToString(aead.Seal(nil, iv, text, nil))}}
	return h.frames.sealed, nil
}

package selection

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
)

// Transcript is the file that is published: after the freeze without Draw, after
// the draw with it. There is one way to write it, byte for byte.
type Transcript struct {
	Format      string `json:"format"`
	Freeze      Freeze `json:"freeze"`
	Fingerprint string `json:"fingerprint"`
	Draw        *Draw  `json:"draw,omitempty"`
	Seal        string `json:"seal,omitempty"`
	Entrants    *List  `json:"entrants"`
}

// NewFreeze fixes list, rules, commitment and sources. plan holds Title, FrozenAt,
// Algorithm, Salt, Rules, Sources and Excluded; the rest is computed here. seed is
// 32 secret random bytes, or empty for RFC 3797.
func NewFreeze(plan Freeze, list *List, seed []byte, progress Progress) (*Transcript, error) {
	if plan.Excluded == nil {
		plan.Excluded = []Excluded{}
	}
	if err := errors.Join(plan.check(), plan.Rules.check()); err != nil {
		return nil, err
	}
	if list.Len() == 0 {
		return nil, errors.New("nobody is on the list")
	}
	if plan.Algorithm == HMACSHA256 {
		if len(seed) != 32 {
			return nil, errSeed
		}
		sum := sha256.Sum256(seed)
		plan.Commitment = hex.EncodeToString(sum[:])
	}
	root, rules := list.Root(progress), plan.Rules.Hash()
	plan.Entries = list.Len()
	plan.Root, plan.RulesHash = hex.EncodeToString(root[:]), hex.EncodeToString(rules[:])
	return &Transcript{Format: Format, Freeze: plan, Fingerprint: Short(plan.Hash()), Entrants: list}, nil
}

// Complete draws and adds the result; of a transcript that is drawn already, it
// draws again with other forfeits.
func (t *Transcript) Complete(seed []byte, sources []string, forfeits []Forfeit, progress Progress) error {
	drawn, err := t.Freeze.Run(t.Entrants, seed, sources, forfeits, progress)
	if err != nil {
		return err
	}
	t.Draw, t.Seal = drawn, drawn.Seal(t.Freeze.Hash())
	return nil
}

// Read reads a transcript that is written exactly as Write does; what it says is
// for Verify to judge. The error is a *StepError.
func Read(data []byte) (*Transcript, error) {
	var t Transcript
	err := json.Unmarshal(data, &t)
	switch {
	case err != nil:
		return nil, &StepError{StepFormat, err}
	case t.Format != Format:
		return nil, &StepError{StepFormat, errors.New("the format is not " + Format)}
	case t.Entrants == nil || t.Entrants.Len() == 0:
		return nil, &StepError{StepFormat, errors.New("there are no entrants")}
	}
	rest := comparison{data}
	if err := t.Write(&rest, nil); err != nil || len(rest.left) > 0 {
		return nil, &StepError{StepFormat, errors.New("the file is not written in the one way of the format")}
	}
	return &t, nil
}

// comparison is a writer that accepts only the bytes it expects.
type comparison struct{ left []byte }

func (c *comparison) Write(p []byte) (int, error) {
	if !bytes.HasPrefix(c.left, p) {
		return 0, errors.New("another byte is expected")
	}
	c.left = c.left[len(p):]
	return len(p), nil
}

// Write writes the transcript as JSON indented by two blanks, one entrant a line,
// ending with a line feed.
func (t *Transcript) Write(out io.Writer, progress Progress) error {
	head := *t
	head.Entrants = nil
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(head); err != nil {
		return err
	}
	w := bufio.NewWriterSize(out, 1<<16)
	w.Write(bytes.TrimSuffix(text.Bytes(), []byte("null\n}\n"))) // entrants are the last member
	w.WriteByte('[')
	line := make([]byte, 0, 96)
	for i := range t.Entrants.Len() {
		line = append(line[:0], ",\n    \""...)
		if i == 0 {
			line = line[1:]
		}
		line = append(t.Entrants.appendEntry(line, i), '"')
		if _, err := w.Write(line); err != nil {
			return err
		}
		progress.at(i+1, t.Entrants.Len())
	}
	w.WriteString("\n  ]\n}\n")
	return w.Flush()
}

package question

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// written is a question as bank files and the store write it: right options as
// letters, so that a person can review it in a diff.
type written struct {
	ID          string          `json:"id"`
	Kind        Kind            `json:"kind"`
	Material    *Material       `json:"material,omitempty"`
	Stem        string          `json:"stem"`
	Image       string          `json:"image,omitempty"`
	ImageAlt    string          `json:"image_alt,omitempty"`
	Options     []string        `json:"options,omitempty"`
	Pictures    []string        `json:"option_images,omitempty"`
	Matches     []string        `json:"matches,omitempty"`
	Answer      json.RawMessage `json:"answer"`
	Tolerance   []float64       `json:"tolerance,omitempty"`
	Explanation string          `json:"explanation,omitempty"`
	Source      *writtenSource  `json:"source,omitempty"`
	Topics      []string        `json:"topics,omitempty"`
	Difficulty  int             `json:"difficulty,omitempty"`
	Audience    []string        `json:"audience,omitempty"`
	Score       float64         `json:"score,omitempty"`
	Apart       []string        `json:"apart,omitempty"`
	Review      *Review         `json:"review,omitempty"`
}

type writtenSource struct {
	Key       string `json:"key,omitempty"`
	Title     string `json:"title,omitempty"`
	Article   string `json:"article,omitempty"`
	Version   string `json:"version,omitempty"`
	Effective string `json:"effective,omitempty"`
}

// MarshalJSON writes the question in the schema anquanda-bank/1.
func (q *Question) MarshalJSON() ([]byte, error) {
	answer, err := q.writeAnswer()
	if err != nil {
		return nil, err
	}
	w := written{ID: q.ID, Kind: q.Kind, Material: q.Material, Stem: q.Stem, Image: q.Image,
		ImageAlt: q.ImageAlt,
		Pictures: q.OptionImages, Matches: q.Matches, Answer: answer, Tolerance: q.Tolerance,
		Explanation: q.Explanation,
		Topics:      q.Topics, Difficulty: q.Difficulty, Audience: q.Audience, Score: q.Score, Apart: q.Apart}
	if q.Review != (Review{}) {
		w.Review = &q.Review
	}
	if q.Kind != TrueFalse {
		w.Options = q.Options
	}
	if q.Source != (Source{}) {
		source := writtenSource(q.Source)
		w.Source = &source
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	err = encoder.Encode(w)
	return bytes.TrimSpace(out.Bytes()), err
}

func (q *Question) writeAnswer() ([]byte, error) {
	switch q.Kind {
	case TrueFalse:
		return json.Marshal(len(q.Right) == 1 && q.Right[0] == 0)
	case Fill:
		return json.Marshal(q.Blanks)
	}
	var letters strings.Builder
	for _, index := range q.Right {
		if index < 0 || index >= MaxOptions {
			return nil, fmt.Errorf("option %d has no letter", index)
		}
		letters.WriteByte('A' + byte(index))
	}
	return json.Marshal(letters.String())
}

// UnmarshalJSON reads the schema anquanda-bank/1. Unknown keys are an error, so
// that a misspelt one is not lost. It does not Check the question.
func (q *Question) UnmarshalJSON(data []byte) error {
	var w written
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&w); err != nil {
		return err
	}
	*q = Question{ID: w.ID, Kind: w.Kind, Material: w.Material, Stem: w.Stem, Image: w.Image, ImageAlt: w.ImageAlt,
		Options:      w.Options,
		OptionImages: w.Pictures, Matches: w.Matches, Tolerance: w.Tolerance, Explanation: w.Explanation,
		Topics: w.Topics, Difficulty: w.Difficulty, Audience: w.Audience, Score: w.Score, Apart: w.Apart}
	if w.Review != nil {
		q.Review = *w.Review
	}
	if q.Difficulty == 0 {
		q.Difficulty = 1
	}
	if w.Source != nil {
		q.Source = Source(*w.Source)
	}
	return q.readAnswer(w.Answer)
}

func (q *Question) readAnswer(answer json.RawMessage) error {
	if len(answer) == 0 {
		return errors.New("answer is missing")
	}
	switch q.Kind {
	case TrueFalse:
		var truth bool
		if err := json.Unmarshal(answer, &truth); err != nil {
			return errors.New("answer of a true/false question must be true or false")
		}
		q.Options = TrueFalseOptions
		q.Right = []int{1}
		if truth {
			q.Right = []int{0}
		}
		return nil
	case Fill:
		if err := json.Unmarshal(answer, &q.Blanks); err != nil {
			return errors.New(`answer of a fill-in question must be a list of lists, as [["119"]]`)
		}
		return nil
	}
	var letters string
	if err := json.Unmarshal(answer, &letters); err != nil {
		return errors.New(`answer must be the letters of the right options, as "AC"`)
	}
	for _, letter := range letters {
		if letter < 'A' || letter >= 'A'+MaxOptions {
			return fmt.Errorf("answer %q holds %q, which is no option letter", letters, letter)
		}
		q.Right = append(q.Right, int(letter-'A'))
	}
	return nil
}

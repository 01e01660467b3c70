package player

import (
	"anquanda/internal/play"
	"anquanda/internal/question"
)

type questionReply struct {
	ID       string        `json:"id"`
	Position int           `json:"position"`
	Kind     question.Kind `json:"kind"`
	Material *toldMaterial `json:"material,omitempty"`
	Stem     string        `json:"stem"`
	Image    string        `json:"image"`
	ImageAlt string        `json:"image_alt"`
	Options  []optionReply `json:"options"`
	Matches  []optionReply `json:"matches"`
	Blanks   int           `json:"blanks"`
	Topic    string        `json:"topic"`
	LimitMS  int64         `json:"limit_ms"`
	Deadline int64         `json:"deadline"`
	LoadMS   int64         `json:"load_ms"`
}

type optionReply struct {
	ID    string `json:"id"`
	Text  string `json:"text"`
	Image string `json:"image,omitempty"` // shown beside the text
}

// toldMaterial is what is read before a question. In a list of questions the first of those
// that share it tells it, the others only its id.
type toldMaterial struct {
	ID       string   `json:"id"`
	Title    string   `json:"title,omitempty"`
	Text     []string `json:"text,omitempty"` // paragraphs
	Image    string   `json:"image,omitempty"`
	ImageAlt string   `json:"image_alt,omitempty"`
}

// materialsTold are those that a list has told, by id.
type materialsTold map[string]bool

// of tells a material, nil for none.
func (told materialsTold) of(m *question.Material) *toldMaterial {
	switch {
	case m == nil:
		return nil
	case told[m.ID]:
		return &toldMaterial{ID: m.ID}
	}
	told[m.ID] = true
	return &toldMaterial{ID: m.ID, Title: m.Title, Text: m.Paragraphs(), Image: m.Image, ImageAlt: m.ImageAlt}
}

func questionOf(q *play.Asked) *questionReply { return materialsTold{}.questionOf(q) }

// questionOf is a question of a list in which materials were told before it.
func (told materialsTold) questionOf(q *play.Asked) *questionReply {
	if q == nil {
		return nil
	}
	reply := &questionReply{
		ID: q.ID, Position: q.Position, Kind: q.Kind, Material: told.of(q.Material), Stem: q.Stem, Image: q.Image,
		ImageAlt: q.ImageAlt,
		Options:  make([]optionReply, len(q.Options)), Matches: []optionReply{}, Blanks: q.Blanks, Topic: q.Topic,
		LimitMS: q.LimitMS, Deadline: q.Deadline, LoadMS: q.LoadMS,
	}
	for i, option := range q.Options {
		reply.Options[i] = optionReply(option)
	}
	for _, match := range q.Matches {
		reply.Matches = append(reply.Matches, optionReply(match))
	}
	return reply
}

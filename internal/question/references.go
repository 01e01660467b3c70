package question

import (
	"errors"
	"fmt"
	"slices"
)

// Reference is one edition of a law, standard or guide in the list that goes with a
// bank. Its days are YYYY-MM-DD; empty: not known, or without end.
type Reference struct {
	Key       string `json:"key"`
	Title     string `json:"title"`
	Version   string `json:"version,omitempty"`   // 2021年修正
	Effective string `json:"effective,omitempty"` // in force from
	Until     string `json:"until,omitempty"`     // superseded from
	By        string `json:"by,omitempty"`        // what supersedes it: a key of the list, or a name
	// Unnumbered tells that it has no numbered clauses: a handbook, a guideline, a notice.
	Unnumbered bool `json:"unnumbered,omitempty"`
}

// References are the list of a bank.
type References []Reference

// Check returns what is wrong with the list, nil where nothing is.
func (list References) Check() error {
	seen := map[string]bool{}
	for i, r := range list {
		switch {
		case r.Key == "" || len(r.Key) > MaxIDBytes:
			return fmt.Errorf("第 %d 条：缺少 key，或超过 64 字节", i+1)
		case seen[r.Key]:
			return fmt.Errorf("key %s 写了两次", r.Key)
		case r.Title == "":
			return fmt.Errorf("%s：缺少名称", r.Key)
		case r.Effective != "" && !isDay(r.Effective), r.Until != "" && !isDay(r.Until):
			return fmt.Errorf("%s：日期应写成 2026-06-01 的样子", r.Key)
		case r.Effective != "" && r.Until != "" && r.Until <= r.Effective:
			return fmt.Errorf("%s：废止在施行之前", r.Key)
		case r.By != "" && r.Until == "":
			return fmt.Errorf("%s：写了被什么代替，还要写从哪天起", r.Key)
		case len(r.Title)+len(r.Version)+len(r.By) > MaxTextBytes:
			return errors.New(r.Key + "：文字太长")
		}
		seen[r.Key] = true
	}
	return nil
}

// Over returns the list with newer laid over it: an entry of newer replaces the one
// of the same key.
func (list References) Over(newer References) References {
	merged := slices.Clone(list)
	for _, r := range newer {
		if at := slices.IndexFunc(merged, func(old Reference) bool { return old.Key == r.Key }); at >= 0 {
			merged[at] = r
		} else {
			merged = append(merged, r)
		}
	}
	return merged
}

// Index finds references by what questions name.
type Index struct {
	byKey   map[string]*Reference
	byTitle map[string][]*Reference // its editions
}

// Index makes the list ready for many questions.
func (list References) Index() Index {
	x := Index{map[string]*Reference{}, map[string][]*Reference{}}
	for i := range list {
		r := &list[i]
		x.byKey[r.Key] = r
		x.byTitle[r.Title] = append(x.byTitle[r.Title], r)
	}
	return x
}

// Of finds the reference that a source names by its key, or else by its title and
// version, of which a source that names none means the last; nil where the list has none.
func (x Index) Of(s Source) *Reference {
	if s.Key != "" {
		return x.byKey[s.Key]
	}
	var last *Reference
	for _, r := range x.byTitle[s.Title] {
		if (s.Version == "" || s.Version == r.Version) && (last == nil || last.Effective < r.Effective) {
			last = r
		}
	}
	return last
}

// Complete fills in what a question that names its source by key leaves to the list,
// and reports whether the key is known. What is written in the question stays.
func (x Index) Complete(q *Question) bool {
	if q.Source.Key == "" {
		return true
	}
	r := x.byKey[q.Source.Key]
	if r == nil {
		return false
	}
	if q.Source.Title == "" {
		q.Source.Title, q.Source.Version, q.Source.Effective = r.Title, r.Version, r.Effective
	}
	return true
}

// Age is why a question should be read again.
type Age string

// The reasons.
const (
	AgeSuperseded Age = "source_superseded"    // its source no longer holds
	AgeNotYet     Age = "source_not_in_force"  // its source does not hold yet
	AgeUnlisted   Age = "source_unlisted"      // its source's key is in no list
	AgeUnreviewed Age = "review_missing"       // nobody says to have checked it
	AgeOld        Age = "review_two_years_old" // it was checked too long ago
)

// Ages tells why a question should be read again on a day (YYYY-MM-DD), in the order
// of the reasons.
func (x Index) Ages(q *Question, on string) []Age {
	var ages []Age
	r := x.Of(q.Source)
	switch {
	case r == nil && q.Source.Key != "":
		ages = append(ages, AgeUnlisted)
	case r == nil:
	case r.Until != "" && r.Until <= on:
		ages = append(ages, AgeSuperseded)
	case r.Effective > on:
		ages = append(ages, AgeNotYet)
	}
	switch until := q.Review.until(); {
	case until == "":
		ages = append(ages, AgeUnreviewed)
	case until <= on:
		ages = append(ages, AgeOld)
	}
	return ages
}

// Tell says an age of a question to an editor, in Chinese.
func (x Index) Tell(age Age, q *Question) string {
	switch age {
	case AgeSuperseded:
		r := x.Of(q.Source)
		by := "废止"
		if next := x.successor(r); next != "" {
			by = "由《" + next + "》代替"
		}
		return "依据《" + r.Title + "》已从 " + r.Until + " 起" + by
	case AgeNotYet:
		r := x.Of(q.Source)
		return "依据《" + r.Title + "》到 " + r.Effective + " 才施行"
	case AgeUnlisted:
		return "依据的编号 " + q.Source.Key + " 不在依据清单里"
	case AgeOld:
		return "上次核对是 " + q.Review.On + "，已满两年"
	}
	return "没有核对记录"
}

// successor is the name of what supersedes a reference; empty where nothing does.
func (x Index) successor(r *Reference) string {
	if next := x.byKey[r.By]; next != nil {
		return next.Title
	}
	return r.By
}

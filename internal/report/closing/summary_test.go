package closing

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"anquanda/internal/contest"
	"anquanda/internal/contest/rulespage"
	"anquanda/internal/report"
	"anquanda/internal/report/offline"
	"anquanda/internal/report/tally"
	"anquanda/internal/unit"
)

// rich is a contest in which everything happened, with names as long as they may be.
func rich() *Figures {
	long := strings.Repeat("青山县安全生产委员会办公室", 20)
	at := time.Date(2026, 7, 1, 9, 30, 0, 0, time.FixedZone("CST", 8*3600))
	f := &Figures{Slug: "rich", Title: long, Organizer: long, Opens: at.AddDate(0, -1, 0), Closes: at, At: at,
		Enrolled: 999_999_999, Whole: tally.Counts{Players: 888_888_888, Attempts: 777_777_777, Answers: 666_666_666,
			Correct: 555_555_555, Passed: 444_444_444}, Events: map[tally.Series]int64{tally.Shared: 9e8, tally.Invited: 8e8},
		Pledges: Pledges{9e8, 9e5}, Rooms: Rooms{99, 9e8, 9e9}}
	for i := range 30 {
		f.Days = append(f.Days, tally.Day{Day: 20260601 + i, Counts: tally.Counts{Players: int64(1e6 + i), Answers: 1e7,
			Correct: 5e6 + int64(i)*1e5}})
		f.Units = append(f.Units, report.UnitLine{Unit: &unit.Unit{Name: long}, Depth: 1,
			UnitFigures: report.UnitFigures{Players: int64(i) * 50, Enrolled: 2000, Heads: 3000}})
		f.Channels = append(f.Channels, Part{long, tally.Counts{Players: int64(i) * 100}})
		f.Missed = append(f.Missed, Missed{Stem: long, Answer: long, Source: long, People: 100, Wrong: 90})
		f.Prizes = append(f.Prizes, Prize{Title: long, Won: 9e6, Given: 8e6, Cents: 9e9})
		f.Drawings = append(f.Drawings, Drawing{Title: long, At: at})
		f.Levels = append(f.Levels, Level{Title: long})
		pair := Pair{Side{long, "999999999.5分/人"}, Side{long, "999999998.5分/人"}, long, "1.0分/人", true}
		f.Pairings = append(f.Pairings, Pairing{Title: long, Round: long, Final: true, Pairs: []Pair{pair}})
		f.Lists = append(f.Lists, List{Title: long, Of: long, Players: 9e8})
		f.Changes = append(f.Changes, Change{at, "改", []rulespage.Difference{{Section: "关卡", Come: []string{"甲", "乙"}}}})
	}
	return f
}

func TestASummaryKeepsToItsCharactersWhateverTheNames(t *testing.T) {
	for name, f := range map[string]*Figures{"rich": rich(), "nothing": {Title: "空", Organizer: "某县"}} {
		if n := f.Summary().Length(); n > SummaryMost || n < 50 {
			t.Errorf("%s: %d characters, want at most %d", name, n, SummaryMost)
		}
	}
}

func TestAContestThatClosesAtMidnightIsToldByItsLastDay(t *testing.T) {
	zone := time.FixedZone("CST", 8*3600)
	f := rich()
	f.Opens, f.Closes = time.Date(2026, 6, 1, 0, 0, 0, 0, zone), time.Date(2026, 7, 1, 0, 0, 0, 0, zone)
	if text := f.Summary().Sections[0].Paragraphs[0]; !strings.HasPrefix(text, "2026年6月1日至6月30日，") {
		t.Errorf("the summary begins with %s", text)
	}
	if text := end(f.Closes); text != "2026年6月30日 24:00" {
		t.Errorf("the tables tell the end as %s", text)
	}
}

func TestAContestThatNobodyPlayedSaysSoAndClaimsNothing(t *testing.T) {
	s := (&Figures{Title: "空", Organizer: "某县"}).Summary()
	var text strings.Builder
	for _, section := range s.Sections {
		text.WriteString(strings.Join(section.Paragraphs, "\n"))
	}
	if !strings.Contains(text.String(), "还没有人答完题") || strings.Contains(text.String(), "正确率") ||
		strings.Contains(text.String(), "NaN") {
		t.Errorf("the summary is %s", text.String())
	}
}

func TestActivitiesAreToldByThoseToWhomTheyWent(t *testing.T) {
	f := rich()
	f.Offline = &offline.State{Totals: []offline.Total{
		{Item: offline.Item{Title: "应急演练", Measure: "场"}, Value: 4},
		{Item: offline.Item{Title: offline.Visits(contest.ClassEnterprise), Measure: "场"}, Value: 12},
		{Item: offline.Item{Title: offline.Visits(contest.ClassVillage), Measure: "场"}},
		{Item: offline.Item{Title: offline.Visits(contest.ClassSchool), Measure: "场"}, Value: 5},
		{Item: offline.Item{Title: "企业主要负责人参训", Measure: "人次"}, Value: 31},
	}}
	want := "“五进”活动17场（进企业12场、进学校5场）、应急演练4场、企业主要负责人参训31人次。"
	if got := f.heldOffline(); !strings.Contains(got, want) {
		t.Errorf("the summary tells %s, want %s", got, want)
	}
}

func TestTheStandardItemsCountTheActivitiesOfEachClass(t *testing.T) {
	for _, class := range contest.Classes {
		title := offline.Visits(class)
		known := slices.ContainsFunc(offline.Standard, func(i offline.Item) bool { return i.Title == title })
		if class != contest.ClassPrincipal && !known {
			t.Errorf("%q is not among the standard items", title)
		}
	}
}

func TestTheWordFileIsWellFormedAndHoldsTheWordsOfTheSummary(t *testing.T) {
	f := rich()
	f.Organizer = `甲 <乙> & "丙"`
	var out bytes.Buffer
	if err := f.WriteSummary(&out, nil); err != nil {
		t.Fatal(err)
	}
	archive, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for _, file := range archive.File {
		in, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		decoder := xml.NewDecoder(in)
		for {
			token, err := decoder.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", file.Name, err)
			}
			if data, ok := token.(xml.CharData); ok {
				text.Write(data)
			}
		}
	}
	for _, section := range f.Summary().Sections {
		for _, p := range section.Paragraphs {
			if !strings.Contains(text.String(), p) {
				t.Errorf("the file lacks %q", p)
			}
		}
	}
}

func TestTheWordFileHoldsChartsOfWhatItsTablesTellAndThePicturesThatWereChosen(t *testing.T) {
	f := rich()
	f.Organizer = `甲 <乙> & "丙"`
	for i := range f.Units {
		f.Units[i].Unit = &unit.Unit{Name: fmt.Sprintf("第 %d 个 <镇>", i)}
	}
	var picture, out bytes.Buffer
	if err := jpeg.Encode(&picture, image.NewGray(image.Rect(0, 0, 30, 90)), nil); err != nil {
		t.Fatal(err)
	}
	if err := f.WriteSummary(&out, []shot{{`现场 <1> & "2"`, picture.Bytes()}}); err != nil {
		t.Fatal(err)
	}
	archive, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, file := range archive.File {
		in, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		parts[file.Name] = string(body)
		if strings.HasSuffix(file.Name, "l") || strings.HasSuffix(file.Name, "rels") {
			wellFormed(t, file.Name, body)
		}
	}
	if parts["word/media/picture1.jpg"] != picture.String() {
		t.Error("the picture is another")
	}
	days, units := parts["word/charts/chart1.xml"], parts["word/charts/chart2.xml"]
	for _, d := range f.Days {
		if !strings.Contains(days, fmt.Sprintf("<c:v>%d</c:v>", d.Players)) {
			t.Errorf("the chart of days lacks %d", d.Players)
		}
	}
	if strings.Count(units, "<c:v>第") != mostBars || !strings.Contains(units, "<c:v>1450</c:v>") ||
		strings.Contains(units, "<c:v>950</c:v>") || !strings.Contains(units, "前 10 名") {
		t.Errorf("the chart of units is %s", units)
	}
	relations := regexp.MustCompile(`r:(?:id|embed)="(rId\d+)"`).FindAllStringSubmatch(parts["word/document.xml"], -1)
	for _, id := range relations {
		if !strings.Contains(parts["word/_rels/document.xml.rels"], `Id="`+id[1]+`"`) {
			t.Errorf("%s leads nowhere", id[1])
		}
	}
	if len(relations) != 3 {
		t.Errorf("the text shows %d things, want a picture and two charts", len(relations))
	}
}

func wellFormed(t *testing.T, name string, body []byte) {
	t.Helper()
	for decoder := xml.NewDecoder(bytes.NewReader(body)); ; {
		_, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
}

func TestThePageTellsNoRightAnswerBeforeTheEnd(t *testing.T) {
	f := rich()
	f.Missed = []Missed{{Stem: "一道题", Answer: "对的那个", People: 100, Wrong: 90}}
	for _, c := range []struct {
		at    time.Time
		shown bool
	}{{f.Closes.Add(-time.Second), false}, {f.Closes, true}} {
		f.At = c.at
		var out bytes.Buffer
		if err := f.WritePage(&out); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(out.String(), "对的那个") != c.shown {
			t.Errorf("at %s the right answer is shown: %t", c.at, !c.shown)
		}
	}
}

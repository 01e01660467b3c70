package contest

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"

	"anquanda/internal/errs"
)

// Material is what players read, look at or listen to before they answer. Of Text, Picture,
// Sound and Film there is one at least.
type Material struct {
	Title   string   `yaml:"title"`
	Text    []string `yaml:"text"`    // paragraphs
	Picture string   `yaml:"picture"` // name of a stored picture
	Alt     string   `yaml:"alt"`     // what the picture shows, for who cannot see it
	Sound   string   `yaml:"sound"`   // https link
	Film    string   `yaml:"film"`    // https link
	Least   Span     `yaml:"least"`   // how long it stands before the level may begin; 0: not at all
}

// What can be wrong with a material.
var (
	// ErrMaterial keeps a level from beginning whose material has not stood long enough.
	ErrMaterial   = errs.New(errs.Conflict, "material_first", "请先看完这一关的材料，再开始答题")
	ErrNoMaterial = errs.New(errs.NotFound, "material_unknown", "这一关没有材料")
)

// Print tells materials apart by all that players see of them: who has seen another one has
// not seen this.
func (m *Material) Print() string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%q", append([]string{m.Title, m.Picture, m.Sound, m.Film}, m.Text...)))
	return hex.EncodeToString(sum[:8])
}

// Waits is for how many ms more the material stands at now that was opened at opened (UTC
// ms); 0 when the level may begin.
func (m *Material) Waits(opened, now int64) int64 { return max(0, opened+m.Least.MS()-now) }

// Reading is about how long, in ms, who reads the material takes: five characters a second,
// the picture for a while, what plays for a minute, and at least Least.
func (m *Material) Reading() int64 {
	reading := int64(0)
	for _, line := range m.Text {
		reading += int64(len([]rune(line))) * 200
	}
	if m.Picture != "" {
		reading += lookMS
	}
	for _, link := range m.Links() {
		if link.URL != "" {
			reading += 60_000
		}
	}
	return max(reading, m.Least.MS())
}

// Link is what of a material plays, by the key under which it stands.
type Link struct{ Key, URL string }

// Links are the sound and the film; those that are not there are empty.
func (m *Material) Links() [2]Link { return [2]Link{{"sound", m.Sound}, {"film", m.Film}} }

// playable are the endings of addresses of what every phone plays.
var playable = map[string][]string{"sound": {".mp3", ".m4a", ".aac", ".ogg"}, "film": {".mp4", ".m4v"}}

// Bounds of a material.
const (
	maxMaterialLines = 60
	maxMaterialLine  = 500 // characters
	maxLink          = 300 // bytes
)

// material checks the material of a level, once the level's times are known.
func (c *checker) material(path string, d *Definition, l *Level) {
	m := l.Material
	if m == nil {
		return
	}
	c.text(path+".title", m.Title, 1, 30)
	if len(m.Text) > maxMaterialLines {
		c.add(path+".text", "a material has %d paragraphs at most", maxMaterialLines)
	}
	for i, line := range m.Text {
		c.text(fmt.Sprintf("%s.text[%d]", path, i), line, 1, maxMaterialLine)
	}
	c.picture(path+".picture", m.Picture)
	c.text(path+".alt", m.Alt, 0, 100)
	if m.Alt != "" && m.Picture == "" {
		c.add(path+".alt", "there is no picture that this describes")
	}
	if len(m.Text) == 0 && m.Picture == "" && m.Sound == "" && m.Film == "" {
		c.add(path, "a material has a text, a picture, a sound or a film")
	}
	for _, link := range m.Links() {
		c.link(path+"."+link.Key, link)
	}
	if m.Least < 0 || m.Least > Span(longestMaterial) {
		c.add(path+".least", "a material stands 0s to %s before the level may begin", longestMaterial)
	} else if open := d.longestOpen(l); open > 0 && m.Least.MS() >= open {
		c.add(path+".least", "the level is over before its material has stood so long")
	}
}

// link holds that an address is one that phones play from over TLS. Whether its host is
// allowed is seen where the list is known (Definition.ForeignLinks).
func (c *checker) link(at string, link Link) {
	if link.URL == "" {
		return
	}
	u, err := url.Parse(link.URL)
	if err != nil || len(link.URL) > maxLink || u.Scheme != "https" || u.User != nil || u.Port() != "" ||
		u.Fragment != "" || !hostName.MatchString(u.Hostname()) {
		c.add(at, "write an address as https://media.example.org/alarm%s", playable[link.Key][0])
	} else if !slices.Contains(playable[link.Key], strings.ToLower(path.Ext(u.Path))) {
		c.add(at, "phones play files of %v", playable[link.Key])
	}
}

// longestOpen is for how many ms the level is open at a time, at the most; 0 where its times
// are wrong, which is a finding of its own.
func (d *Definition) longestOpen(l *Level) (longest int64) {
	closes := d.Window.Closes.MS
	if l.Closes.MS != 0 {
		closes = min(closes, l.Closes.MS)
	}
	longest = closes - max(d.Window.Opens.MS, l.Opens.MS)
	if d.Training != nil && l.Opens.MS < d.Training.Closes.MS {
		longest = max(longest, d.Training.Closes.MS-max(d.Training.Opens.MS, l.Opens.MS))
	}
	for i := range l.Again {
		longest = max(longest, l.Again[i].Closes.MS-l.Again[i].Opens.MS)
	}
	return longest
}

// ForeignLinks finds what plays from hosts that are not on a list of hosts, as
// media.example.org.
func (d *Definition) ForeignLinks(hosts []string) (foreign Findings) {
	for i := range d.Levels {
		m := d.Levels[i].Material
		if m == nil {
			continue
		}
		for _, link := range m.Links() {
			u, err := url.Parse(link.URL)
			if link.URL == "" || err == nil && slices.Contains(hosts, strings.ToLower(u.Hostname())) {
				continue
			}
			at := fmt.Sprintf("levels[%d].material.%s", i, link.Key)
			if len(hosts) == 0 {
				foreign = append(foreign, newFinding("", 0, at, "this server plays from no other host; its operator lists them in --media-hosts"))
				continue
			}
			foreign = append(foreign, newFinding("", 0, at, "only these hosts are played from: %v", hosts))
		}
	}
	return foreign
}

// Hosts reads a list of hosts with commas between, as media.example.org,v.example.org.
func Hosts(text string) (hosts []string, err error) {
	for host := range strings.SplitSeq(text, ",") {
		if host = strings.ToLower(strings.TrimSpace(host)); host == "" {
			continue
		}
		if !hostName.MatchString(host) {
			return nil, fmt.Errorf("%q is no name of a host; write media.example.org", host)
		}
		hosts = append(hosts, host)
	}
	return hosts, nil
}

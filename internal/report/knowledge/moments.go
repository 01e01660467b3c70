package knowledge

import "math"

// moments sums pairs of numbers up, for the figures of a classical item analysis as
// Moodle's quiz statistics document them (docs.moodle.org, "Quiz statistics
// calculations"): variances and covariances divide by n-1.
type moments struct {
	n                float64
	x, y, xx, yy, xy float64
}

func (m *moments) add(x, y float64) {
	m.n++
	m.x += x
	m.y += y
	m.xx += x * x
	m.yy += y * y
	m.xy += x * y
}

func (m *moments) varX() float64 { return (m.xx - m.x*m.x/m.n) / (m.n - 1) }

func (m *moments) varY() float64 { return (m.yy - m.y*m.y/m.n) / (m.n - 1) }

func (m *moments) covariance() float64 { return (m.xy - m.x*m.y/m.n) / (m.n - 1) }

// tiny is below what a variance of shares can be if it is not nothing.
const tiny = 1e-12

// correlation is -1 to 1; ok is false where either does not vary, or for fewer than two.
func (m *moments) correlation() (r float64, ok bool) {
	if m.n < 2 {
		return 0, false
	}
	product := m.varX() * m.varY()
	if product < tiny {
		return 0, false
	}
	return m.covariance() / math.Sqrt(product), true
}

// standardError is that of a share of n answers.
func standardError(share float64, n int64) float64 {
	return math.Sqrt(share * (1 - share) / float64(n))
}

// z95 is within how many standard errors 95 of 100 samples lie.
const z95 = 1.959964

// wilson is the interval of 95 % of a share (E. B. Wilson 1927): unlike share ± error it
// stays within 0 and 1, and tells something of few answers too.
func wilson(right, n int64) (low, high float64) {
	if n == 0 {
		return 0, 1
	}
	size, p := float64(n), float64(right)/float64(n)
	middle := p + z95*z95/(2*size)
	half := z95 * math.Sqrt(p*(1-p)/size+z95*z95/(4*size*size))
	whole := 1 + z95*z95/size
	return max(0, (middle-half)/whole), min(1, (middle+half)/whole)
}

// Alpha is how consistent a fixed paper is. Moodle calls it the coefficient of internal
// consistency; it is Cronbach's alpha, and of items that are right or wrong KR-20.
type Alpha struct {
	People     int64
	Items      int
	Alpha      float64
	ErrorRatio float64 // which part of the deviation of totals is chance: sqrt(1-alpha)
	Error      float64 // the standard error of a total, in items
}

// paper sums up whoever answered all of a fixed paper.
type paper struct {
	items  []int // numbers of its questions
	sums   []moments
	totals moments
}

func (p *paper) add(right []bool) {
	total := 0.0
	for i, is := range right {
		x := 0.0
		if is {
			x = 1
		}
		p.sums[i].add(x, 0)
		total += x
	}
	p.totals.add(total, 0)
}

// alpha needs three people, two items, and totals that differ.
func (p *paper) alpha() (a Alpha, ok bool) {
	items := float64(len(p.items))
	if p.totals.n < 3 || items < 2 || p.totals.varX() < tiny {
		return a, false
	}
	variances := 0.0
	for i := range p.sums {
		variances += p.sums[i].varX()
	}
	a = Alpha{People: int64(p.totals.n), Items: len(p.items),
		Alpha: items / (items - 1) * (1 - variances/p.totals.varX())}
	a.ErrorRatio = math.Sqrt(1 - a.Alpha)
	a.Error = a.ErrorRatio * math.Sqrt(p.totals.varX())
	return a, true
}

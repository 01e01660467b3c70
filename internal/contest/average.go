package contest

// averageParts is how fine an average a head is: what is equal to the thousandth ranks as
// equal. Averages are whole numbers of thousandths, so that they compare exactly, on
// every machine, and fit where sums do.
const averageParts = 1_000

// AverageOf is the average a head of what some players hold together, in thousandths.
// What is left over is cut off.
func AverageOf(total, players int64) int64 { return total * averageParts / players }

// PointsOn is what somebody ranks by on a board, as people count it: an average with one
// decimal, rounded.
func (d *Definition) PointsOn(b *Board, ranked int64) float64 {
	if b.Average == 0 || b.Measure.AsksAnswers() {
		return d.PointsBy(b.Measure, ranked)
	}
	one := int64(d.unitOf(b.Measure)) * averageParts
	return float64((ranked*10+one/2)/one) / 10
}

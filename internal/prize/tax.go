package prize

import "anquanda/internal/contest"

// taxedKinds are the prizes that are income of their winner by law, of which the payer
// withholds tax. What is won by chance or as a prize is 偶然所得 (个人所得税法 art. 2 (9),
// 实施条例 art. 6 (9)); gifts that an enterprise hands to the public at random, red
// packets included, are too (财政部 税务总局公告2019年第74号 art. 3), but for vouchers that only
// lower a price. Points buy nothing by themselves, and what they are exchanged for is a
// prize of its own. There is no amount below which contest prizes are free: the 800 yuan
// are those of invoices, the 10,000 those of lotteries. Prizes of provincial governments
// and above for science, education and the like are (个人所得税法 art. 4 (1)). Whether a
// contest's are, and what a voucher is, the organizer asks its tax office.
var taxedKinds = map[contest.PrizeKind]bool{contest.PrizeGoods: true, contest.PrizeCredit: true,
	contest.PrizeCash: true, contest.PrizeVoucher: true}

// taxRate is that of 偶然所得, in hundredths (个人所得税法 art. 3 (3)); the whole of what is
// received each time is taxed, nothing is deducted (art. 6 (6)).
const taxRate = 20

// Taxed reports whether an award is income of its winner, as far as its kind and worth
// tell.
func (a *Award) Taxed() bool { return taxedKinds[a.Kind] && a.Worth() > 0 }

// Tax is what the payer withholds of it, in cents of yuan, rounded.
func (a *Award) Tax() int {
	if !a.Taxed() {
		return 0
	}
	return (a.Worth()*taxRate + 50) / 100
}

package question

import (
	"testing"

	"golang.org/x/text/width"
)

func TestHalfWidthIsThatOfUnicodeInsideItsBlock(t *testing.T) {
	for r := rune(0); r <= 0x10ffff; r++ {
		want := r
		if r >= 0xff01 && r <= 0xff5e {
			want = width.LookupRune(r).Narrow()
		}
		if got := HalfWidth(r); got != want {
			t.Fatalf("%U becomes %U, should be %U", r, got, want)
		}
	}
}

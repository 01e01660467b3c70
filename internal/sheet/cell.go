package sheet

import "strconv"

// CellName is the name of a cell, as C12; column counts from 0, line from 1.
func CellName(column, line int) string {
	var name [8]byte
	at := len(name)
	for n := column + 1; n > 0 && at > 0; n = (n - 1) / 26 {
		at--
		name[at] = byte('A' + (n-1)%26)
	}
	return string(name[at:]) + strconv.Itoa(line)
}

// columnOf reads the letters of a cell's name; columns count from 0.
func columnOf(ref string) (int, bool) {
	column := 0
	for i := 0; i < len(ref) && i < 3 && ref[i] >= 'A' && ref[i] <= 'Z'; i++ {
		column = column*26 + int(ref[i]-'A') + 1
	}
	return column - 1, column > 0
}

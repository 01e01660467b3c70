package bankfile

func readForeignJSON(r *reading, top []entry) error {
	return unreadable(FormatUnknown, "")
}

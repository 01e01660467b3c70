//go:build race

package bankfile

func init() { raceDetector = true }

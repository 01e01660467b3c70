package app

import (
	"fmt"
	"os"
	"strings"
)

// Secret is what the environment tells of a secret: its variable, or the file that the
// variable with _FILE names, which others cannot read off the environment of a process.
// It is empty where neither is set; both are an error. Errors name no secret.
func Secret(variable string) (string, error) {
	text, file := os.Getenv(variable), os.Getenv(variable+"_FILE")
	switch {
	case file == "":
		return text, nil
	case text != "":
		return "", fmt.Errorf("%s and %s_FILE are both set: take one away", variable, variable)
	}
	read, err := os.ReadFile(file)
	if err != nil {
		return "", fmt.Errorf("%s_FILE: %w", variable, err)
	}
	return strings.TrimSpace(string(read)), nil
}

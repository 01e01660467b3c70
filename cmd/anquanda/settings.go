package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"anquanda/internal/app"
)

// The settings of the program are the flags of `anquanda serve`: each may be given as a
// flag, in the environment, or in the file that --config names, and the first of these
// holds. Commands that open the same stores take those of them that they know.

// variableOf is the environment's name of a setting: ANQUANDA_KEY_FILE of --key-file.
func variableOf(name string) string {
	return "ANQUANDA_" + strings.ToUpper(strings.ReplaceAll(name, "-", "_"))
}

// keyVariable holds the keys themselves, and stands before every file of them but one that
// is given as a flag.
const keyVariable = "ANQUANDA_KEY"

// isSetting reports whether serve has a flag of that name.
func isSetting(name string) bool {
	flags, _ := serveFlags()
	return flags.Lookup(name) != nil
}

// settle fills the settings among flags that were not given as such, and tells where the
// value of each comes from. Flags without --config take nothing from elsewhere.
func settle(flags *flag.FlagSet) (map[string]string, error) {
	config := flags.Lookup("config")
	if config == nil {
		return nil, nil
	}
	from := map[string]string{}
	flags.Visit(func(f *flag.Flag) { from[f.Name] = "flag" })
	var problems []error
	take := func(f *flag.Flag, text, source, shown string) {
		if text == "" || from[f.Name] != "" || f.Name == "key-file" && os.Getenv(keyVariable) != "" {
			return
		}
		from[f.Name] = source
		if err := f.Value.Set(yesOrNo(f, text)); err != nil {
			problems = append(problems, fmt.Errorf("%s: %q is wrong: %w", source, shown, err))
		}
	}
	flags.VisitAll(func(f *flag.Flag) {
		if !isSetting(f.Name) {
			return
		}
		variable := variableOf(f.Name)
		if _, isSecret := f.Value.(*secret); !isSecret {
			take(f, os.Getenv(variable), variable, os.Getenv(variable))
			return
		}
		text, err := app.Secret(variable)
		if err != nil {
			problems = append(problems, err)
		}
		if os.Getenv(variable) == "" {
			variable += "_FILE"
		}
		take(f, text, variable, "the secret")
	})
	file, err := readSettings(config.Value.String())
	problems = append(problems, err)
	for _, line := range file {
		if f := flags.Lookup(line.name); f != nil {
			take(f, line.value, line.at, line.value)
		}
	}
	return from, errors.Join(problems...)
}

// yesOrNo lets what is on or off be said as people do.
func yesOrNo(f *flag.Flag, text string) string {
	if boolean, ok := f.Value.(interface{ IsBoolFlag() bool }); ok && boolean.IsBoolFlag() {
		switch strings.ToLower(text) {
		case "yes", "on":
			return "true"
		case "no", "off":
			return "false"
		}
	}
	return text
}

// settingLine is a setting in a file.
type settingLine struct{ name, value, at string }

// readSettings reads a file of `name: value`, in which a list is one too. Everything that
// is wrong in it is told with its line.
func readSettings(path string) ([]settingLine, error) {
	if path == "" {
		return nil, nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("--config: %w", err)
	}
	var document yaml.Node
	if err := yaml.Unmarshal(text, &document); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if len(document.Content) == 0 {
		return nil, nil // nothing but comments
	}
	root := document.Content[0]
	if root.Kind != yaml.MappingNode {
		return nil, fmt.Errorf("%s:%d: write each setting as name: value", path, root.Line)
	}
	var lines []settingLine
	var problems []error
	for i := 0; i < len(root.Content); i += 2 {
		key, value := root.Content[i], root.Content[i+1]
		at := fmt.Sprintf("%s:%d", path, key.Line)
		said := func(l settingLine) bool { return l.name == key.Value }
		switch text, ok := settingText(value); {
		case !isSetting(key.Value) || key.Value == "config":
			problems = append(problems, fmt.Errorf("%s: %q is no setting; `anquanda config` lists them", at, key.Value))
		case slices.ContainsFunc(lines, said):
			problems = append(problems, fmt.Errorf("%s: %s is set twice", at, key.Value))
		case !ok:
			problems = append(problems, fmt.Errorf("%s: %s wants one value, or a list of values", at, key.Value))
		default:
			lines = append(lines, settingLine{key.Value, text, at})
		}
	}
	return lines, errors.Join(problems...)
}

func settingText(node *yaml.Node) (text string, ok bool) {
	switch node.Kind {
	case yaml.ScalarNode:
		if node.Tag == "!!null" {
			return "", true
		}
		return node.Value, true
	case yaml.SequenceNode:
		var parts []string
		for _, of := range node.Content {
			if of.Kind != yaml.ScalarNode {
				return "", false
			}
			parts = append(parts, of.Value)
		}
		return strings.Join(parts, ","), true
	}
	return "", false
}

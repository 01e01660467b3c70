package contest

import (
	"fmt"
	"slices"
)

// classes checks under which classes the options of choices count. A class stands in one
// field, so that nobody is counted twice.
func (c *checker) classes(path string, f *Field, in map[Class]string) {
	all := make([]string, len(Classes))
	for i, class := range Classes {
		all[i] = string(class)
	}
	if len(f.Classes) > maxOptions {
		c.add(path, "there may be %d classes at most", maxOptions)
	}
	for i, of := range f.Classes {
		at := fmt.Sprintf("%s[%d]", path, i)
		if !slices.Contains(f.Options, of.Option) {
			c.add(at+".option", "%q is no option of this field", of.Option)
		}
		c.oneOf(at+".class", string(of.Class), all...)
		if slices.Index(f.Classes, of) < i {
			c.add(at, "this option counts under this class already")
		}
		if other, known := in[of.Class]; known && other != f.Key {
			c.add(at+".class", "field %q counts this class already; each is of one field", other)
		}
		in[of.Class] = f.Key
	}
}

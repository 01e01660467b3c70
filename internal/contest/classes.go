package contest

// Class is one of the classes of people that the offices above ask for by name.
type Class string

// The classes: principal persons of firms, and those to whom the month goes.
const (
	ClassPrincipal  Class = "principal"
	ClassEnterprise Class = "enterprise"
	ClassVillage    Class = "village"
	ClassCommunity  Class = "community"
	ClassSchool     Class = "school"
	ClassFamily     Class = "family"
)

// Classes are all of them, in the order of the offices' tables.
var Classes = []Class{ClassPrincipal, ClassEnterprise, ClassVillage, ClassCommunity, ClassSchool, ClassFamily}

// OptionClass counts who chose an option under a class. An option may be of several.
type OptionClass struct {
	Option string `yaml:"option"`
	Class  Class  `yaml:"class"`
}

// Classed lists the options of a choice that count under a class.
func (f *Field) Classed(class Class) (options []string) {
	for _, c := range f.Classes {
		if c.Class == class {
			options = append(options, c.Option)
		}
	}
	return options
}

var classTitles = map[Class]string{ClassPrincipal: "企业主要负责人", ClassEnterprise: "进企业", ClassVillage: "进农村",
	ClassCommunity: "进社区", ClassSchool: "进学校", ClassFamily: "进家庭"}

// Title is the class as the offices' tables call it.
func (c Class) Title() string { return classTitles[c] }

package question

// Audiences are whom questions can be for, in the order in which people name them.
var Audiences = []string{"企业", "农村", "社区", "学校", "家庭"}

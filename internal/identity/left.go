package identity

// Left reports whether the player took the name back: there is nobody to be
// reached any more.
func (e Enrolment) Left() bool { return e.Nickname == gone }

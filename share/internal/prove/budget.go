package prove

// A Budget bounds the work of a Prover. Work is counted, never timed, so that
// the same question has the same answer on every machine.
type Budget interface {
	// Spend takes n steps, each about ten nanoseconds of a native build, and
	// tells whether they were left to take. Once it is false it stays false.
	Spend(n int) bool
}

// Steps is a Budget of so many steps. The zero value has none.
type Steps struct{ left int }

// NewSteps gives a budget of n steps.
func NewSteps(n int) *Steps { return &Steps{n} }

// Spend implements Budget.
func (s *Steps) Spend(n int) bool {
	if s.left -= n; s.left < 0 {
		s.left = -1
		return false
	}
	return true
}

// Left gives the number of steps that are left.
func (s *Steps) Left() int { return max(s.left, 0) }

//go:build tinygo && !inspector

package share

import (
	"sharewise/share/internal/budget"
	"sharewise/share/internal/text"
)

// The engine of a page takes invariants as read: they are checked as any part
// of a ruleset is, but proved where the ruleset is made and published, by the
// command line, the server and the inspector. The prover would be much to
// download, and its work is the longest part of a load.
const proves = false

func (r *Rules) prove(*text.Reader, *budget.Budget) {}

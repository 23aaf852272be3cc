//go:build tinygo && !inspector

package share

import (
	"sharewise/share/internal/budget"
	"sharewise/share/internal/text"
)

// The engine of a page does not prove invariants. It checks their syntax like that
// of any part of a ruleset; they are proved before a ruleset is published, by the
// command line, a server or the inspector. The prover is large to download, and
// proving takes longer than all other parts of loading a ruleset.
const proves = false

func (r *Rules) prove(*text.Reader, *budget.Budget) {}

package share

import (
	"sharewise/share/internal/address"
	"sharewise/share/internal/text"
)

// A Retired is a service that has closed but that other share sheets still offer.
// Rules and pages must not name it.
type Retired struct {
	ID   string
	Name string

	// Date is when its links ended: a day, a month or a year, as in ISO 8601. It
	// is "" if that is not known, or if it never took any.
	Date string

	Successor string // the id of a target to use in its place; "" is none
}

// retiredTarget finds a service that is gone by its id.
func retiredTarget(id string) (Retired, bool) {
	for rest := retired; rest != ""; {
		var r Retired
		if r, rest = nextRetired(rest); r.ID == id {
			return r, true
		}
	}
	return Retired{}, false
}

// nextRetired reads the first line of the table, and gives the others.
func nextRetired(table string) (r Retired, rest string) {
	table, rest = text.Cut(table, '\n')
	r.ID, table = text.Cut(table, '|')
	r.Name, table = text.Cut(table, '|')
	r.Date, r.Successor = text.Cut(table, '|')
	return r, rest
}

// String says that the service is gone, until when it took links, and what to
// use instead.
func (r Retired) String() string {
	s := address.Quote(r.ID) + " is retired: " + r.Name
	if r.Date != "" {
		s += " took links until " + r.Date
	} else {
		s += " takes no links"
	}
	if r.Successor != "" {
		s += "; use " + r.Successor
	}
	return s
}

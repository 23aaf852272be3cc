package share

import "sharewise/share/internal/text"

// A Problem is one mistake in a ruleset or a request: where it stands and
// what is wrong, in words that a person can act on.
//
// The zero value has no place and no message and is never returned.
type Problem struct {
	Line    int    // line in the text, from 1; 0 where there is no text
	Column  int    // column in bytes, from 1
	Path    string // JSON pointer (RFC 6901) to the value, such as /rules/3/when; "" is the whole text
	Message string // lower case, no full stop; a suggestion, if any, follows a semicolon
	Warning bool   // listed, but does not stop the text from being used
}

// String returns LINE:COLUMN: PATH: message, with "warning: " before the
// message of a warning. The whole text has the path "/".
func (p Problem) String() string { return text.Problem(p).String() }

// Problems is an error that lists every mistake of one text, in the order of
// their places.
type Problems []Problem

// problems returns the problems of a text as part of the API.
func problems(found []text.Problem) Problems {
	list := make(Problems, len(found))
	for i, p := range found {
		list[i] = Problem(p)
	}
	return list
}

// Error returns one line for each problem.
func (ps Problems) Error() string {
	s := ""
	for i, p := range ps {
		if i > 0 {
			s += "\n"
		}
		s += p.String()
	}
	return s
}

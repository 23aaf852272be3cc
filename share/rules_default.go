package share

import _ "embed"

//go:embed default.json
var defaultText []byte

// Default returns the text of the default ruleset: a social video app that lets
// creators take their stories to other networks, to a first group of them to
// begin with. It is a ruleset to start from and a worked example.
func Default() []byte { return append([]byte(nil), defaultText...) }

package main

import (
	"bufio"
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"sharewise/share"
)

// baseRequest is the request that a matrix varies: a public story, posted an hour
// ago, on a phone that can do everything.
//
//go:embed base.json
var baseRequest []byte

type matrixCommand struct {
	Rules   string `arg:"" optional:"" name:"ruleset" help:"${ruleset}"`
	Request string `short:"q" placeholder:"FILE" help:"${matrixRequest}"`
}

var (
	matrixKinds = []share.Kind{share.Story, share.Video, share.Photo, share.Live, share.Post, share.WebLink}
	matrixRoles = []share.Role{share.Owner, share.Friend, share.Follower, share.Stranger}
)

// A matrix has the verdicts for some roles, which are the same for all of them.
type matrix struct {
	Roles   []string    `json:"roles"`
	Targets []matrixRow `json:"targets"`
}

type matrixRow struct {
	Target   string            `json:"target"`
	Verdicts map[string]string `json:"verdicts"` // by kind
}

func (k *matrixCommand) Run(c *console) error {
	rules, err := (&ruleset{k.Rules}).compile(c)
	if err != nil {
		return err
	}
	text, name := baseRequest, "base.json"
	if k.Request != "" {
		if text, name, err = c.read(k.Request); err != nil {
			return err
		}
	}
	request, err := rules.Decode(text)
	if err != nil {
		return refused(name, err)
	}
	var all []matrix
	for _, role := range matrixRoles {
		request.Viewer.Role = role
		m := matrix{Roles: []string{string(role)}}
		for _, kind := range matrixKinds {
			request.Content.Kind = kind
			sheet := rules.Sheet(request)
			for i, e := range sheet.Entries {
				if len(m.Targets) <= i {
					m.Targets = append(m.Targets, matrixRow{e.Target, map[string]string{}})
				}
				m.Targets[i].Verdicts[string(kind)] = e.Verdict.String()
			}
		}
		if i := slices.IndexFunc(all, m.same); i >= 0 {
			all[i].Roles = append(all[i].Roles, string(role))
		} else {
			all = append(all, m)
		}
	}
	if c.json {
		return c.encode(c.out, struct {
			Ruleset  string   `json:"ruleset"`
			Matrices []matrix `json:"matrices"`
		}{rules.ID(), all})
	}
	return c.print(func(w *bufio.Writer) {
		for i := range all {
			all[i].write(w, c)
		}
		fmt.Fprintln(w, "✓ permitted   ✗ forbidden   · not permitted   ◷ not yet   ! unavailable")
	})
}

// same reports whether two matrices have the same verdicts.
func (m matrix) same(other matrix) bool {
	return slices.EqualFunc(m.Targets, other.Targets, func(a, b matrixRow) bool {
		return !slices.ContainsFunc(matrixKinds,
			func(k share.Kind) bool { return a.Verdicts[string(k)] != b.Verdicts[string(k)] })
	})
}

var matrixSigns = map[string]string{
	"permitted": "✓", "forbidden": "✗", "not-permitted": "·", "not-yet": "◷", "unavailable": "!",
}

func (m *matrix) write(w *bufio.Writer, c *console) {
	width := len("target")
	for _, row := range m.Targets {
		width = max(width, len(row.Target))
	}
	fmt.Fprintln(w, c.paint(bold, "viewer.role is "+listed(m.Roles, "or")))
	line := pad("", width)
	for _, kind := range matrixKinds {
		line += "  " + pad(string(kind), 5)
	}
	fmt.Fprintln(w, strings.TrimRight(line, " "))
	for _, row := range m.Targets {
		line := pad(row.Target, width)
		for _, kind := range matrixKinds {
			v := row.Verdicts[string(kind)]
			line += "    " + c.paint(styles[v], matrixSigns[v]) + "  "
		}
		fmt.Fprintln(w, strings.TrimRight(line, " "))
	}
	fmt.Fprintln(w)
}

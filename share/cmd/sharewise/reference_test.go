//go:build !js

package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"sharewise/share"
)

// docs is the folder of the documentation.
const docs = "../../../www/docs/"

// The page about everything that a request, a ruleset and the command line may
// have is written by "go test ./share/cmd/sharewise -run Reference -update".
func TestTheReferenceIsThatOfTheSchemasAndTheCommandLine(t *testing.T) {
	for name, want := range map[string]string{
		"reference.md":        reference(t),
		"ruleset.schema.json": withID(share.Schema(), "ruleset.schema.json"),
		"request.schema.json": withID(share.RequestSchema(), "request.schema.json"),
	} {
		if *update {
			if err := os.WriteFile(docs+name, []byte(want), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := os.ReadFile(docs + name); string(got) != want {
			t.Errorf("www/docs/%s is out of date: %v; run this test with -update", name, err)
		}
	}
}

func TestEveryMemberIsInTheReference(t *testing.T) {
	text, err := os.ReadFile(docs + "reference.md")
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, schema := range [][]byte{share.Schema(), share.RequestSchema()} {
		membersIn(decodedJSON(t, schema), names)
	}
	for _, fact := range vocabulary(t).Facts {
		names[fact.Name] = true
	}
	for _, command := range commandLine(t).Children {
		for _, flag := range command.Flags {
			names["--"+flag.Name] = true
		}
	}
	for name := range names {
		// It stands alone, below others, or with its value.
		if !strings.Contains(string(text), "| `"+name+"`") && !strings.Contains(string(text), "."+name+"` |") &&
			!strings.Contains(string(text), "| `"+name+"=") && !strings.Contains(string(text), ", --"+strings.TrimPrefix(name, "--")) {
			t.Errorf("%s is in no page", name)
		}
	}
	if len(names) < 120 {
		t.Errorf("there are only %d names", len(names))
	}
}

// membersIn collects the names of all properties in a schema.
func membersIn(v any, names map[string]bool) {
	switch v := v.(type) {
	case map[string]any:
		if properties, ok := v["properties"].(map[string]any); ok {
			for name := range properties {
				names[name] = true
			}
		}
		for _, of := range v {
			membersIn(of, names)
		}
	case []any:
		for _, of := range v {
			membersIn(of, names)
		}
	}
}

func decodedJSON(t *testing.T, text []byte) map[string]any {
	t.Helper()
	var v map[string]any
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// withID names a schema by its address, beside that of the page that links to it.
func withID(schema []byte, id string) string {
	return `{"$id":"` + id + `",` + string(schema[1:]) + "\n"
}

type words struct {
	Facts []struct {
		Name, Type, Unit, About string
		Values                  []string
	}
	Reasons, Steps, Categories []string
}

func vocabulary(t *testing.T) (v words) {
	t.Helper()
	if err := json.Unmarshal(share.AppendVocabulary(nil), &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func commandLine(t *testing.T) *kong.Node {
	t.Helper()
	parser, err := kong.New(&program{}, kong.Name("sharewise"), help, kong.Exit(func(int) {}))
	if err != nil {
		t.Fatal(err)
	}
	return parser.Model.Node
}

// reference writes the page.
func reference(t *testing.T) string {
	b := new(strings.Builder)
	fmt.Fprint(b, `# Reference

Everything that a request, a ruleset and the command line may have. The page is made
from the schemas, the vocabulary and the command line themselves. The elements'
attributes, properties and events are in [embedding](embed.html) and
[events](events.html), their parts and custom properties in [theming](theming.html).

The schemas are JSON Schema 2020-12, for editors: [ruleset.schema.json](ruleset.schema.json)
and [request.schema.json](request.schema.json). `+"`sharewise schema`"+` and
`+"`sharewise schema request`"+` print them. An editor takes them from the member
`+"`$schema`"+` of its own settings: a ruleset has no such member.

## Requests

A member that is missing is unknown. Everything is optional.

`)
	request := decodedJSON(t, share.RequestSchema())
	table(b, "member of a request", rowsOf(request, request, ""))
	fmt.Fprint(b, "\n## Facts\n\nWhat a condition may read by `var`, beside the attributes that a ruleset declares.\n\n"+
		"| fact | type | meaning |\n|---|---|---|\n")
	v := vocabulary(t)
	for _, fact := range v.Facts {
		kind := fact.Type
		if fact.Unit != "" {
			kind += ", in " + fact.Unit
		}
		if fact.Values != nil {
			kind = ticked(fact.Values)
		}
		fmt.Fprintf(b, "| `%s` | %s | %s |\n", fact.Name, kind, fact.About)
	}
	fmt.Fprint(b, "\n## Rulesets\n\n`<…>` stands for a name that is chosen.\n\n")
	ruleset := decodedJSON(t, share.Schema())
	table(b, "member of a ruleset", rowsOf(ruleset, ruleset, ""))
	fmt.Fprint(b, "\n## Conditions\n\nThe operators, each the only member of an object with its arguments.\n\n")
	table(b, "operator", operatorRows(ruleset))
	fmt.Fprintf(b, "\n## Reasons and steps\n\nThe reasons that the engine gives where the ruleset names none: %s.\n\n"+
		"The steps that a delivery may ask of the reader: %s.\n\nThe categories of targets, in the order to show: %s.\n",
		ticked(v.Reasons), ticked(v.Steps), ticked(v.Categories))
	fmt.Fprintf(b, "\n## Command line\n\n```\n%s\n```\n", exitCodes)
	for _, command := range commandLine(t).Children {
		fmt.Fprintf(b, "\n### sharewise %s\n\n%s\n\n| argument of %s | meaning |\n|---|---|\n",
			command.Name, command.Help, command.Name)
		for _, p := range command.Positional {
			fmt.Fprintf(b, "| `%s` | %s |\n", p.Summary(), cell(p.Help))
		}
		for _, flag := range slices.Concat(commandLine(t).Flags, command.Flags) {
			if flag.Name != "help" {
				fmt.Fprintf(b, "| `%s` | %s |\n", cell(flag.Summary()), cell(flag.Help))
			}
		}
	}
	return b.String()
}

type row struct{ path, kind, about string }

func table(b *strings.Builder, head string, rows []row) {
	fmt.Fprintf(b, "| %s | value | meaning |\n|---|---|---|\n", head)
	for _, r := range rows {
		fmt.Fprintf(b, "| `%s` | %s | %s |\n", cell(r.path), r.kind, cell(r.about))
	}
}

func cell(s string) string { return strings.ReplaceAll(s, "|", `\|`) }

func ticked(words []string) string { return "`" + strings.Join(words, "`, `") + "`" }

// rowsOf describes the members below a schema. Conditions and the requests of tests
// are described by tables of their own.
func rowsOf(root, schema map[string]any, path string) (rows []row) {
	add := func(name string, of any) {
		s, _ := of.(map[string]any)
		kind, s := kindOf(root, s)
		about, _ := s["description"].(string)
		rows = append(rows, row{path + name, kind, about})
		rows = append(rows, rowsOf(root, s, path+name+".")...)
	}
	properties, _ := schema["properties"].(map[string]any)
	for _, name := range slices.Sorted(maps.Keys(properties)) {
		add(name, properties[name])
	}
	patterns, _ := schema["patternProperties"].(map[string]any)
	for _, pattern := range slices.Sorted(maps.Keys(patterns)) {
		add("<…>", patterns[pattern])
	}
	if other, ok := schema["additionalProperties"].(map[string]any); ok {
		add("<…>", other)
	}
	if items, ok := schema["items"].(map[string]any); ok && items["properties"] != nil {
		rows = append(rows, rowsOf(root, items, strings.TrimSuffix(path, ".")+"[].")...)
	}
	return rows
}

// kindOf says which values a schema takes. What a reference stands for is not
// looked into, but its description is kept.
func kindOf(root, s map[string]any) (string, map[string]any) {
	if ref, ok := s["$ref"].(string); ok {
		name := ref[strings.LastIndexByte(ref, '/')+1:]
		defs, _ := root["$defs"].(map[string]any)
		of, _ := defs[name].(map[string]any)
		about, _ := s["description"].(string)
		if about == "" {
			about, _ = of["description"].(string)
		}
		return name, map[string]any{"description": about}
	}
	if c, ok := s["const"]; ok {
		return fmt.Sprintf("`%v`", c), s
	}
	if values, ok := s["enum"].([]any); ok {
		var all []string
		for _, v := range values {
			all = append(all, fmt.Sprint(v))
		}
		return ticked(all), s
	}
	kind, _ := s["type"].(string)
	if items, ok := s["items"].(map[string]any); ok {
		of, _ := kindOf(root, items)
		kind += " of " + of
	}
	if format, ok := s["format"].(string); ok {
		kind += ", " + format
	}
	if several, ok := s["anyOf"].([]any); ok {
		var kinds []string
		for _, one := range several {
			of, _ := one.(map[string]any)
			k, _ := kindOf(root, of)
			kinds = append(kinds, k)
		}
		kind = strings.Join(kinds, ", or ")
	}
	return kind, s
}

func operatorRows(root map[string]any) (rows []row) {
	defs, _ := root["$defs"].(map[string]any)
	seen := map[string]bool{}
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			properties, _ := v["properties"].(map[string]any)
			for name, of := range properties {
				if s, _ := of.(map[string]any); !seen[name] {
					seen[name] = true
					kind, s := kindOf(root, s)
					about, _ := s["description"].(string)
					rows = append(rows, row{name, kind, about})
				}
			}
			for _, of := range v {
				walk(of)
			}
		case []any:
			for _, of := range v {
				walk(of)
			}
		}
	}
	walk(defs["condition"])
	walk(defs["argument"])
	slices.SortFunc(rows, func(a, b row) int { return strings.Compare(a.path, b.path) })
	return rows
}

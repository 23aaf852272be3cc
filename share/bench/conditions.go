package main

import (
	"bytes"
	"encoding/json"

	"cel.dev/cel-go/cel"
	jsonlogic "github.com/diegoholiveira/jsonlogic/v3"
	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/vm"
)

// The engines in this file evaluate conditions only. Each evaluates the twelve
// conditions, and masks turns those that hold into answers.

func celGo(c *cases) []engine {
	var variables []cel.EnvOption
	for name, typ := range map[string]*cel.Type{
		"content.kind": cel.StringType, "content.visibility": cel.StringType, "content.downloadable": cel.BoolType,
		"content.expiresAt": cel.IntType,
		"viewer.role":       cel.StringType, "viewer.region": cel.StringType, "viewer.ageBand": cel.StringType,
		"viewer.bucket": cel.IntType, "now": cel.IntType,
	} {
		variables = append(variables, cel.Variable(name, typ))
	}
	env, err := cel.NewEnv(variables...)
	check(err)
	var programs []cel.Program
	for _, text := range readTexts("cel.json") {
		ast, issues := env.Compile(text)
		check(issues.Err())
		program, err := env.Program(ast, cel.EvalOptions(cel.OptOptimize))
		check(err)
		programs = append(programs, program)
	}
	inputs := make([]cel.Activation, len(c.Facts))
	for i, f := range c.Facts {
		inputs[i], err = cel.NewActivation(map[string]any{
			"content.kind": f.Content.Kind, "content.visibility": f.Content.Visibility,
			"content.downloadable": f.Content.Downloadable, "content.expiresAt": f.Content.ExpiresAt,
			"viewer.role": f.Viewer.Role, "viewer.region": f.Viewer.Region, "viewer.ageBand": f.Viewer.AgeBand,
			"viewer.bucket": f.Viewer.Bucket, "now": f.Now,
		})
		check(err)
	}
	return []engine{{Name: "cel-go", Module: "cel.dev/cel-go", Note: "typed variables, optimised programs", unit: 1,
		decide: c.each(func(i int) (holding uint32) {
			for k, p := range programs {
				v, _, err := p.Eval(inputs[i])
				check(err)
				if v.Value() == true {
					holding |= 1 << k
				}
			}
			return holding
		})}}
}

func exprLang(c *cases) []engine {
	var programs []*vm.Program
	for _, text := range readTexts("cel.json") {
		program, err := expr.Compile(text, expr.Env(facts{}), expr.AsBool())
		check(err)
		programs = append(programs, program)
	}
	inputs := make([]any, len(c.Facts))
	for i := range c.Facts {
		inputs[i] = &c.Facts[i]
	}
	var machine vm.VM
	return []engine{{Name: "expr", Module: "github.com/expr-lang/expr", Note: "typed environment", unit: 1,
		decide: c.each(func(i int) (holding uint32) {
			for k, p := range programs {
				v, err := machine.Run(p, inputs[i])
				check(err)
				if v == true {
					holding |= 1 << k
				}
			}
			return holding
		})}}
}

func jsonLogic(c *cases) []engine {
	var rules []any
	decoder := json.NewDecoder(bytes.NewReader(read("jsonlogic.json")))
	check(decoder.Decode(&rules))
	inputs := make([]any, len(c.Facts))
	for i := range c.Facts {
		inputs[i] = c.Facts[i].asMap()
	}
	return []engine{{Name: "jsonlogic (diegoholiveira)", Module: "github.com/diegoholiveira/jsonlogic/v3",
		Note: "decoded rules and data", unit: 1, decide: c.each(func(i int) (holding uint32) {
			for k, r := range rules {
				v, err := jsonlogic.ApplyInterface(r, inputs[i])
				check(err)
				if v == true {
					holding |= 1 << k
				}
			}
			return holding
		})}}
}

// each returns a decision function made from one that returns the rules that hold.
func (c *cases) each(holding func(i int) uint32) func(int, []byte) {
	m, width := c.masks(), len(c.Targets)
	return func(i int, out []byte) { m.combine(holding(i), out[i*width:(i+1)*width]) }
}

package main

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/casbin/casbin/v3"
	"github.com/casbin/casbin/v3/model"
	"github.com/cedar-policy/cedar-go"
	"github.com/cedar-policy/cedar-go/x/exp/batch"
	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
)

// The engines in this file evaluate whole policies; their answers are used as they
// are.

func cedarGo(c *cases) []engine {
	policies, err := cedar.NewPolicySetFromBytes("policy.cedar", read("policy.cedar"))
	check(err)
	type input struct {
		entities cedar.EntityMap
		context  cedar.Record
	}
	principal, resource := cedar.NewEntityUID("Viewer", "viewer"), cedar.NewEntityUID("Content", "content")
	inputs := make([]input, len(c.Facts))
	for i, f := range c.Facts {
		inputs[i] = input{
			entities: cedar.EntityMap{
				principal: {UID: principal, Attributes: cedar.NewRecord(cedar.RecordMap{
					"role": cedar.String(f.Viewer.Role), "region": cedar.String(f.Viewer.Region),
					"ageBand": cedar.String(f.Viewer.AgeBand), "bucket": cedar.Long(f.Viewer.Bucket)})},
				resource: {UID: resource, Attributes: cedar.NewRecord(cedar.RecordMap{
					"kind": cedar.String(f.Content.Kind), "visibility": cedar.String(f.Content.Visibility),
					"downloadable": cedar.Boolean(f.Content.Downloadable),
					"expiresAt":    cedar.Long(f.Content.ExpiresAt)})},
			},
			context: cedar.NewRecord(cedar.RecordMap{"now": cedar.Long(f.Now)}),
		}
	}
	place := map[cedar.EntityUID]int{}
	var uids []cedar.EntityUID
	var actions []cedar.Value
	for t, id := range c.Targets {
		uid := cedar.NewEntityUID("Action", cedar.String(id))
		place[uid] = t
		uids = append(uids, uid)
		actions = append(actions, uid)
	}
	width := len(c.Targets)
	return []engine{
		{Name: "cedar-go, batch", Module: "github.com/cedar-policy/cedar-go",
			Note: "x/exp/batch, all actions in one call", unit: 1, decide: func(i int, out []byte) {
				request := batch.Request{Principal: principal, Action: batch.Variable("action"), Resource: resource,
					Context: inputs[i].context, Variables: batch.Variables{"action": actions}}
				check(batch.Authorize(context.Background(), policies, inputs[i].entities, request,
					func(r batch.Result) error {
						out[i*width+place[r.Request.Action]] = cedarAnswer(r.Decision, r.Diagnostic)
						return nil
					}))
			}},
		{Name: "cedar-go", Module: "github.com/cedar-policy/cedar-go", Note: "Authorize, once for each target", unit: 1,
			decide: func(i int, out []byte) {
				for t, uid := range uids {
					out[i*width+t] = cedarAnswer(cedar.Authorize(policies, inputs[i].entities,
						cedar.Request{Principal: principal, Action: uid, Resource: resource,
							Context: inputs[i].context}))
				}
			}},
	}
}

func cedarAnswer(d cedar.Decision, why cedar.Diagnostic) byte {
	switch {
	case d == cedar.Allow:
		return permitted
	case len(why.Reasons) > 0: // a denial without a reason is the default
		return forbidden
	}
	return neither
}

// casbinRules are the conditions in casbin's language, in the order of the
// cases' rules.
var casbinRules = []string{
	`r.req.Content.Kind == "story" && r.req.Viewer.Role == "owner" && r.req.Viewer.Bucket < 25000`,
	`r.req.Content.Kind == "video" && r.req.Viewer.Role == "owner"`,
	`r.req.Content.Visibility == "public" && r.req.Content.Kind in ("story", "video", "photo", "post")`,
	`r.req.Viewer.Role in ("owner", "friend")`,
	`r.req.Viewer.Role == "owner"`,
	`r.req.Content.Downloadable`,
	`r.req.Content.Kind == "story"`,
	`r.req.Content.Kind != "story"`,
	`r.req.Content.Visibility == "private"`,
	`r.req.Content.Visibility == "friends" && r.req.Viewer.Role != "owner"`,
	`r.req.Now >= r.req.Content.ExpiresAt`,
	`r.req.Viewer.AgeBand == "under-13" || ` +
		`r.req.Viewer.AgeBand == "13-17" && r.req.Viewer.Region in ("AU", "FR", "DK")`,
}

func casbinGo(c *cases) []engine {
	m, err := model.NewModelFromString(string(read("casbin.conf")))
	check(err)
	e, err := casbin.NewEnforcer(m)
	check(err)
	e.AddFunction("among", func(args ...any) (any, error) {
		return slices.Contains(strings.Split(args[1].(string), "|"), args[0].(string)), nil
	})
	for i, r := range c.Rules {
		effect := "deny"
		if r.Permit {
			effect = "allow"
		}
		_, err := e.AddPolicy(casbinRules[i], strings.Join(r.Targets, "|"), effect)
		check(err)
	}
	width := len(c.Targets)
	return []engine{{Name: "casbin", Module: "github.com/casbin/casbin/v3", Note: "EnforceEx, once for each target",
		unit: 1, decide: func(i int, out []byte) {
			for t, id := range c.Targets {
				ok, why, err := e.EnforceEx(&c.Facts[i], id)
				check(err)
				out[i*width+t] = neither
				if ok {
					out[i*width+t] = permitted
				} else if len(why) > 2 && why[2] == "deny" {
					out[i*width+t] = forbidden
				}
			}
		}}}
}

func opa(c *cases) []engine {
	query, err := rego.New(rego.Query("data.sharewise.answer"),
		rego.Module("policy.rego", string(read("policy.rego")))).PrepareForEval(context.Background())
	check(err)
	inputs := make([]ast.Value, len(c.Facts))
	for i := range c.Facts {
		inputs[i], err = ast.InterfaceToValue(c.Facts[i].asMap())
		check(err)
	}
	width := len(c.Targets)
	return []engine{{Name: "OPA", Module: "github.com/open-policy-agent/opa",
		Note: "rego, prepared query, parsed input", unit: 1, decide: func(i int, out []byte) {
			results, err := query.Eval(context.Background(), rego.EvalParsedInput(inputs[i]))
			check(err)
			for t, v := range results[0].Expressions[0].Value.([]any) {
				n, err := v.(json.Number).Int64()
				check(err)
				out[i*width+t] = byte(n)
			}
		}}}
}

package main

import "sharewise/share"

type schemaCommand struct {
	Of string `arg:"" optional:"" enum:"ruleset,request" default:"ruleset" help:"Which schema: ruleset or request."`
}

func (s *schemaCommand) Run(c *console) error {
	if s.Of == "request" {
		return c.line(share.RequestSchema())
	}
	return c.line(share.Schema())
}

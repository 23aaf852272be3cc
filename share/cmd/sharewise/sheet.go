package main

type sheetCommand struct {
	ruleset
	Request string `arg:"" optional:"" help:"The request as JSON; standard input by default."`
}

func (s *sheetCommand) Run(c *console) error {
	rules, err := s.compile(c)
	if err != nil {
		return err
	}
	request, err := c.decode(rules, s.Request)
	if err != nil {
		return err
	}
	sheet := rules.Sheet(request)
	return c.line(sheet.AppendJSON(nil))
}

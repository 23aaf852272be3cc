package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"time"
	"unicode/utf8"
)

// A style is how a terminal shows a text.
type style string

const (
	bold   style = "1"
	dim    style = "2"
	red    style = "31"
	green  style = "32"
	yellow style = "33"
)

// paint returns a text in a style if the output is coloured.
func (c *console) paint(s style, text string) string {
	if !c.colour {
		return text
	}
	return "\x1b[" + string(s) + "m" + text + "\x1b[0m"
}

// encode writes one line of JSON without escaping for HTML.
func (c *console) encode(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

// line writes a text that is JSON already, and ends the line.
func (c *console) line(text []byte) error {
	_, err := c.out.Write(append(text, '\n'))
	return err
}

// print writes lines to standard output. After an error it writes no more.
func (c *console) print(write func(w *bufio.Writer)) error {
	w := bufio.NewWriter(c.out)
	write(w)
	return w.Flush()
}

// standardInput is the name of standard input in messages.
const standardInput = "<stdin>"

// read returns the text of a file, or of standard input for "" and "-", and the
// name to use for it in messages.
func (c *console) read(file string) (text []byte, name string, err error) {
	if file == "" || file == "-" {
		text, err = io.ReadAll(c.in)
		return text, standardInput, err
	}
	text, err = os.ReadFile(file)
	return text, file, err
}

// pad fills a text with spaces to a width in characters.
func pad(text string, width int) string {
	return text + strings.Repeat(" ", max(0, width-utf8.RuneCountInString(text)))
}

// count returns a number with its noun, as in "1 rule" and "2 rules".
func count(n int, of string) string {
	if n == 1 {
		return "1 " + of
	}
	return fmt.Sprint(n) + " " + of + "s"
}

// listed joins words for a sentence, as in "a, b and c".
func listed(words []string, last string) string {
	switch n := len(words); n {
	case 0:
		return ""
	case 1:
		return words[0]
	default:
		return strings.Join(words[:n-1], ", ") + " " + last + " " + words[n-1]
	}
}

// today is the day for which a command computes ages.
type today struct {
	Today string `placeholder:"YYYY-MM-DD" help:"The day for computing ages; today by default."`
}

func (t *today) day(c *console) (time.Time, error) {
	if t.Today == "" {
		return c.now(), nil
	}
	day, err := time.Parse(time.DateOnly, t.Today)
	if err != nil {
		return day, misuse{"--today: want a day such as 2026-03-01, not " + t.Today}
	}
	return day, nil
}

package main

import (
	"fmt"
	"io"
	"os"

	"sharewise/share"
	"sharewise/share/internal/lines"
)

// open opens a file, or standard input for "" and "-". What is compressed with
// gzip is read as its content.
func (c *console) open(file string) (in *content, name string, err error) {
	plain, name := io.NopCloser(c.in), standardInput
	if file != "" && file != "-" {
		name = file
		if plain, err = os.Open(file); err != nil {
			return nil, name, err
		}
	}
	reader, compressed, err := lines.Decompressed(plain)
	switch {
	case err != nil:
		plain.Close()
		return nil, name, fmt.Errorf("%s: %w", name, err)
	case compressed:
		return &content{reader, plain, nil, name}, name, nil
	}
	return &content{reader, plain, plain, ""}, name, nil
}

// content is the content of an opened file.
type content struct {
	io.Reader
	io.Closer
	plain io.Reader // the file, if it is not compressed
	name  string    // of a compressed file
}

func (c *content) Read(b []byte) (int, error) {
	n, err := c.Reader.Read(b)
	if err != nil && err != io.EOF && c.name != "" {
		err = fmt.Errorf("%s: %w", c.name, err)
	}
	return n, err
}

// atLine adjusts the problems of a line to its number in the file.
func atLine(problems share.Problems, number int) share.Problems {
	moved := make(share.Problems, len(problems))
	for i, p := range problems {
		p.Line = number
		moved[i] = p
	}
	return moved
}

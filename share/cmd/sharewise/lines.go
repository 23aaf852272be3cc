package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"os"

	"sharewise/share"
)

// maxLine is the longest line that is read, one byte more than the longest request.
// A longer line is cut at this length, and then refused.
const maxLine = 4<<20 + 1

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
	start := bufio.NewReader(plain)
	// A file that can't be read is reported by whoever reads it.
	if magic, _ := start.Peek(2); !bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		return &content{start, plain, plain, ""}, name, nil
	}
	z, err := gzip.NewReader(start)
	if err != nil {
		plain.Close()
		return nil, name, fmt.Errorf("%s: can't be decompressed: %w", name, err)
	}
	return &content{z, plain, nil, name}, name, nil
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
		err = fmt.Errorf("%s: can't be decompressed: %w", c.name, err)
	}
	return n, err
}

// A lineReader reads one request per line. It counts empty lines but skips them.
type lineReader struct {
	in     *bufio.Reader
	number int   // of the line read last
	read   int64 // bytes so far
}

func newLineReader(in io.Reader) *lineReader {
	return &lineReader{in: bufio.NewReaderSize(in, 1<<16)}
}

// next returns the text and number of the next line that is not empty, and
// io.EOF after the last. The text is the caller's.
func (r *lineReader) next() (text []byte, number int, err error) {
	for {
		text, err = nil, nil
		for {
			var part []byte
			part, err = r.in.ReadSlice('\n')
			r.read += int64(len(part))
			if room := maxLine - len(text); len(part) > room {
				part = part[:room]
			}
			text = append(text, part...)
			if err != bufio.ErrBufferFull {
				break
			}
		}
		if err != nil && (err != io.EOF || len(text) == 0) {
			return nil, 0, err
		}
		r.number++
		if len(bytes.TrimSpace(text)) > 0 {
			return bytes.TrimRight(text, "\r\n"), r.number, nil
		}
		if err == io.EOF {
			return nil, 0, err
		}
	}
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

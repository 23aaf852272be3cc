// Package lines reads files of texts that stand one per line, possibly compressed
// with gzip.
package lines

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
)

// Longest is the longest line of requests that is read, one byte more than the
// longest request. A longer line is cut at this length, and then refused.
const Longest = 4<<20 + 1

// A Reader reads one text per line. It counts empty lines but skips them.
type Reader struct {
	Bytes int64 // read so far

	in     *bufio.Reader
	limit  int
	number int // of the line read last
}

// NewReader returns a reader that cuts a line after limit bytes, so that a line
// without end takes no more memory.
func NewReader(in io.Reader, limit int) *Reader {
	return &Reader{in: bufio.NewReaderSize(in, 1<<16), limit: limit}
}

// Next returns the text and number of the next line that is not empty, and
// io.EOF after the last. The text is the caller's.
func (r *Reader) Next() (text []byte, number int, err error) {
	for {
		text, err = r.line()
		if err != nil && (err != io.EOF || len(text) == 0) {
			return nil, 0, err
		}
		if text := trim(text); text != nil {
			return text, r.number, nil
		}
		if err == io.EOF {
			return nil, 0, err
		}
	}
}

// trim removes the end of a line. It returns nil for one that is empty.
func trim(line []byte) []byte {
	if len(bytes.TrimSpace(line)) == 0 {
		return nil
	}
	return bytes.TrimRight(line, "\r\n")
}

// line reads up to the end of a line. The last one may have none; then the error
// is io.EOF.
func (r *Reader) line() (text []byte, err error) {
	for {
		var part []byte
		part, err = r.in.ReadSlice('\n')
		r.Bytes += int64(len(part))
		if room := r.limit - len(text); len(part) > room {
			part = part[:room]
		}
		text = append(text, part...)
		if err != bufio.ErrBufferFull {
			r.number++
			return text, err
		}
	}
}

// Decompressed returns the content of what is compressed with gzip, and anything
// else as it is.
func Decompressed(in io.Reader) (content io.Reader, compressed bool, err error) {
	start := bufio.NewReader(in)
	// An input that can't be read is reported by whoever reads it.
	if magic, _ := start.Peek(2); !bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		return start, false, nil
	}
	z, err := gzip.NewReader(start)
	if err != nil {
		return nil, true, damaged(err)
	}
	return gzipReader{z}, true, nil
}

// A gzipReader says of its errors that they are about decompression.
type gzipReader struct{ *gzip.Reader }

func (z gzipReader) Read(b []byte) (int, error) {
	n, err := z.Reader.Read(b)
	if err != nil && err != io.EOF {
		err = damaged(err)
	}
	return n, err
}

func damaged(err error) error { return fmt.Errorf("can't be decompressed: %w", err) }

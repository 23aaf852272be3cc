package lines

import "io"

// A Block is a part of a file that is not compressed, from Start up to End. It
// has the lines that begin in it, so that every line is in one block.
type Block struct{ Start, End int64 }

// Blocks divides a file. The last block is the largest, by less than another; a
// file without content is one block.
func Blocks(bytes, size int64) (all []Block) {
	start := int64(0)
	for ; bytes-start >= 2*size; start += size {
		all = append(all, Block{start, start + size})
	}
	return append(all, Block{start, bytes})
}

// A BlockReader reads the lines of a block.
type BlockReader struct {
	Reader
	left int64
}

// NewBlockReader begins to read a block, with lines that are cut after limit bytes.
func NewBlockReader(file io.ReadSeeker, b Block, limit int) (*BlockReader, error) {
	if b.Start == 0 {
		return &BlockReader{*NewReader(file, limit), b.End}, nil
	}
	// The first line of the block begins behind the first end of a line from the
	// byte before it.
	if _, err := file.Seek(b.Start-1, io.SeekStart); err != nil {
		return nil, err
	}
	r := &BlockReader{*NewReader(file, limit), b.End - b.Start + 1}
	if _, err := r.line(); err != nil && err != io.EOF {
		return nil, err
	}
	return r, nil
}

// Next returns the text of the next line that is not empty, io.EOF after the
// last, and io.ErrUnexpectedEOF if the file ends before the block. The text is the
// caller's.
func (r *BlockReader) Next() (text []byte, err error) {
	for r.Bytes < r.left {
		text, err := r.line()
		if err != nil && err != io.EOF {
			return nil, err
		}
		if err == io.EOF && r.Bytes < r.left {
			return nil, io.ErrUnexpectedEOF
		}
		if text := trim(text); text != nil {
			return text, nil
		}
	}
	return nil, io.EOF
}

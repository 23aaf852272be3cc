package media

import (
	"io"

	"sharewise/share/internal/text"
)

// An Error tells why a file cannot be read.
type Error struct {
	Offset int64  // where, in bytes from the start of the file
	Reason string // why, as the rest of a sentence
}

// Error returns the place and the reason, as in "media: byte 20: the segment DHT
// runs past the end of the file".
func (e *Error) Error() string {
	return "media: byte " + decimal(e.Offset) + ": " + e.Reason
}

// ErrFormat is the error for a file that begins like none of the formats.
var ErrFormat error = &Error{0, "the file is none of JPEG, PNG, WebP, GIF, AVIF, HEIC, MP4, MOV, WebM and Matroska"}

// Bounds on what is held in memory for one file.
const (
	maxParts   = 1 << 18  // of the cleaned file
	maxBytes   = 16 << 20 // of the cleaned file that are neither copied nor zeros
	maxTracks  = 1 << 8
	maxSpans   = 1 << 21 // of samples
	maxBox     = 8 << 20 // bytes of the tables of a HEIF file
	windowSize = 64 << 10
	glance     = 4 << 10 // bytes read at once where only a few are needed
	small      = 64      // zeros that are no part of their own
)

// A Part is a stretch of a cleaned file.
type Part struct {
	Size   int64
	Offset int64  // in the original file, from where it is copied; -1 for zeros
	Bytes  []byte // what it consists of, if it is neither copied nor zeros
}

// A span is a stretch of the original file, without its end.
type span struct{ start, end int64 }

// A file is one that is being read. After the first error, everything read is 0,
// so loops must look at err.
type file struct {
	r    io.ReaderAt
	size int64
	err  error

	window   []byte // bytes of the file from windowAt
	buffer   []byte
	windowAt int64

	info    Info
	found   findings
	parts   []Part // of the cleaned file, in order
	written int64  // the size of all parts
	made    int64  // the bytes of all parts and patches that are neither copied nor zeros
	patches []Part // of a file whose parts stay in place; Offset is where, Bytes nil for zeros
}

// fail records the first error.
func (f *file) fail(offset int64, reason string) {
	if f.err == nil {
		f.err = &Error{offset, reason}
	}
}

// peek returns n bytes, at most glance, that are valid until the next call.
func (f *file) peek(offset int64, n int) []byte {
	if offset < 0 || offset > f.size-int64(n) {
		f.fail(max(0, min(offset, f.size)), "the file ends within what begins here")
		return make([]byte, n)
	}
	if b := f.look(offset, n, glance); b != nil {
		return b[:n]
	}
	return make([]byte, n)
}

// run returns all bytes at hand from an offset inside the file, at least one, or nil
// after an error.
func (f *file) run(offset int64) []byte {
	return f.look(offset, 1, windowSize)
}

// look returns at least n bytes, and reads up to ahead if they are not at hand.
func (f *file) look(offset int64, n, ahead int) []byte {
	if f.err != nil {
		return nil
	}
	if at := offset - f.windowAt; at >= 0 && at+int64(n) <= int64(len(f.window)) {
		return f.window[at:]
	}
	if f.buffer == nil {
		f.buffer = make([]byte, min(windowSize, f.size))
	}
	b := f.buffer[:min(int64(max(n, ahead)), f.size-offset)]
	f.window = nil
	if got, err := f.r.ReadAt(b, offset); got < len(b) {
		f.err = short(err)
		return nil
	}
	f.window, f.windowAt = b, offset
	return b
}

// all returns a stretch of the file as a copy, or nil if it is too long.
func (f *file) all(offset, n int64) []byte {
	if n < 0 || n > maxBox || offset < 0 || offset > f.size-n {
		f.fail(offset, "a table is longer than "+decimal(maxBox)+" bytes")
		return nil
	}
	b := make([]byte, n)
	if got, err := f.r.ReadAt(b, offset); int64(got) < n && f.err == nil {
		f.err = short(err)
	}
	return b
}

// isZero reports whether a stretch of the file holds nothing.
func (f *file) isZero(offset, n int64) bool {
	for end := offset + n; offset < end && f.err == nil; {
		b := f.run(offset)
		b = b[:min(int64(len(b)), end-offset)]
		for _, c := range b {
			if c != 0 {
				return false
			}
		}
		offset += int64(len(b))
	}
	return true
}

// keep adds a stretch of the original to the cleaned file.
func (f *file) keep(offset, n int64) {
	if n <= 0 {
		return
	}
	if last := len(f.parts) - 1; last >= 0 {
		if p := &f.parts[last]; p.Bytes == nil && p.Offset >= 0 && p.Offset+p.Size == offset {
			p.Size += n
			f.written += n
			return
		}
	}
	f.add(Part{Size: n, Offset: offset})
}

// put adds bytes to the cleaned file.
func (f *file) put(b []byte) {
	f.count(0, len(b))
	f.add(Part{Size: int64(len(b)), Offset: -1, Bytes: b})
}

func (f *file) add(p Part) {
	if len(f.parts) == maxParts {
		f.fail(max(0, p.Offset), "the file has more than "+decimal(maxParts)+" parts")
		return
	}
	f.parts = append(f.parts, p)
	f.written += p.Size
}

// addCodec lists a codec, once.
func (f *file) addCodec(name string) {
	for _, known := range f.info.Codecs {
		if known == name {
			return
		}
	}
	f.info.Codecs = append(f.info.Codecs, name)
}

// count counts bytes that are held in memory.
func (f *file) count(offset int64, n int) {
	if f.made += int64(n); f.made > maxBytes {
		f.fail(offset, "more than "+decimal(maxBytes)+" bytes of the file would be written anew")
	}
}

// patch replaces bytes in place.
func (f *file) patch(offset int64, b []byte) {
	f.count(offset, len(b))
	f.addPatch(Part{Size: int64(len(b)), Offset: offset, Bytes: b})
}

// zero overwrites a stretch with zeros in place.
func (f *file) zero(offset, n int64) {
	if n > 0 {
		f.addPatch(Part{Size: n, Offset: offset})
	}
}

// zeroFilled overwrites a stretch with zeros unless it consists of them, and reports
// whether it did.
func (f *file) zeroFilled(offset, n int64) bool {
	if n <= 0 || f.isZero(offset, n) {
		return false
	}
	f.zero(offset, n)
	return true
}

// overwrite replaces n bytes in place by a beginning and zeros.
func (f *file) overwrite(offset int64, head []byte, n int64) {
	rest := n - int64(len(head))
	if rest <= small {
		f.patch(offset, append(head, make([]byte, rest)...))
		return
	}
	f.patch(offset, head)
	f.zero(offset+int64(len(head)), rest)
}

// addPatch adds a patch, to the one before if it goes on from there.
func (f *file) addPatch(p Part) {
	if last := len(f.patches) - 1; last >= 0 {
		q := &f.patches[last]
		if q.Offset+q.Size == p.Offset && (q.Bytes == nil) == (p.Bytes == nil) && len(q.Bytes) < glance {
			q.Bytes = append(q.Bytes, p.Bytes...)
			q.Size += p.Size
			return
		}
	}
	if len(f.patches) == maxParts {
		f.fail(p.Offset, "the file has more than "+decimal(maxParts)+" parts")
		return
	}
	f.patches = append(f.patches, p)
}

// assemble makes the parts of a file of n bytes that differs from the original by
// the patches.
func (f *file) assemble(n int64) {
	order(len(f.patches), func(i int) int64 { return f.patches[i].Offset },
		func(i, j int) { f.patches[i], f.patches[j] = f.patches[j], f.patches[i] })
	at := int64(0)
	for _, p := range f.patches {
		if f.err != nil {
			return
		}
		if p.Offset < at || p.Size > n-p.Offset {
			f.fail(p.Offset, "two parts of the file overlap")
			return
		}
		f.keep(at, p.Offset-at)
		at = p.Offset + p.Size
		f.add(Part{Size: p.Size, Offset: -1, Bytes: p.Bytes})
	}
	f.keep(at, n-at)
}

// short is the error of a reader that has read too little.
func short(err error) error {
	if err == nil {
		return io.ErrUnexpectedEOF
	}
	return err
}

// write writes the parts of a cleaned file.
func write(w io.Writer, r io.ReaderAt, parts []Part) error {
	longest := int64(0)
	for _, p := range parts {
		longest = max(longest, p.Size)
	}
	buffer := make([]byte, min(longest, 4*windowSize))
	for _, p := range parts {
		if p.Bytes != nil {
			if _, err := w.Write(p.Bytes); err != nil {
				return err
			}
			continue
		}
		if p.Offset < 0 {
			clear(buffer)
		}
		for done := int64(0); done < p.Size; {
			b := buffer[:min(int64(len(buffer)), p.Size-done)]
			if p.Offset >= 0 {
				if n, err := r.ReadAt(b, p.Offset+done); n < len(b) {
					return short(err)
				}
			}
			if _, err := w.Write(b); err != nil {
				return err
			}
			done += int64(len(b))
		}
	}
	return nil
}

// oneOf reports whether a name of four letters is one of those in a row of names.
func oneOf(name, names string) bool {
	for ; len(names) >= 4; names = names[4:] {
		if names[:4] == name {
			return true
		}
	}
	return false
}

// order sorts n things by a key: a heapsort, since that of package slices would add
// 10 KB to a page's download. Things that are in order already, as most are, are
// looked at once.
func order(n int, key func(i int) int64, swap func(i, j int)) {
	isOrdered := true
	for i := 1; i < n && isOrdered; i++ {
		isOrdered = key(i-1) <= key(i)
	}
	if isOrdered {
		return
	}
	sink := func(i, n int) {
		for {
			child := 2*i + 1
			if child >= n {
				return
			}
			if child+1 < n && key(child) < key(child+1) {
				child++
			}
			if key(i) >= key(child) {
				return
			}
			swap(i, child)
			i = child
		}
	}
	for i := n/2 - 1; i >= 0; i-- {
		sink(i, n)
	}
	for n--; n > 0; n-- {
		swap(0, n)
		sink(0, n)
	}
}

// decimal writes a number.
func decimal(n int64) string { return string(text.AppendInt(nil, n)) }

// printable writes a name of a file as it may stand in an error.
func printable(name []byte) string {
	b := make([]byte, len(name))
	for i, c := range name {
		b[i] = c
		if c < ' ' || c > '~' {
			b[i] = '?'
		}
	}
	return string(b)
}

func be16(b []byte) int { return int(b[0])<<8 | int(b[1]) }
func be32(b []byte) uint32 {
	return uint32(b[0])<<24 | uint32(b[1])<<16 | uint32(b[2])<<8 | uint32(b[3])
}
func be64(b []byte) uint64 { return uint64(be32(b))<<32 | uint64(be32(b[4:])) }
func le16(b []byte) int    { return int(b[0]) | int(b[1])<<8 }
func le24(b []byte) int    { return le16(b) | int(b[2])<<16 }
func le32(b []byte) uint32 { return uint32(le24(b)) | uint32(b[3])<<24 }

func append32(b []byte, n uint32) []byte {
	return append(b, byte(n>>24), byte(n>>16), byte(n>>8), byte(n))
}

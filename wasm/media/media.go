//go:build js && wasm

// Command media is package media as a WebAssembly module, media.wasm: it tells a
// page of which parts the cleaned file consists, and holds no more of the file than
// it looks at. www/src/media.js is its only caller.
//
// # Exports
//
//	plan(size) status   reads a file of so many bytes and says how it is cleaned
//	columns() pointer   the address of the parts: three numbers of 64 bits for each, in order
//	columnsLength() n   how many numbers these are
//
// The numbers of a part are its size; its offset in the original, or -1 for what is
// not copied; and the address of its bytes, or 0 for zeros.
//
// A status is 0 for done, 1 for a file that cannot be read as one of the formats,
// and 2 for one that the page could not read. What was found and removed, or why
// the file cannot be read, is a value made by vert and left in the member reply of
// the global object, as by the engine.
//
// # Imports
//
// The module asks for bytes while plan runs:
//
//	page.read(at, n, pointer) ok  writes n bytes of the file from the offset at; 0 where it cannot
//
// # Builds
//
// As with the engine, TinyGo builds the release and standard Go the fallback. Memory
// is never freed; an instance reads one file.
package main

import (
	"io"
	"syscall/js"
	"unsafe"

	"github.com/norunners/vert"

	"sharewise/share/media"
)

// A status is the result of plan.
type status = uint32

const (
	done    status = iota
	refused        // reply tells the place and the reason
	unread         // the page knows why
)

//go:wasmimport page read
func read(at float64, n uint32, to unsafe.Pointer) uint32

// pageFile is the file that the page reads.
type pageFile struct{}

func (pageFile) ReadAt(b []byte, at int64) (int, error) {
	if len(b) > 0 && read(float64(at), uint32(len(b)), unsafe.Pointer(unsafe.SliceData(b))) == 0 {
		return 0, io.ErrUnexpectedEOF
	}
	return len(b), nil
}

var (
	parts []media.Part // of the last plan; their bytes have to stay
	out   []float64
)

// plan reads a file of size bytes and leaves its parts and its receipt.
//
//go:wasmexport plan
func plan(size float64) status {
	var receipt *media.Receipt
	var err error
	parts, receipt, err = media.Plan(pageFile{}, int64(size))
	if err != nil {
		broken, ok := err.(*media.Error)
		if !ok {
			return unread
		}
		reply(failure{float64(broken.Offset), broken.Reason, broken == media.ErrFormat})
		return refused
	}
	out = make([]float64, 0, 3*len(parts))
	for _, p := range parts {
		address := uintptr(unsafe.Pointer(unsafe.SliceData(p.Bytes)))
		out = append(out, float64(p.Size), float64(p.Offset), float64(address))
	}
	reply(receiptOf(receipt))
	return done
}

// columns is the address of the parts.
//
//go:wasmexport columns
func columns() unsafe.Pointer { return unsafe.Pointer(unsafe.SliceData(out)) }

// columnsLength is how many numbers the parts have.
//
//go:wasmexport columnsLength
func columnsLength() uint32 { return uint32(len(out)) }

// The wire structs have fields of bare kinds, as vert needs them. Sizes are
// float64, since an int of TinyGo has 32 bits.

// failure is a media.Error.
type failure struct {
	Offset  float64 `js:"offset"`
	Reason  string  `js:"reason"`
	Unknown bool    `js:"unknown"` // whether it begins like none of the formats
}

// removed is a media.Receipt.
type removed struct {
	Container   string    `js:"container"`
	Size        float64   `js:"size"`
	Written     float64   `js:"written"`
	Orientation int       `js:"orientation"`
	Removed     []finding `js:"removed"`
}

// finding is a media.Finding.
type finding struct {
	Category string `js:"category"`
	Where    string `js:"where"`
}

func receiptOf(r *media.Receipt) removed {
	found := make([]finding, len(r.Removed))
	for i, f := range r.Removed {
		found[i] = finding{string(f.Category), f.Where}
	}
	return removed{string(r.Container), float64(r.Size), float64(r.Written), r.Orientation, found}
}

// reply leaves a value for the page as the member reply of the global object.
func reply(v any) { js.Global().Set("reply", vert.ValueOf(v).Value) }

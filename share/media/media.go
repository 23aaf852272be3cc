// Package media inspects picture and video files and removes what they tell about
// the person who made them: where, when, with which camera and by whom.
//
// It reads JPEG, PNG, WebP, GIF, AVIF, HEIC, MP4, MOV, WebM and Matroska by their
// containers. No picture is decoded and no sample is changed, so a cleaned file
// looks and plays as before. Files are read through an [io.ReaderAt], in pieces;
// memory depends on the number of a file's parts, not on its size, and has a bound.
//
// # What is promised
//
// [Clean] removes, wherever the container has a place for it:
//
//   - Exif with GPS, maker notes and thumbnails, except the orientation
//   - XMP, extended XMP, IPTC, Photoshop resources, content credentials
//   - comments, texts, names and times of PNG, GIF, JPEG and Matroska
//   - udta, meta and uuid boxes of QuickTime, MP4 and iTunes
//   - tracks of timed metadata (gpmd, mebx, camm and any other that is neither
//     picture, sound nor text), time codes, and subtitles that are a drone's log
//   - times, handler names and names of encoders in movie and track headers
//   - further pictures and videos in a JPEG file, thumbnails in HEIC and AVIF
//   - whatever follows the end of a picture, fills a free box or lies between the
//     samples of a movie
//
// What is not known is removed as well. Kept are orientation, rotation, colour
// profiles, the description of high dynamic range, animation, chapters, subtitles
// and playback. In MP4, MOV, HEIC, AVIF and Matroska everything stays at its
// offset; what was removed is overwritten by zeros. Cleaning a cleaned file gives
// the same bytes.
//
// A file that is broken, cut off or hostile gets an [Error] with a place and a
// reason, before anything is written. The work is bounded by the size of the file.
//
// # What is not promised
//
// What the picture shows or the sound says, watermarks, and data that an encoder
// placed inside the compressed picture stay, such as the settings that x264 writes
// into its stream. So do colour profiles, quantisation tables and codecs, from which the
// model of a camera can be guessed. The gain map of an Ultra HDR JPEG is a second
// picture and is removed; what remains is the picture for ordinary screens.
// Checksums of PNG chunks are not verified.
//
// # Sources
//
// JPEG: ITU-T T.81 (ISO/IEC 10918-1), JFIF 1.02, Exif 2.32 (CIPA DC-008), CIPA
// DC-007 (MPF). PNG: W3C PNG, third edition. GIF: GIF89a. WebP: RFC 9649. MP4:
// ISO/IEC 14496-12 and 14496-14; MOV: QuickTime File Format (Apple). HEIC: ISO/IEC
// 23008-12; AVIF: AV1 Image File Format 1.1. WebM: EBML (RFC 8794), Matroska (RFC
// 9559).
package media

import (
	"io"
	"time"
)

// A Container is a file format.
type Container string

// The containers that this package reads. A Matroska file that is not WebM has the
// same structure.
const (
	JPEG     Container = "jpeg"
	PNG      Container = "png"
	WebP     Container = "webp"
	GIF      Container = "gif"
	AVIF     Container = "avif"
	HEIC     Container = "heic"
	MP4      Container = "mp4"
	MOV      Container = "mov"
	WebM     Container = "webm"
	Matroska Container = "matroska"
)

// A Kind is what a file is for the person who opens it.
type Kind string

// The kinds of files. An animated picture is an image.
const (
	Image Kind = "image"
	Video Kind = "video"
	Audio Kind = "audio"
)

// Info describes a file.
type Info struct {
	Container Container
	Kind      Kind
	Size      int64 // in bytes

	// Width and Height are those of the picture as it is shown, after the
	// rotation that Orientation tells. They are 0 for sound.
	Width, Height int

	// Orientation is a value of Exif, from 1 to 8. 1 means that the picture is
	// shown as it is stored, 6 that it is rotated by 90 degrees clockwise.
	Orientation int

	// Duration is 0 for a picture without animation. For an animation it is that
	// of one round.
	Duration time.Duration

	// Codecs has the names that the container uses, such as "avc1" and "mp4a"
	// in MP4, and "V_VP9" in WebM, each once and in the order of tracks.
	Codecs []string

	// Metadata is what Clean would remove.
	Metadata []Finding
}

// Inspect describes a file of size bytes. Its errors are those of [Clean].
func Inspect(r io.ReaderAt, size int64) (*Info, error) {
	f, err := read(r, size)
	if err != nil {
		return nil, err
	}
	return &f.info, nil
}

// Clean writes a file of size bytes to w without its metadata, and returns what was
// found and removed.
//
// If the file cannot be read as what it begins with, the error is an [*Error] with
// the place and the reason, and nothing has been written. Errors of r and w are
// returned as they are; then w has received a part of the file, which the caller
// has to discard. r must not change meanwhile.
func Clean(w io.Writer, r io.ReaderAt, size int64) (*Receipt, error) {
	parts, receipt, err := Plan(r, size)
	if err != nil {
		return nil, err
	}
	if err := write(w, r, parts); err != nil {
		return nil, err
	}
	return receipt, nil
}

// Plan returns the parts of which a cleaned file consists, for a caller that can put
// them together without copying. Its errors are those of [Clean].
func Plan(r io.ReaderAt, size int64) ([]Part, *Receipt, error) {
	f, err := read(r, size)
	if err != nil {
		return nil, nil, err
	}
	return f.parts, &Receipt{Container: f.info.Container, Size: size, Written: f.written,
		Orientation: f.info.Orientation, Removed: f.info.Metadata}, nil
}

// read finds out what a file is, and how it is cleaned.
func read(r io.ReaderAt, size int64) (*file, error) {
	size = max(size, 0)
	f := &file{r: r, size: size, info: Info{Size: size, Orientation: 1}}
	start := f.peek(0, int(min(size, 12)))
	is := func(at int, signature string) bool {
		return len(start) >= at+len(signature) && string(start[at:at+len(signature)]) == signature
	}
	switch {
	case f.err != nil:
	case is(0, "\xff\xd8\xff"):
		f.readJPEG()
	case is(0, pngSignature):
		f.readPNG()
	case is(0, "GIF87a"), is(0, "GIF89a"):
		f.readGIF()
	case is(0, "RIFF") && is(8, "WEBP"):
		f.readWebP()
	case is(0, "\x1a\x45\xdf\xa3"):
		f.readMatroska()
	case len(start) >= 8 && oneOf(string(start[4:8]), "ftypmoovmdatwidefreeskippnot"):
		f.readMovie()
	default:
		return nil, ErrFormat
	}
	if f.err != nil {
		return nil, f.err
	}
	if f.info.Orientation >= 5 {
		f.info.Width, f.info.Height = f.info.Height, f.info.Width
	}
	f.info.Metadata = f.found.list()
	return f, nil
}

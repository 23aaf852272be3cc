package media

import "time"

// The flags of the chunk VP8X that tell which metadata follows.
const (
	flagXMP  = 1 << 2
	flagExif = 1 << 3
)

// A webp is a WebP file whose chunks are being read.
type webp struct {
	*file
	end       int64 // of what the header says is the file
	header    []byte
	extended  int // the index of the part with the chunk VP8X, or -1
	hasImage  bool
	isRotated bool
}

// readWebP keeps the chunks of pictures, animation and colour, and leaves out all
// others. The size in the header and the flags are corrected.
func (f *file) readWebP() {
	f.info.Container, f.info.Kind = WebP, Image
	p := &webp{file: f, extended: -1, end: 8 + int64(le32(f.peek(4, 4)))}
	if p.end > f.size {
		f.fail(4, "the file ends before the "+decimal(p.end)+" bytes that its header tells")
		return
	}
	p.header = []byte("RIFF\x00\x00\x00\x00WEBP")
	f.put(p.header)
	for at := int64(12); at < p.end && f.err == nil; {
		at = p.chunk(at, p.end, p.topChunk)
	}
	if !p.hasImage {
		f.fail(p.end, "the file has no picture")
	}
	if f.err != nil {
		return
	}
	f.trailer(p.end)
	putLE32(p.header[4:], uint32(f.written-8))
	if p.extended >= 0 && f.info.Orientation != 1 {
		f.parts[p.extended].Bytes[8] |= flagExif
	}
}

// chunk calls each for the chunk at an offset of a row of chunks that has an end. It
// returns where the next one begins.
func (p *webp) chunk(at, end int64, each func(name string, at, n, next int64)) int64 {
	if at > end-8 {
		p.fail(at, "a chunk has no room for its header")
		return end
	}
	b := p.peek(at, 8)
	name, n := string(b[:4]), int64(le32(b[4:]))
	next := at + 8 + n + n&1
	if n > end-at-8 {
		p.fail(at, "the chunk "+printable([]byte(name))+" of "+decimal(n)+
			" bytes runs past the end of what contains it")
		return end
	}
	each(name, at, n, min(next, end))
	return next
}

func (p *webp) topChunk(name string, at, n, next int64) {
	switch name {
	case "VP8X":
		p.readExtended(at, n)
	case "VP8 ", "VP8L":
		p.codec(name)
		p.hasImage = true
		if p.extended < 0 {
			p.readBitstream(name, at+8, n)
		}
		p.keepChunk(name, at, n, next)
	case "ALPH", "ICCP", "ANIM":
		p.keepChunk(name, at, n, next)
	case "ANMF":
		p.hasImage = true
		p.readFrame(at, n)
	case "EXIF":
		p.readEXIF(at+8, n)
	case "XMP ":
		p.scan("XMP", at+8, n)
	default:
		p.scan("unknown chunks", at+8, n)
	}
}

// keepChunk keeps a chunk. The byte that fills it up to an even length is written
// as zero.
func (p *webp) keepChunk(name string, at, n, next int64) {
	p.keep(at, 8+n)
	if n&1 == 0 {
		return
	}
	if at+8+n < next && p.peek(at+8+n, 1)[0] == 0 {
		p.keep(at+8+n, 1)
		return
	}
	p.put([]byte{0})
}

func (p *webp) codec(name string) {
	if name == "VP8L" {
		p.addCodec("vp8l")
		return
	}
	p.addCodec("vp8")
}

// readExtended writes the header of an extended file without the flags of metadata.
func (p *webp) readExtended(at, n int64) {
	if at != 12 || n != 10 {
		p.fail(at, "the chunk VP8X is not the first, or does not have 10 bytes")
		return
	}
	b := append([]byte(nil), p.peek(at, 18)...)
	b[8] &^= flagXMP | flagExif
	p.info.Width, p.info.Height = 1+le24(b[12:]), 1+le24(b[15:])
	p.extended = len(p.parts)
	p.put(b)
}

// readBitstream reads the size of a picture without extended header.
func (p *webp) readBitstream(name string, at, n int64) {
	if n < 10 {
		p.fail(at, "the picture ends before it has begun")
		return
	}
	b := p.peek(at, 10)
	if name == "VP8L" {
		bits := le32(b[1:])
		p.info.Width, p.info.Height = 1+int(bits&0x3FFF), 1+int(bits>>14&0x3FFF)
		return
	}
	p.info.Width, p.info.Height = le16(b[6:])&0x3FFF, le16(b[8:])&0x3FFF
}

// readFrame keeps a frame of an animation without the chunks that do not belong to
// its picture.
func (p *webp) readFrame(at, n int64) {
	if n < 16 {
		p.fail(at, "the chunk ANMF has no room for its header")
		return
	}
	head := append([]byte(nil), p.peek(at, 24)...)
	p.info.Duration += time.Duration(le24(head[20:])) * time.Millisecond
	p.put(head)
	before := p.written
	end := at + 8 + n
	for sub := at + 24; sub < end && p.err == nil; {
		sub = p.chunk(sub, end, func(name string, at, n, next int64) {
			if !oneOf(name, "ALPHVP8 VP8L") {
				p.scan("unknown chunks", at+8, n)
				return
			}
			if name != "ALPH" {
				p.codec(name)
			}
			p.keepChunk(name, at, n, next)
		})
	}
	putLE32(head[4:], uint32(16+p.written-before))
}

// readEXIF writes the orientation in place of the first chunk with Exif. Some
// writers begin it as a JPEG segment.
func (p *webp) readEXIF(at, n int64) {
	if n > 6 && string(p.peek(at, 6)) == "Exif\x00\x00" {
		at, n = at+6, n-6
	}
	orientation := p.readExif("EXIF", at, n)
	if !p.isRotated && orientation != 1 && p.extended >= 0 {
		p.info.Orientation = orientation
		exif := minimalExif(orientation)
		p.put(append([]byte{'E', 'X', 'I', 'F', byte(len(exif)), 0, 0, 0}, exif...))
	}
	p.isRotated = true
}

func putLE32(b []byte, n uint32) {
	b[0], b[1], b[2], b[3] = byte(n), byte(n>>8), byte(n>>16), byte(n>>24)
}

package media

import "time"

const pngSignature = "\x89PNG\r\n\x1a\n"

// readPNG keeps the chunks that describe the picture and its colours, and leaves out
// all others.
func (f *file) readPNG() {
	f.info.Container, f.info.Kind, f.info.Codecs = PNG, Image, []string{"png"}
	f.keep(0, int64(len(pngSignature)))
	hasData, isRotated := false, false
	for at := int64(len(pngSignature)); f.err == nil; {
		if at > f.size-12 {
			f.fail(at, "the file ends without the chunk IEND")
			return
		}
		b := f.peek(at, 8)
		n, name := int64(be32(b)), string(b[4:8])
		if !isLetters(b[4:8]) {
			f.fail(at, "a chunk has a name that is not made of letters")
			return
		}
		if n > f.size-at-12 {
			f.fail(at, "the chunk "+name+" of "+decimal(n)+" bytes runs past the end of the file")
			return
		}
		if (name == "IHDR") != (at == int64(len(pngSignature))) {
			f.fail(at, "the chunk IHDR is not the first and only one of its kind")
			return
		}
		switch {
		case name == "IEND":
			if !hasData || n > 0 {
				f.fail(at, "the picture ends before it has begun")
			}
			f.keep(at, 12)
			f.trailer(at + 12)
			return
		case isPNGChunk(name, n):
			hasData = hasData || name == "IDAT"
			f.readPNGChunk(name, at+8, n)
			f.keep(at, 12+n)
		default:
			isRotated = f.removeChunk(name, at+8, n, isRotated)
		}
		at += 12 + n
	}
}

func isLetters(name []byte) bool {
	for _, c := range name {
		if c|0x20 < 'a' || c|0x20 > 'z' {
			return false
		}
	}
	return true
}

// isPNGChunk reports whether a chunk is kept. Those of a fixed size are kept in that
// size only, so that nothing is hidden in them.
func isPNGChunk(name string, n int64) bool {
	switch name {
	case "IDAT", "fdAT", "iCCP", "sPLT":
		return true
	case "PLTE", "tRNS":
		return n <= 768
	case "hIST":
		return n <= 512
	case "IHDR", "cHRM", "fcTL", "mDCV", "mDCv":
		return n <= 32
	case "gAMA", "sRGB", "sBIT", "bKGD", "pHYs", "cICP", "cICp", "cLLI", "cLLi", "acTL":
		return n <= 9
	}
	return false
}

// readPNGChunk reads size and duration.
func (f *file) readPNGChunk(name string, at, n int64) {
	switch {
	case name == "IHDR" && n == 13:
		b := f.peek(at, 8)
		f.info.Width, f.info.Height = int(be32(b)&0x7FFFFFFF), int(be32(b[4:])&0x7FFFFFFF)
	case name == "fcTL" && n == 26:
		b := f.peek(at+20, 4)
		delay, per := be16(b), be16(b[2:])
		if per == 0 {
			per = 100
		}
		f.info.Duration += time.Duration(delay) * time.Second / time.Duration(per)
	case name == "IHDR", name == "fcTL", name == "acTL" && n != 8:
		f.fail(at-8, "the chunk "+name+" has "+decimal(n)+" bytes")
	}
}

// removeChunk reports a chunk that is left out, and puts the orientation of the first
// chunk with Exif in its place.
func (f *file) removeChunk(name string, at, n int64, isRotated bool) bool {
	switch name {
	case "eXIf":
		orientation := f.readExif("eXIf", at, n)
		if !isRotated && orientation != 1 {
			f.info.Orientation = orientation
			f.put(pngChunk("eXIf", minimalExif(orientation)))
		}
		return true
	case "tIME":
		f.found.add(name, Date)
	case "tEXt", "zTXt", "iTXt":
		f.readPNGText(name, at, n)
	case "caBX":
		f.found.add(name, History)
	default:
		f.found.add("private chunks", Other)
	}
	return isRotated
}

// readPNGText reports a text by its keyword. A text that is compressed is not read.
func (f *file) readPNGText(name string, at, n int64) {
	b := f.peek(at, int(min(n, 80)))
	keyword := string(b)
	for i, c := range b {
		if c == 0 {
			keyword = string(b[:i])
			break
		}
	}
	switch keyword {
	case "Author", "Copyright", "Artist":
		f.found.add(name, Author)
	case "Creation Time", "date:create", "date:modify", "date:timestamp":
		f.found.add(name, Date)
	case "Software":
		f.found.add(name, Software)
	case "Source", "Make", "Model":
		f.found.add(name, Camera)
	case "Raw profile type exif", "Raw profile type APP1":
		f.found.add("Exif in "+name, Location, Camera, Date)
	case "Raw profile type xmp", "XML:com.adobe.xmp":
		f.scan("XMP in "+name, at, n)
	case "Raw profile type iptc", "Raw profile type 8bim":
		f.found.add("IPTC in "+name, Comment)
	case "Thumb::URI", "Thumb::MTime":
		f.found.add(name, Thumbnail)
	default:
		f.found.add(name, Comment)
	}
}

// pngChunk returns a chunk with its checksum.
func pngChunk(name string, data []byte) []byte {
	b := append32(nil, uint32(len(data)))
	b = append(append(b, name...), data...)
	return append32(b, crc(b[4:]))
}

// crc is the checksum of PNG. The few bytes that it is needed for are not worth the
// tables of package crc32.
func crc(b []byte) uint32 {
	sum := ^uint32(0)
	for _, c := range b {
		sum ^= uint32(c)
		for range 8 {
			sum = sum>>1 ^ 0xEDB88320&-(sum&1)
		}
	}
	return ^sum
}

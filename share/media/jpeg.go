package media

import "bytes"

// The markers of JPEG that need care.
const (
	markerSOI  = 0xD8
	markerEOI  = 0xD9
	markerSOS  = 0xDA
	markerAPP0 = 0xE0
	markerAPP1 = 0xE1
	markerCOM  = 0xFE
)

// jpegSegment is the start of a segment: where its 0xFF is, its marker, and its
// length without them. The parameters begin at 4 bytes after start.
type jpegSegment struct {
	start  int64
	marker byte
	length int64
}

// readJPEG keeps the segments that a decoder needs, JFIF without its thumbnail, the
// colour profile, and Adobe's note about colour.
func (f *file) readJPEG() {
	f.info.Container, f.info.Kind, f.info.Codecs = JPEG, Image, []string{"jpeg"}
	f.keep(0, 2)
	isRotated, hasScan := false, false
	for at := int64(2); f.err == nil; {
		s := f.nextSegment(at)
		if f.err != nil {
			return
		}
		at = s.start + 2 + s.length
		switch {
		case s.marker == markerEOI:
			if !hasScan || f.info.Width == 0 {
				f.fail(s.start, "the picture ends before it has begun")
			}
			f.keep(s.start, 2)
			f.trailer(at)
			return
		case s.marker == markerSOS:
			hasScan = true
			f.keep(s.start, 2+s.length)
			end := f.entropy(at)
			f.keep(at, end-at)
			at = end
		case s.marker >= markerAPP0 && s.marker <= 0xEF || s.marker == markerCOM:
			isRotated = f.application(s, isRotated)
		case s.marker >= 0xF0 || s.marker < 0xC0:
			f.fail(s.start, "the segment 0x"+hex(s.marker)+" is not part of a JPEG picture")
		default:
			f.frame(s)
			f.keep(s.start, 2+s.length)
		}
	}
}

// nextSegment finds the next marker. Bytes before it that are neither part of a
// segment nor padding are left out, as decoders do.
func (f *file) nextSegment(at int64) jpegSegment {
	for f.err == nil {
		if at > f.size-2 {
			f.fail(at, "the file ends without an end of the picture")
			break
		}
		b := f.run(at)
		i := bytes.IndexByte(b, 0xFF)
		if i != 0 {
			f.found.add("between segments", Hidden)
			if i < 0 {
				i = len(b)
			}
			at += int64(i)
			continue
		}
		marker := f.peek(at, 2)[1]
		if marker == 0xFF {
			at++
			continue
		}
		s := jpegSegment{start: at, marker: marker}
		switch {
		case marker == markerEOI || f.err != nil:
			return s
		case marker == 0, marker == 1, marker >= 0xD0 && marker <= 0xD7:
			f.found.add("between segments", Hidden)
			at += 2
			continue
		case marker == markerSOI:
			f.fail(at, "a second picture begins before the first has ended")
			return s
		case at > f.size-4:
			f.fail(at, "the file ends within the segment 0x"+hex(marker))
			return s
		}
		s.length = int64(be16(f.peek(at+2, 2)))
		if s.length < 2 || s.length > f.size-at-2 {
			f.fail(at, "the segment 0x"+hex(marker)+" of "+decimal(s.length)+" bytes runs past the end of the file")
		}
		return s
	}
	return jpegSegment{}
}

// entropy returns the end of a scan's data: the next marker that is not a restart.
func (f *file) entropy(at int64) int64 {
	for f.err == nil {
		if at > f.size-2 {
			f.fail(at, "the file ends within a scan")
			break
		}
		b := f.run(at)
		i := bytes.IndexByte(b, 0xFF)
		if i < 0 {
			at += int64(len(b))
			continue
		}
		at += int64(i)
		if at > f.size-2 {
			continue
		}
		switch c := f.peek(at, 2)[1]; {
		case c == 0, c >= 0xD0 && c <= 0xD7:
			at += 2
		case c == 0xFF:
			at++
		default:
			return at
		}
	}
	return at
}

// frame reads the size of the picture from a start of frame.
func (f *file) frame(s jpegSegment) {
	switch s.marker {
	case 0xC4, 0xC8, 0xCC: // tables, and a reserved marker
		return
	case 0xDB, 0xDC, 0xDD, 0xDE, 0xDF:
		return
	}
	if s.length < 8 {
		f.fail(s.start, "the start of the frame is too short")
		return
	}
	b := f.peek(s.start+4, 5)
	f.info.Height, f.info.Width = be16(b[1:]), be16(b[3:])
}

// application handles a segment of an application, or a comment. isRotated tells
// that an orientation has been written, and is returned as it is then.
func (f *file) application(s jpegSegment, isRotated bool) bool {
	at, n := s.start+4, s.length-2
	b := f.peek(at, int(min(n, 40)))
	has := func(prefix string) bool { return len(b) >= len(prefix) && string(b[:len(prefix)]) == prefix }
	switch {
	case s.marker == markerAPP0 && has("JFIF\x00") && n >= 14:
		if n > 14 || b[12] != 0 || b[13] != 0 {
			f.found.add("JFIF", Thumbnail)
		}
		f.put(append([]byte{0xFF, markerAPP0, 0, 16}, append(bytes.Clone(b[:12]), 0, 0)...))
	case s.marker == 0xE2 && has("ICC_PROFILE\x00"):
		f.keep(s.start, 2+s.length)
	case s.marker == 0xEE && has("Adobe") && n >= 12:
		if n > 12 {
			f.found.add("APP14", Hidden)
		}
		f.put(append([]byte{0xFF, 0xEE, 0, 14}, bytes.Clone(b[:12])...))
	case s.marker == markerAPP1 && has("Exif\x00"):
		orientation := f.readExif("Exif", at+6, n-6)
		if !isRotated && orientation != 1 {
			f.info.Orientation = orientation
			head := []byte{0xFF, markerAPP1, 0, 34, 'E', 'x', 'i', 'f', 0, 0}
			f.put(append(head, minimalExif(orientation)...))
		}
		return true
	default:
		f.removeSegment(s, has)
	}
	return isRotated
}

// removeSegment reports a segment that is left out.
func (f *file) removeSegment(s jpegSegment, has func(prefix string) bool) {
	at, n := s.start+4, s.length-2
	switch {
	case s.marker == markerCOM:
		f.found.add("comment", Comment)
	case s.marker == markerAPP1 && (has("http://ns.adobe.com/") || has("XMP\x00")):
		f.scan("XMP", at, n)
	case s.marker == 0xED && has("Photoshop "):
		f.scanIPTC(at, n)
	case s.marker == 0xE2 && has("MPF\x00"):
		f.found.add("MPF", Hidden)
	case s.marker == markerAPP0 && has("JFXX\x00"):
		f.found.add("JFIF", Thumbnail)
	case s.marker == 0xEB && n > 2:
		f.found.add("JUMBF", History)
	default:
		f.scan("APP"+decimal(int64(s.marker&15)), at, n)
	}
}

// scanIPTC reports the records of IPTC, which Photoshop's resources contain, by
// their starts: 0x1C, the record 2 and the number of a data set.
func (f *file) scanIPTC(at, n int64) {
	isKnown := false
	b := f.look(at, int(n), int(n))
	if b == nil {
		return
	}
	for b = b[:n]; len(b) > 3; b = b[1:] {
		if b[0] != 0x1C || b[1] != 2 {
			continue
		}
		isKnown = true
		switch b[2] {
		case 26, 27, 90, 92, 95, 100, 101:
			f.found.add("IPTC", Location)
		case 80, 85, 110, 115, 116, 122:
			f.found.add("IPTC", Author)
		case 30, 35, 37, 38, 47, 55, 60, 62, 63:
			f.found.add("IPTC", Date)
		case 5, 15, 20, 25, 40, 103, 105, 118, 120:
			f.found.add("IPTC", Comment)
		case 65, 70:
			f.found.add("IPTC", Software)
		default:
			f.found.add("IPTC", Other)
		}
	}
	if !isKnown {
		f.found.add("Photoshop", Other)
	}
}

// trailer reports what follows the end of the picture.
func (f *file) trailer(at int64) {
	if f.err != nil || at >= f.size {
		return
	}
	f.found.add("after the picture", Hidden)
}

// hex writes a byte in hexadecimal.
func hex(c byte) string {
	const digits = "0123456789ABCDEF"
	return string([]byte{digits[c>>4], digits[c&15]})
}

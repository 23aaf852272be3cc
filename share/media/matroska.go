package media

import (
	"math"
	"time"
)

// The identifiers of Matroska's elements.
const (
	idEBML        = 0x1A45DFA3
	idDocType     = 0x4282
	idSegment     = 0x18538067
	idSeekHead    = 0x114D9B74
	idSeek        = 0x4DBB
	idSeekID      = 0x53AB
	idInfo        = 0x1549A966
	idTracks      = 0x1654AE6B
	idTrackEntry  = 0xAE
	idCluster     = 0x1F43B675
	idCues        = 0x1C53BB6B
	idCuePoint    = 0xBB
	idChapters    = 0x1043A770
	idAttachments = 0x1941A469
	idTags        = 0x1254C367
	idVoid        = 0xEC
	idCRC         = 0xBF
	idTimestamp   = 0xE7
	idSimpleBlock = 0xA3
	idBlockGroup  = 0xA0
	idBlock       = 0xA1
)

// An element is one of EBML.
type element struct {
	id   uint32
	at   int64
	body int64
	end  int64 // that of what contains it, if isOpen
	// isOpen tells that the size is not known.
	isOpen bool
}

// A matroska is a file whose elements are being read.
type matroska struct {
	*file
	scale    uint64 // nanoseconds of a unit of time
	length   float64
	last     uint64   // the time of the last block, in units
	tracks   []uint64 // the numbers of those that are kept
	hasVideo bool
	hasBlock bool
	hasInfo  bool

	hasRemovedTrack bool
}

// readMatroska reads a Matroska or WebM file. What is removed is made a void element
// in place, so that positions stay correct.
func (f *file) readMatroska() {
	f.info.Kind = Audio
	m := &matroska{file: f, scale: 1e6}
	header := m.element(0, f.size)
	if header.isOpen {
		f.fail(0, "the header has no size")
		return
	}
	f.info.Container = Matroska
	docType := ""
	m.elements(header.body, header.end, func(e element) {
		switch e.id {
		case idDocType:
			docType = m.text(e)
		case 0x4286, 0x42F7, 0x42F2, 0x42F3, 0x4287, 0x4285: // versions and lengths
		default:
			m.drop(e)
		}
	})
	switch {
	case f.err != nil:
		return
	case docType == "webm":
		f.info.Container = WebM
	case docType != "matroska":
		f.err = ErrFormat
		return
	}
	at := header.end
	for at < f.size && f.err == nil {
		e := m.element(at, f.size)
		if e.id == idSegment {
			end := m.segment(e)
			f.trailer(end)
			m.describe()
			f.assemble(end)
			return
		}
		if e.id != idVoid {
			f.fail(at, "the header is not followed by a segment")
		}
		m.unused(e)
		at = e.end
	}
	f.fail(at, "the file ends without a segment")
}

// element reads the header of an element that lies between two offsets.
func (m *matroska) element(at, end int64) element {
	e := element{at: at}
	id, n, _ := m.vint(at, end, 4)
	size, k, isOpen := m.vint(at+n, end, 8)
	if m.err != nil {
		return element{end: end}
	}
	e.id = uint32(id)
	e.body = at + n + k
	e.end = end
	if isOpen {
		e.isOpen = true
		return e
	}
	size &^= 1 << uint(7*k)
	if size > uint64(end-e.body) {
		m.fail(at, "the element 0x"+hexID(e.id)+" of "+decimal(int64(min(size, math.MaxInt64)))+
			" bytes runs past the end of what contains it")
		return element{end: end}
	}
	e.end = e.body + int64(size)
	return e
}

// vint reads a number whose first byte tells its length, with the bit that tells it.
// allOnes reports whether every other bit is 1.
func (m *matroska) vint(at, end int64, most int) (v uint64, n int64, allOnes bool) {
	if at >= end {
		m.fail(at, "an element has no room for its header")
		return 0, 0, false
	}
	first := m.peek(at, 1)[0]
	n = 1
	for mask := byte(0x80); mask != 0 && first&mask == 0; mask >>= 1 {
		n++
	}
	if n > int64(most) || n > end-at {
		m.fail(at, "an element has a header that cannot be")
		return 0, 0, false
	}
	for _, b := range m.peek(at, int(n)) {
		v = v<<8 | uint64(b)
	}
	return v, n, v == 1<<uint(7*n+1)-1
}

func hexID(id uint32) string {
	text := ""
	for _, b := range append32(nil, id) {
		if text != "" || b != 0 {
			text += hex(b)
		}
	}
	return text
}

// elements calls each for the elements in a row. None of them may be open.
func (m *matroska) elements(at, end int64, each func(e element)) {
	for at < end && m.err == nil {
		e := m.element(at, end)
		if e.isOpen {
			m.fail(at, "the element 0x"+hexID(e.id)+" has no size")
		}
		if m.err == nil {
			each(e)
		}
		at = e.end
	}
}

// void makes an element one that is not used, and overwrites its content.
func (m *matroska) void(e element) {
	n := e.end - e.at
	head := []byte{idVoid, 0x80 | byte(n-2)}
	if n > 128 {
		head = []byte{idVoid, 0x01, 0, 0, 0, 0, 0, 0, 0}
		for i, rest := 8, n-9; rest > 0; i, rest = i-1, rest>>8 {
			head[i] = byte(rest)
		}
	}
	m.overwrite(e.at, head, n)
}

// unused overwrites the content of a void element.
func (m *matroska) unused(e element) {
	if e.isOpen {
		m.fail(e.at, "the element 0x"+hexID(e.id)+" has no size")
		return
	}
	if m.zeroFilled(e.body, e.end-e.body) {
		m.found.add("void elements", Hidden)
	}
}

// remove reports an element and makes it void.
func (m *matroska) remove(where string, c Category, e element) {
	switch {
	case e.id == idVoid:
		m.unused(e)
		return
	case c == "":
		m.scan(where, e.body, e.end-e.body)
	default:
		m.found.add(where, c)
	}
	m.void(e)
}

// number reads the content of an element.
func (m *matroska) number(e element) (v uint64) {
	n := e.end - e.body
	if n > 8 {
		m.fail(e.at, "the element 0x"+hexID(e.id)+" is a number of more than 8 bytes")
		return 0
	}
	for _, b := range m.peek(e.body, int(n)) {
		v = v<<8 | uint64(b)
	}
	return v
}

// text reads the content of an element up to 64 bytes, without zeros at the end.
func (m *matroska) text(e element) string {
	b := m.peek(e.body, int(min(e.end-e.body, 64)))
	for len(b) > 0 && b[len(b)-1] == 0 {
		b = b[:len(b)-1]
	}
	return printable(b)
}

// segment reads the segment and returns its end.
func (m *matroska) segment(s element) int64 {
	at := s.body
	for at < s.end && m.err == nil {
		e := m.element(at, s.end)
		if e.isOpen && e.id != idCluster {
			m.fail(at, "the element 0x"+hexID(e.id)+" has no size")
		}
		if m.err != nil {
			break
		}
		at = e.end
		switch e.id {
		case idSeekHead:
			m.elements(e.body, e.end, m.seek)
		case idInfo:
			m.elements(e.body, e.end, m.about)
		case idTracks:
			m.elements(e.body, e.end, m.trackEntry)
		case idCluster:
			at = m.cluster(e)
		case idCues:
			m.elements(e.body, e.end, func(e element) {
				if e.id != idCuePoint {
					m.drop(e)
				}
			})
		case idChapters:
		case idTags:
			m.remove("Tags", "", e)
		case idAttachments:
			m.remove("Attachments", Hidden, e)
		case idVoid:
			m.unused(e)
		case idCRC:
			m.void(e)
		default:
			m.remove("unknown elements", "", e)
		}
	}
	return s.end
}

// seek removes what points to elements that are removed.
func (m *matroska) seek(e element) {
	if e.id != idSeek {
		m.drop(e)
		return
	}
	isKept := false
	m.elements(e.body, e.end, func(child element) {
		if child.id != idSeekID {
			return
		}
		switch m.number(child) {
		case idSeekHead, idInfo, idTracks, idCluster, idCues, idChapters:
			isKept = true
		}
	})
	if !isKept {
		m.void(e)
	}
}

// drop makes a checksum or an unknown element void. Checksums are dropped where
// something else may have changed.
func (m *matroska) drop(e element) {
	if e.id == idCRC {
		m.void(e)
		return
	}
	m.remove("unknown elements", "", e)
}

// about handles an element of Info.
func (m *matroska) about(e element) {
	m.hasInfo = true
	switch e.id {
	case 0x2AD7B1: // TimestampScale
		m.scale = m.number(e)
	case 0x4489: // Duration
		switch bits := m.number(e); e.end - e.body {
		case 4:
			m.length = float64(math.Float32frombits(uint32(bits)))
		case 8:
			m.length = math.Float64frombits(bits)
		}
	case 0x4D80, 0x5741: // MuxingApp and WritingApp, which must be there
		if m.zeroFilled(e.body, e.end-e.body) {
			m.found.add("Info", Software)
		}
	case 0x4461: // DateUTC
		m.remove("Info", Date, e)
	case 0x7BA9: // Title
		m.remove("Info", Comment, e)
	case 0x73A4, 0x7384, 0x3CB923, 0x3C83AB, 0x3EB923, 0x3E83BB, 0x4444, 0x6924: // UIDs and file names
		m.remove("Info", Identifier, e)
	default:
		m.drop(e)
	}
}

// trackEntry handles a track.
func (m *matroska) trackEntry(t element) {
	if t.id != idTrackEntry {
		m.drop(t)
		return
	}
	var number, kind uint64
	codec := ""
	m.elements(t.body, t.end, func(e element) {
		switch e.id {
		case 0xD7:
			number = m.number(e)
		case 0x83:
			kind = m.number(e)
		case 0x86:
			codec = m.text(e)
		}
	})
	switch kind {
	case 1, 2, 3, 0x11: // pictures, sound, both, subtitles
		if m.tracks = append(m.tracks, number); len(m.tracks) > maxTracks {
			m.fail(t.at, "the file has more than "+decimal(maxTracks)+" tracks")
		}
	default:
		m.hasRemovedTrack = true
		m.found.add("tracks", Telemetry)
		m.void(t)
		return
	}
	m.addCodec(codec)
	m.elements(t.body, t.end, func(e element) { m.trackMember(kind, codec, e) })
}

// trackMember handles an element of a track.
func (m *matroska) trackMember(kind uint64, codec string, e element) {
	switch e.id {
	case 0xD7, 0x73C5, 0x83, 0xB9, 0x88, 0x55AA, 0x55AB, 0x55AC, 0x55AD, 0x55AE, 0x55AF, 0x9C, 0x6DE7, 0x6DF8, 0x23E383,
		0x234E7A, 0x23314F, 0x537F, 0x55EE, 0x41E4, 0x22B59C, 0x22B59D, 0x86, 0xAA, 0x6FAB, 0x56AA, 0x56BB,
		0x6624, 0xE1, 0xE2, 0x6D80:
	case 0x63A2: // CodecPrivate
		m.private(codec, e)
	case 0xE0: // Video
		m.elements(e.body, e.end, func(e element) {
			if m.info.Kind == Video && m.hasVideo {
				return
			}
			switch e.id {
			case 0xB0:
				m.info.Width = int(m.number(e) & 0x7FFFFFFF)
			case 0xBA:
				m.info.Height = int(m.number(e) & 0x7FFFFFFF)
			}
		})
		m.hasVideo = true
		m.info.Kind = Video
	case 0x536E: // Name
		m.remove("names of tracks", Comment, e)
	case 0x258688, 0x3A9697, 0x3B4040, 0x26B240: // of the codec
		m.remove("tracks", Software, e)
	default:
		m.drop(e)
	}
}

// private clears the comments in the headers of Vorbis and FLAC.
func (m *matroska) private(codec string, e element) {
	switch codec {
	case "A_VORBIS":
		m.clearVorbis(e)
	case "A_FLAC":
		m.clearFLAC(e.body, e.end)
	}
}

// cluster reads a cluster and returns its end.
func (m *matroska) cluster(c element) int64 {
	start := uint64(0)
	at := c.body
	if len(m.tracks) == 0 {
		m.fail(c.at, "the file has no track of pictures or sound, or none before this cluster")
	}
	for at < c.end && m.err == nil {
		e := m.element(at, c.end)
		if c.isOpen && isTopLevel(e.id) {
			break
		}
		if e.isOpen {
			m.fail(at, "the element 0x"+hexID(e.id)+" has no size")
		}
		if m.err != nil {
			break
		}
		at = e.end
		switch e.id {
		case idTimestamp:
			start = m.number(e)
		case 0x5854, 0xA7, 0xAB: // SilentTracks, Position, PrevSize
		case idSimpleBlock:
			m.block(start, e, e)
		case idBlockGroup:
			m.elements(e.body, e.end, func(child element) {
				if child.id == idBlock {
					m.block(start, child, e)
				}
			})
		case idCRC:
			m.void(e)
		default:
			m.remove("clusters", "", e)
		}
	}
	return at
}

func isTopLevel(id uint32) bool {
	switch id {
	case idSeekHead, idInfo, idTracks, idCluster, idCues, idChapters, idAttachments, idTags, idSegment, idEBML:
		return true
	}
	return false
}

// block reads the header of a block, and removes what contains it unless its track
// is one that is kept.
func (m *matroska) block(start uint64, b, whole element) {
	number, n, _ := m.vint(b.body, b.end, 8)
	if m.err != nil || b.end-b.body < n+3 {
		m.fail(b.at, "a block has no room for its header")
		return
	}
	number &^= 1 << uint(7*n)
	for _, kept := range m.tracks {
		if number != kept {
			continue
		}
		m.hasBlock = true
		p := m.peek(b.body+n, 2)
		if until := int64(start) + int64(int16(be16(p))); until > 0 {
			m.last = max(m.last, uint64(until))
		}
		return
	}
	if !m.hasRemovedTrack {
		m.found.add("blocks", Hidden)
	}
	m.void(whole)
}

// describe tells what the file is, once everything is read. Recorders of browsers
// write no duration, so it is that of the blocks then.
func (m *matroska) describe() {
	switch {
	case m.err != nil:
		return
	case !m.hasInfo || !m.hasBlock || len(m.tracks) == 0:
		m.fail(0, "the file has no track of pictures or sound")
		return
	}
	length := m.length
	if !(length > 0) {
		length = float64(m.last)
	}
	if ns := length * float64(m.scale); ns > 0 && ns < 1e18 {
		m.info.Duration = time.Duration(ns)
	}
}

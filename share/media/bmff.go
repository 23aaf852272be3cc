package media

import "time"

// A box is one of ISO base media files and QuickTime, which calls it an atom.
type box struct {
	kind [4]byte
	at   int64 // where it begins
	body int64 // where its content begins
	end  int64
}

func (b box) is(kind string) bool { return string(b.kind[:]) == kind }

func (b box) name() string { return printable(b.kind[:]) }

// box reads the header of a box that lies within the offsets at and end.
func (f *file) box(at, end int64) box {
	if at > end-8 {
		f.fail(at, "a box has no room for its header")
		return box{}
	}
	head := f.peek(at, 8)
	b := box{at: at, body: at + 8, kind: [4]byte(head[4:8])}
	n := uint64(be32(head))
	switch {
	case n == 0 && end == f.size:
		n = uint64(end - at)
	case n == 1 && at <= end-16:
		n = be64(f.peek(at+8, 8))
		b.body = at + 16
	}
	if n < uint64(b.body-at) || n > uint64(end-at) {
		f.fail(at, "the box "+b.name()+" has a size that cannot be")
		return box{}
	}
	b.end = at + int64(n)
	return b
}

// boxes calls each for the boxes in a row.
func (f *file) boxes(at, end int64, each func(b box)) {
	for at < end && f.err == nil {
		b := f.box(at, end)
		if f.err == nil {
			each(b)
		}
		at = b.end
	}
}

// free makes a box one that is not used, and overwrites its content.
func (f *file) free(b box) {
	head := append([]byte(nil), f.peek(b.at, int(b.body-b.at))...)
	copy(head[4:], "free")
	f.overwrite(b.at, head, b.end-b.at)
}

// unused overwrites the content of a box that is not used already.
func (f *file) unused(b box) {
	if f.zeroFilled(b.body, b.end-b.body) {
		f.found.add("unused boxes", Hidden)
	}
}

// A movie is a file of boxes: MP4, MOV, HEIC or AVIF.
type movie struct {
	*file
	data     []box // with the samples: mdat, and idat of pictures
	used     []span
	sloppy   []span // used, except for what lies outside of data
	tracks   []*track
	extends  []box         // trex
	timed    time.Duration // by the header
	played   time.Duration // by the fragments
	hasMovie bool
	hasTrack bool // of pictures, sound or text
	hasItems bool

	hasRemovedData bool // a track or an item
}

// readMovie reads a file of boxes. What is removed is overwritten in place, so that
// offsets stay correct.
func (f *file) readMovie() {
	m := &movie{file: f}
	f.info.Container, f.info.Kind = MOV, Video
	end := m.readTop()
	if f.err == nil && !m.hasMovie && !m.hasItems {
		f.fail(0, "the file has neither a movie nor a picture")
	}
	if f.err != nil {
		return
	}
	if m.hasMovie {
		m.describe()
	}
	m.clearUnused()
	f.trailer(end)
	f.assemble(end)
}

// readTop reads the boxes of the file, and returns where they end. The movie is read
// before its fragments, wherever it is.
func (m *movie) readTop() int64 {
	var fragments []box
	at := int64(0)
	for at < m.size && m.err == nil {
		if m.isTrailer(at) {
			break
		}
		b := m.box(at, m.size)
		if m.err != nil {
			break
		}
		at = b.end
		switch {
		case b.is("moof"):
			if len(fragments) == maxParts {
				m.fail(b.at, "the file has more than "+decimal(maxParts)+" parts")
			}
			fragments = append(fragments, b)
		case b.is("mdat"):
			if len(m.data) == maxParts {
				m.fail(b.at, "the file has more than "+decimal(maxParts)+" parts")
			}
			m.data = append(m.data, b)
		default:
			m.topBox(b)
		}
	}
	for _, b := range fragments {
		if m.err == nil && !m.hasMovie {
			m.fail(b.at, "the box moof has no movie to belong to")
		}
		m.fragment(b)
	}
	return at
}

// isTrailer reports whether there are bytes here that are no box, after a file that
// is whole.
func (m *movie) isTrailer(at int64) bool {
	if !m.hasMovie && !m.hasItems || len(m.data) == 0 {
		return false
	}
	if m.size-at < 8 {
		return true
	}
	head := m.peek(at, 8)
	if oneOf(string(head[4:8]), "mdatmoofmfrasidxmetafreeskipwideuuidudtamoovstypemsgssix") {
		return false
	}
	n, least := uint64(be32(head)), uint64(8)
	if n == 1 && m.size-at >= 16 {
		n, least = be64(m.peek(at+8, 8)), 16
	}
	return n < least || n > uint64(m.size-at)
}

func (m *movie) topBox(b box) {
	switch {
	case b.is("ftyp"):
		m.brands(b)
	case b.is("moov"):
		if m.hasMovie {
			m.fail(b.at, "the file has two movies")
			return
		}
		m.hasMovie = true
		m.boxes(b.body, b.end, m.movieBox)
		m.applyDefaults()
	case b.is("meta"):
		m.metaBox(b)
	case b.is("mfra"):
		m.boxes(b.body, b.end, func(b box) {
			if !b.is("tfra") && !b.is("mfro") || b.is("tfra") && m.isRemoved(be32(m.peek(b.body+4, 4))) {
				m.remove("mfra", b)
			}
		})
	case b.is("sidx"), b.is("ssix"), b.is("styp"):
	case b.is("free"), b.is("skip"), b.is("wide"):
		m.unused(b)
	case b.is("prft"): // the time of the producer's clock
		m.found.add("prft", Date)
		m.free(b)
	default:
		m.remove("boxes of the file", b)
	}
}

// remove reports what a box tells and makes it one that is not used.
func (m *movie) remove(where string, b box) {
	if b.is("free") || b.is("skip") || b.is("wide") {
		m.unused(b)
		return
	}
	switch {
	case b.is("udta"), b.is("meta"), b.is("uuid"):
		where = b.name()
	case b.is("gps "):
		m.found.add(where, Location)
	}
	m.scan(where, b.at, b.end-b.at)
	m.free(b)
}

// brands tells the container by what the file says that it is compatible with.
func (m *movie) brands(b box) {
	if b.end-b.body < 8 || b.end-b.body > glance {
		m.fail(b.at, "the box ftyp has a size that cannot be")
		return
	}
	list := string(m.peek(b.body, int(b.end-b.body)))
	major, names := list[:4], list[:4]+list[8:]
	has := func(brands string) bool {
		for ; len(names) >= 4; names = names[4:] {
			if oneOf(names[:4], brands) {
				return true
			}
		}
		names = list[:4] + list[8:]
		return false
	}
	switch {
	case oneOf(major, "crx jp2 jpx mjp2"):
		m.err = ErrFormat
	case oneOf(major, "qt  "):
	case has("avifavis"):
		m.info.Container = AVIF
	case has("heicheixhevchevxheimheishevmhevsmif1mif2mif3msf1miafheif"):
		m.info.Container = HEIC
	case has("qt  "):
	default:
		m.info.Container = MP4
	}
}

// movieBox handles a box of moov.
func (m *movie) movieBox(b box) {
	switch {
	case b.is("mvhd"):
		m.header(b)
	case b.is("trak"):
		m.track(b)
	case b.is("mvex"):
		m.boxes(b.body, b.end, m.defaults)
	case b.is("cmov"):
		m.fail(b.at, "the header of the movie is compressed")
	case b.is("rmra"):
		m.fail(b.at, "the movie is in another file")
	case b.is("iods"), b.is("clip"), b.is("ctab"):
	default:
		m.remove("moov", b)
	}
}

// times clears the two times at the start of a box with a version, and returns where
// the next member begins.
func (m *movie) times(b box) int64 {
	n := int64(8)
	if b.end-b.body < 4 {
		m.fail(b.at, "the box "+b.name()+" has a size that cannot be")
		return b.body
	}
	if m.peek(b.body, 1)[0] == 1 {
		n = 16
	}
	if b.end-b.body < 4+n+12 {
		m.fail(b.at, "the box "+b.name()+" has a size that cannot be")
		return b.body
	}
	if m.zeroFilled(b.body+4, n) {
		m.found.add("times", Date)
	}
	return b.body + 4 + n
}

// header reads the duration of mvhd.
func (m *movie) header(b box) {
	at := m.times(b)
	if m.err != nil {
		return
	}
	head := m.peek(at, 12)
	scale, n := uint64(be32(head)), uint64(be32(head[4:]))
	if at-b.body > 12 {
		n = be64(head[4:])
	}
	m.timed = duration(n, scale)
}

// duration returns n units of which a second has scale, or 0 if that is no duration.
func duration(n, scale uint64) time.Duration {
	if scale == 0 || n/scale > 1e9 || n == 1<<32-1 {
		return 0
	}
	return time.Duration(n/scale)*time.Second + time.Duration(n%scale*1e9/scale)
}

// describe tells what the movie is, once everything is read.
func (m *movie) describe() {
	if !m.hasItems && !m.hasTrack {
		m.fail(0, "the movie has no track of pictures or sound")
		return
	}
	m.info.Duration = m.timed
	if m.timed == 0 {
		m.info.Duration = m.played
	}
	hasVideo := false
	for _, t := range m.tracks {
		if t.isRemoved {
			continue
		}
		m.addCodec(t.codec)
		if hasVideo || m.hasItems || t.width == 0 {
			continue
		}
		hasVideo = true
		m.info.Width, m.info.Height, m.info.Orientation = t.width, t.height, t.orientation
	}
	if !hasVideo && m.info.Kind == Video {
		m.info.Kind = Audio
	}
}

func (m *movie) isRemoved(track uint32) bool {
	t := m.trackOf(track)
	return t != nil && t.isRemoved
}

// use records that samples or an item consist of these bytes.
func (m *movie) use(spans *[]span, at, n uint64) {
	switch {
	case n == 0:
		return
	case at > uint64(m.size) || n > uint64(m.size)-at:
		if spans == &m.sloppy && at < uint64(m.size) {
			n = uint64(m.size) - at
			break
		}
		m.fail(int64(min(at, uint64(m.size))), "samples run past the end of the file")
		return
	}
	s := span{int64(at), int64(at + n)}
	if last := len(*spans) - 1; last >= 0 && (*spans)[last].end == s.start {
		(*spans)[last].end = s.end
		return
	}
	if len(*spans) == maxSpans {
		m.fail(int64(at), "the samples are in more than "+decimal(maxSpans)+" pieces")
		return
	}
	*spans = append(*spans, s)
}

// clearUnused overwrites what no sample and no item uses, in the boxes where they
// are. A sample elsewhere is an error.
func (m *movie) clearUnused() {
	order(len(m.data), func(i int) int64 { return m.data[i].at },
		func(i, j int) { m.data[i], m.data[j] = m.data[j], m.data[i] })
	m.checkInside()
	m.used = append(m.used, m.sloppy...)
	m.used = merge(m.used)
	isHidden := false
	next := 0
	for _, b := range m.data {
		at := b.body
		for next < len(m.used) && m.used[next].end <= at {
			next++
		}
		for i := next; i < len(m.used) && m.used[i].start < b.end && m.err == nil; i++ {
			isHidden = m.zeroFilled(at, m.used[i].start-at) || isHidden
			at = max(at, min(m.used[i].end, b.end))
		}
		isHidden = m.zeroFilled(at, b.end-at) || isHidden
	}
	if isHidden && !m.hasRemovedData {
		m.found.add("between samples", Hidden)
	}
}

func orderSpans(spans []span) {
	order(len(spans), func(i int) int64 { return spans[i].start },
		func(i, j int) { spans[i], spans[j] = spans[j], spans[i] })
}

// merge sorts spans and joins those that touch.
func merge(spans []span) []span {
	orderSpans(spans)
	merged := spans[:0]
	for _, s := range spans {
		if last := len(merged) - 1; last >= 0 && s.start <= merged[last].end {
			merged[last].end = max(merged[last].end, s.end)
			continue
		}
		merged = append(merged, s)
	}
	return merged
}

// checkInside fails unless every span that is used lies within one box of data.
func (m *movie) checkInside() {
	orderSpans(m.used)
	next := 0
	for _, s := range m.used {
		for next < len(m.data) && m.data[next].end <= s.start {
			next++
		}
		if next == len(m.data) || s.start < m.data[next].body || s.end > m.data[next].end {
			m.fail(s.start, "samples lie outside of the box mdat")
			return
		}
	}
}

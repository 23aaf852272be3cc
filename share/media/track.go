package media

import (
	"bytes"
	"time"
)

// A track is one of a movie.
type track struct {
	id        uint32
	at        int64 // where its box is
	handler   string
	codec     string
	isRemoved bool
	isLog     bool // text that sensors wrote
	scale     uint64

	width, height, orientation int

	table    samples
	defaults [2]uint32 // of the samples of fragments: duration and size
	decoded  uint64    // until where fragments have been read, in units of scale
}

// samples are the boxes of a track that tell where its samples are.
type samples struct {
	sizes, compact, chunks, offsets box
	wide                            bool // offsets of 64 bits
	first                           box  // the first sample entry
}

// shown are the handlers of tracks that are kept.
const shown = "videsountextsbtlsubtsubpclcpauxvpict"

// track reads a track, and keeps it or makes it one that is not used.
func (m *movie) track(b box) {
	t := &track{at: b.at, orientation: 1}
	if len(m.tracks) == maxTracks {
		m.fail(b.at, "the file has more than "+decimal(maxTracks)+" tracks")
		return
	}
	m.tracks = append(m.tracks, t)
	m.boxes(b.body, b.end, func(b box) { m.glanceTrack(t, b) })
	if m.err != nil {
		return
	}
	entry := t.table.first
	if t.handler == "" || entry.at == 0 {
		m.fail(b.at, "the track has no handler or no description of its samples")
		return
	}
	t.codec = entry.name()
	if !oneOf(t.handler, shown) || t.isLog {
		t.isRemoved = true
		m.hasRemovedData = true
		m.removeTrack(t, b)
		return
	}
	m.hasTrack = true
	m.boxes(b.body, b.end, func(b box) { m.trackBox(t, b) })
	m.sampleSpans(t)
}

// removeTrack reports what a track of another kind than pictures, sound and text
// tells.
func (m *movie) removeTrack(t *track, b box) {
	where := "track"
	switch t.codec {
	case "gpmd", "mebx", "camm", "mett", "metx", "urim", "rtmd", "tmcd", "text", "tx3g", "fdsc", "djmd", "dbgi":
		where += " " + t.codec
	}
	switch {
	case t.handler == "tmcd":
		m.found.add(where, Date)
	case t.isLog, t.codec == "gpmd", t.codec == "camm":
		m.found.add(where, Location, Telemetry)
	case t.handler == "meta":
		m.found.add(where, Telemetry)
	default:
		m.found.add(where, Other)
	}
	m.free(b)
}

// glanceTrack reads what decides about a track.
func (m *movie) glanceTrack(t *track, b box) {
	switch {
	case b.is("tkhd"):
		m.trackHeader(t, b)
	case b.is("mdia"), b.is("minf"), b.is("stbl"):
		m.boxes(b.body, b.end, func(b box) { m.glanceTrack(t, b) })
	case b.is("hdlr"):
		if b.end-b.body < 20 {
			m.fail(b.at, "the box hdlr has a size that cannot be")
			return
		}
		if t.handler == "" {
			t.handler = printable(m.peek(b.body+8, 4))
		}
	case b.is("mdhd"):
		if b.end-b.body < 20 {
			m.fail(b.at, "the box mdhd has a size that cannot be")
			return
		}
		at := b.body + 12
		if m.peek(b.body, 1)[0] == 1 {
			at += 8
		}
		t.scale = uint64(be32(m.peek(at, 4)))
	case b.is("stsd"):
		m.descriptions(b, func(entry box) {
			if t.table.first.at == 0 {
				t.table.first = entry
			}
		})
	case b.is("stsz"):
		t.table.sizes = b
	case b.is("stz2"):
		t.table.compact = b
	case b.is("stsc"):
		t.table.chunks = b
	case b.is("stco"), b.is("co64"):
		t.table.offsets, t.table.wide = b, b.is("co64")
		t.isLog = t.handler != "vide" && t.handler != "soun" && m.readsLikeLog(b)
	}
}

// trackHeader reads the number of a track, its size and its rotation.
func (m *movie) trackHeader(t *track, b box) {
	long := int64(0)
	if b.end-b.body >= 84 && m.peek(b.body, 1)[0] == 1 {
		long = 12
	}
	if b.end-b.body < 84+long {
		m.fail(b.at, "the box tkhd has a size that cannot be")
		return
	}
	t.id = be32(m.peek(b.body+12+long*2/3, 4))
	for _, other := range m.tracks {
		if other != t && other.id == t.id {
			m.fail(b.at, "two tracks have the number "+decimal(int64(t.id)))
		}
	}
	p := m.peek(b.body+40+long, 44)
	t.width, t.height = be16(p[36:]), be16(p[40:])
	t.orientation = rotation(int32(be32(p)), int32(be32(p[4:])), int32(be32(p[12:])), int32(be32(p[16:])))
}

// rotation returns the orientation of Exif that a matrix stands for.
func rotation(a, b, c, d int32) int {
	sign := func(n int32) int { return min(max(int(n), -1), 1) }
	switch [4]int{sign(a), sign(b), sign(c), sign(d)} {
	case [4]int{-1, 0, 0, 1}:
		return 2
	case [4]int{-1, 0, 0, -1}:
		return 3
	case [4]int{1, 0, 0, -1}:
		return 4
	case [4]int{0, 1, 1, 0}:
		return 5
	case [4]int{0, 1, -1, 0}:
		return 6
	case [4]int{0, -1, -1, 0}:
		return 7
	case [4]int{0, -1, 1, 0}:
		return 8
	}
	return 1
}

// readsLikeLog reports whether the first texts of a track are the coordinates that a
// drone writes as subtitles.
func (m *movie) readsLikeLog(offsets box) bool {
	width := int64(4)
	if offsets.is("co64") {
		width = 8
	}
	for i := range int64(8) {
		at := offsets.body + 8 + width*i
		if at+width > offsets.end {
			return false
		}
		chunk := int64(be32(m.peek(at+width-4, 4)))
		if width == 8 {
			chunk |= int64(be32(m.peek(at, 4))&0x7FFFFFFF) << 32
		}
		if chunk < 0 || chunk >= m.size {
			return false
		}
		text := m.peek(chunk, int(min(512, m.size-chunk)))
		for _, word := range []string{"GPS(", "GPS (", "[latitude", "HOME("} {
			if bytes.Contains(text, []byte(word)) {
				return true
			}
		}
	}
	return false
}

// trackBox handles a box of a track that is kept.
func (m *movie) trackBox(t *track, b box) {
	switch {
	case b.is("tkhd"), b.is("mdhd"):
		m.times(b)
	case b.is("mdia"), b.is("minf"), b.is("stbl"):
		m.boxes(b.body, b.end, func(b box) { m.trackBox(t, b) })
	case b.is("hdlr"):
		m.handlerName(b)
	case b.is("stsd"):
		m.descriptions(b, func(entry box) { m.description(t, entry) })
	case b.is("dinf"):
		m.boxes(b.body, b.end, m.reference)
	case b.is("tref"):
		m.boxes(b.body, b.end, m.trackReference)
	case b.is("saio"):
		m.fail(b.at, "the samples have auxiliary information, as encrypted ones do")
	case oneOf(string(b.kind[:]), "edtstaptloadmattcliptrgrelngvmhdsmhdhmhdnmhdsthdgmhdsttscttsstscstszstz2stcoco64"+
		"stssstshpadbstdpsdtpsbgpsgpdsubscslgstpssaiz"):
	default:
		m.remove("trak", b)
	}
}

// handlerName clears the maker and the name that a handler has.
func (m *movie) handlerName(b box) {
	if m.zeroFilled(b.body+12, b.end-b.body-12) {
		m.found.add("hdlr", Software)
	}
}

// trackReference removes references to time codes and metadata.
func (m *movie) trackReference(b box) {
	if !oneOf(string(b.kind[:]), "chapsyncscptdpndauxlvdepvplxsubtfontfollforcthmb") {
		m.free(b)
	}
}

// reference checks that the samples are in the file itself, and clears the names of
// files and folders that QuickTime wrote.
func (m *movie) reference(b box) {
	if !b.is("dref") || b.end-b.body < 8 {
		m.remove("dinf", b)
		return
	}
	m.boxes(b.body+8, b.end, func(b box) {
		if b.end-b.body < 4 {
			m.fail(b.at, "the box "+b.name()+" has a size that cannot be")
			return
		}
		if m.peek(b.body+3, 1)[0]&1 == 0 {
			m.fail(b.at, "the samples are in another file")
			return
		}
		if m.zeroFilled(b.body+4, b.end-b.body-4) {
			m.found.add("dref", History)
		}
	})
}

// descriptions calls each for the sample entries of stsd.
func (m *movie) descriptions(b box, each func(entry box)) {
	if b.end-b.body < 8 {
		m.fail(b.at, "the box stsd has a size that cannot be")
		return
	}
	// QuickTime ends some tables with four zeros.
	end := b.end
	for at := b.body + 8; at < end-7 && m.err == nil; {
		entry := m.box(at, end)
		if m.err == nil {
			each(entry)
		}
		at = entry.end
	}
}

// description clears the names of the encoder and its maker in a sample entry, and
// removes boxes of metadata from it.
func (m *movie) description(t *track, entry box) {
	head := int64(0)
	switch {
	case oneOf(string(entry.kind[:]), "encvencaencsenct"):
		m.fail(entry.at, "the samples are encrypted")
		return
	case t.handler == "vide" || t.handler == "auxv" || t.handler == "pict":
		if entry.end-entry.body < 78 {
			m.fail(entry.at, "the sample entry "+entry.name()+" has a size that cannot be")
			return
		}
		head = 78
		isNamed := m.zeroFilled(entry.body+12, 4)
		if m.zeroFilled(entry.body+42, 32) || isNamed {
			m.found.add("sample entry", Software)
		}
		if entry.is("avc1") {
			m.profile(t, entry)
		}
		if t.width == 0 {
			p := m.peek(entry.body+24, 4)
			t.width, t.height = be16(p), be16(p[2:])
		}
	case t.handler == "soun":
		head = m.soundHead(entry)
	default:
		return
	}
	for at := entry.body + head; at <= entry.end-8 && m.err == nil; {
		if be32(m.peek(at, 4)) == 0 { // QuickTime ends some lists so
			m.zeroFilled(at, entry.end-at)
			return
		}
		b := m.box(at, entry.end)
		switch {
		case oneOf(string(b.kind[:]), "udtametauuidfreeskip"):
			m.remove("sample entry", b)
		case b.is("dfLa") && b.end-b.body >= 4:
			m.clearFLAC(b.body+4, b.end)
		}
		at = b.end
	}
}

// soundHead clears the maker of a sound, and returns the length of what precedes its
// boxes.
func (m *movie) soundHead(entry box) int64 {
	if entry.end-entry.body < 28 {
		m.fail(entry.at, "the sample entry "+entry.name()+" has a size that cannot be")
		return 0
	}
	m.zeroFilled(entry.body+12, 4)
	switch m.peek(entry.body+8, 2)[1] {
	case 1:
		if m.info.Container == MOV {
			return 44
		}
	case 2:
		if m.info.Container == MOV {
			return 64
		}
	}
	return 28
}

// profile adds the profile and level of H.264 to the name of a codec.
func (m *movie) profile(t *track, entry box) {
	for at := entry.body + 78; at <= entry.end-8 && be32(m.peek(at, 4)) != 0 && m.err == nil; {
		b := m.box(at, entry.end)
		if b.is("avcC") && b.end-b.body >= 4 {
			p := m.peek(b.body+1, 3)
			t.codec = "avc1." + hex(p[0]) + hex(p[1]) + hex(p[2])
		}
		at = b.end
	}
}

// played adds up the time of fragments.
func (m *movie) play(t *track, until uint64) {
	t.decoded = until
	m.played = max(m.played, duration(until, t.scale))
	m.played = min(m.played, 1e9*time.Second)
}

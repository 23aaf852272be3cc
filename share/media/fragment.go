package media

// defaults handles a box of mvex, and reads what fragments leave out.
func (m *movie) defaults(b box) {
	switch {
	case b.is("trex"):
		if b.end-b.body < 24 {
			m.fail(b.at, "the box trex has a size that cannot be")
			return
		}
		m.extends = append(m.extends, b)
		if len(m.extends) > maxTracks {
			m.fail(b.at, "the file has more than "+decimal(maxTracks)+" tracks")
		}
	case b.is("mehd"), b.is("leva"):
	default:
		m.remove("mvex", b)
	}
}

// applyDefaults gives the tracks what trex tells. A track that is removed gets none.
func (m *movie) applyDefaults() {
	for _, b := range m.extends {
		p := m.peek(b.body+4, 20)
		id, duration, size := be32(p), be32(p[8:]), be32(p[12:])
		if t := m.trackOf(id); t != nil {
			t.defaults = [2]uint32{duration, size}
		}
		if m.isRemoved(id) {
			m.free(b)
		}
	}
}

func (m *movie) trackOf(id uint32) *track {
	for _, t := range m.tracks {
		if t.id == id {
			return t
		}
	}
	return nil
}

// A fragment is one of a movie.
type fragment struct {
	*movie
	moof box
	next uint64 // the end of the samples of the track before, which the next begins at
}

// fragment reads a box moof.
func (m *movie) fragment(b box) {
	f := &fragment{movie: m, moof: b, next: uint64(b.at)}
	m.boxes(b.body, b.end, func(b box) {
		switch {
		case b.is("traf"):
			f.track(b)
		case b.is("mfhd"):
		default:
			m.remove("moof", b)
		}
	})
}

// A trackFragment is the part of a track in a fragment.
type trackFragment struct {
	*track
	base           uint64 // of the offsets
	duration, size uint32 // of samples that have none of their own
	time           uint64
	at             uint64 // the end of the samples so far
}

// track reads a box traf.
func (f *fragment) track(b box) {
	t := f.trackFragment(b)
	if t == nil || f.err != nil {
		return
	}
	if t.isRemoved {
		f.runs(b, t)
		f.free(b)
		return
	}
	f.boxes(b.body, b.end, func(b box) {
		switch {
		case b.is("saio"), b.is("senc"):
			f.fail(b.at, "the samples have auxiliary information, as encrypted ones do")
		case !oneOf(string(b.kind[:]), "tfhdtfdttrunsbgpsgpdsubssaizsdtp"):
			f.remove("traf", b)
		}
	})
	f.runs(b, t)
}

// runs reads all boxes trun.
func (f *fragment) runs(b box, t *trackFragment) {
	f.boxes(b.body, b.end, func(b box) {
		if b.is("trun") {
			f.run(b, t)
		}
	})
	f.next = t.at
	f.play(t.track, t.time)
}

// trackFragment reads the header of a box traf, which may follow the boxes that need
// it.
func (f *fragment) trackFragment(b box) *trackFragment {
	var t *trackFragment
	time, hasTime := uint64(0), false
	f.boxes(b.body, b.end, func(b box) {
		n := b.end - b.body
		switch {
		case b.is("tfhd") && n >= 8:
			t = f.header(b)
		case b.is("tfdt") && n >= 8:
			p := f.peek(b.body, 8)
			time, hasTime = uint64(be32(p[4:])), true
			if p[0] == 1 && n >= 12 {
				time = be64(f.peek(b.body+4, 8))
			}
		}
	})
	if t == nil || t.track == nil {
		f.fail(b.at, "the fragment belongs to no track of the movie")
		return nil
	}
	t.time = t.decoded
	if hasTime {
		t.time = time
	}
	return t
}

// header reads a box tfhd.
func (f *fragment) header(b box) *trackFragment {
	p := f.peek(b.body, 8)
	flags := be32(p) & 0xFFFFFF
	t := &trackFragment{track: f.trackOf(be32(p[4:])), base: f.next}
	if t.track == nil {
		return nil
	}
	t.duration, t.size = t.defaults[0], t.defaults[1]
	at := b.body + 8
	member := func(flag uint32, n int64) uint64 {
		if flags&flag == 0 {
			return 0
		}
		if at+n > b.end {
			f.fail(b.at, "the box tfhd has a size that cannot be")
			return 0
		}
		p := f.peek(at, int(n))
		at += n
		if n == 8 {
			return be64(p)
		}
		return uint64(be32(p))
	}
	if flags&0x20000 != 0 {
		t.base = uint64(f.moof.at)
	}
	if base := member(1, 8); flags&1 != 0 {
		t.base = base
	}
	member(2, 4)
	if duration := member(8, 4); flags&8 != 0 {
		t.duration = uint32(duration)
	}
	if size := member(16, 4); flags&16 != 0 {
		t.size = uint32(size)
	}
	t.at = t.base
	return t
}

// run records the samples of a box trun.
func (f *fragment) run(b box, t *trackFragment) {
	if b.end-b.body < 8 {
		f.fail(b.at, "the box trun has a size that cannot be")
		return
	}
	p := f.peek(b.body, 8)
	flags, n := be32(p)&0xFFFFFF, int64(be32(p[4:]))
	at := b.body + 8
	if flags&1 != 0 && at+4 <= b.end {
		t.at = t.base + uint64(int64(int32(be32(f.peek(at, 4)))))
		at += 4
	}
	if flags&4 != 0 {
		at += 4
	}
	width := int64(0)
	for _, flag := range []uint32{0x100, 0x200, 0x400, 0x800} {
		if flags&flag != 0 {
			width += 4
		}
	}
	if at > b.end || width > 0 && n > (b.end-at)/width {
		f.fail(b.at, "the box trun has fewer rows than the "+decimal(n)+" that it tells")
		return
	}
	size, length := uint64(0), uint64(0)
	if width == 0 {
		size, length = uint64(n)*uint64(t.size), uint64(n)*uint64(t.duration)
		n = 0
	}
	for ; n > 0 && f.err == nil; n-- {
		p := f.peek(at, int(width))
		at += width
		one, long := t.size, t.duration
		if flags&0x100 != 0 {
			long, p = be32(p), p[4:]
		}
		if flags&0x200 != 0 {
			one = be32(p)
		}
		size, length = size+uint64(one), length+uint64(long)
	}
	if !t.isRemoved {
		f.use(&f.used, t.at, size)
	}
	t.at += size
	t.time += length
}

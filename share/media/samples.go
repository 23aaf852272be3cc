package media

// sampleSpans records where the samples of a track are: the chunks, each from its
// offset as long as its samples are together.
func (m *movie) sampleSpans(t *track) {
	s := &t.table
	if m.err != nil || s.offsets.at == 0 {
		return
	}
	width := int64(4)
	if s.wide {
		width = 8
	}
	n := m.rows(s.offsets, 4, width)
	if n == 0 {
		return
	}
	c := m.chunkSizes(t)
	for i := int64(0); i < n && m.err == nil; i++ {
		p := m.peek(s.offsets.body+8+width*i, int(width))
		at := uint64(be32(p))
		if s.wide {
			at = be64(p)
		}
		size := c.next(i + 1)
		if c.isSloppy {
			m.use(&m.sloppy, at, size)
		} else {
			m.use(&m.used, at, size)
		}
	}
}

// rows returns how many rows of a width a table has. It begins with a version, and
// with skip bytes of which the last four are the number.
func (m *movie) rows(b box, skip, width int64) int64 {
	if b.end-b.body < 4+skip {
		m.fail(b.at, "the box "+b.name()+" has a size that cannot be")
		return 0
	}
	n := int64(be32(m.peek(b.body+skip, 4)))
	if n > (b.end-b.body-4-skip)/width {
		m.fail(b.at, "the box "+b.name()+" has fewer rows than the "+decimal(n)+" that it tells")
		return 0
	}
	return n
}

// A chunkReader tells the sizes of a track's chunks, one after the other.
type chunkReader struct {
	m        *movie
	constant uint64 // the size of every sample, if they are all the same
	left     uint64 // samples
	sizes    int64  // where the next size is, in bits
	bits     int64  // of one size
	runs     int64  // where the next row of stsc is
	runsEnd  int64
	nextRun  int64  // the first chunk of that row
	perChunk uint64 // samples

	// Sound of QuickTime may tell sizes in another unit, so that the size is only
	// known not to be larger.
	isSloppy        bool
	packet, samples uint64
}

func (m *movie) chunkSizes(t *track) *chunkReader {
	s := &t.table
	c := &chunkReader{m: m, bits: 32}
	switch {
	case s.sizes.at != 0:
		if s.sizes.end-s.sizes.body < 12 {
			m.fail(s.sizes.at, "the box stsz has a size that cannot be")
			return c
		}
		p := m.peek(s.sizes.body+4, 8)
		c.constant, c.left = uint64(be32(p)), uint64(be32(p[4:]))
		if c.constant == 0 {
			m.rows(s.sizes, 8, 4)
		} else if t.handler == "soun" {
			m.soundUnit(t, c)
		}
		c.sizes = (s.sizes.body + 12) * 8
	case s.compact.at != 0 && s.compact.end-s.compact.body >= 12:
		p := m.peek(s.compact.body+4, 8)
		c.bits, c.left = int64(p[3]), uint64(be32(p[4:]))
		if c.bits != 4 && c.bits != 8 && c.bits != 16 {
			m.fail(s.compact.at, "the box stz2 has sizes of "+decimal(c.bits)+" bits")
		}
		if c.left > uint64(s.compact.end-s.compact.body-12)*8/uint64(max(c.bits, 1)) {
			m.fail(s.compact.at, "the box stz2 has fewer rows than it tells")
		}
		c.sizes = (s.compact.body + 12) * 8
	default:
		m.fail(t.at, "the track does not tell the sizes of its samples")
		return c
	}
	if s.chunks.at == 0 {
		m.fail(t.at, "the track does not tell which samples its chunks have")
		return c
	}
	c.runs = s.chunks.body + 8
	c.runsEnd = c.runs + 12*m.rows(s.chunks, 4, 12)
	c.nextRun = 1
	if c.runs == c.runsEnd || m.peek(c.runs, 4)[3] != 1 {
		m.fail(s.chunks.at, "the first row of the box stsc is not about the first chunk")
	}
	return c
}

// soundUnit reads how many bytes a packet of sound has.
func (m *movie) soundUnit(t *track, c *chunkReader) {
	c.isSloppy = true
	entry := t.table.first
	if entry.end-entry.body < 28 {
		return
	}
	p := m.peek(entry.body, 28)
	c.constant = max(c.constant, uint64(be16(p[16:])*((be16(p[18:])+7)/8)))
	if be16(p[8:]) == 1 && entry.end-entry.body >= 44 && m.info.Container == MOV {
		p = m.peek(entry.body+28, 16)
		c.samples, c.packet = uint64(be32(p)), uint64(be32(p[8:]))
	}
}

// next returns the size of a chunk, which are asked for in order from 1.
func (c *chunkReader) next(chunk int64) uint64 {
	if chunk == c.nextRun && c.runs < c.runsEnd {
		c.perChunk = uint64(be32(c.m.peek(c.runs+4, 4)))
		c.runs += 12
		c.nextRun = 0
		if c.runs < c.runsEnd {
			c.nextRun = int64(be32(c.m.peek(c.runs, 4)))
			if c.nextRun <= chunk {
				c.m.fail(c.runs, "the rows of the box stsc are not in order")
			}
		}
	}
	n := min(c.perChunk, c.left)
	c.left -= n
	if c.constant > 0 {
		size := n * c.constant
		if c.samples > 0 {
			size = max(size, (n+c.samples-1)/c.samples*c.packet)
		}
		return size
	}
	size := uint64(0)
	for ; n > 0 && c.m.err == nil; n-- {
		p := c.m.peek(c.sizes/8, int(max(c.bits/8, 1)))
		switch c.bits {
		case 32:
			size += uint64(be32(p))
		case 16:
			size += uint64(be16(p))
		case 8:
			size += uint64(p[0])
		case 4:
			size += uint64(p[0] >> (4 - c.sizes&4) & 15)
		}
		c.sizes += c.bits
	}
	return size
}

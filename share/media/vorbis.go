package media

// clearVorbis clears the comments in the headers of Vorbis as Matroska has them:
// the number of headers less one, the lengths of the first two, and the headers.
func (m *matroska) clearVorbis(e element) {
	at := e.body + 1
	var lengths [2]int64
	for i := range lengths {
		for more := true; more && m.err == nil; at++ {
			if at >= e.end {
				m.fail(e.at, "the headers of Vorbis cannot be read")
				return
			}
			b := m.peek(at, 1)[0]
			lengths[i] += int64(b)
			more = b == 255
		}
	}
	start := at + lengths[0]
	end := start + lengths[1]
	if end > e.end || lengths[1] < 7 || string(m.peek(start+1, 6)) != "vorbis" {
		m.fail(e.at, "the headers of Vorbis cannot be read")
		return
	}
	m.clearComments(start+7, end)
}

// clearComments overwrites the texts of a list of comments by spaces. Their lengths
// stay.
func (f *file) clearComments(at, end int64) {
	count := int64(2) // the maker of the encoder, and the number of comments
	for i := int64(0); i < count && f.err == nil; i++ {
		if at > end-4 {
			f.fail(at, "a list of comments runs past its end")
			return
		}
		n := int64(le32(f.peek(at, 4)))
		at += 4
		if i == 1 {
			count += n
			continue
		}
		if n > end-at {
			f.fail(at, "a list of comments runs past its end")
			return
		}
		f.blank(at, n)
		at += n
	}
}

// blank overwrites a text by spaces.
func (f *file) blank(at, n int64) {
	text := f.all(at, n)
	isBlank := true
	for i, c := range text {
		isBlank = isBlank && c == ' '
		text[i] = ' '
	}
	if !isBlank {
		f.found.add("comments of the sound", Comment)
		f.patch(at, text)
	}
}

// clearFLAC clears all blocks of metadata of FLAC but the first, which describes the
// stream. Each has its kind and a length of 24 bits; a kind of 1 is filling.
func (f *file) clearFLAC(at, end int64) {
	if at <= end-4 && string(f.peek(at, 4)) == "fLaC" {
		at += 4
	}
	for at <= end-4 && f.err == nil {
		b := f.peek(at, 4)
		kind, n := b[0]&0x7F, int64(be32(b)&0xFFFFFF)
		if n > end-at-4 {
			f.fail(at, "a header of FLAC runs past its end")
			return
		}
		if kind != 0 && kind != 3 {
			f.patch(at, []byte{b[0]&0x80 | 1})
			if f.zeroFilled(at+4, n) {
				f.found.add("comments of the sound", Comment)
			}
		}
		at += 4 + n
		if b[0]&0x80 != 0 {
			return
		}
	}
}

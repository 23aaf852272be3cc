package media

import "time"

// readGIF keeps the frames, their control extensions, the loop and the colour
// profile, and leaves out every other extension.
func (f *file) readGIF() {
	f.info.Container, f.info.Kind, f.info.Codecs = GIF, Image, []string{"gif"}
	b := f.peek(0, 13)
	f.info.Width, f.info.Height = le16(b[6:]), le16(b[8:])
	at := 13 + colourTable(b[10])
	if at > f.size {
		f.fail(0, "the file ends within the colour table")
		return
	}
	f.keep(0, at)
	frames := 0
	var duration time.Duration
	for f.err == nil {
		if at >= f.size {
			f.fail(at, "the file ends without an end of the picture")
			return
		}
		switch block := f.peek(at, 1)[0]; block {
		case 0x3B:
			if frames == 0 {
				f.fail(at, "the picture ends before it has begun")
			}
			if frames > 1 {
				f.info.Duration = duration
			}
			f.keep(at, 1)
			f.trailer(at + 1)
			return
		case 0x2C:
			frames++
			at = f.gifFrame(at)
		case 0x21:
			var delay time.Duration
			at, delay = f.gifExtension(at)
			duration += delay
		default:
			f.fail(at, "a block begins with 0x"+hex(block)+", which GIF does not have")
		}
	}
}

// colourTable returns the length of a table by the flags that describe it.
func colourTable(flags byte) int64 {
	if flags&0x80 == 0 {
		return 0
	}
	return 3 << (flags&7 + 1)
}

// gifFrame keeps a frame and returns its end.
func (f *file) gifFrame(at int64) int64 {
	b := f.peek(at, 10)
	end, _ := f.subBlocks(at + 10 + colourTable(b[9]) + 1)
	f.keep(at, end-at)
	return end
}

// subBlocks returns the end of a row of blocks, and how many bytes they hold.
func (f *file) subBlocks(at int64) (end, n int64) {
	for start := at; f.err == nil; {
		if at >= f.size {
			f.fail(start, "the blocks from here run past the end of the file")
			break
		}
		length := int64(f.run(at)[0])
		at += 1 + length
		n += length
		if length == 0 {
			return at, n
		}
	}
	return at, n
}

// gifExtension keeps or leaves out an extension. It returns its end, and the delay
// of the next frame that it tells.
func (f *file) gifExtension(at int64) (end int64, delay time.Duration) {
	b := f.peek(at, 3)
	label, first := b[1], int64(b[2])
	end, n := f.subBlocks(at + 2)
	if f.err != nil {
		return end, 0
	}
	where := "extension"
	switch {
	case label == 0xF9 && first == 4 && n == 4:
		f.keep(at, end-at)
		return end, time.Duration(le16(f.peek(at+4, 2))) * 10 * time.Millisecond
	case label == 0xFE:
		f.found.add("comment", Comment)
		return end, 0
	case label == 0x01:
		f.found.add("plain text", Comment)
		return end, 0
	case label == 0xFF && first == 11:
		switch name := string(f.peek(at+3, 11)); {
		case (name == "NETSCAPE2.0" || name == "ANIMEXTS1.0") && n <= 11+3+5, name == "ICCRGBG1012":
			f.keep(at, end-at)
			return end, 0
		case name == "XMP DataXMP":
			where = "XMP"
		}
	}
	f.scan(where, at, end-at)
	return end, 0
}

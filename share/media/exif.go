package media

// An exif is a block of Exif data, which has the structure of a TIFF file.
type exif struct {
	f       *file
	at, end int64 // of the TIFF header, and of the block
	little  bool
	where   string

	orientation int // 0 if there is none
	entries     int // of all directories
	known       bool
}

// directories is how many image file directories are read of one block: more than
// any camera writes.
const directories = 8

// readExif reports what Exif data tells, and returns the orientation. Data that
// cannot be read tells nothing. A block with nothing but an orientation is not
// reported, since that is what Clean writes.
func (f *file) readExif(where string, at, n int64) int {
	e := exif{f: f, at: at, end: at + n, where: where}
	if head := e.bytes(0, 8); head != nil {
		e.little = head[0] == 'I'
		queue := []int64{e.u32(head[4:])}
		for i := 0; i < len(queue) && i < directories; i++ {
			queue = append(queue, e.directory(queue[i], i == 0)...)
		}
	}
	if !e.known && (e.entries != 1 || e.orientation == 0) {
		f.found.add(where, Other)
	}
	if e.orientation < 1 || e.orientation > 8 {
		return 1
	}
	return e.orientation
}

// bytes returns bytes of the block, or nil if it has none there.
func (e *exif) bytes(at int64, n int) []byte {
	if at < 0 || at > e.end-e.at-int64(n) {
		return nil
	}
	return e.f.peek(e.at+at, n)
}

func (e *exif) u16(b []byte) int {
	if e.little {
		return le16(b)
	}
	return be16(b)
}

func (e *exif) u32(b []byte) int64 {
	if e.little {
		return int64(le32(b))
	}
	return int64(be32(b))
}

// directory reads one directory, and returns the offsets of those that follow it.
func (e *exif) directory(at int64, first bool) (next []int64) {
	head := e.bytes(at, 2)
	if at == 0 || head == nil {
		return nil
	}
	n := e.u16(head)
	for i := range n {
		entry := e.bytes(at+2+12*int64(i), 12)
		if entry == nil {
			return next
		}
		e.entries++
		tag, value := e.u16(entry), e.u32(entry[8:])
		switch {
		case tag == 0x112 && first && e.orientation == 0:
			e.orientation = e.u16(entry[8:])
		case tag == 0x8769, tag == 0x8825, tag == 0xA005, tag == 0x14A:
			next = append(next, value)
		}
		if c := exifCategory(tag); c != "" {
			e.f.found.add(e.where, c)
			e.known = true
		}
		if len(next) > directories {
			return next
		}
	}
	if link := e.bytes(at+2+12*int64(n), 4); link != nil {
		next = append(next, e.u32(link))
	}
	return next
}

// exifCategory returns what a tag tells, or "" if it tells little. The tags of GPS
// directories, which are below 0x20, are named by the tag that leads to them.
func exifCategory(tag int) Category {
	switch tag {
	case 0x8825:
		return Location
	case 0x10F, 0x110, 0x13C, 0x829A, 0x829D, 0x8827, 0x9201, 0x9202, 0x920A, 0xA405, 0xA431, 0xA432, 0xA433, 0xA434,
		0xA435, 0xC614, 0xC62F:
		return Camera
	case 0x13B, 0x8298, 0x9C9D, 0xA430:
		return Author
	case 0x132, 0x9003, 0x9004, 0x9010, 0x9011, 0x9012, 0x9290, 0x9291, 0x9292:
		return Date
	case 0x10D, 0x10E, 0x9286, 0x9C9B, 0x9C9C, 0x9C9E, 0x9C9F, 0x83BB, 0x2BC, 0x8649:
		return Comment
	case 0x201:
		return Thumbnail
	case 0x927C:
		return MakerNote
	case 0xA420:
		return Identifier
	case 0x131:
		return Software
	case 0xA00B, 0x9213:
		return History
	}
	return ""
}

// minimalExif returns a TIFF file with nothing but an orientation.
func minimalExif(orientation int) []byte {
	return []byte{
		'M', 'M', 0, 42, 0, 0, 0, 8, // big-endian; the directory follows
		0, 1, // one entry
		0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, byte(orientation), 0, 0, // a short
		0, 0, 0, 0, // no further directory
	}
}

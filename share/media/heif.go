package media

// pictures are the types of items that are pictures or put them together.
// derived are those that only put others together.
const (
	pictures = "hvc1hev1lhv1av01avc1vvc1evc1j2k1hvt1unci" + derived
	derived  = "gridiovlidentmap"
)

// maxItems bounds the items of a picture. A picture of 100 megapixels has some 400.
const maxItems = 1 << 16

// An item is a picture of a HEIF file, or metadata about one.
type item struct {
	id        uint32
	kind      string
	entry     box
	name      int64 // where its name begins
	isRemoved bool
}

// An itemFile is the box meta of a file with pictures.
type itemFile struct {
	*movie
	meta    box
	tables  map[string]box
	items   map[uint32]*item
	listed  []*item // in the order of the file
	primary uint32
}

// metaBox handles a box meta of the file. It is metadata unless its handler is
// "pict".
func (m *movie) metaBox(b box) {
	p := &itemFile{movie: m, meta: b, tables: map[string]box{}, items: map[uint32]*item{}}
	if b.end-b.body < 12+20 || string(m.peek(b.body+8, 4)) != "hdlr" || string(m.peek(b.body+20, 4)) != "pict" {
		m.remove("meta", b)
		return
	}
	if m.hasItems {
		m.fail(b.at, "the file has two lists of pictures")
		return
	}
	m.hasItems = true
	m.info.Kind = Image
	m.boxes(b.body+4, b.end, p.metaChild)
	for _, step := range []func(){
		p.readPrimary, p.readItems, p.readReferences, p.readProperties, p.readPlaces, p.writeItems,
	} {
		if m.err != nil {
			return
		}
		step()
	}
}

func (p *itemFile) metaChild(b box) {
	name := string(b.kind[:])
	switch {
	case b.is("hdlr"):
		if b.end-b.body < 12 {
			p.fail(b.at, "the box hdlr has a size that cannot be")
			return
		}
		p.handlerName(b)
	case b.is("dinf"):
		p.boxes(b.body, b.end, p.reference)
	case oneOf(name, "pitmiinfilocirefiprpidatgrpl"):
		if p.tables[name].at != 0 {
			p.fail(b.at, "the file has the box "+name+" twice")
		}
		p.tables[name] = b
		if b.is("idat") {
			p.data = append(p.data, b)
		}
	case b.is("ipro"):
		p.fail(b.at, "the pictures are encrypted")
	default:
		p.remove("meta", b)
	}
}

// table returns the content of a box, or nil if there is none.
func (p *itemFile) table(b box) []byte {
	if b.at == 0 {
		return nil
	}
	return p.all(b.body, b.end-b.body)
}

// replace writes the content of a box over a longer one, and fills the rest by a box
// that is not used. If there is no room for that box, nothing changes.
func (p *itemFile) replace(b box, content []byte) {
	head := b.body - b.at
	rest := b.end - b.body - int64(len(content))
	if rest < 8 || p.err != nil {
		return
	}
	text := append(p.all(b.at, head), content...)
	if head == 16 {
		copy(text[8:], append32(append32(nil, 0), uint32(len(text))))
	} else {
		copy(text, append32(nil, uint32(len(text))))
	}
	text = append(append32(text, uint32(rest)), "free"...)
	p.patch(b.at, append(text, make([]byte, rest-8)...))
}

// A cursor reads numbers of a table. Beyond the end they are 0.
type cursor struct {
	b   []byte
	at  int
	bad bool
}

// number reads a number of n bytes.
func (c *cursor) number(n int) uint64 {
	if c.at > len(c.b)-n {
		c.bad = true
		c.at = len(c.b)
		return 0
	}
	v := uint64(0)
	for _, b := range c.b[c.at : c.at+n] {
		v = v<<8 | uint64(b)
	}
	c.at += n
	return v
}

// id reads a number of 2 bytes, or of 4 in a later version of a box.
func (c *cursor) id(isLong bool) uint32 {
	if isLong {
		return uint32(c.number(4))
	}
	return uint32(c.number(2))
}

func (p *itemFile) readPrimary() {
	c := cursor{b: p.table(p.tables["pitm"])}
	version := c.number(4) >> 24
	p.primary = c.id(version > 0)
	if c.bad && p.err == nil {
		p.fail(p.meta.at, "the file does not tell which picture is to be shown")
	}
}

// readItems reads iinf.
func (p *itemFile) readItems() {
	b := p.tables["iinf"]
	c := cursor{b: p.table(b)}
	n := c.id(c.number(4)>>24 > 0)
	if c.bad || p.err != nil {
		p.fail(p.meta.at, "the list of pictures is missing")
		return
	}
	p.boxes(b.body+int64(c.at), b.end, p.readItem)
	if p.err == nil && int(n) != len(p.listed) {
		p.fail(b.at, "the list of pictures has "+decimal(int64(len(p.listed)))+" entries, not the "+
			decimal(int64(n))+" that it tells")
	}
}

// readItem reads a box infe.
func (p *itemFile) readItem(b box) {
	if len(p.listed) == maxItems {
		p.fail(b.at, "the file has more than "+decimal(maxItems)+" items")
		return
	}
	n := b.end - b.body
	if !b.is("infe") || n < 12 {
		p.fail(b.at, "the box "+b.name()+" does not describe an item")
		return
	}
	c := cursor{b: p.peek(b.body, int(min(n, 14)))}
	version := c.number(4) >> 24
	t := &item{id: c.id(version > 2), entry: b}
	c.number(2)
	t.kind = string(append32(nil, uint32(c.number(4))))
	t.name = b.body + int64(c.at)
	if version < 2 || version > 3 || c.bad {
		p.fail(b.at, "the box infe does not describe an item")
		return
	}
	if p.items[t.id] != nil {
		p.fail(b.at, "two items have the number "+decimal(int64(t.id)))
		return
	}
	if t.kind == "jpeg" {
		p.fail(b.at, "a picture is a JPEG file within the file")
		return
	}
	p.items[t.id] = t
	p.listed = append(p.listed, t)
	switch {
	case !oneOf(t.kind, pictures):
		t.isRemoved = true
	case !oneOf(t.kind, derived):
		p.addCodec(t.kind)
	}
}

// readReferences reads iref. An item that is the thumbnail of another is removed,
// and so are the references from and to items that are removed.
func (p *itemFile) readReferences() {
	b := p.tables["iref"]
	if b.at == 0 {
		return
	}
	text := p.table(b)
	if len(text) < 4 {
		p.fail(b.at, "the box iref has a size that cannot be")
		return
	}
	isLong := text[0] > 0
	p.boxes(b.body+4, b.end, func(r box) {
		c := cursor{b: text[r.body-b.body : r.end-b.body]}
		if t := p.items[c.id(isLong)]; r.is("thmb") && t != nil && t.id != p.primary {
			t.isRemoved = true
			p.found.add("items", Thumbnail)
		}
	})
	kept := append([]byte(nil), text[:4]...)
	p.boxes(b.body+4, b.end, func(r box) {
		c := cursor{b: text[r.body-b.body : r.end-b.body]}
		isKept := !p.isRemovedItem(c.id(isLong))
		for n := c.number(2); n > 0 && !c.bad; n-- {
			isKept = isKept && !p.isRemovedItem(c.id(isLong))
		}
		if c.bad {
			p.fail(r.at, "the box "+r.name()+" has fewer references than it tells")
		}
		if isKept {
			kept = append(kept, text[r.at-b.body:r.end-b.body]...)
		}
	})
	p.replace(b, kept)
}

func (p *itemFile) isRemovedItem(id uint32) bool {
	t := p.items[id]
	return t != nil && t.isRemoved
}

// readProperties reads iprp: the size of the picture, and texts and times, which it
// removes.
func (p *itemFile) readProperties() {
	var all []box
	p.boxesOf("iprp", func(b box) {
		switch {
		case b.is("ipco"):
			p.boxes(b.body, b.end, func(property box) {
				all = append(all, property)
				if len(all) > maxItems {
					p.fail(property.at, "the file has more than "+decimal(maxItems)+" properties")
				}
				p.property(property)
			})
		case b.is("ipma"):
			p.associations(b, &all)
		default:
			p.remove("iprp", b)
		}
	})
}

func (p *itemFile) boxesOf(name string, each func(b box)) {
	if b := p.tables[name]; b.at != 0 {
		p.boxes(b.body, b.end, each)
	}
}

func (p *itemFile) property(b box) {
	switch {
	case b.is("free"), b.is("skip"):
		p.unused(b)
		return
	case b.is("crtt"), b.is("mdft"):
		p.found.add("properties", Date)
	case b.is("udes"), b.is("altt"):
		p.found.add("properties", Comment)
	case b.is("uuid"):
		p.found.add("properties", Other)
	default:
		return
	}
	p.free(b)
}

// associations reads which properties the items have, and leaves out those of items
// that are removed.
func (p *itemFile) associations(b box, all *[]box) {
	text := p.table(b)
	c := cursor{b: text}
	head := c.number(4)
	n := c.number(4)
	if c.bad {
		p.fail(b.at, "the box ipma has a size that cannot be")
		return
	}
	kept := append([]byte(nil), text[:8]...)
	rows, left := p.keptRows(&c, uint32(n), func() uint32 {
		id := c.id(head>>24 > 0)
		for k := c.number(1); k > 0 && !c.bad; k-- {
			index := int(c.number(1) & 0x7F)
			if head&1 != 0 {
				index = index<<8 | int(c.number(1))
			}
			if id == p.primary && index > 0 && index <= len(*all) {
				p.primaryProperty((*all)[index-1])
			}
		}
		return id
	})
	if c.bad {
		p.fail(b.at, "the box ipma has fewer rows than it tells")
		return
	}
	copy(kept[4:], append32(nil, left))
	p.replace(b, append(kept, rows...))
}

// keptRows returns the rows of a table without those of removed items, and their
// number. Read reads one row and returns the number of its item.
func (p *itemFile) keptRows(c *cursor, n uint32, read func() uint32) (kept []byte, left uint32) {
	left = n
	for ; n > 0 && !c.bad && p.err == nil; n-- {
		start := c.at
		if p.isRemovedItem(read()) {
			left--
			continue
		}
		kept = append(kept, c.b[start:c.at]...)
	}
	return kept, left
}

// primaryProperty reads a property of the picture that is to be shown.
func (p *itemFile) primaryProperty(b box) {
	n := b.end - b.body
	switch {
	case b.is("ispe") && n >= 12:
		s := p.peek(b.body+4, 8)
		p.info.Width, p.info.Height = int(be32(s)), int(be32(s[4:]))
	case b.is("irot") && n >= 1:
		// Counter-clockwise, where Exif counts clockwise.
		p.info.Orientation = []int{1, 8, 3, 6}[p.peek(b.body, 1)[0]&3]
	}
}

// readPlaces reads iloc: where the items are. It reports what those tell that are
// removed, and leaves out their places.
func (p *itemFile) readPlaces() {
	b := p.tables["iloc"]
	text := p.table(b)
	c := cursor{b: text}
	version := c.number(4) >> 24
	sizes := c.number(2)
	count := c.at
	n := c.id(version == 2)
	if c.bad || version > 2 {
		p.fail(p.meta.at, "the places of the pictures are missing")
		return
	}
	kept := append([]byte(nil), text[:c.at]...)
	rows, left := p.keptRows(&c, n, func() uint32 {
		id := c.id(version == 2)
		p.readPlace(&c, id, version > 0, sizes)
		return id
	})
	if c.bad {
		p.fail(b.at, "the box iloc has fewer rows than it tells")
		return
	}
	if version == 2 {
		copy(kept[count:], append32(nil, left))
	} else {
		kept[count], kept[count+1] = byte(left>>8), byte(left)
	}
	p.replace(b, append(kept, rows...))
}

// readPlace reads one row of iloc after its number.
func (p *itemFile) readPlace(c *cursor, id uint32, hasMethod bool, sizes uint64) {
	method := uint64(0)
	if hasMethod {
		method = c.number(2) & 15
	}
	if c.number(2) != 0 {
		p.fail(p.tables["iloc"].at, "a picture is in another file")
		return
	}
	offsetSize, lengthSize, baseSize, indexSize := int(sizes>>12&15), int(sizes>>8&15), int(sizes>>4&15), int(sizes&15)
	if max(offsetSize, lengthSize, baseSize, indexSize) > 8 {
		p.fail(p.tables["iloc"].at, "the box iloc has numbers of more than 8 bytes")
		return
	}
	base := c.number(baseSize)
	data := p.tables["idat"]
	for n := c.number(2); n > 0 && !c.bad && p.err == nil; n-- {
		if hasMethod {
			c.number(indexSize)
		}
		at := base + c.number(offsetSize)
		length := c.number(lengthSize)
		t := p.items[id]
		switch {
		case t == nil || method == 2 || c.bad:
			continue
		case method == 1:
			if data.at == 0 || at > uint64(data.end-data.body) {
				p.fail(p.tables["iloc"].at, "a picture lies outside of the box idat")
				return
			}
			at += uint64(data.body)
		case method > 2:
			p.fail(p.tables["iloc"].at, "a picture is placed in a way that is not known")
			return
		}
		if !t.isRemoved {
			p.use(&p.used, at, length)
			continue
		}
		if at <= uint64(p.size) && length <= uint64(p.size)-at {
			p.readMetadata(t, int64(at), int64(length))
		}
	}
}

// readMetadata reports what an item tells that is removed.
func (p *itemFile) readMetadata(t *item, at, n int64) {
	switch {
	case t.kind == "Exif" && n >= 4:
		skip := 4 + int64(be32(p.peek(at, 4)))
		p.readExif("Exif", at+min(skip, n), n-min(skip, n))
	case t.kind == "mime":
		p.scan("XMP", at, n)
	case !oneOf(t.kind, pictures):
		p.scan("items", at, n)
	}
}

// writeItems writes iinf without the items that are removed, and clears the names of
// those that stay. It also clears groups of items with one that is removed.
func (p *itemFile) writeItems() {
	if t := p.items[p.primary]; t == nil || t.isRemoved {
		p.fail(p.meta.at, "the picture that is to be shown is missing")
		return
	}
	b := p.tables["iinf"]
	text := p.table(b)
	if text == nil {
		return
	}
	head := 6
	if text[0] > 0 {
		head = 8
	}
	kept := append([]byte(nil), text[:head]...)
	n := uint32(0)
	for _, t := range p.listed {
		if t.isRemoved {
			p.hasRemovedData = true
			continue
		}
		n++
		clear(text[t.name-b.body : t.entry.end-b.body])
		kept = append(kept, text[t.entry.at-b.body:t.entry.end-b.body]...)
	}
	copy(kept[4:], append32(nil, n<<(32-8*(uint(head)-4)))[:head-4])
	if p.hasRemovedData {
		if len(p.found) == 0 {
			p.found.add("items", Other)
		}
		p.replace(b, kept)
		return
	}
	for _, t := range p.listed {
		if p.zeroFilled(t.name, t.entry.end-t.name) {
			p.found.add("names of items", Comment)
		}
	}
}

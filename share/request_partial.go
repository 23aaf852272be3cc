package share

import "sharewise/share/internal/text"

// maxPasses bounds how often a request is read in part. Each pass finds the first
// thousand mistakes.
const maxPasses = 8

// DecodePartial reads what it can of a request. It is for pages, where one odd member
// must not cost the reader the whole sheet; programs use Decode. A member of content,
// viewer, device or page in which Decode finds a mistake is unknown; so is the whole
// of a list or an object in it, but of the attributes only the one with the mistake.
// What is unknown never permits more: for a condition that asks whether such a fact
// is known, or missing, that is unknown too.
//
// The error, if any, is of type Problems, and lists what Decode reports. The request
// is nil only if too little can be read: if the text is not JSON or no object, if a
// name stands twice, or if the mistake is in page.text, which the reader has written.
func DecodePartial(text []byte) (*Request, error) {
	return decodePartial(text, nil)
}

// DecodePartial reads what it can of a request, as the function DecodePartial does,
// and treats attributes that don't have the kind that the ruleset declares as unknown.
func (r *Rules) DecodePartial(text []byte) (*Request, error) {
	return decodePartial(text, &r.symbols)
}

func decodePartial(source []byte, symbols *symbols) (*Request, error) {
	d := requestReader{Reader: &text.Reader{Text: string(source)}, symbols: symbols}
	if !d.Parse(maxRequestBytes) || d.Repeats {
		return nil, problems(d.Finish())
	}
	removeEmpty(&d.Root)
	var refused Problems
	for range maxPasses {
		req := new(Request)
		d.request(&d.Root, req)
		if !d.Failed() {
			if refused == nil {
				return req, nil
			}
			req.checked.mistaken = d.mistaken
			return req, refused
		}
		if found := d.Finish(); refused == nil {
			refused = problems(found)
		}
		if !d.removeMistaken() {
			break
		}
		d.Restart()
	}
	return nil, refused
}

// removeMistaken removes the members in which the problems are, and notes their names,
// or returns false.
func (d *requestReader) removeMistaken() bool {
	const removed = 'x'
	for _, offset := range d.Offsets {
		m := d.Root.At(offset)
		if m == nil {
			return false
		}
		part := m.Name
		if inner := m.At(offset); m.Kind == '{' && inner != nil {
			if m = inner; part == "page" && m.Name == "text" {
				return false
			}
			if inner = m.At(offset); m.Kind == '{' && m.Name == "attributes" && inner != nil {
				m = inner
			}
		}
		m.Kind = removed
		d.mistaken = append(d.mistaken, m.Name)
	}
	removeMembers(&d.Root, func(m, _ *text.Node) bool { return m.Kind == removed })
	return true
}

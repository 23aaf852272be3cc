package main

import (
	"unsafe"

	"sharewise/share"
)

func ruleset() *share.Rules {
	rules, err := share.Compile(read("ruleset.json"))
	check(err)
	return rules
}

func (c *cases) decoded() []share.Request {
	list := make([]share.Request, len(c.Requests))
	for i, text := range c.Requests {
		request, err := share.Decode(text)
		check(err)
		list[i] = *request
	}
	return list
}

// verdicts returns the same bytes as a slice of verdicts, so that Sharewise writes
// to the same output as the others.
func verdicts(out []byte) []share.Verdict {
	return unsafe.Slice((*share.Verdict)(unsafe.Pointer(unsafe.SliceData(out))), len(out))
}

// ours returns Sharewise, in bulk and one by one.
func ours(c *cases) []engine {
	rules, requests, width := ruleset(), c.decoded(), len(c.Targets)
	return []engine{
		{Name: "Sharewise, in bulk", Note: "Rules.Verdicts, 256 requests to a call, one core", unit: len(requests),
			decide: func(_ int, out []byte) {
				rules.Verdicts(verdicts(out)[:0], requests)
			}},
		{Name: "Sharewise, one by one", Note: "Rules.Verdicts, one request to a call", unit: 1,
			decide: func(i int, out []byte) {
				rules.Verdicts(verdicts(out)[:i*width], requests[i:i+1])
			}},
	}
}

// sheets measures whole sheets: every verdict with its reason and every permitted
// target with its link.
func sheets(c *cases) []engine {
	rules, requests := ruleset(), c.decoded()
	var text []byte
	return []engine{
		{Name: "sheet", Note: "Rules.Sheet, a decoded request", unit: 1, decide: func(i int, _ []byte) {
			rules.Sheet(&requests[i])
		}},
		{Name: "sheet from text to text", Note: "Decode, Sheet and AppendJSON", unit: 1, decide: func(i int, _ []byte) {
			request, err := share.Decode(c.Requests[i])
			check(err)
			s := rules.Sheet(request)
			text = s.AppendJSON(text[:0])
		}},
	}
}

// byHand is the policy written by hand, the baseline.
func byHand(c *cases) engine {
	width := len(c.Targets)
	return engine{Name: "by hand", Note: "the policy written in Go", unit: 1, decide: func(i int, out []byte) {
		handWritten(&c.Facts[i], out[i*width:(i+1)*width])
	}}
}

func handWritten(f *facts, out []byte) {
	_ = out[19]
	kind, visibility := f.Content.Kind, f.Content.Visibility
	owner, story := f.Viewer.Role == "owner", kind == "story"
	closed := visibility == "private" || f.Now >= f.Content.ExpiresAt
	shut := closed || visibility == "friends" && !owner
	young := f.Viewer.AgeBand == "under-13" || f.Viewer.AgeBand == "13-17" &&
		(f.Viewer.Region == "AU" || f.Viewer.Region == "FR" || f.Viewer.Region == "DK")
	open := visibility == "public" && (story || kind == "video" || kind == "photo" || kind == "post")

	fill(out[:2], shut || !story, owner && f.Viewer.Bucket < 25000)
	fill(out[2:4], shut || story, owner && kind == "video")
	fill(out[4:11], shut || young, open)
	fill(out[11:17], shut, open)
	fill(out[17:18], closed, owner || f.Viewer.Role == "friend")
	fill(out[18:19], false, owner || f.Content.Downloadable)
	fill(out[19:20], false, owner)
}

func fill(out []byte, forbid, permit bool) {
	answer := neither
	if forbid {
		answer = forbidden
	} else if permit {
		answer = permitted
	}
	for i := range out {
		out[i] = answer
	}
}

package media_test

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"sharewise/share/media"
)

// A meter counts what is read of a file.
type meter struct {
	io.ReaderAt
	calls, bytes int64
}

func (m *meter) ReadAt(b []byte, at int64) (int, error) {
	m.calls++
	n, err := m.ReaderAt.ReadAt(b, at)
	m.bytes += int64(n)
	return n, err
}

// try cleans any bytes. What is called clean has nothing more to remove, and what is
// not has left no byte.
func try(t *testing.T, file []byte) {
	t.Helper()
	var w bytes.Buffer
	m := &meter{ReaderAt: bytes.NewReader(file)}
	receipt, err := media.Clean(&w, m, int64(len(file)))
	// Every box may be looked at several times, and a look reads 4 KB.
	if most := int64(len(file)+64) * 4096; m.bytes > most {
		t.Errorf("read %d bytes of a file of %d", m.bytes, len(file))
	}
	if err != nil {
		if w.Len() > 0 || receipt != nil || !strings.HasPrefix(err.Error(), "media: byte ") {
			t.Errorf("%d bytes, %v: %v", w.Len(), receipt, err)
		}
		return
	}
	if receipt.Written != int64(w.Len()) {
		t.Errorf("%d bytes were written, not the %d of the receipt", w.Len(), receipt.Written)
	}
	again, second, err := clean(w.Bytes())
	switch {
	case err != nil:
		t.Errorf("what was cleaned cannot be read: %v", err)
	case len(second.Removed) > 0 || second.Container != receipt.Container:
		t.Errorf("what was cleaned as %s has as %s: %v", receipt.Container, second.Container, second.Removed)
	case !bytes.Equal(again, w.Bytes()):
		t.Errorf("what was cleaned becomes something else:\n%q\n%q", w.Bytes(), again)
	}
}

// fuzz tries files that differ from those of a container.
func fuzz(f *testing.F, names ...string) {
	for _, name := range names {
		f.Add(made[name])
		f.Add(made[name][:len(made[name])/2])
	}
	f.Fuzz(func(t *testing.T, file []byte) { try(t, file) })
}

func FuzzJPEG(f *testing.F) {
	f.Add(jpeg(segment(0xE1, "Exif\x00\x00MM\x00*", u32(8), u16(1), u16(0x8769), u16(4), u32(1), u32(8), u32(8))))
	fuzz(f, "jpeg")
}

func FuzzPNG(f *testing.F) {
	f.Add(png(chunk("acTL", u32(2), u32(0)), chunk("fcTL", zeros(20), u16(1), u16(0), zeros(2)), chunk("caBX", secret)))
	fuzz(f, "png")
}

func FuzzGIF(f *testing.F) {
	f.Add(gif("!\x01\x01x\x00", "!\xFF\x0BICCRGBG1012\x01x\x00"))
	fuzz(f, "gif")
}

func FuzzWebP(f *testing.F) {
	f.Add(webp(riffChunk("VP8L", zeros(10))))
	f.Add(webp(extended, riffChunk("ANIM", zeros(6)), riffChunk("ANMF", zeros(16), riffChunk("priv", secret), riffChunk("VP8L", "/", zeros(9)))))
	fuzz(f, "webp")
}

func FuzzMP4(f *testing.F) {
	f.Add(fragmented())
	f.Add(mp4(atom("meta", secret), trak(9, "text", "tx3g", 32, 3, nil, nil)))
	fuzz(f, "mp4", "mov")
}

func FuzzHEIC(f *testing.F) { fuzz(f, "heic") }

func FuzzWebM(f *testing.F) {
	f.Add(cat(doctype, element(idSegment, about, tracks, element("\x11\x4D\x9B\x74", element("\x4D\xBB", element("\x53\xAB", idTags))),
		element(idCluster, blocks), element("\xEC", secret), element("\xBF", u32(7)))))
	f.Add(cat(doctype, idSegment, unknown, about, element(idTracks, element("\xAE", element("\xD7", 1), element("\x83", 2),
		element("\x86", "A_VORBIS"), element("\x63\xA2", 2, 1, 16, "i\x03vorbis", zeros(4), "\x01\x00\x00\x00\x01\x00\x00\x00x", 1))),
		element(idCluster, blocks)))
	fuzz(f, "webm")
}

// fragmented is a movie with a fragment of two samples, and one of metadata.
func fragmented() []byte {
	moov := atom("moov", movieHeader, trak(1, "vide", "mp4v", 0, 0, nil, nil), trak(2, "meta", "gpmd", 0, 0, nil, nil),
		atom("mvex", full("trex", u32(1), u32(1), u32(100), u32(3), u32(0)), full("trex", u32(2), u32(1), u32(0), u32(0), u32(0))))
	traf := func(id, n, size, at int) []byte {
		return atom("traf", full("tfhd", u32(id)), atom("trun", u32(0x201), u32(n), u32(at), bytes.Repeat(u32(size), n)))
	}
	moof := func(start int) []byte {
		return atom("moof", full("mfhd", u32(1)), traf(1, 2, 3, start), traf(2, 1, len(secret), start+6), atom("udta", secret))
	}
	return cat(brand, moov, moof(len(moof(0))+8), atom("mdat", "onetwo", secret))
}

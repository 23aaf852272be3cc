package media_test

import (
	"bytes"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"

	"sharewise/share/media"
)

// Files that are made to take time or memory. What they cost is counted, not timed:
// how often they are read, and how much memory is taken.
func TestHostile(t *testing.T) {
	n := 100000
	if testing.Short() {
		n = 10000
	}
	nested := func(kind string) []byte {
		b := []byte{}
		for range 1000 {
			b = atom(kind, b)
		}
		return b
	}
	for name, file := range map[string][]byte{
		"segments":          jpeg(bytes.Repeat(segment(0xFE, "x"), n)),
		"segments to keep":  jpeg(bytes.Repeat(cat(segment(0xFE, "x"), segment(0xDB, "y")), n)),
		"scans":             cat("\xFF\xD8", frame, bytes.Repeat(scan, n), "\xFF\xD9"),
		"restarts":          cat("\xFF\xD8", frame, scan, bytes.Repeat([]byte("\xFF\xD0"), n), "\xFF\xD9"),
		"Exif":              jpeg(bytes.Repeat(segment(0xE1, "Exif\x00\x00", tiff(6)), n)),
		"Exif with loops":   jpeg(bytes.Repeat(segment(0xE1, "Exif\x00\x00MM\x00*", u32(8), u16(9), bytes.Repeat(cat(u16(0x8769), u16(4), u32(1), u32(8)), 9), u32(8)), 1000)),
		"chunks":            png(bytes.Repeat(chunk("tEXt"), n)),
		"extensions":        gif(bytes.Repeat([]byte("!\xFE\x00"), n)),
		"frames":            webp(extended, bytes.Repeat(riffChunk("ANMF", zeros(16), riffChunk("priv", ""), riffChunk("VP8L", zeros(10))), n)),
		"boxes":             mp4(bytes.Repeat(atom("free"), n)),
		"tracks":            mp4(bytes.Repeat(atom("trak"), n)),
		"metadata":          mp4(bytes.Repeat(atom("udta", "x"), n)),
		"nested movies":     cat(brand, nested("moov")),
		"nested media":      cat(brand, atom("moov", atom("trak", nested("mdia")))),
		"nested unknown":    mp4(nested("udta")),
		"fragments":         cat(fragmented(), bytes.Repeat(atom("moof", atom("traf", full("tfhd", u32(1)), full("trun", u32(1<<31)))), n)),
		"data":              cat(mp4(), bytes.Repeat(atom("mdat"), n)),
		"clusters":          cat(webm(), bytes.Repeat(cat(idCluster, unknown), n)),
		"elements":          cat(doctype, idSegment, unknown, bytes.Repeat([]byte("\xEC\x80"), n)),
		"nested clusters":   cat(doctype, element(idSegment, bytes.Repeat(cat(idCluster, unknown, "\xA0", unknown), n))),
		"unknown elements":  cat(webm(), bytes.Repeat([]byte("\x42\x86\x81x"), n)),
		"tracks of WebM":    cat(doctype, idSegment, unknown, element(idTracks, bytes.Repeat(element("\xAE"), n))),
		"items of no file":  cat(atom("ftyp", "heic", zeros(4)), full("meta", full("hdlr", zeros(4), "pict", zeros(13)), full("pitm", u16(1)), full("iinf", u16(0xFFFF), bytes.Repeat(atom("infe", 2, zeros(3), u16(1), u16(0), "hvc1\x00"), n)))),
		"chunks of a track": mp4(trak(2, "vide", "mp4v", 40, 6, nil, cat(full("stsz", u32(1<<30), u32(1<<32-1)), full("stco", u32(n), bytes.Repeat(u32(40), n))))),
	} {
		t.Run(name, func(t *testing.T) {
			m := &meter{ReaderAt: bytes.NewReader(file)}
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, err := media.Inspect(m, int64(len(file)))
			runtime.ReadMemStats(&after)
			if most := int64(40*len(file) + 1<<20); m.bytes > most {
				t.Errorf("read %d bytes of %d in %d calls", m.bytes, len(file), m.calls)
			}
			if most := uint64(40*len(file) + 1<<20); after.TotalAlloc-before.TotalAlloc > most {
				t.Errorf("took %d bytes of memory for %d", after.TotalAlloc-before.TotalAlloc, len(file))
			}
			if strings.HasPrefix(name, "nested m") && err == nil {
				t.Error("is called a movie")
			}
			try(t, file)
		})
	}
}

// A reader that fails, or has less than it says, is an error of its own.
func TestErrorsOfTheReaderAndTheWriter(t *testing.T) {
	file := made["mp4"]
	for n := range len(file) {
		if _, err := media.Clean(io.Discard, bytes.NewReader(file[:n]), int64(len(file))); err != io.EOF {
			t.Errorf("a file of %d bytes, not %d: %v", n, len(file), err)
		}
	}
	if _, err := media.Clean(broken{}, bytes.NewReader(file), int64(len(file))); err != io.ErrShortWrite {
		t.Error(err)
	}
	if _, err := media.Inspect(bytes.NewReader(file), -1); err != media.ErrFormat {
		t.Error(err)
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

// Parts put together are what Clean writes.
func TestPlan(t *testing.T) {
	for name, file := range made {
		parts, receipt, err := media.Plan(bytes.NewReader(file), int64(len(file)))
		if err != nil {
			t.Fatal(err)
		}
		var got []byte
		for _, p := range parts {
			switch {
			case p.Bytes != nil:
				got = append(got, p.Bytes...)
			case p.Offset < 0:
				got = append(got, zeros(int(p.Size))...)
			default:
				got = append(got, file[p.Offset:p.Offset+p.Size]...)
			}
		}
		want, same := mustClean(t, file)
		if !bytes.Equal(got, want) || receipt.Written != int64(len(got)) || !slices.Equal(receipt.Removed, same.Removed) {
			t.Errorf("%s: %v\n%q\n%q", name, receipt, got, want)
		}
	}
}

// The samples of fragments stay, and those of a track of metadata go.
func TestFragments(t *testing.T) {
	file := fragmented()
	out, receipt := mustClean(t, file)
	if hasSecret(out) || !bytes.Contains(out, []byte("onetwo")) || bytes.Count(out, []byte("traf")) != 1 {
		t.Errorf("%q", out)
	}
	if got := receipt.String(); got != "Location, date, sensor data and software removed" {
		t.Error(got)
	}
	info, err := media.Inspect(bytes.NewReader(out), int64(len(out)))
	if err != nil || info.Kind != media.Video {
		t.Error(info, err)
	}
}

// A run of checksums, each of which would be written anew.
func TestWhatIsWrittenAnewIsBounded(t *testing.T) {
	if testing.Short() {
		t.Skip("a count, tested natively")
	}
	file := cat(doctype, idSegment, unknown, bytes.Repeat([]byte("\xBF\x84SUMS"), 17<<20/6))
	_, err := media.Inspect(bytes.NewReader(file), int64(len(file)))
	if err == nil || err.Error() != "media: byte 16777242: more than 16777216 bytes of the file would be written anew" {
		t.Error(err)
	}
}

// Any byte may be wrong. What is called clean then has nothing more to remove.
func TestNoWrongByteMakesAFileThatIsNotClean(t *testing.T) {
	all := map[string][]byte{"fragmented": fragmented(), "log": log("\x00\x10HOME(SECRET) GPS(1, 2)")}
	for name, file := range made {
		all[name] = file
	}
	for name, file := range all {
		for at, was := range file {
			wrongs := []byte{0, 0xFF, was + 1, was ^ 0x10}
			if testing.Short() {
				wrongs = wrongs[at%4:][:1]
			}
			for _, wrong := range wrongs {
				file := bytes.Clone(file)
				file[at] = wrong
				if try(t, file); t.Failed() {
					t.Fatalf("%s with 0x%X at %d", name, wrong, at)
				}
			}
		}
	}
}

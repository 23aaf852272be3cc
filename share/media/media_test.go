package media_test

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"sharewise/share/media"
)

func TestCleanRemovesTheSecretFromEveryPlace(t *testing.T) {
	for name, file := range made {
		t.Run(name, func(t *testing.T) {
			if !hasSecret(file) {
				t.Fatal("the file has no secret")
			}
			out, receipt := mustClean(t, file)
			if hasSecret(out) {
				t.Errorf("left in %q", out)
			}
			if string(receipt.Container) != name || receipt.Size != int64(len(file)) || receipt.Written != int64(len(out)) ||
				len(receipt.Removed) == 0 {
				t.Errorf("%+v", receipt)
			}
			info, err := media.Inspect(bytes.NewReader(file), int64(len(file)))
			if err != nil || !slices.Equal(info.Metadata, receipt.Removed) {
				t.Errorf("Inspect found %v, Clean %v: %v", info, receipt.Removed, err)
			}
		})
	}
}

func TestCleaningTwiceChangesNothing(t *testing.T) {
	for name, file := range made {
		once, _ := mustClean(t, file)
		twice, receipt := mustClean(t, once)
		if !bytes.Equal(once, twice) || receipt.String() != "Nothing to remove" || len(receipt.Removed) > 0 {
			t.Errorf("%s: %v\n%q\n%q", name, receipt.Removed, once, twice)
		}
	}
}

// Decoders find what they need where it was.
func TestCleanKeepsWhatShowsThePicture(t *testing.T) {
	exif := "MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00"
	for name, want := range map[string][]byte{
		"jpeg": jpeg(segment(0xE0, "JFIF\x00", 1, 2, 0, u16(1), u16(1), 0, 0), segment(0xE1, "Exif\x00\x00", exif),
			segment(0xE2, "ICC_PROFILE\x00\x01\x01colour"), segment(0xEE, "Adobe", zeros(7))),
		"png": png(chunk("eXIf", exif), chunk("iCCP", "colour")),
		"gif": gif("!\xFF\x0BNETSCAPE2.0\x03\x01\x00\x00\x00", "!\xF9\x04\x00\x0A\x00\x00\x00"),
		"webp": webp(riffChunk("VP8X", 0x08, zeros(3), 2, 0, 0, 1, 0, 0), riffChunk("ICCP", "colour"),
			riffChunk("VP8 ", zeros(11)), riffChunk("EXIF", exif)),
	} {
		got, _ := mustClean(t, made[name])
		if !bytes.Equal(got, want) {
			t.Errorf("%s\ngot  %q\nwant %q", name, got, want)
		}
	}
	for name, samples := range map[string][]string{
		"mp4": {"sample"}, "mov": {"sample"}, "heic": {"picture"}, "webm": {"frame", "last"},
	} {
		got, _ := mustClean(t, made[name])
		for _, sample := range samples {
			if at := bytes.Index(made[name], []byte(sample)); at != bytes.Index(got, []byte(sample)) {
				t.Errorf("%s: %q is no longer at %d", name, sample, at)
			}
		}
		if len(got) != len(made[name]) {
			t.Errorf("%s: %d bytes became %d", name, len(made[name]), len(got))
		}
	}
}

func TestReceiptsInWords(t *testing.T) {
	for name, want := range map[string]string{
		"jpeg": "Location, camera, comments, thumbnail and hidden data removed",
		"png":  "Location, camera, date, comments, hidden data and other metadata removed",
		"gif":  "Location, comments and hidden data removed",
		"webp": "Location, camera and hidden data removed",
		"mp4":  "Location, date, hidden data and software removed",
		"mov":  "Location, date, sensor data and software removed",
		"heic": "Location, camera, comments and thumbnail removed",
		"webm": "Location, date, comments, sensor data and software removed",
	} {
		_, receipt := mustClean(t, made[name])
		if got := receipt.String(); got != want {
			t.Errorf("%s: %q, want %q: %v", name, got, want, receipt.Removed)
		}
	}
	if got := (&media.Receipt{}).String(); got != "Nothing to remove" {
		t.Error(got)
	}
}

func TestInspect(t *testing.T) {
	ms := time.Millisecond
	for name, want := range map[string]media.Info{
		"jpeg": {Kind: media.Image, Width: 2, Height: 3, Orientation: 6, Codecs: []string{"jpeg"}},
		"png":  {Kind: media.Image, Width: 2, Height: 3, Orientation: 6, Codecs: []string{"png"}},
		"gif":  {Kind: media.Image, Width: 3, Height: 2, Orientation: 1, Codecs: []string{"gif"}},
		"webp": {Kind: media.Image, Width: 2, Height: 3, Orientation: 6, Codecs: []string{"vp8"}},
		"mp4":  {Kind: media.Video, Width: 64, Height: 48, Orientation: 1, Duration: 200 * ms, Codecs: []string{"mp4v"}},
		"mov":  {Kind: media.Video, Width: 64, Height: 48, Orientation: 1, Duration: 200 * ms, Codecs: []string{"mp4v"}},
		"heic": {Kind: media.Image, Width: 48, Height: 64, Orientation: 6, Codecs: []string{"hvc1"}},
		"webm": {Kind: media.Video, Width: 64, Height: 48, Orientation: 1, Duration: 200 * ms, Codecs: []string{"V_VP9"}},
	} {
		got, err := media.Inspect(bytes.NewReader(made[name]), int64(len(made[name])))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if string(got.Container) != name || got.Kind != want.Kind || got.Width != want.Width || got.Height != want.Height ||
			got.Orientation != want.Orientation || got.Duration != want.Duration || !slices.Equal(got.Codecs, want.Codecs) {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// A picture ends with a mark, and a movie with its last box or with less than the
// header of one. A segment of WebM without a size may end after any block.
func TestNoFileThatIsCutOffIsCalledClean(t *testing.T) {
	for name, file := range made {
		whole := len(file)
		switch name {
		case "jpeg", "png", "gif", "webp":
			whole -= len(secret)
		case "webm":
			file = bytes.Replace(file, []byte(idSegment+unknown), cat(idSegment, "\x01", u64(uint64(len(file) - len(doctype) - 12))[1:]), 1)
		}
		for n := range whole {
			w := &written{}
			_, err := media.Clean(w, bytes.NewReader(file[:n]), int64(n))
			if err == nil {
				t.Errorf("%s of %d bytes is called clean at %d", name, whole, n)
			}
			if w.n > 0 {
				t.Errorf("%s at %d: %d bytes were written before %v", name, n, w.n, err)
			}
		}
	}
}

func TestErrorsHavePlaceAndReason(t *testing.T) {
	for _, c := range []struct {
		name string
		file []byte
		want string
	}{
		{"nothing", nil, "byte 0: the file is none of JPEG, PNG, WebP, GIF, AVIF, HEIC, MP4, MOV, WebM and Matroska"},
		{"text", []byte("hello world, this is text"), "byte 0: the file is none of JPEG, PNG, WebP, GIF, AVIF, HEIC, MP4, MOV, WebM and Matroska"},
		{"raw photo", atom("ftyp", "crx ", zeros(4)), "byte 0: the file is none of JPEG, PNG, WebP, GIF, AVIF, HEIC, MP4, MOV, WebM and Matroska"},
		{"JPEG without picture", cat("\xFF\xD8", segment(0xFE, "x"), "\xFF\xD9"), "byte 7: the picture ends before it has begun"},
		{"JPEG, segment too long", cat("\xFF\xD8\xFF\xE1\xFF\xFF"), "byte 2: the segment 0xE1 of 65535 bytes runs past the end of the file"},
		{"JPEG, segment too short", cat("\xFF\xD8\xFF\xE1\x00\x01 "), "byte 2: the segment 0xE1 of 1 bytes runs past the end of the file"},
		{"JPEG without end", cat("\xFF\xD8", frame, scan), "byte 33: the file ends within a scan"},
		{"JPEG of two pictures", cat("\xFF\xD8", frame, "\xFF\xD8\xFF\xD9"), "byte 15: a second picture begins before the first has ended"},
		{"PNG, chunk too long", cat("\x89PNG\r\n\x1a\n", header, u32(1<<31), "IDAT", zeros(9)), "byte 33: the chunk IDAT of 2147483648 bytes runs past the end of the file"},
		{"PNG, chunk without name", cat("\x89PNG\r\n\x1a\n", header, zeros(12)), "byte 33: a chunk has a name that is not made of letters"},
		{"PNG, first chunk", cat("\x89PNG\r\n\x1a\n", chunk("IDAT"), zeros(12)), "byte 8: the chunk IHDR is not the first and only one of its kind"},
		{"PNG without end", png()[:50], "byte 49: the file ends without the chunk IEND"},
		{"GIF, block", cat("GIF89a", zeros(7), "?"), "byte 13: a block begins with 0x3F, which GIF does not have"},
		{"GIF, endless", cat("GIF89a", zeros(7), "!\xFE\xFF"), "byte 15: the blocks from here run past the end of the file"},
		{"WebP, cut off", webp(riffChunk("VP8 ", zeros(10)))[:29], "byte 4: the file ends before the 30 bytes that its header tells"},
		{"WebP, chunk too long", webp("VP8 \xFF\xFF\xFF\xFF"), "byte 12: the chunk VP8  of 4294967295 bytes runs past the end of what contains it"},
		{"WebP without picture", webp(extended), "byte 30: the file has no picture"},
		{"MP4, box too long", cat(brand, u32(1), "moov", u64(1<<63)), "byte 24: the box moov has a size that cannot be"},
		{"MP4, box too short", cat(brand, u32(7), "moov"), "byte 24: the box moov has a size that cannot be"},
		{"MP4 without movie", cat(brand, atom("mdat")), "byte 0: the file has neither a movie nor a picture"},
		{"MP4 without tracks", cat(brand, atom("moov", movieHeader)), "byte 0: the movie has no track of pictures or sound"},
		{"MP4, compressed", cat(brand, atom("moov", atom("cmov"))), "byte 32: the header of the movie is compressed"},
		{"MP4, encrypted", cat(brand, atom("moov", movieHeader, trak(1, "vide", "encv", 0, 0, nil, nil))), "byte 396: the samples are encrypted"},
		{"MP4, samples outside of mdat", cat(brand, atom("moov", movieHeader, trak(1, "vide", "mp4v", 24, 8, nil, nil))), "byte 24: samples lie outside of the box mdat"},
		{"MP4, samples past the end", cat(brand, atom("moov", movieHeader, trak(1, "vide", "mp4v", 1<<20, 8, nil, nil))), "byte 570: samples run past the end of the file"},
		{"MP4, two tracks of one number", mp4(trak(1, "vide", "mp4v", 47, 6, nil, nil)), "byte 607: two tracks have the number 1"},
		{"HEIC, no pictures", cat(atom("ftyp", "heic", zeros(4)), full("meta", full("hdlr", zeros(4), "pict", zeros(13)), full("pitm", u16(1)))), "byte 16: the list of pictures is missing"},
		{"WebM, element too long", cat(doctype, idSegment, "\x01\x7F\xFF\xFF\xFF\xFF\xFF\xFF", about), "byte 18: the element 0x18538067 of 36028797018963967 bytes runs past the end of what contains it"},
		{"WebM, header that cannot be", cat(doctype, 0, 0), "byte 18: an element has a header that cannot be"},
		{"WebM without segment", doctype, "byte 18: the file ends without a segment"},
		{"WebM without tracks", cat(doctype, element(idSegment)), "byte 0: the file has no track of pictures or sound"},
		{"WebM, Tags without size", cat(doctype, idSegment, unknown, idTags, unknown), "byte 30: the element 0x1254C367 has no size"},
	} {
		w := &written{}
		_, err := media.Clean(w, bytes.NewReader(c.file), int64(len(c.file)))
		if err == nil || err.Error() != "media: "+c.want || w.n > 0 {
			t.Errorf("%s: %v after %d bytes, want %s", c.name, err, w.n, c.want)
		}
		var broken *media.Error
		if !errors.As(err, &broken) || errors.Is(err, media.ErrFormat) != strings.Contains(c.want, "none of") {
			t.Errorf("%s: %#v", c.name, err)
		}
	}
}

package media_test

import (
	"bytes"
	"slices"
	"testing"

	"sharewise/share/media"
)

// log is a movie with a track of text that has one sample.
func log(text string) []byte {
	data := atom("mdat", "sample", text)
	return cat(brand, data, atom("moov", movieHeader, trak(1, "vide", "mp4v", len(brand)+8, 6, nil, nil),
		trak(2, "sbtl", "tx3g", len(brand)+14, len(text), atom("tref", atom("cdsc", u32(1))), nil)))
}

// sound is a Matroska file with a codec's headers.
func sound(codec string, headers ...any) []byte {
	return cat(doctype, idSegment, unknown, about, element(idTracks, element("\xAE", element("\xD7", 1), element("\x83", 2),
		element("\x86", codec), element("\x63\xA2", headers...))), element(idCluster, blocks))
}

// What cameras, editors and attackers write in places of their own.
func TestOddPlaces(t *testing.T) {
	long := cat(brand, u32(1), "mdat", u64(16+6), "sample", u32(1), "free", u64(uint64(16+len(secret))), secret)
	wide := atom("moov", movieHeader, trak(1, "vide", "mp4v", 0, 6, nil, full("co64", u32(1), u64(uint64(len(brand)+16)))))
	open := cat(brand, atom("moov", movieHeader, trak(1, "vide", "mp4v", 0, 6, nil, nil)))
	open = cat(brand, atom("moov", movieHeader, trak(1, "vide", "mp4v", len(open)+8, 6, nil, nil)), u32(0), "mdat", "sample", secret)
	for name, c := range map[string]struct {
		file []byte
		keep string
		want []media.Category // at least
	}{
		"Exif after a scan":          {cat("\xFF\xD8", frame, scan[:len(scan)-1], segment(0xE1, "Exif\x00\x00", tiff(1)), scan, "\xFF\xD9"), string(scan), []media.Category{media.Location, media.Camera}},
		"extended XMP":               {jpeg(segment(0xE1, "http://ns.adobe.com/xmp/extension/\x00", secret)), string(frame), []media.Category{media.Location}},
		"a motion photo":             {cat(jpeg(), atom("ftyp", "mp42"), secret), string(frame), []media.Category{media.Hidden}},
		"Samsung's trailer":          {cat(jpeg(), "MotionPhoto_Data", secret, "SEFHSEFT"), string(frame), []media.Category{media.Hidden}},
		"JFXX":                       {jpeg(segment(0xE0, "JFXX\x00\x10", secret)), string(frame), []media.Category{media.Thumbnail}},
		"bytes between segments":     {cat("\xFF\xD8", segment(0xFE), secret, "\xFF\xFF\xFF", frame, scan, "\xFF\xD9"), string(frame), []media.Category{media.Hidden}},
		"Exif that is broken":        {jpeg(segment(0xE1, "Exif\x00\x00II*\x00\xFF\xFF\xFF\xFF", secret)), string(frame), []media.Category{media.Other}},
		"content credentials":        {jpeg(segment(0xEB, "JP", secret)), string(frame), []media.Category{media.History}},
		"a chunk of a frame":         {webp(extended, riffChunk("ANMF", zeros(16), riffChunk("priv", secret), riffChunk("VP8L", zeros(10)))), "VP8L", []media.Category{media.Location}},
		"Exif begun as in JPEG":      {webp(extended, riffChunk("VP8L", zeros(10)), riffChunk("EXIF", "Exif\x00\x00", tiff(6))), "VP8L", []media.Category{media.Location}},
		"a GIF's plain text":         {gif("!\x01", len(secret), secret, 0), "GIF89a", []media.Category{media.Comment}},
		"a loop with more in it":     {gif("!\xFF\x0BNETSCAPE2.0\x03\x01\x00\x00", len(secret), secret, 0), "GIF89a", []media.Category{media.Location}},
		"boxes of 64 bits":           {cat(long, wide), "sample", []media.Category{media.Hidden}},
		"a box to the end":           {open, "sample", []media.Category{media.Hidden}},
		"meta of the file":           {cat(mp4(), full("meta", full("hdlr", zeros(4), "mdta", zeros(13)), secret)), "sample", []media.Category{media.Location}},
		"the producer's clock":       {cat(fragmented(), full("prft", secret)), "onetwo", []media.Category{media.Date}},
		"events":                     {cat(fragmented(), full("emsg", secret)), "onetwo", []media.Category{media.Location}},
		"a movie within a picture":   {cat(heic(), atom("mpvd", secret)), "picture", []media.Category{media.Location}},
		"a box that nobody knows":    {mp4(atom("gps ", secret)), "sample", []media.Category{media.Location}},
		"bytes after the last box":   {cat(mp4(), "\x00\x00\x00\x01", secret), "sample", []media.Category{media.Hidden}},
		"less than a box at the end": {cat(mp4(), "SECRET"), "sample", []media.Category{media.Hidden}},
		"a drone's log":              {log("\x00\x10HOME(SECRET) GPS(1, 2)"), "sample", []media.Category{media.Location, media.Telemetry}},
		"a sample entry":             {bytes.Replace(mp4(), cat(u32(86), "mp4v", zeros(42)), cat(u32(86), "mp4v", zeros(41), 7, "SECRET")[:50], 1), "sample", nil},
		"attachments":                {cat(webm(), element("\x19\x41\xA4\x69", secret)), "frame", []media.Category{media.Hidden}},
		"the header of EBML":         {cat(element("\x1A\x45\xDF\xA3", element("\x42\x82", "webm"), element("\xEC", secret)), webm()[len(doctype):]), "frame", []media.Category{media.Hidden}},
		"FLAC in MP4": {cat(brand, atom("mdat", "sample"), atom("moov", movieHeader, trak(1, "soun", "fLaC", len(brand)+8, 6, nil,
			full("stsd", u32(1), atom("fLaC", zeros(28), full("dfLa", zeros(4), 0x84, 0, 0, len(secret), secret)))))), "sample", []media.Category{media.Comment}},
		"FLAC": {sound("A_FLAC", "fLaC", zeros(4), 0x84, 0, 0, len(secret), secret), "frame", []media.Category{media.Comment}},
	} {
		t.Run(name, func(t *testing.T) {
			if !hasSecret(c.file) {
				t.Fatal("the file has no secret")
			}
			out, receipt := mustClean(t, c.file)
			if hasSecret(out) || !bytes.Contains(out, []byte(c.keep)) {
				t.Errorf("%q", out)
			}
			for _, category := range c.want {
				if !slices.ContainsFunc(receipt.Removed, func(f media.Finding) bool { return f.Category == category }) {
					t.Errorf("no %s: %v", category, receipt.Removed)
				}
			}
			try(t, c.file)
		})
	}
}

// Subtitles are kept, if they are not a log.
func TestSubtitlesStay(t *testing.T) {
	out, _ := mustClean(t, log("\x00\x05Hello"))
	if !bytes.Contains(out, []byte("\x00\x05Hello")) || !bytes.Contains(out, []byte("tx3g")) {
		t.Errorf("%q", out)
	}
}

// Vorbis needs its list of comments, so their texts become spaces.
func TestCommentsOfVorbis(t *testing.T) {
	comments := cat("\x03vorbis", 6, zeros(3), "SECRET", 1, zeros(3), 6, zeros(3), "SECRET", 1)
	file := sound("A_VORBIS", 2, 1, len(comments), "i", comments, "setup")
	out, receipt := mustClean(t, file)
	want := cat("\x03vorbis", 6, zeros(3), "      ", 1, zeros(3), 6, zeros(3), "      ", 1, "setup")
	if hasSecret(out) || !bytes.Contains(out, want) || !slices.Contains(receipt.Removed, media.Finding{Category: media.Comment, Where: "comments of the sound"}) {
		t.Errorf("%v: %q", receipt.Removed, out)
	}
	try(t, file)
}

// Two parts of a file that share bytes, of which one is to be removed.
func TestBytesThatAPictureNeedsStay(t *testing.T) {
	file := heic()
	exif := cat(u16(2), u16(0), u16(1))
	at := bytes.LastIndex(file, exif) + len(exif)
	picture := bytes.Index(file, []byte("picture"))
	copy(file[at:], cat(u32(picture), u32(7)))
	out, _ := mustClean(t, file)
	if !bytes.Contains(out, []byte("picture")) {
		t.Errorf("%q", out)
	}
}

// grid is a picture of two tiles, put together by an item in idat, beside which
// there is XMP.
func grid(xmp string) []byte {
	brand := atom("ftyp", "heic", zeros(4), "mif1heic")
	entry := func(id int, kind string, more ...any) []byte {
		return atom("infe", 2, zeros(3), u16(id), u16(0), kind, 0, cat(more...))
	}
	meta := func(start int) []byte {
		place := func(id, method, at, n int) []byte { return cat(u16(id), u16(method), u16(0), u16(1), u32(at), u32(n)) }
		return full("meta",
			full("hdlr", zeros(4), "pict", zeros(13)), full("pitm", u16(3)),
			full("iinf", u16(4), entry(1, "hvc1"), entry(2, "hvc1"), entry(3, "grid"), entry(4, "mime", "application/rdf+xml\x00")),
			full("iref", atom("dimg", u16(3), u16(2), u16(1), u16(2)), atom("cdsc", u16(4), u16(1), u16(3))),
			atom("iprp", atom("ipco", full("ispe", u32(32), u32(48)), full("ispe", u32(64), u32(48))),
				full("ipma", u32(3), u16(1), 1, 1, u16(2), 1, 1, u16(3), 1, 2)),
			atom("idat", "put together", xmp),
			atom("iloc", 1, zeros(3), 0x44, 0, u16(4), place(1, 0, start, 4), place(2, 0, start+4, 4), place(3, 1, 0, 12), place(4, 1, 12, len(xmp))))
	}
	start := len(brand) + len(meta(0)) + 8
	return cat(brand, meta(start), atom("mdat", "leftrest"))
}

// The tiles of a picture stay, with what puts them together.
func TestTilesOfAPicture(t *testing.T) {
	file := grid("SECRET dc:creator exif:GPSLatitude")
	out, receipt := mustClean(t, file)
	if hasSecret(out) || !bytes.Contains(out, []byte("leftrest")) || !bytes.Contains(out, []byte("put together")) ||
		!bytes.Contains(out, cat("dimg", u16(3), u16(2), u16(1), u16(2))) || bytes.Contains(out, []byte("cdsc")) ||
		bytes.Contains(out, []byte("mime")) || bytes.Count(out, []byte("infe")) != 3 {
		t.Errorf("%q", out)
	}
	if got := receipt.String(); got != "Location and author removed" {
		t.Error(got)
	}
	info, err := media.Inspect(bytes.NewReader(file), int64(len(file)))
	if err != nil || info.Width != 64 || info.Height != 48 || !slices.Equal(info.Codecs, []string{"hvc1"}) {
		t.Errorf("%+v, %v", info, err)
	}
	try(t, file)
}

// Tables that tell where samples are must be as long as they say, and in order.
func TestTablesThatLie(t *testing.T) {
	movie := func(tables ...any) []byte {
		return mp4(trak(2, "vide", "mp4v", 47, 6, nil, cat(tables...)))
	}
	for _, c := range []struct {
		file []byte
		want string
	}{
		{movie(full("stsz", u32(0), u32(9))), "the box stsz has fewer rows than the 9 that it tells"},
		{movie(full("stco", u32(1<<31), u32(1))), "the box stco has fewer rows than the 2147483648 that it tells"},
		{movie(full("stsc", u32(1), u32(2), u32(1), u32(1))), "the first row of the box stsc is not about the first chunk"},
		{movie(full("stsc", u32(2), u32(1), u32(1), u32(1), u32(1), u32(1), u32(1))), "the rows of the box stsc are not in order"},
		{movie(full("saio", zeros(4))), "the samples have auxiliary information, as encrypted ones do"},
		{bytes.Replace(mp4(), cat("url ", u32(1)), cat("url ", u32(0)), 1), "the samples are in another file"},
		{bytes.Replace(fragmented(), cat("tfhd", zeros(4), u32(1)), cat("tfhd", zeros(4), u32(9)), 1), "the fragment belongs to no track of the movie"},
		{bytes.Replace(fragmented(), cat("trun", u32(0x201), u32(2)), cat("trun", u32(0x201), u32(7)), 1), "the box trun has fewer rows than the 7 that it tells"},
		{bytes.Replace(grid(""), cat("iinf", zeros(4), u16(4)), cat("iinf", zeros(4), u16(5)), 1), "the list of pictures has 4 entries, not the 5 that it tells"},
		{bytes.Replace(grid(""), cat("pitm", zeros(4), u16(3)), cat("pitm", zeros(4), u16(4)), 1), "the picture that is to be shown is missing"},
		{bytes.Replace(grid(""), cat(u16(2), u16(0), "hvc1"), cat(u16(1), u16(0), "hvc1"), 1), "two items have the number 1"},
		{bytes.Replace(grid(""), cat(u16(2), u16(0), "hvc1"), cat(u16(2), u16(0), "jpeg"), 1), "a picture is a JPEG file within the file"},
		{bytes.Replace(grid(""), cat(u16(3), u16(1), u16(0)), cat(u16(3), u16(1), u16(1)), 1), "a picture is in another file"},
		{bytes.Replace(grid(""), cat(u16(3), u16(1), u16(0)), cat(u16(3), u16(3), u16(0)), 1), "a picture is placed in a way that is not known"},
		{cat(grid(""), grid("")[len(atom("ftyp", zeros(16))):]), "the file has two lists of pictures"},
		{cat(mp4(), atom("moov", movieHeader)), "the file has two movies"},
		{cat(doctype, element(idSegment, about, element(idCluster, blocks))), "the file has no track of pictures or sound, or none before this cluster"},
	} {
		if _, _, err := clean(c.file); err == nil || !bytes.HasSuffix([]byte(err.Error()), []byte(": "+c.want)) {
			t.Errorf("%v, want %s", err, c.want)
		}
	}
}

// Movies say when they were made in three headers of each track and of the movie.
func TestTimesOfMoviesAreCleared(t *testing.T) {
	times := cat(u32(7), u32(7))
	file := made["mp4"]
	out, _ := mustClean(t, file)
	if bytes.Count(file, times) != 3 || bytes.Contains(out, times) {
		t.Errorf("%q", out)
	}
}

// Matroska needs the names of the applications, so they become empty.
func TestApplicationsOfMatroskaStayAsElements(t *testing.T) {
	out, _ := mustClean(t, made["webm"])
	for _, id := range []string{"\x4D\x80", "\x57\x41"} {
		if !bytes.Contains(out, element(id, zeros(len(secret)))) {
			t.Errorf("%q is no longer in %q", id, out)
		}
	}
}

// The last chunk may have fewer samples than the others.
func TestChunkWithFewerSamplesThanItsRowTells(t *testing.T) {
	file := bytes.Replace(made["mp4"], cat("stsc", zeros(4), u32(1), u32(1), u32(1)), cat("stsc", zeros(4), u32(1), u32(1), u32(900)), 1)
	out, _ := mustClean(t, file)
	if !bytes.Contains(out, []byte("sample")) || hasSecret(out) {
		t.Errorf("%q", out)
	}
}

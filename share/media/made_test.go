package media_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"io"
	"strings"
	"testing"

	"sharewise/share/media"
)

// secret stands for whatever must not leave. Files made here hide it in every place.
const secret = "GPS 52.5 SECRET"

// cat joins texts and bytes.
func cat(parts ...any) []byte {
	var b []byte
	for _, p := range parts {
		switch p := p.(type) {
		case string:
			b = append(b, p...)
		case []byte:
			b = append(b, p...)
		case int: // one byte
			b = append(b, byte(p))
		}
	}
	return b
}

func u16(n int) []byte    { return binary.BigEndian.AppendUint16(nil, uint16(n)) }
func u32(n int) []byte    { return binary.BigEndian.AppendUint32(nil, uint32(n)) }
func u64(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }
func zeros(n int) []byte  { return make([]byte, n) }

// segment is one of JPEG.
func segment(marker int, parts ...any) []byte {
	body := cat(parts...)
	return cat(0xFF, marker, u16(len(body)+2), body)
}

// tiff is Exif with an orientation, a maker and the secret.
func tiff(orientation int) []byte {
	return cat("II*\x00", 8, zeros(3), 3, 0,
		0x0F, 0x01, 2, 0, len(secret), zeros(3), 50, zeros(3),
		0x12, 0x01, 3, 0, 1, zeros(3), orientation, zeros(3),
		0x25, 0x88, 4, 0, 1, zeros(3), 50, zeros(3),
		zeros(4), secret)
}

var frame = segment(0xC0, 8, u16(2), u16(3), 1, 1, 0x11, 0)

// scan is a scan with stuffing, a restart and padding.
var scan = cat(segment(0xDA, 1, 1, 0, 0, 63, 0), 1, 2, 0xFF, 0, 3, 0xFF, 0xD0, 4, 0xFF)

func jpeg(segments ...any) []byte {
	return cat("\xFF\xD8", cat(segments...), frame, scan, "\xFF\xD9")
}

func chunk(name string, parts ...any) []byte {
	body := cat(parts...)
	return cat(u32(len(body)), name, body, binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE(cat(name, body))))
}

var header = chunk("IHDR", u32(3), u32(2), 8, 0, 0, 0, 0)

func png(chunks ...any) []byte {
	return cat("\x89PNG\r\n\x1a\n", header, cat(chunks...), chunk("IDAT", "data"), chunk("IEND"))
}

func gif(blocks ...any) []byte {
	return cat("GIF89a", 3, 0, 2, 0, 0, 0, 0, cat(blocks...), 0x2C, zeros(4), 3, 0, 2, 0, 0, 2, 1, 0, 0, ";")
}

func riffChunk(name string, parts ...any) []byte {
	body := cat(parts...)
	return cat(name, binary.LittleEndian.AppendUint32(nil, uint32(len(body))), body, zeros(len(body)&1))
}

func webp(chunks ...any) []byte {
	body := cat("WEBP", cat(chunks...))
	return cat("RIFF", binary.LittleEndian.AppendUint32(nil, uint32(len(body))), body)
}

// extended is a chunk VP8X of 3 × 2 with the flags of Exif and XMP.
var extended = riffChunk("VP8X", 0x0C, zeros(3), 2, 0, 0, 1, 0, 0)

func atom(kind string, parts ...any) []byte {
	body := cat(parts...)
	return cat(u32(len(body)+8), kind, body)
}

func full(kind string, parts ...any) []byte { return atom(kind, zeros(4), cat(parts...)) }

// trak is a track with one chunk of one sample. Its parts go into it and into stbl.
func trak(id int, handler, entry string, at, n int, extra, tables []byte) []byte {
	description := atom(entry, zeros(78))
	return atom("trak",
		full("tkhd", u32(7), u32(7), u32(id), zeros(16), zeros(8), u32(1<<16), zeros(12), u32(1<<16), zeros(12), u32(1<<30),
			u32(64<<16), u32(48<<16)),
		extra,
		atom("mdia", full("mdhd", u32(7), u32(7), u32(1000), u32(200), zeros(4)),
			full("hdlr", zeros(4), handler, zeros(12), secret, 0),
			atom("minf", atom("dinf", full("dref", u32(1), atom("url ", u32(1)))),
				atom("stbl", full("stsd", u32(1), description), full("stts", u32(0)),
					full("stsc", u32(1), u32(1), u32(1), u32(1)), full("stsz", u32(0), u32(1), u32(n)),
					full("stco", u32(1), u32(at)), tables))))
}

var movieHeader = full("mvhd", u32(7), u32(7), u32(1000), u32(200), zeros(80))

var brand = atom("ftyp", "isom", zeros(4), "isommp41")

// mp4 is a movie with one sample, before it bytes that none uses, and boxes in moov.
func mp4(boxes ...any) []byte {
	data := atom("mdat", secret, "sample")
	return cat(brand, data, atom("moov", movieHeader,
		trak(1, "vide", "mp4v", len(brand)+8+len(secret), 6, nil, nil), cat(boxes...)))
}

// heic is a picture with Exif and a thumbnail.
func heic() []byte {
	brand := atom("ftyp", "heic", zeros(4), "mif1heic")
	entry := func(id int, kind, name string) []byte {
		return atom("infe", 2, zeros(3), u16(id), u16(0), kind, name, 0)
	}
	meta := func(start int) []byte {
		place := func(id, at, n int) []byte { return cat(u16(id), u16(0), u16(1), u32(start+at), u32(n)) }
		return full("meta",
			full("hdlr", zeros(4), "pict", zeros(13)),
			full("pitm", u16(1)),
			full("iinf", u16(3), entry(1, "hvc1", "SECRET"), entry(2, "Exif", "SECRET"), entry(3, "hvc1", "")),
			full("iref", atom("cdsc", u16(2), u16(1), u16(1)), atom("thmb", u16(3), u16(1), u16(1))),
			atom("iprp", atom("ipco", full("ispe", u32(64), u32(48)), full("udes", secret), atom("irot", 3)),
				full("ipma", u32(2), u16(1), 2, 1, 3, u16(3), 1, 1)),
			full("iloc", 0x44, 0, u16(3), place(1, 0, 7), place(2, 7, 4+len(tiff(1))), place(3, 11+len(tiff(1)), 5)))
	}
	start := len(brand) + len(meta(0)) + 8
	return cat(brand, meta(start), atom("mdat", "picture", zeros(4), tiff(1), "THUMB"))
}

// element is one of Matroska, with a size of four bytes.
func element(id string, parts ...any) []byte {
	body := cat(parts...)
	size := u32(len(body))
	size[0] |= 0x10
	return cat(id, size, body)
}

const (
	idSegment = "\x18\x53\x80\x67"
	idCluster = "\x1F\x43\xB6\x75"
	idTags    = "\x12\x54\xC3\x67"
	idInfo    = "\x15\x49\xA9\x66"
	idTracks  = "\x16\x54\xAE\x6B"
	unknown   = "\x01\xFF\xFF\xFF\xFF\xFF\xFF\xFF"
)

var (
	doctype = element("\x1A\x45\xDF\xA3", element("\x42\x82", "webm"))
	tracks  = element(idTracks,
		element("\xAE", element("\xD7", 1), element("\x83", 1), element("\x86", "V_VP9"), element("\x53\x6E", secret),
			element("\xE0", element("\xB0", 64), element("\xBA", 48))),
		element("\xAE", element("\xD7", 2), element("\x83", 0x21), element("\x86", "D_META")))
	about = element(idInfo, element("\x2A\xD7\xB1", u32(1000000)), element("\x4D\x80", secret),
		element("\x57\x41", secret), element("\x44\x61", u64(7)), element("\x7B\xA9", secret))
	blocks = cat(element("\xE7", 0), element("\xA3", 0x81, u16(0), 0x80, "frame"), element("\xA3", 0x82, u16(100), 0, secret),
		element("\xA0", element("\xA1", 0x81, u16(200), 0, "frame")))
)

// webm is a file with clusters, the first of which has no size.
func webm() []byte {
	return cat(doctype, idSegment, unknown, about, tracks, idCluster, unknown, blocks,
		element(idTags, secret), element(idCluster, element("\xE7", 1), element("\xA3", 0x81, u16(0), 0, "last")))
}

// made are files with secrets, by the name of their container.
var made = map[string][]byte{
	"jpeg": cat(jpeg(segment(0xE0, "JFIF\x00", 1, 2, 0, u16(1), u16(1), 1, 1, "SEC"),
		segment(0xE1, "Exif\x00\x00", tiff(6)), segment(0xE1, "Exif\x00\x00", tiff(3)), segment(0xE1, "http://ns.adobe.com/xap/1.0/\x00", secret),
		segment(0xFE, secret), segment(0xED, "Photoshop 3.0\x00", "\x1C\x02\x5A\x00\x06SECRET"), segment(0xE2, "MPF\x00", secret),
		segment(0xE2, "ICC_PROFILE\x00\x01\x01colour"), "\xFF\xFF", segment(0xEE, "Adobe", zeros(7), secret)), secret),
	"png": cat(png(chunk("eXIf", tiff(6)), chunk("tEXt", "Comment\x00", secret), chunk("zTXt", "Raw profile type exif\x00", secret),
		chunk("iTXt", "XML:com.adobe.xmp\x00", secret), chunk("tIME", zeros(7)), chunk("iCCP", "colour"), chunk("prVt", secret)), secret),
	"gif": cat(gif("!\xFE", len(secret), secret, 0, "!\xFF\x0BXMP DataXMP", len(secret), secret, 0,
		"!\xFF\x0BNETSCAPE2.0\x03\x01\x00\x00\x00", "!\xF9\x04\x00\x0A\x00\x00\x00"), secret),
	"webp": cat(webp(extended, riffChunk("ICCP", "colour"), riffChunk("VP8 ", zeros(11)), riffChunk("EXIF", tiff(6)),
		riffChunk("XMP ", secret), riffChunk("priv", secret)), secret),
	"mp4": mp4(atom("udta", atom("\xa9xyz", secret)), atom("uuid", zeros(16), secret), atom("free", secret)),
	"mov": cat(atom("wide"), atom("mdat", "sample", secret), atom("moov", movieHeader,
		trak(1, "vide", "mp4v", 16, 6, atom("udta", secret), nil), trak(2, "meta", "mebx", 22, len(secret), nil, nil))),
	"heic": heic(),
	"webm": webm(),
}

// clean cleans bytes.
func clean(b []byte) ([]byte, *media.Receipt, error) {
	var w bytes.Buffer
	receipt, err := media.Clean(&w, bytes.NewReader(b), int64(len(b)))
	return w.Bytes(), receipt, err
}

func mustClean(t *testing.T, b []byte) ([]byte, *media.Receipt) {
	t.Helper()
	out, receipt, err := clean(b)
	if err != nil {
		t.Fatal(err)
	}
	return out, receipt
}

// written is a writer that records whether anything was written.
type written struct{ n int }

func (w *written) Write(b []byte) (int, error) {
	w.n += len(b)
	return len(b), nil
}

var _ io.Writer = (*written)(nil)

// hasSecret reports whether a secret is left.
func hasSecret(b []byte) bool {
	return strings.Contains(string(b), "SECRET") || strings.Contains(string(b), "GPS") || bytes.Contains(b, []byte("THUMB"))
}

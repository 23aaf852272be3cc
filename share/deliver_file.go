package share

import (
	"sharewise/share/internal/address"
	"sharewise/share/internal/text"
	"strings"
)

// A fileFormat is the place of a known kind of file in formats.
type fileFormat uint8

// formats are those that the system share sheets take, each its type, the
// extension that it is given, others that it is known by, and other types that are
// written for it: pictures, then videos, then sound and documents. Chromium checks
// both the type and the extension. The last ones are only shared on Apple devices.
var formats = [...]string{
	"",
	"image/jpeg jpg jpeg jfif pjpeg pjp image/jpg image/pjpeg", "image/png png image/x-png image/apng",
	"image/webp webp", "image/gif gif", "image/avif avif", "image/svg+xml svg",
	"image/bmp bmp image/x-bmp image/x-ms-bmp",
	"image/tiff tiff tif image/tif image/x-tiff", "image/x-icon ico image/vnd.microsoft.icon",
	"image/x-xbitmap xbm image/x-xbm",
	"video/mp4 mp4 m4v video/x-m4v video/m4v application/mp4", "video/webm webm", "video/mpeg mpeg mpg video/x-mpeg",
	"video/ogg ogv ogm",
	"audio/mpeg mp3 audio/mp3 audio/x-mp3 audio/x-mpeg", "audio/mp4 m4a audio/m4a audio/x-m4a",
	"audio/ogg ogg oga opus audio/opus",
	"audio/wav wav audio/x-wav audio/wave audio/vnd.wave", "audio/webm weba", "audio/flac flac audio/x-flac",
	"application/pdf pdf application/x-pdf", "text/plain txt text", "text/csv csv", "text/css css", "text/html html",
	"image/heic heic", "video/quicktime mov video/x-quicktime",
}

const (
	firstVideo   fileFormat = 11
	firstSound   fileFormat = 15
	appleFormats fileFormat = 26
)

func (f fileFormat) isVideo() bool { return firstVideo <= f && f < firstSound || f == appleFormats+1 }
func (f fileFormat) isImage() bool { return 0 < f && f < firstVideo || f == appleFormats }

func (f fileFormat) mediaType() string {
	mediaType, _ := text.Cut(formats[f], ' ')
	return mediaType
}

func (f fileFormat) extension() string {
	_, extensions := text.Cut(formats[f], ' ')
	extension, _ := text.Cut(extensions, ' ')
	return extension
}

// formatOf finds the format of a file by its type, and by the end of its address
// where no type is given or none that is known: one of the same kind, or what
// servers send for whatever they don't know. 0 is a format that is not known.
func formatOf(m *Media) fileFormat {
	mediaType := mediaTypeOf(m.Type)
	if f := formatNamed(mediaType); f != 0 {
		return f
	}
	name := lastSegment(m.URL)
	for i := len(name) - 1; i >= 0; i-- {
		if name[i] == '.' {
			f := formatNamed(text.LowerText(name[i+1:]))
			kind, other := text.Cut(mediaType, '/')
			if of, _ := text.Cut(formats[f], '/'); kind == "" || kind == of || other == "octet-stream" {
				return f
			}
			break
		}
	}
	return 0
}

// formatNamed finds a format by a type or an extension in lower case.
func formatNamed(name string) fileFormat {
	for f := fileFormat(1); int(f) < len(formats) && name != ""; f++ {
		if address.Listed(formats[f], name) {
			return f
		}
	}
	return 0
}

// mediaTypeOf returns a media type as it is compared: in lower case (RFC 6838
// section 4.2), without parameters, and by its usual name.
func mediaTypeOf(s string) string {
	s = text.LowerText(withoutParameters(s))
	if strings.IndexByte(s, '/') >= 0 {
		if f := formatNamed(s); f != 0 {
			return f.mediaType()
		}
	}
	return s
}

// withoutParameters returns what stands before the semicolon of a media type.
func withoutParameters(s string) string {
	s, _ = text.Cut(s, ';')
	for s != "" && s[len(s)-1] == ' ' {
		s = s[:len(s)-1]
	}
	return s
}

// format is formatOf for the first file of a request.
func (req *Request) format() fileFormat {
	m := &req.Content.Media[0]
	if m.URL != "" && m.URL == req.checked.fileURL && m.Type == req.checked.fileType {
		return req.checked.format
	}
	return formatOf(m)
}

// lastSegment returns the last part of the path of a URL.
func lastSegment(s string) string {
	start := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '/':
			start = i + 1
		case '?', '#':
			return s[start:i]
		}
	}
	return s[start:]
}

// otherFiles are the extensions that a file of unknown format may keep. No system
// executes files with these extensions.
const otherFiles = " zip gz 7z json geojson gpx kml epub md rtf odt ods odp docx xlsx pptx mkv avi vtt srt aac aiff " +
	"heif jxl "

// fileName suggests a name for the first file: that in its address if it is a
// plain name, or else the id or kind of the content. The extension is that of its
// format; the one in the address is used only if it is known to be harmless.
func fileName(req *Request) string {
	c := &req.Content
	m := &c.Media[0]
	stem, ending := lastSegment(m.URL), ""
	for i := len(stem) - 1; i > 0; i-- {
		if stem[i] == '.' {
			stem, ending = stem[:i], text.LowerText(stem[i+1:])
			break
		}
	}
	f := req.format()
	if f != 0 {
		ending = f.extension()
	} else if !address.Listed(otherFiles, ending) {
		ending = ""
	}
	switch {
	case plainName(stem):
	case plainName(c.ID):
		stem = c.ID
	case c.Kind != "":
		stem = string(c.Kind)
	default:
		stem = "file"
	}
	first, _ := text.Cut(stem, '.')
	if ending == "" {
		stem = first // otherwise the text after its last dot would be an extension
	}
	if isDevice(text.LowerText(first)) {
		stem = "_" + stem
	}
	if ending == "" {
		return stem
	}
	return stem + "." + ending
}

// isDevice reports whether Windows takes a name, whatever its extension, for a device
// ("Naming Files, Paths, and Namespaces", learn.microsoft.com).
func isDevice(s string) bool {
	if len(s) == 4 && '0' <= s[3] && s[3] <= '9' {
		return s[:3] == "com" || s[:3] == "lpt"
	}
	return s == "con" || s == "prn" || s == "aux" || s == "nul"
}

// plainName reports whether a name has no special meaning on any system.
func plainName(s string) bool {
	if s == "" || s[0] == '.' || s[0] == '-' || len(s) > 100 {
		return false
	}
	for i := 0; i < len(s); i++ {
		if !text.IsWord(s[i], "-_.") {
			return false
		}
	}
	return true
}

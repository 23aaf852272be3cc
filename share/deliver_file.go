package share

import (
	"sharewise/share/internal/address"
	"sharewise/share/internal/text"
)

// A fileFormat is the place of a known kind of file in formats.
type fileFormat uint8

// formats are those that the system share sheets take, each its type, the
// extension that it is given and others that it is known by: pictures, then
// videos, then sound and documents. Chromium checks both the type and the
// extension. The last ones are only shared on Apple devices.
var formats = [...]string{
	"",
	"image/jpeg jpg jpeg jfif pjpeg pjp", "image/png png", "image/webp webp", "image/gif gif", "image/avif avif",
	"image/svg+xml svg", "image/bmp bmp", "image/tiff tiff tif", "image/x-icon ico", "image/x-xbitmap xbm",
	"video/mp4 mp4 m4v", "video/webm webm", "video/mpeg mpeg mpg", "video/ogg ogv ogm",
	"audio/mpeg mp3", "audio/mp4 m4a", "audio/ogg ogg oga opus", "audio/wav wav", "audio/webm weba", "audio/flac flac",
	"application/pdf pdf", "text/plain txt text", "text/csv csv", "text/css css", "text/html html",
	"image/heic heic", "video/quicktime mov",
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

// formatOf finds the format of a file by its type, or by the end of its address
// where no type is given. 0 is a format that is not known.
func formatOf(m *Media) fileFormat {
	if m.Type != "" {
		for f := fileFormat(1); int(f) < len(formats); f++ {
			if s := formats[f]; len(s) > len(m.Type) && s[len(m.Type)] == ' ' &&
				text.EqualFold(m.Type, s[:len(m.Type)]) {
				return f
			}
		}
		return 0
	}
	name := lastSegment(m.URL)
	for i := len(name) - 1; i >= 0; i-- {
		if name[i] == '.' {
			return formatOfExtension(name[i+1:])
		}
	}
	return 0
}

// format is formatOf for the first file of a request.
func (req *Request) format() fileFormat {
	m := &req.Content.Media[0]
	if m.URL != "" && m.URL == req.checked.fileURL && m.Type == req.checked.fileType {
		return req.checked.format
	}
	return formatOf(m)
}

func formatOfExtension(s string) fileFormat {
	s = text.LowerText(s)
	for f := fileFormat(1); int(f) < len(formats); f++ {
		if _, extensions := text.Cut(formats[f], ' '); address.Listed(extensions, s) {
			return f
		}
	}
	return 0
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

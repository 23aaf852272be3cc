package share

// A fileFormat is a kind of file that is known by its media type.
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
	mediaType, _ := cutText(formats[f], ' ')
	return mediaType
}

func (f fileFormat) extension() string {
	_, extensions := cutText(formats[f], ' ')
	extension, _ := cutText(extensions, ' ')
	return extension
}

// formatOf finds the format of a file by its type, or by the end of its address
// where no type is given. 0 is a format that is not known.
func formatOf(m *Media) fileFormat {
	if m.URL != "" && m.URL == m.known.url && m.Type == m.known.mediaType {
		return m.known.format
	}
	if m.Type != "" {
		for f := fileFormat(1); int(f) < len(formats); f++ {
			if s := formats[f]; len(s) > len(m.Type) && s[len(m.Type)] == ' ' && equalFold(m.Type, s[:len(m.Type)]) {
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

func formatOfExtension(s string) fileFormat {
	s = lowerText(s)
	for f := fileFormat(1); int(f) < len(formats); f++ {
		if _, extensions := cutText(formats[f], ' '); listed(extensions, s) {
			return f
		}
	}
	return 0
}

// lastSegment gives the last part of the path of a URL.
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

// fileName suggests a name for a file: that of its address if it is a plain one,
// else the id or kind of the content, and always the extension of its type.
func fileName(c *Content, m *Media) string {
	name, f := lastSegment(m.URL), formatOf(m)
	stem := name
	for i := len(name) - 1; i > 0; i-- {
		if name[i] == '.' {
			if stem = name[:i]; f == 0 && plainName(name) {
				return name
			}
			break
		}
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
	if f == 0 {
		return stem
	}
	return stem + "." + f.extension()
}

// plainName tells whether a name means nothing special anywhere.
func plainName(s string) bool {
	if s == "" || s[0] == '.' || s[0] == '-' || len(s) > 100 {
		return false
	}
	for i := range s {
		c := lowerASCII(s[i])
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' && c != '_' && c != '.' {
			return false
		}
	}
	return true
}

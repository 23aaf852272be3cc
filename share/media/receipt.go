package media

import "bytes"

// A Category is what a piece of metadata tells.
type Category string

// The categories, in the order in which findings are listed.
const (
	Location   Category = "location"   // coordinates and names of places
	Camera     Category = "camera"     // make, model, serial number and settings
	Author     Category = "author"     // names of people and owners
	Date       Category = "date"       // when it was made or changed
	Comment    Category = "comment"    // titles, descriptions, keywords and other texts
	Thumbnail  Category = "thumbnail"  // a smaller picture, which may show what was cut off
	Hidden     Category = "hidden"     // further pictures, videos and data that are not shown
	Telemetry  Category = "telemetry"  // what sensors recorded during a video
	MakerNote  Category = "maker-note" // data in a form that only the maker knows
	Identifier Category = "identifier" // numbers that connect files
	History    Category = "history"    // edits and earlier files
	Software   Category = "software"   // with what it was made
	Other      Category = "other"      // anything else
)

// categories lists each category with its words in English, singular and plural.
var categories = [...]struct {
	category Category
	words    string
}{
	{Location, "location"}, {Camera, "camera"}, {Author, "author"}, {Date, "date"}, {Comment, "comments"},
	{Thumbnail, "thumbnail"}, {Hidden, "hidden data"}, {Telemetry, "sensor data"}, {MakerNote, "maker notes"},
	{Identifier, "identifiers"}, {History, "edit history"}, {Software, "software"}, {Other, "other metadata"},
}

// A Finding is metadata of one category in one place of a file.
type Finding struct {
	Category Category
	Where    string // the name of the place, such as "Exif", "XMP" or "udta"
}

// A Receipt tells what was found in a file and removed. The zero value tells that
// there was nothing.
type Receipt struct {
	Container   Container
	Size        int64     // of the original, in bytes
	Written     int64     // size of the cleaned file, in bytes
	Orientation int       // which was kept, as in Exif; 1 if the picture is not rotated
	Removed     []Finding // by category, then in the order of the file; each once
}

// String returns the receipt in English, as in "Location, camera and date removed".
func (r *Receipt) String() string {
	var words []string
	for _, c := range categories {
		for _, f := range r.Removed {
			if f.Category == c.category {
				words = append(words, c.words)
				break
			}
		}
	}
	if len(words) == 0 {
		return "Nothing to remove"
	}
	text := words[0]
	for i, word := range words[1:] {
		if i == len(words)-2 {
			text += " and " + word
		} else {
			text += ", " + word
		}
	}
	return string(text[0]-'a'+'A') + text[1:] + " removed"
}

// findings collects findings, each once. Their number is bounded, since categories
// and places are constants.
type findings []Finding

func (f *findings) add(where string, all ...Category) {
next:
	for _, c := range all {
		for _, known := range *f {
			if known == (Finding{c, where}) {
				continue next
			}
		}
		*f = append(*f, Finding{c, where})
	}
}

// list returns the findings by category.
func (f findings) list() []Finding {
	var sorted []Finding
	for _, c := range categories {
		for _, finding := range f {
			if finding.Category == c.category {
				sorted = append(sorted, finding)
			}
		}
	}
	return sorted
}

// A clue is a name that metadata of a category uses.
type clue struct {
	name     string
	category Category
}

// clues are names in XMP, in boxes of QuickTime and iTunes, and in Matroska's tags.
// Names with another meaning inside of longer words have their punctuation.
var clues = [...]clue{
	{"GPS", Location}, {"Location", Location}, {"location", Location}, {"LOCATION", Location}, {"\xa9xyz", Location},
	{"loci", Location}, {"photoshop:City", Location}, {"photoshop:Country", Location}, {"gps0", Location},
	{"LATITUDE", Location}, {"latitude", Location},
	{"tiff:Make", Camera}, {"tiff:Model", Camera}, {"aux:", Camera}, {"exifEX:", Camera}, {"\xa9mak", Camera},
	{"\xa9mod", Camera}, {"quicktime.make", Camera}, {"quicktime.model", Camera}, {"CAME", Camera},
	{"exif:Exposure", Camera}, {"manufacturer", Camera}, {"com.android.model", Camera},
	{"dc:creator", Author}, {"dc:rights", Author}, {"photoshop:Credit", Author}, {"\xa9ART", Author},
	{"\xa9aut", Author}, {"\xa9cpy", Author}, {"cprt", Author}, {"auth", Author}, {"perf", Author},
	{"artist", Author}, {"ARTIST", Author}, {"author", Author}, {"AUTHOR", Author}, {"COPYRIGHT", Author},
	{"copyright", Author}, {"Regions", Author}, {"PersonInImage", Author}, {"xmpRights:", Author},
	{"Date", Date}, {"\xa9day", Date}, {"creationdate", Date}, {"DATE", Date}, {"com.android.capture", Date},
	{"dc:title", Comment}, {"dc:description", Comment}, {"dc:subject", Comment}, {"exif:UserComment", Comment},
	{"photoshop:Headline", Comment}, {"\xa9cmt", Comment}, {"\xa9nam", Comment}, {"desc", Comment},
	{"titl", Comment}, {"dscp", Comment}, {"\xa9des", Comment}, {"\xa9inf", Comment}, {"TITLE", Comment},
	{"COMMENT", Comment}, {"comment", Comment}, {"DESCRIPTION", Comment}, {"\xa9lyr", Comment}, {"keyword", Comment},
	{"xmpGImg:", Thumbnail}, {"covr", Thumbnail}, {"thmb", Thumbnail}, {"THUM", Thumbnail},
	{"xmpMM:History", History}, {"DerivedFrom", History}, {"DocumentAncestors", History}, {"crs:", History},
	{"DocumentID", Identifier}, {"InstanceID", Identifier}, {"content.identifier", Identifier},
	{"CreatorTool", Software}, {"tiff:Software", Software}, {"\xa9swr", Software}, {"\xa9too", Software},
	{"quicktime.software", Software}, {"ENCODER", Software}, {"encoder", Software}, {"com.android.version", Software},
	{"MotionPhoto", Hidden}, {"MicroVideo", Hidden}, {"GCamera", Hidden}, {"hdrgm:", Hidden},
}

// clueLength is that of the longest clue.
const clueLength = 24

// scan reports what a stretch of metadata tells, by the clues in it.
func (f *file) scan(where string, offset, n int64) {
	var seen [len(clues)]bool
	any := false
	end := offset + n
	for offset < end && f.err == nil {
		b := f.run(offset)
		b = b[:min(int64(len(b)), end-offset)]
		for i, c := range clues {
			if !seen[i] && bytes.Contains(b, []byte(c.name)) {
				seen[i], any = true, true
				f.found.add(where, c.category)
			}
		}
		if offset += int64(len(b)); offset < end && len(b) > clueLength {
			offset -= clueLength
		}
	}
	if !any {
		f.found.add(where, Other)
	}
}

//go:build !js

package media_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sharewise/share/media"
)

// The oracle is what others find in a file: ExifTool metadata, FFmpeg and ImageMagick
// the pictures and the sound.

// tools skips a test where the oracle is not installed, or fails it under make, which
// installs it.
func tools(t *testing.T) {
	t.Helper()
	for _, name := range []string{"exiftool", "ffmpeg", "convert", "identify"} {
		if _, err := exec.LookPath(name); err != nil {
			message := "media: " + name + " is missing; install libimage-exiftool-perl, ffmpeg and imagemagick, as make does"
			if os.Getenv("MEDIA_ORACLE") == "required" {
				t.Fatal(message)
			}
			t.Skip(message)
		}
	}
}

// run runs a tool in a folder and returns what it prints.
func run(t *testing.T, folder, name string, args ...string) string {
	t.Helper()
	command := exec.Command(name, args...)
	command.Dir = folder
	var out, err bytes.Buffer
	command.Stdout, command.Stderr = &out, &err
	if e := command.Run(); e != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), e, err.String())
	}
	return out.String()
}

// base are the files that tags are written into, by the arguments of FFmpeg for
// their outputs.
var base = map[string]string{
	"mp4":             "-c:v libx264 -c:a aac",
	"front.mp4":       "-c:v libx264 -c:a aac -movflags +faststart",
	"fragments.mp4":   "-c:v libx264 -c:a aac -movflags frag_keyframe+empty_moov -g 1",
	"default.mp4":     "-c:v libx264 -c:a aac -movflags frag_keyframe+empty_moov+default_base_moof -frag_duration 50000",
	"dash.mp4":        "-c:v libx264 -c:a aac -movflags dash+cmaf",
	"mov":             "-c:v libx264 -c:a aac",
	"pcm.mov":         "-c:v mjpeg -q:v 5 -c:a pcm_s16be",
	"adpcm.mov":       "-c:v mpeg4 -c:a adpcm_ima_qt",
	"timecode.mov":    "-c:v mpeg4 -c:a aac -timecode 01:02:03:04",
	"rotated.mp4":     "-c:v mpeg4 -an -metadata:s:v rotate=90",
	"webm":            "-c:v libvpx -deadline realtime -c:a libopus",
	"live.webm":       "-c:v libvpx -deadline realtime -c:a libopus -live 1 -cluster_time_limit 50",
	"vorbis.mkv":      "-c:v mpeg4 -c:a libvorbis -f matroska",
	"flac.mkv":        "-c:v mpeg4 -c:a flac -f matroska",
	"animated.gif":    "-an",
	"animated.webp":   "-an -c:v libwebp_anim -loop 0",
	"animated.png":    "-an -f apng -plays 0",
	"mono.jpg":        "-an -frames:v 1 -pix_fmt gray -update 1",
	"lossless.webp":   "-an -frames:v 1 -c:v libwebp -lossless 1 -f webp",
	"transparent.png": "-an -frames:v 1 -pix_fmt rgba -update 1",
}

// stills are pictures by the arguments of ImageMagick.
var stills = map[string]string{
	"jpg":             "",
	"progressive.jpg": "-interlace JPEG -sampling-factor 4:2:0",
	"restart.jpg":     "-define jpeg:restart-interval=1",
	"png":             "",
	"gif":             "",
	"webp":            "",
	"heic":            "",
	"avif":            "",
}

// A row is a tag that ExifTool writes, into files of some kinds.
type row struct {
	tag   string
	files string // extensions
	args  string // of ExifTool
	shows string // what ExifTool calls it then, as a regular expression
}

var rows = []row{
	{"GPS", "jpg progressive.jpg restart.jpg png webp heic avif animated.webp animated.png lossless.webp mono.jpg transparent.png",
		"-GPSLatitude=52.5 -GPSLatitudeRef=N -GPSLongitude=13.4 -GPSLongitudeRef=E -GPSDateStamp=2020:01:02", "GPS"},
	{"GPS", "gif animated.gif mp4 mov", "-XMP-exif:GPSLatitude=52.5 -XMP-exif:GPSLongitude=13.4", "GPS"},
	{"GPS of the movie", "mp4 mov front.mp4", "-UserData:GPSCoordinates=52.5,13.4,9", "GPS"},
	{"GPS of an iPhone", "mp4 mov pcm.mov", "-Keys:GPSCoordinates=52.5,13.4,9 -Keys:Make=SECRET -Keys:Model=SECRET", "GPS|Make|Model"},
	{"camera", "jpg png webp heic avif", "-Make=SECRET -Model=SECRET -SerialNumber=SECRET -LensModel=SECRET", "Make|Model|SerialNumber|Lens"},
	{"orientation", "jpg png webp animated.webp", "-Orientation#=6 -Make=SECRET", "Make"},
	{"author", "jpg png webp heic avif", "-EXIF:Artist=SECRET -EXIF:Copyright=SECRET -OwnerName=SECRET", "Artist|Copyright|OwnerName"},
	{"dates", "jpg png webp heic avif", "-EXIF:AllDates=2020:01:02T03:04:05", "Date"},
	{"dates", "mp4 mov", "-QuickTime:CreateDate=2020:01:02T03:04:05 -Track1:TrackCreateDate=2020:01:02T03:04:05 -Track1:MediaModifyDate=2020:01:02T03:04:05", "Date"},
	{"software", "jpg webp", "-Software=SECRET -HostComputer=SECRET", "Software|HostComputer"},
	{"maker note", "jpg webp", "-EXIF:Make=SECRET -MakerNoteUnknownText=SECRET", "MakerNote"},
	{"Exif comment", "jpg png webp heic avif", "-UserComment=SECRET -XPTitle=SECRET -ImageDescription=SECRET", "UserComment|XPTitle|Description"},
	{"XMP", "jpg png gif webp heic avif mp4 mov animated.gif animated.webp", "-XMP-dc:Creator=SECRET -XMP-photoshop:City=SECRET -XMP-xmpMM:DocumentID=SECRET -XMP-xmp:CreatorTool=SECRET", "Creator|City|DocumentID"},
	{"IPTC", "jpg", "-IPTC:City=SECRET -IPTC:By-line=SECRET -IPTC:Caption-Abstract=SECRET", "City|By-line|Caption"},
	{"comment", "jpg png gif", "-Comment=SECRET", "Comment"},
	{"thumbnail", "jpg", "-ThumbnailImage<=thumb.jpg", "Thumbnail"},
	{"preview", "jpg", "-Photoshop:PhotoshopThumbnail<=thumb.jpg", "Thumbnail"},
	{"PNG text", "png animated.png", "-PNG:Author=SECRET -PNG:Description=SECRET -PNG:CreationTime=2020:01:02T03:04:05", "Author|Description|CreationTime"},
	{"iTunes", "mp4 mov", "-ItemList:Title=SECRET -ItemList:Artist=SECRET -ItemList:Comment=SECRET -ItemList:ContentCreateDate=2020:01:02T03:04:05", "Title|Artist|Comment|ContentCreateDate"},
	{"user data", "mp4 mov", "-UserData:Author=SECRET -UserData:Title=SECRET", "Author|Title"},
	{"cover", "mp4", "-ItemList:CoverArt<=thumb.jpg", "CoverArt"},
	{"Live Photo", "mov", "-Keys:CreationDate=2020:01:02T03:04:05 -Keys:Software=SECRET", "CreationDate|Software"},
}

// makeFiles writes the files that have every kind of tag, and returns them by the
// name of the tag. What FFmpeg makes has tags of its own.
func makeFiles(t *testing.T, folder string) map[string]string {
	t.Helper()
	args := strings.Fields("-v error -bitexact -f lavfi -i testsrc=s=64x48:d=0.2:r=10 -f lavfi -i sine=d=0.2")
	tags := strings.Fields("-metadata title=SECRET -metadata artist=SECRET -metadata comment=SECRET -metadata location=+52.5+013.4/ " +
		"-metadata make=SECRET -metadata:s:v title=SECRET -metadata:s:v handler_name=SECRET -metadata creation_time=2020-01-02T03:04:05Z")
	args = slices.DeleteFunc(args, func(a string) bool { return a == "-bitexact" })
	files := map[string]string{}
	for name, how := range base {
		args = append(append(append(args, strings.Fields(how)...), tags...), "-shortest", "base."+name)
		files["FFmpeg's own|"+name] = "base." + name
	}
	run(t, folder, "ffmpeg", args...)
	convert := []string{"-size", "32x24", "plasma:red-blue", "-seed", "1"}
	for name, how := range stills {
		convert = append(append(append(convert, "("), append([]string{"+clone"}, strings.Fields(how)...)...), "-write", "base."+name, "+delete", ")")
	}
	run(t, folder, "convert", append(convert, "-resize", "8x6", "thumb.jpg")...)
	run(t, folder, "ffmpeg", "-v", "error", "-i", "base.webm", "-c", "copy", "-attach", "thumb.jpg", "-metadata:s:t", "mimetype=image/jpeg",
		"-f", "matroska", "base.attachment.mkv")
	files["attachment|mkv"] = "base.attachment.mkv"
	run(t, folder, "convert", "base.jpg", "-set", "comment", "SECRET", "-set", "Raw profile type exif", "SECRET", "-quality", "1", "base.raw.png")
	files["ImageMagick's|png"] = "base.raw.png"
	var lines []string
	for i, r := range rows {
		for _, name := range strings.Fields(r.files) {
			file := fmt.Sprintf("row%d.%s", i, name)
			lines = append(lines, strings.Split(strings.ReplaceAll(r.args, " ", "\n"), "\n")...)
			lines = append(lines, "-m", "-q", "-overwrite_original", file, "-execute")
			text, err := os.ReadFile(filepath.Join(folder, "base."+name))
			if err := errors.Join(err, os.WriteFile(filepath.Join(folder, file), text, 0o644)); err != nil {
				t.Fatal(err)
			}
			files[r.tag+"|"+name] = file
		}
	}
	for i := range lines {
		lines[i] = strings.Replace(lines[i], "T03:04", " 03:04", 1)
	}
	script := filepath.Join(folder, "script")
	if err := os.WriteFile(script, []byte(strings.Join(lines, "\n")+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	run(t, folder, "exiftool", "-@", "script")
	return files
}

// found asks ExifTool for everything in files of a folder, by file.
func found(t *testing.T, folder string, files []string) map[string]map[string]any {
	t.Helper()
	args := append([]string{"-j", "-G1", "-a", "-u", "-ee", "-struct", "-api", "largefilesupport=1"}, files...)
	var all []map[string]any
	if err := json.Unmarshal([]byte(run(t, folder, "exiftool", args...)), &all); err != nil {
		t.Fatal(err)
	}
	byFile := map[string]map[string]any{}
	for _, tags := range all {
		byFile[tags["SourceFile"].(string)] = tags
	}
	return byFile
}

// structure are the tags that describe the container and the picture.
var structure = regexp.MustCompile(`^(SourceFile|(ExifTool|System|File|Composite|JFIF|ICC.*|PNG-pHYs|PNG-cICP):.*` +
	`|Adobe:.*|IFD0:Orientation|GIF:(GIFVersion|Image(Width|Height)|TransparentColor|HasColorMap|ColorResolutionDepth|BitsPerPixel|BackgroundColor|PixelAspectRatio|AnimationIterations|FrameCount|Duration)` +
	`|PNG:(ImageWidth|ImageHeight|BitDepth|ColorType|Compression|Filter|Interlace|Animation.*|Palette|Transparency|Gamma|WhitePoint.*|Red.|Green.|Blue.|SRGBRendering|BackgroundColor|ModifyDateX|SignificantBits)` +
	`|RIFF:(WebP_Flags|ImageWidth|ImageHeight|VP8.*|HorizontalScale|VerticalScale|Animation.*|BackgroundColor|FrameCount|Duration|AlphaIsUsed)` +
	`|(QuickTime|Track\d+|Meta):.*|(Matroska|Info|Track\d+|Segment|SeekHead|Cues|Cluster)[^:]*:.*)$`)

// leaks returns the tags that tell something.
func leaks(tags map[string]any) []string {
	var left []string
	for name, value := range tags {
		text := fmt.Sprint(value)
		short := name[strings.Index(name, ":")+1:]
		isDate := strings.Contains(short, "Date") && !strings.HasPrefix(name, "System:") && text != "0000:00:00 00:00:00"
		isNamed := regexp.MustCompile(`GPS|Handler(Description|VendorID)|CompressorName|MuxingApp|WritingApp|Encoder|TimeCode|Title|Vendor`).MatchString(short)
		switch {
		case strings.HasPrefix(name, "ExifTool:"), name == "SourceFile", strings.HasPrefix(name, "System:"):
		case isDate || isNamed && text != "" || strings.Contains(text, "SECRET") || !structure.MatchString(name):
			left = append(left, name+" = "+text)
		}
	}
	slices.Sort(left)
	return left
}

// The table of containers and tags, with what ExifTool finds before and after.
func TestTableOfWhatExifToolFinds(t *testing.T) {
	tools(t)
	folder := t.TempDir()
	files := makeFiles(t, folder)
	var names []string
	for key, file := range files {
		cleanFile(t, folder, file)
		names = append(names, key)
	}
	slices.Sort(names)
	var all []string
	for _, file := range files {
		all = append(all, file, "clean."+file)
	}
	tags := found(t, folder, all)
	printRow := func(cells ...any) {
		if testing.Verbose() {
			fmt.Printf("| %-18s | %-16s | %-70s | %s |\n", cells...)
		}
	}
	printRow("tag", "file", "ExifTool before", "after")
	for _, key := range names {
		tag, name, _ := strings.Cut(key, "|")
		shows := "."
		for _, r := range rows {
			if r.tag == tag && slices.Contains(strings.Fields(r.files), name) {
				shows = r.shows
			}
		}
		var before []string
		for _, leak := range leaks(tags[files[key]]) {
			if regexp.MustCompile(shows).MatchString(leak) {
				before = append(before, leak)
			}
		}
		after := leaks(tags["clean."+files[key]])
		if len(before) == 0 && !strings.HasPrefix(name, "animated.png") && tag != "FFmpeg's own" {
			t.Errorf("%s in %s: ExifTool did not write it: %v", tag, name, leaks(tags[files[key]]))
		}
		if len(after) > 0 || tags["clean."+files[key]] == nil {
			t.Errorf("%s in %s: ExifTool still finds %q", tag, name, after)
		}
		if kept := tags["clean."+files[key]]["IFD0:Orientation"]; tag == "orientation" && kept != "Rotate 90 CW" {
			t.Errorf("%s in %s: became %v", tag, name, kept)
		}
		inspected(t, folder, files[key], tags[files[key]])
		printRow(tag, name, short(before), short(after))
	}
	samePictures(t, folder, files)
}

// short lists tags for the table.
func short(tags []string) string {
	if len(tags) == 0 {
		return "nothing"
	}
	text := tags[0]
	if len(text) > 60 {
		text = text[:60] + "…"
	}
	if len(tags) > 1 {
		text += fmt.Sprintf(" and %d more", len(tags)-1)
	}
	return text
}

// cleanFile cleans a file of a folder into another, checks that cleaning again changes
// nothing, and that nothing is left that a search of the bytes finds.
func cleanFile(t *testing.T, folder, name string) {
	t.Helper()
	file, err := os.ReadFile(filepath.Join(folder, name))
	if err != nil {
		t.Fatal(err)
	}
	out, receipt, err := clean(file)
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	again, second, err := clean(out)
	if err != nil || !bytes.Equal(out, again) || len(second.Removed) > 0 {
		t.Errorf("%s: cleaning again removes %v: %v", name, second, err)
	}
	if bytes.Contains(out, []byte("SECRET")) {
		t.Errorf("%s: the secret is left", name)
	}
	if bytes.Contains(file, []byte("SECRET")) && receipt.String() == "Nothing to remove" {
		t.Errorf("%s: nothing was found", name)
	}
	if err := os.WriteFile(filepath.Join(folder, "clean."+name), out, 0o644); err != nil {
		t.Fatal(err)
	}
}

// samePictures checks that every frame and every sample decodes to the same.
func samePictures(t *testing.T, folder string, files map[string]string) {
	t.Helper()
	var stills, movies []string
	for _, file := range files {
		if strings.HasSuffix(file, ".heic") || strings.HasSuffix(file, ".avif") || strings.HasSuffix(file, ".webp") {
			stills = append(stills, file, "clean."+file)
			continue
		}
		if strings.HasPrefix(file, "base.") {
			movies = append(movies, file, "clean."+file)
		}
	}
	signatures := strings.Fields(run(t, folder, "identify", append([]string{"-format", "%i:%#\n"}, stills...)...))
	bySignature := map[string]string{}
	for _, line := range signatures {
		at := strings.LastIndex(line, ":")
		bySignature[line[:at]] += line[at:]
	}
	for i := 0; i < len(stills); i += 2 {
		if bySignature[stills[i]] == "" || bySignature[stills[i]] != bySignature[stills[i+1]] {
			t.Errorf("%s has other pixels", stills[i])
		}
	}
	args := []string{"-v", "error"}
	for _, file := range movies {
		args = append(args, "-i", file)
	}
	for i := range movies {
		args = append(args, "-map", fmt.Sprintf("%d:V?", i), "-map", fmt.Sprintf("%d:a?", i), "-f", "framemd5", fmt.Sprintf("%d.md5", i))
	}
	run(t, folder, "ffmpeg", args...)
	for i := 0; i < len(movies); i += 2 {
		before, _ := os.ReadFile(filepath.Join(folder, fmt.Sprintf("%d.md5", i)))
		after, _ := os.ReadFile(filepath.Join(folder, fmt.Sprintf("%d.md5", i+1)))
		if len(before) < 100 || !bytes.Equal(before, after) {
			t.Errorf("%s decodes to something else:\n%s\n%s", movies[i], before, after)
		}
	}
}

// inspected checks what Inspect says about a file by what ExifTool says.
func inspected(t *testing.T, folder, name string, tags map[string]any) {
	t.Helper()
	file, err := os.ReadFile(filepath.Join(folder, name))
	if err != nil {
		t.Fatal(err)
	}
	info, err := media.Inspect(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	width, height := info.Width, info.Height
	if info.Orientation >= 5 {
		width, height = height, width
	}
	if want := fmt.Sprint(tags["Composite:ImageSize"]); want != fmt.Sprintf("%dx%d", width, height) && want != "<nil>" {
		t.Errorf("%s is %d × %d, not %s", name, width, height, want)
	}
	if kind := fmt.Sprint(tags["File:MIMEType"]); !strings.HasPrefix(kind, string(info.Kind)+"/") {
		t.Errorf("%s is %s, not %s", name, info.Kind, kind)
	}
	for _, key := range []string{"QuickTime:Duration", "Info:Duration", "GIF:Duration", "RIFF:Duration"} {
		var seconds float64
		if _, err := fmt.Sscanf(fmt.Sprint(tags[key]), "%f s", &seconds); err != nil || seconds == 0 {
			continue
		}
		if d := info.Duration.Seconds() - seconds; d > 0.011 || d < -0.011 {
			t.Errorf("%s takes %v, not %v s", name, info.Duration, seconds)
		}
	}
}

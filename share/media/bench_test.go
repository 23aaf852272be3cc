//go:build !js

package media_test

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"sharewise/share/media"
)

// BenchmarkClean is the work without files: memory does not grow with the size.
func BenchmarkClean(b *testing.B) {
	noise := bytes.Repeat([]byte("0123456789abcdef"), 1<<16)
	video := cat(brand, atom("moov", movieHeader, trak(1, "vide", "mp4v", 0, 64*len(noise), nil, nil), atom("udta", secret)))
	at := len(video) + 8
	video = cat(brand, atom("moov", movieHeader, trak(1, "vide", "mp4v", at, 64*len(noise), nil, nil), atom("udta", secret)),
		atom("mdat", bytes.Repeat(noise, 64)))
	for _, c := range []struct {
		name string
		file []byte
	}{
		{"jpeg 1 MB", cat("\xFF\xD8", segment(0xE1, "Exif\x00\x00", tiff(6)), frame, scan[:len(scan)-1], noise, "\xFF\xD9")},
		{"jpeg 8 MB", cat("\xFF\xD8", segment(0xE1, "Exif\x00\x00", tiff(6)), frame, scan[:len(scan)-1], bytes.Repeat(noise, 8), "\xFF\xD9")},
		{"png 8 MB", png(chunk("tEXt", secret), chunk("IDAT", bytes.Repeat(noise, 8)))},
		{"mp4 64 MB", video},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(c.file)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := media.Clean(io.Discard, bytes.NewReader(c.file), int64(len(c.file))); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkBeside cleans the same files on disk by Clean, ExifTool and FFmpeg.
func BenchmarkBeside(b *testing.B) {
	folder := b.TempDir()
	do := func(b *testing.B, args ...string) {
		command := exec.Command(args[0], args[1:]...)
		command.Dir = folder
		if out, err := command.CombinedOutput(); err != nil {
			b.Skipf("%v: %v %s", args, err, out)
		}
	}
	do(b, "ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc=s=1280x720:r=25", "-t", "3", "-c:v", "rawvideo", "-pix_fmt", "yuv420p",
		"-metadata", "title=SECRET", "video.mov")
	do(b, "convert", "-size", "4000x3000", "plasma:", "-quality", "95", "-set", "comment", "SECRET", "photo.jpg")
	for _, name := range []string{"photo.jpg", "video.mov"} {
		out := "out" + filepath.Ext(name)
		for _, c := range []struct {
			tool string
			run  func(b *testing.B)
		}{
			{"Clean", func(b *testing.B) { cleanOnDisk(b, filepath.Join(folder, name), filepath.Join(folder, out)) }},
			{"exiftool", func(b *testing.B) { do(b, "exiftool", "-q", "-m", "-all=", "-o", out, name) }},
			{"ffmpeg", func(b *testing.B) {
				do(b, "ffmpeg", "-v", "error", "-y", "-i", name, "-map_metadata", "-1", "-c", "copy", "-update", "1", out)
			}},
		} {
			b.Run(strings.ReplaceAll(name, ".", " ")+"/"+c.tool, func(b *testing.B) {
				stat, err := os.Stat(filepath.Join(folder, name))
				if err != nil {
					b.Fatal(err)
				}
				b.SetBytes(stat.Size())
				for b.Loop() {
					os.Remove(filepath.Join(folder, out))
					c.run(b)
				}
			})
		}
	}
}

func cleanOnDisk(b *testing.B, name, out string) {
	b.Helper()
	file, err := os.Open(name)
	if err != nil {
		b.Fatal(err)
	}
	defer file.Close()
	stat, err := file.Stat()
	if err != nil {
		b.Fatal(err)
	}
	w, err := os.Create(out)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := media.Clean(w, file, stat.Size()); err != nil {
		b.Fatal(err)
	}
	if err := w.Close(); err != nil {
		b.Fatal(err)
	}
}

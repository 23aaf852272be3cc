package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"sharewise/share/media"
)

// mediaCommand has the commands about pictures and videos.
type mediaCommand struct {
	Clean   mediaCleanCommand   `cmd:"" help:"Write a picture or video without location, camera and other metadata."`
	Inspect mediaInspectCommand `cmd:"" help:"Print what a picture or video is, and the metadata in it."`
}

type mediaCleanCommand struct {
	Out  string `short:"o" required:"" placeholder:"FILE" help:"${mediaOut}"`
	File string `arg:"" help:"The picture or video."`
}

// Run writes the cleaned file and prints the receipt. OUT appears only once it is
// whole, so it may be the file itself.
func (k *mediaCleanCommand) Run(c *console) error {
	file, size, err := openMedia(k.File)
	if err != nil {
		return err
	}
	defer file.Close()
	out, err := os.CreateTemp(filepath.Dir(k.Out), ".sharewise-*")
	if err != nil {
		return err
	}
	defer os.Remove(out.Name()) // fails once the file has its name
	receipt, err := media.Clean(out, file, size)
	if err := errors.Join(err, out.Close()); err != nil {
		return c.failMedia(k.File, err)
	}
	if err := os.Chmod(out.Name(), 0o644); err != nil {
		return err
	}
	if err := os.Rename(out.Name(), k.Out); err != nil {
		return err
	}
	if c.json {
		return c.encode(c.out, struct {
			File        string          `json:"file"`
			Out         string          `json:"out"`
			Container   media.Container `json:"container"`
			Size        int64           `json:"size"`
			Written     int64           `json:"written"`
			Orientation int             `json:"orientation"`
			Removed     []mediaFinding  `json:"removed"`
		}{k.File, k.Out, receipt.Container, receipt.Size, receipt.Written, receipt.Orientation,
			mediaFindings(receipt.Removed)})
	}
	_, err = fmt.Fprintln(c.out, receipt)
	return err
}

// A mediaFinding is a finding as JSON.
type mediaFinding struct {
	Category media.Category `json:"category"`
	Where    string         `json:"where"`
}

func mediaFindings(all []media.Finding) []mediaFinding {
	found := []mediaFinding{}
	for _, f := range all {
		found = append(found, mediaFinding(f))
	}
	return found
}

func openMedia(name string) (file *os.File, size int64, err error) {
	file, err = os.Open(name)
	if err != nil {
		return nil, 0, err
	}
	stat, err := file.Stat()
	if err == nil && !stat.Mode().IsRegular() {
		err = errors.New(name + " is not a regular file")
	}
	if err != nil {
		file.Close()
		return nil, 0, err
	}
	return file, stat.Size(), nil
}

// failMedia reports a picture or video that cannot be read, which is an answer.
// Other errors are returned.
func (c *console) failMedia(name string, err error) error {
	var broken *media.Error
	if !errors.As(err, &broken) {
		return err
	}
	reason := fmt.Sprintf("byte %d: %s", broken.Offset, broken.Reason)
	if c.json {
		return errors.Join(errNo, c.encode(c.err, struct {
			Error  string `json:"error"`
			Offset int64  `json:"offset"`
			Reason string `json:"reason"`
		}{name + ": " + reason, broken.Offset, broken.Reason}))
	}
	fmt.Fprintf(c.err, "sharewise: %s: %s\n", name, reason)
	return errNo
}

type mediaInspectCommand struct {
	File string `arg:"" help:"The picture or video."`
}

// Run prints what a file is.
func (k *mediaInspectCommand) Run(c *console) error {
	file, size, err := openMedia(k.File)
	if err != nil {
		return err
	}
	defer file.Close()
	info, err := media.Inspect(file, size)
	if err != nil {
		return c.failMedia(k.File, err)
	}
	if c.json {
		return c.encode(c.out, struct {
			File        string          `json:"file"`
			Container   media.Container `json:"container"`
			Kind        media.Kind      `json:"kind"`
			Size        int64           `json:"size"`
			Width       int             `json:"width,omitempty"`
			Height      int             `json:"height,omitempty"`
			Orientation int             `json:"orientation"`
			Duration    float64         `json:"duration,omitempty"` // in seconds
			Codecs      []string        `json:"codecs"`
			Metadata    []mediaFinding  `json:"metadata"`
		}{k.File, info.Container, info.Kind, info.Size, info.Width, info.Height, info.Orientation,
			info.Duration.Seconds(), append([]string{}, info.Codecs...), mediaFindings(info.Metadata)})
	}
	return c.print(func(w *bufio.Writer) { c.writeMedia(w, k.File, info) })
}

func (c *console) writeMedia(w io.Writer, name string, info *media.Info) {
	words := []string{string(info.Container), string(info.Kind)}
	if info.Width > 0 {
		words = append(words, fmt.Sprintf("%d × %d", info.Width, info.Height))
	}
	if info.Duration > 0 {
		words = append(words, info.Duration.Round(time.Millisecond).String())
	}
	words = append(words, count(int(info.Size), "byte"))
	words = append(words, info.Codecs...)
	fmt.Fprintf(w, "%s: %s\n", c.paint(bold, name), strings.Join(words, ", "))
	for i := 0; i < len(info.Metadata); {
		category := info.Metadata[i].Category
		var places []string
		for ; i < len(info.Metadata) && info.Metadata[i].Category == category; i++ {
			places = append(places, info.Metadata[i].Where)
		}
		fmt.Fprintf(w, "  %s %s\n", pad(string(category), 11), strings.Join(slices.Compact(places), ", "))
	}
	if len(info.Metadata) == 0 {
		fmt.Fprintln(w, "  no metadata")
	}
}

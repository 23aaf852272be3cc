//go:build !js

package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// photo is a GIF of 3 × 2 with a comment.
const photo = "GIF89a\x03\x00\x02\x00\x00\x00\x00!\xfe\x06secret\x00,\x00\x00\x00\x00\x03\x00\x02\x00\x00\x02\x01\x00\x00;"

func TestMediaCleanWritesTheFileAndPrintsTheReceipt(t *testing.T) {
	file := written(t, "a.gif", photo)
	out := filepath.Join(t.TempDir(), "b.gif")
	if got := invoke(t, "", "media", "clean", "-o", out, file); got != (ending{"Comments removed\n", "", exitDone}) {
		t.Errorf("%+v", got)
	}
	b, err := os.ReadFile(out)
	if err != nil || bytes.Contains(b, []byte("secret")) || len(b) != len(photo)-10 {
		t.Errorf("%q, %v", b, err)
	}
	want := `{"file":"` + file + `","out":"` + file + `","container":"gif","size":38,"written":28,"orientation":1,` +
		`"removed":[{"category":"comment","where":"comment"}]}` + "\n"
	if got := invoke(t, "", "media", "clean", "--json", "-o", file, file); got != (ending{want, "", exitDone}) {
		t.Errorf("the file itself: %+v", got)
	}
	if got := invoke(t, "", "media", "clean", "-o", file, file); got != (ending{"Nothing to remove\n", "", exitDone}) {
		t.Errorf("again: %+v", got)
	}
}

func TestMediaCleanWritesNothingWhereTheFileCannotBeRead(t *testing.T) {
	file := written(t, "a.gif", photo[:30])
	folder := t.TempDir()
	out := filepath.Join(folder, "b.gif")
	reason := file + ": byte 23: the file ends within what begins here"
	for _, c := range []struct {
		args []string
		want ending
	}{
		{[]string{"clean", "-o", out, file}, ending{"", "sharewise: " + reason + "\n", exitNo}},
		{[]string{"inspect", file}, ending{"", "sharewise: " + reason + "\n", exitNo}},
		{[]string{"inspect", "--json", file},
			ending{"", `{"error":"` + reason + `","offset":23,"reason":"the file ends within what begins here"}` + "\n", exitNo}},
		{[]string{"inspect", "nowhere.jpg"}, ending{"", "sharewise: open nowhere.jpg: no such file or directory\n", exitFailed}},
		{[]string{"inspect", folder}, ending{"", "sharewise: " + folder + " is not a regular file\n", exitFailed}},
	} {
		if got := invoke(t, "", append([]string{"media"}, c.args...)...); got != c.want {
			t.Errorf("%v: %+v", c.args, got)
		}
	}
	left, err := os.ReadDir(folder)
	if err != nil || len(left) > 0 {
		t.Errorf("left %v, %v", left, err)
	}
}

func TestMediaInspect(t *testing.T) {
	file := written(t, "a.gif", photo)
	want := file + ": gif, image, 3 × 2, 38 bytes, gif\n  comment     comment\n"
	if got := invoke(t, "", "media", "inspect", file); got != (ending{want, "", exitDone}) {
		t.Errorf("%+v", got)
	}
	want = `{"file":"` + file + `","container":"gif","kind":"image","size":38,"width":3,"height":2,"orientation":1,` +
		`"codecs":["gif"],"metadata":[{"category":"comment","where":"comment"}]}` + "\n"
	if got := invoke(t, "", "media", "inspect", "--json", file); got != (ending{want, "", exitDone}) {
		t.Errorf("%+v", got)
	}
	clean := written(t, "b.gif", strings.Replace(photo, "!\xfe\x06secret\x00", "", 1))
	if got := invoke(t, "", "media", "inspect", clean); !strings.HasSuffix(got.out, "\n  no metadata\n") {
		t.Errorf("%+v", got)
	}
}

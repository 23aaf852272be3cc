package media_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"

	"sharewise/share/media"
)

// maxUpload bounds what a server takes.
const maxUpload = 500 << 20

// upload takes a picture or video as the body of a request, and stores it without
// its metadata.
func upload(w http.ResponseWriter, r *http.Request) {
	// The structure of a file may be at its end, so it is stored before it is read.
	stored, err := os.CreateTemp("", "upload-*")
	if err != nil {
		http.Error(w, "no room", http.StatusInsufficientStorage)
		return
	}
	defer os.Remove(stored.Name())
	defer stored.Close()
	size, err := io.Copy(stored, http.MaxBytesReader(w, r.Body, maxUpload))
	if err != nil {
		http.Error(w, "the file is too large", http.StatusRequestEntityTooLarge)
		return
	}
	var clean bytes.Buffer // in a server, the file or object that is kept
	receipt, err := media.Clean(&clean, stored, size)
	var broken *media.Error
	switch {
	case errors.As(err, &broken):
		http.Error(w, broken.Reason, http.StatusUnsupportedMediaType)
	case err != nil:
		http.Error(w, "it could not be stored", http.StatusInternalServerError)
	default:
		fmt.Fprintln(w, receipt)
	}
}

// A server cleans what is uploaded, and tells what it removed.
func ExampleClean_upload() {
	photo := "GIF89a\x03\x00\x02\x00\x00\x00\x00!\xfe\x06secret\x00,\x00\x00\x00\x00\x03\x00\x02\x00\x00\x02\x01\x00\x00;"
	for _, body := range []string{photo, photo[:20], "hello"} {
		w := httptest.NewRecorder()
		http.HandlerFunc(upload).ServeHTTP(w, httptest.NewRequest("POST", "/upload", bytes.NewReader([]byte(body))))
		fmt.Print(w.Code, " ", w.Body)
	}
	// Output:
	// 200 Comments removed
	// 415 the blocks from here run past the end of the file
	// 415 the file is none of JPEG, PNG, WebP, GIF, AVIF, HEIC, MP4, MOV, WebM and Matroska
}

// A server asks what a file is instead of believing what a page says.
func ExampleInspect() {
	photo := []byte("GIF89a\x03\x00\x02\x00\x00\x00\x00!\xfe\x06secret\x00,\x00\x00\x00\x00\x03\x00\x02\x00\x00\x02\x01\x00\x00;")
	info, err := media.Inspect(bytes.NewReader(photo), int64(len(photo)))
	if err != nil {
		panic(err)
	}
	fmt.Println(info.Container, info.Kind, info.Width, info.Height, info.Metadata)
	// Output:
	// gif image 3 2 [{comment comment}]
}

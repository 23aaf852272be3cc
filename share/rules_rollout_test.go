package share

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"sharewise/share/internal/hash"
	"testing"
)

func TestBucketsAreThoseOfFlagd(t *testing.T) {
	text, err := os.ReadFile("testdata/rollout.json")
	if err != nil {
		t.Fatal(err)
	}
	var suite struct {
		Flag string
		Rows []struct {
			ID      string
			Murmur3 uint32
			Bucket  uint32 `json:"v2_bucket_100000"`
		}
	}
	if err := json.Unmarshal(text, &suite); err != nil {
		t.Fatal(err)
	}
	wide := 0
	for _, row := range suite.Rows {
		if got := hash.Murmur3(suite.Flag, row.ID); got != row.Murmur3 {
			t.Errorf("%q: the hash is %d, want %d", row.ID, got, row.Murmur3)
		}
		if got := bucket(suite.Flag, row.ID); got != row.Bucket {
			t.Errorf("%q: the bucket is %d, want %d", row.ID, got, row.Bucket)
		}
		for _, c := range row.ID {
			if c > 0x7f {
				wide++
				break
			}
		}
	}
	if len(suite.Rows) != 120 || wide == 0 {
		t.Errorf("%d rows, %d beyond ASCII", len(suite.Rows), wide)
	}
}

// The hashes of these ids expose arithmetic that is signed, rounded or too narrow.
func TestBucketsHoldAtTheEdgesOfTheHash(t *testing.T) {
	for _, c := range []struct {
		id     string
		SHA256 uint32
		bucket uint32
	}{
		{"013-xCFcW", 0x0, 0},
		{"173-xV5OJ", 0x1, 0},
		{"048-xCc8v", 0x7fffffff, 49999},
		{"056-xz_Qc", 0x80000000, 50000},
		{"310-x4IOi", 0xffffffff, 99999},
	} {
		if got := hash.Murmur3("stories", c.id); got != c.SHA256 {
			t.Errorf("%q: the hash is %#x, want %#x", c.id, got, c.SHA256)
		}
		if got := bucket("stories", c.id); got != c.bucket {
			t.Errorf("%q: the bucket is %d, want %d", c.id, got, c.bucket)
		}
		for _, percent := range []float64{0, 0.001, 49.999, 50, 50.001, 99.999, 100} {
			if got, want := reached(t, percent, c.id), float64(c.bucket) < percent*1000-0.5; got != want {
				t.Errorf("%q at %v %%: reached is %v, want %v", c.id, percent, got, want)
			}
		}
	}
}

// flagd's JavaScript implementation hashes UTF-16 code units; its definition and
// its Go implementation say UTF-8.
func TestIdsAreHashedAsUTF8(t *testing.T) {
	for _, c := range []struct {
		id     string
		SHA256 uint32
	}{{"", 0}, {"é", 0x10110787}} {
		if got := hash.Murmur3("", c.id); got != c.SHA256 {
			t.Errorf("%q: the hash is %#x, want %#x", c.id, got, c.SHA256)
		}
	}
}

// reached reports whether a rollout includes a viewer.
func reached(t *testing.T, percent float64, id string) bool {
	t.Helper()
	rules, err := Compile([]byte(rulesetOf(fmt.Sprintf(`"rollouts": {"stories": {"percent": %v, "hash": "flagd-v2"}}, "rules": [{"id": "r", "permit": ["content.privacy"], "rollout": "stories"}]`, percent))))
	if err != nil {
		t.Fatal(err)
	}
	return rules.Sheet(&Request{Viewer: Viewer{ID: id}}).Entries[0].Verdict == Permitted
}

func TestRaisingAPercentageNeverRemovesAViewer(t *testing.T) {
	g := rand.New(rand.NewPCG(11, 12))
	letters := []rune("abz09-_ ñéßлиلي漢字😀")
	changed := 0
	for range 2000 {
		low, high := float64(g.IntN(100001))/1000, float64(g.IntN(100001))/1000
		if low > high {
			low, high = high, low
		}
		id := ""
		for range 1 + g.IntN(12) {
			id += string(letters[g.IntN(len(letters))])
		}
		before, after := reached(t, low, id), reached(t, high, id)
		if before && !after {
			t.Fatalf("%q is in at %v %% and not at %v %%", id, low, high)
		}
		if before != after {
			changed++
		}
	}
	if changed < 100 {
		t.Errorf("only %d viewers were added", changed)
	}
}

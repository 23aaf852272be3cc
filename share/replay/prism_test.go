//go:build prism

package replay_test

import (
	"flag"
	"os"
	"testing"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/runners/prism"
)

func TestMain(m *testing.M) {
	runner = "prism"
	flag.Parse()
	beam.Init()
	os.Exit(m.Run())
}

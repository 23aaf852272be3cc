// Rego compiles the policy to WebAssembly with OPA's own compiler.
package main

import (
	"bytes"
	"context"
	"flag"
	"log"
	"os"

	"github.com/open-policy-agent/opa/v1/bundle"
	"github.com/open-policy-agent/opa/v1/compile"
)

func main() {
	log.SetFlags(0)
	policy := flag.String("policy", "", "`folder` that holds policy.rego")
	out := flag.String("out", "", "`file` to write")
	flag.Parse()

	var b bytes.Buffer
	c := compile.New().WithTarget(compile.TargetWasm).WithEntrypoints("sharewise/answer").WithOptimizationLevel(1).
		WithAsBundle(false).WithPaths(*policy + "/policy.rego").WithOutput(&b)
	check(c.Build(context.Background()))
	built, err := bundle.NewReader(&b).Read()
	check(err)
	if len(built.WasmModules) != 1 {
		log.Fatalf("%d modules were made, not one", len(built.WasmModules))
	}
	check(os.WriteFile(*out, built.WasmModules[0].Raw, 0o644))
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

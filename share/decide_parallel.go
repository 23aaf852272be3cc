//go:build !tinygo && !wasm

package share

import (
	"runtime"
	"sync"
)

// spread does n pieces of work on all cores, each of which gets one contiguous part.
func spread(n int, do func(from, to int)) {
	cores := min(runtime.GOMAXPROCS(0), 2*n/spreadFrom)
	if cores < 2 {
		do(0, n)
		return
	}
	var wait sync.WaitGroup
	for k := range cores {
		wait.Go(func() { do(k*n/cores, (k+1)*n/cores) })
	}
	wait.Wait()
}

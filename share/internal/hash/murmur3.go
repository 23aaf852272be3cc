package hash

import "math/bits"

// Murmur3 is MurmurHash3 x86 32-bit with seed 0 over the bytes of a followed
// by those of b. Source: Austin Appleby, MurmurHash3.cpp (public domain).
func Murmur3(a, b string) uint32 {
	const c1, c2 = 0xcc9e2d51, 0x1b873593
	size := len(a) + len(b)
	var h, block uint32
	for i := 0; i < size; i++ {
		var c byte
		if i < len(a) {
			c = a[i]
		} else {
			c = b[i-len(a)]
		}
		block |= uint32(c) << (8 * (i & 3))
		if i&3 == 3 {
			h ^= bits.RotateLeft32(block*c1, 15) * c2
			h = bits.RotateLeft32(h, 13)*5 + 0xe6546b64
			block = 0
		}
	}
	h ^= bits.RotateLeft32(block*c1, 15) * c2 // no-op where nothing is left over
	h ^= uint32(size)
	h ^= h >> 16
	h *= 0x85ebca6b
	h ^= h >> 13
	h *= 0xc2b2ae35
	return h ^ h>>16
}

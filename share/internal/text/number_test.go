package text

import (
	"math"
	"math/big"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
)

// javaScript formats a number as JavaScript does (ECMA-262, Number::toString),
// except that large numbers, which do not occur here, have no exponent.
func javaScript(f float64) string {
	if a := math.Abs(f); a != 0 && a < 1e-6 {
		s := strconv.FormatFloat(f, 'e', -1, 64)
		return strings.Replace(s, "e-0", "e-", 1)
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}

func TestNumbersAreReadAndWrittenAsStrconvDoes(t *testing.T) {
	check := func(text string) {
		t.Helper()
		want, err := strconv.ParseFloat(text, 64)
		if err != nil || !(math.Abs(want) < 1<<53) {
			return
		}
		got := ParseNumber(text)
		if got != want {
			t.Fatalf("parseNumber(%s) = %v, want %v", text, got, want)
		}
		if got, want := string(AppendNumber(nil, got)), javaScript(want); got != want && want != "-0" {
			t.Fatalf("appendNumber(%s) = %s, want %s", text, got, want)
		}
	}
	for _, text := range []string{
		"0", "-0", "0.0", "0e99", "1", "-1", "0.1", "0.3", "0.30000000000000004", "1e-7", "1E+3", "1.5e-10", "33.3",
		"4503599627370496.5", "4503599627370497.5", "9007199254740991", "9007199254740991.4", "123456789012345.67",
		"0.1000000000000000055511151231257827021181583404541015625",  // exactly the float64
		"0.10000000000000001249000902703301107976585626602172851562", // a little below half way
		"0." + strings.Repeat("0", 290) + "1234567890123456789", "1" + strings.Repeat("0", 700) + "e-700",
		"0.5" + strings.Repeat("0", 900) + "1", "0.999999999999999944488848768742172978818416595458984375",
		"0.99999999999999994448884876874217297881841659545898437500001", "999999999999999.95", "0.00001", "0.000001",
		"0.0000012",
	} {
		check(text)
	}
	r, numbers := rand.New(rand.NewPCG(1, 2)), 2000
	if testing.Short() {
		numbers = 50
	}
	for range numbers {
		check(strconv.FormatFloat(math.Float64frombits(r.Uint64()), 'e', -1, 64))
		check(strconv.FormatFloat(r.Float64()*1000, 'f', r.IntN(25), 64))
		check(strconv.FormatInt(r.Int64N(1<<53), 10) + "e-" + strconv.Itoa(r.IntN(40)))
		f := r.Float64() * 10 // halfway to the next float64, and slightly below and above
		half := strconv.FormatFloat(f, 'f', 60, 64)
		check(half)
		check(half + "1")
	}
	for range numbers / 2 { // those with fewer bits than others, and half way between two
		n := r.Uint64() >> (12 + r.IntN(52))
		check(strconv.FormatFloat(math.Float64frombits(n), 'e', -1, 64))
		check(new(big.Float).SetMantExp(new(big.Float).SetUint64(2*n+1), -1075).Text('e', 800))
	}
	for _, text := range []string{"5e-324", "-5e-324", "2e-324", "3e-324", "1e-400", "2.2250738585072014e-308", "2.2250738585072011e-308"} {
		check(text)
	}
	for e := -1080; e < 53; e++ {
		check(strconv.FormatFloat(math.Ldexp(1, e), 'f', -1, 64))
	}
}

func TestANumberBeyondTwoToThe53IsTwoToThe53(t *testing.T) {
	for _, text := range []string{"9007199254740992", "9007199254740993", "1e17", "1e400", "1e99999999999999999999",
		"9999999999999999999999"} {
		if got := ParseNumber(text); got != 1<<53 {
			t.Errorf("parseNumber(%s) = %v", text, got)
		}
		if got := ParseNumber("-" + text); got != -1<<53 {
			t.Errorf("parseNumber(-%s) = %v", text, got)
		}
	}
}

func TestWholeNumbersAreWrittenAsStrconvDoes(t *testing.T) {
	for _, n := range []int64{0, 1, -1, 9, 10, 1<<31 - 1, -1 << 31, 1<<53 - 1, math.MaxInt64, math.MinInt64} {
		if got, want := string(AppendInt(nil, n)), strconv.FormatInt(n, 10); got != want {
			t.Errorf("appendInt(%s) = %s", want, got)
		}
	}
}

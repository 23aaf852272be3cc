package letters

import "syscall/js"

// normal composes a text (Unicode Normalization Form C). The page does it by Composed
// (www/src/gojs.js), since the tables of Unicode would be a tenth of the engine.
func normal(s string) string {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0xcc { // from U+0300 on; what comes before it is composed
			if of := js.Global().Get("Composed"); !of.IsUndefined() {
				s = of.New(s).Get("text").String()
			}
			break
		}
	}
	return s
}

package letters

import "sharewise/share/internal/text"

// InHashtag reports whether a character may stand in a hashtag, where networks end it
// at blanks, punctuation, symbols and emoji (twitter-text 3.1.0).
func InHashtag(r rune) bool {
	if r < 0x80 {
		return text.IsWord(byte(r), "_")
	}
	first, found := rune(0), false
	for _, c := range betweenTags {
		if first == 0 {
			first = c
			continue
		}
		found = found || first <= r && r <= c
		first = 0
	}
	return !found
}

// betweenTags are the first and last characters of ranges that end a hashtag, as
// far as they are in common use.
const betweenTags = "" +
	"\u0080\u00a9\u00ab\u00b1\u00b4\u00b4\u00b6\u00b6\u00b8\u00b8\u00bb\u00bb\u00bf\u00bf\u00d7\u00d7" +
	"\u00f7\u00f7\u0589\u058f\u05c0\u05c0\u05c3\u05c3\u0600\u060f\u061b\u061f\u066a\u066d\u06d4\u06d4" +
	"\u0964\u0965\u2000\u200b\u200e\u206f\u20a0\u20cf\u2100\u2101\u2190\u245f\u24ea\u2775\u2794\u2bff" +
	"\u2e00\u2e7f\u3000\u3002\u3004\u3004\u3008\u301b\u301d\u3020\u3030\u3030\u303d\u303f\ufe00\ufe19" +
	"\ufe30\ufe6f\ufeff\uff0f\uff1a\uff20\uff3b\uff40\uff5b\uff5d\uff5f\uff65\uffe0\ufffd\U0001f000\U0001faff"

package text

// ParseTime reads an RFC 3339 date and time and returns milliseconds since
// 1970-01-01T00:00:00Z; further digits of a second are dropped. The date must
// exist; a leap second counts as the second after it, and is accepted only at the
// end of June or December in UTC (RFC 3339 section 5.7). ParseTime returns what is
// wrong as a message, "" if nothing is.
//
// The package time would bring its formatting into the page for this alone.
func ParseTime(s string) (ms float64, problem string) {
	const want = "want a date and time such as 2026-03-01T18:00:00Z (RFC 3339)"
	if len(s) < len("2006-01-02T15:04:05Z") || s[4] != '-' || s[7] != '-' || s[10] != 'T' && s[10] != 't' ||
		s[13] != ':' || s[16] != ':' {
		return 0, want
	}
	year, month, day := digits(s[0:4]), digits(s[5:7]), digits(s[8:10])
	hour, minute, second := digits(s[11:13]), digits(s[14:16]), digits(s[17:19])
	if year|month|day|hour|minute|second < 0 {
		return 0, want
	}
	milli, rest, ok := fraction(s[19:])
	if !ok {
		return 0, want
	}
	shift := 0
	switch {
	case rest == "Z" || rest == "z":
	case len(rest) == 6 && (rest[0] == '+' || rest[0] == '-') && rest[3] == ':':
		h, m := digits(rest[1:3]), digits(rest[4:6])
		if h|m < 0 {
			return 0, want
		}
		if h > 23 || m > 59 {
			return 0, "the offset " + rest + " is out of range"
		}
		shift = h*60 + m
		if rest[0] == '-' {
			shift = -shift
		}
	default:
		return 0, want
	}
	switch {
	case month < 1 || month > 12:
		return 0, "there is no month " + s[5:7]
	case day < 1 || day > daysIn(year, month):
		return 0, "there is no day " + s[8:10] + " in " + s[0:7]
	case hour > 23 || minute > 59:
		return 0, "there is no time " + s[11:16]
	case second > 60:
		return 0, "there is no second " + s[17:19]
	}
	minutes := daysSince1970(year, month, day)*1440 + hour*60 + minute - shift
	leap := second < 60
	for m := 1; m <= 13; m += 6 { // this January and July, and the next January
		leap = leap || minutes+1 == daysSince1970(year, m, 1)*1440
	}
	if !leap {
		return 0, "there is no second 60 but at the end of June and December in UTC"
	}
	ms = (float64(minutes)*60+float64(second))*1000 + float64(milli)
	if ms < firstMoment || ms >= endOfTime {
		return 0, "the year lies outside 0 to 9999 in UTC"
	}
	return ms, ""
}

// fraction reads the fraction of a second, in milliseconds, if there is one.
func fraction(s string) (milli int, rest string, ok bool) {
	if s[0] != '.' {
		return 0, s, true
	}
	i := 1
	for scale := 100; i < len(s) && '0' <= s[i] && s[i] <= '9'; i++ {
		milli += int(s[i]-'0') * scale
		scale /= 10
	}
	return milli, s[i:], 1 < i && i < len(s)
}

// The years that can be written in four digits, in milliseconds since 1970.
const (
	firstMoment = -62167219200000 // 0000-01-01T00:00:00Z
	endOfTime   = 253402300800000 // 10000-01-01T00:00:00Z
)

// digits returns the number that a few digits stand for, -1 if one is not a digit.
func digits(s string) (n int) {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return -1
		}
		n = n*10 + int(s[i]-'0')
	}
	return n
}

func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// The days of the proleptic Gregorian calendar are counted from March 1 of the
// year -400, so that the leap day comes last and no count is below 0.
const (
	daysBefore1970 = 719468 + daysIn400Years
	daysIn400Years = 146097
)

// daysSince1970 counts the days until a date. The thirteenth month is January of
// the next year.
func daysSince1970(year, month, day int) int {
	year += 400
	if month <= 2 {
		year--
		month += 12
	}
	return 365*year + year/4 - year/100 + year/400 + (153*(month-3)+2)/5 + day - 1 - daysBefore1970
}

// AppendTime writes milliseconds since 1970 as RFC 3339 in UTC, with a
// fraction only where there is one. The year must lie in 0 to 9999.
func AppendTime(b []byte, ms float64) []byte {
	total := int64(ms) + daysBefore1970*86400000
	z, rest := int(total/86400000), total%86400000
	era := z / daysIn400Years
	doe := z % daysIn400Years
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	year, month, day := yoe+era*400-400, mp+3, doy-(153*mp+2)/5+1
	if month > 12 {
		year, month = year+1, month-12
	}
	two := func(n int, end byte) { b = append(b, byte('0'+n/10%10), byte('0'+n%10), end) }
	b = append(b, byte('0'+year/1000), byte('0'+year/100%10))
	two(year%100, '-')
	two(month, '-')
	two(day, 'T')
	two(int(rest/3600000), ':')
	two(int(rest/60000%60), ':')
	if milli := int(rest % 1000); milli != 0 {
		two(int(rest/1000%60), '.')
		return append(b, byte('0'+milli/100), byte('0'+milli/10%10), byte('0'+milli%10), 'Z')
	}
	two(int(rest/1000%60), 'Z')
	return b
}

package share

// Times that a request can hold: the years 0 to 9999. Of the facts that every
// request has, none is noMoment, which the zero time.Time stands for.
const (
	firstTime = -62167219200000
	lastTime  = 253402300799999
	noMoment  = -62135596800000
)

// usualNow is the moment that is chosen where any would do: 2026-01-01T00:00:00Z.
const usualNow = 1767225600000

package prove

// valid tells whether every value of a witness is one that its fact may have.
func (s *Space) valid(w Witness) bool {
	for f := range w {
		info := &s.facts[f]
		switch {
		case info.list >= 0:
		case !w[f].Known:
			if info.Always {
				return false
			}
		case !s.fits(Fact(f), &w[f]):
			return false
		}
		if n := info.length; n >= 0 && w[f].Known && (!w[n].Known || w[n].Num != float64(len(w[f].List))) {
			return false
		}
	}
	return true
}

// fits tells whether a fact may have a value.
func (s *Space) fits(f Fact, v *Value) bool {
	info := &s.facts[f]
	switch info.Kind {
	case Bool:
		return v.Num == 0 || v.Num == 1
	case Word:
		return indexOfText(info.Words, v.Text) >= 0
	case Number, Time:
		return v.Num >= info.Least && v.Num <= info.Most && (!info.whole() || v.Num == float64(int64(v.Num)))
	case Text:
		language := info.Language
		if language == nil {
			language = anyText
		}
		return (info.MaxBytes == 0 || len(v.Text) <= info.MaxBytes) && language.Accepts(v.Text)
	}
	for i := range v.List {
		if !s.fits(info.element, &v.List[i]) {
			return false
		}
	}
	return info.MaxLen == 0 || len(v.List) <= info.MaxLen
}

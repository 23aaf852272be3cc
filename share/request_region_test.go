package share

import "testing"

// Networks that guess where a reader is send XK for Kosovo, and T1 and XX for what
// they don't know.
func TestARegionThatNobodyKnowsIsUnknown(t *testing.T) {
	for _, c := range []struct {
		condition string
		want      map[string]Truth
	}{
		{`{"===": [{"var": "viewer.region"}, "XK"]}`, map[string]Truth{"XK": Yes, "RS": No, "XX": Unknown, "T1": Unknown}},
		{`{"region": [{"var": "viewer.region"}, ["039"]]}`, map[string]Truth{"XK": Yes, "SY": No, "XX": Unknown}},
		{`{"region": [{"var": "viewer.region"}, ["003"]]}`, map[string]Truth{"US": Yes, "MX": Yes, "CU": Yes, "BR": No}},
		{`{"region": [{"var": "viewer.region"}, ["001"]]}`, map[string]Truth{"IC": Yes, "AC": Yes, "EU": Unknown, "UK": Unknown}},
		{`{"starts_with": [{"var": "viewer.region"}, "X"]}`, map[string]Truth{"XK": Yes, "SY": No, "XX": Unknown, "A1": Unknown}},
		{`{"or": [{"starts_with": [{"var": "viewer.region"}, "X"]}, {"ends_with": [{"var": "viewer.region"}, "1"]}]}`,
			map[string]Truth{"XK": Yes, "XX": Unknown, "T1": Unknown}},
		{`{"known": "viewer.region"}`, map[string]Truth{"XK": Yes, "XX": No, "T1": No}},
	} {
		r, err := Compile([]byte(`{"sharewise": 1, "id": "r", "rules": [{"id": "p", "permit": ["content.delete"], "when": ` +
			c.condition + `}, {"id": "s", "permit": ["sms"]}, {"id": "f", "forbid": ["sms"], "when": ` + c.condition + `}]}`))
		if err != nil {
			t.Fatalf("%s: %v", c.condition, err)
		}
		for region, want := range c.want {
			req, err := r.Decode([]byte(`{"viewer": {"region": "` + region + `"}}`))
			if err != nil {
				t.Errorf("%s: %v", region, err)
				continue
			}
			permit, _ := r.Decide("content.delete", req)
			forbid, _ := r.Decide("sms", req)
			if (permit.Verdict == Permitted) != (want == Yes) || (forbid.Verdict == Forbidden) != (want != No) {
				t.Errorf("%s of %s: a permit gives %s and a forbid %s", c.condition, region, permit.Verdict, forbid.Verdict)
			}
			b := r.Batch(1)
			for i := range b.Columns() {
				switch column := &b.Columns()[i]; {
				case column.Fact == "viewer.region":
					column.IDs[0] = b.Text(region)
				case column.Kind == ProfileColumn:
					column.IDs[0] = b.Profile(&Request{})
				}
			}
			verdicts := make([]Verdict, len(r.Targets()))
			b.Verdicts(verdicts, 1)
			for i, target := range r.Targets() {
				if target == "content.delete" && verdicts[i] != permit.Verdict || target == "sms" && verdicts[i] != forbid.Verdict {
					t.Errorf("%s of %s: %s is %s in bulk", c.condition, region, target, verdicts[i])
				}
			}
		}
	}
	_, err := Decode([]byte(`{"viewer": {"region": "sy"}}`))
	if want := `1:23: /viewer/region: "sy" is not a country or region of ISO 3166-1; want two capital letters such as SY; ` +
		`did you mean "SY"?`; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

package share

import (
	"encoding/json"
	"testing"
)

// www/test validates rulesets and requests by the schema.

func TestSchemasSayWhatEverythingMeans(t *testing.T) {
	for name, text := range map[string][]byte{"ruleset": Schema(), "request": RequestSchema()} {
		var v any
		if err := json.Unmarshal(text, &v); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var walk func(path string, v any)
		walk = func(path string, v any) {
			switch v := v.(type) {
			case map[string]any:
				if properties, ok := v["properties"].(map[string]any); ok {
					for member, of := range properties {
						of := of.(map[string]any)
						if name == "request" && of["description"] == nil && of["$ref"] == nil || len(of) == 0 {
							t.Errorf("%s: nothing is said of %s/%s", name, path, member)
						}
					}
				}
				if about, ok := v["description"].(string); ok && about == "" {
					t.Errorf("%s: %s has an empty description", name, path)
				}
				for member, of := range v {
					walk(path+"/"+member, of)
				}
			case []any:
				for _, of := range v {
					walk(path, of)
				}
			}
		}
		walk("", v)
	}
	for i := range operators {
		if o := int(operators[i].op); o >= len(operatorNotes) || operatorNotes[o] == "" {
			t.Errorf("operator %s has no note", operators[i].name)
		}
	}
}

package main

import (
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strings"
)

// A schema is a JSON Schema of the few keywords that the schemas of the
// registry use. A keyword that is not among them is a mistake of the schema, so
// that nothing is left unchecked without a word.
type schema struct {
	root map[string]any
	tell func(where, problem string)
}

// keywords are those that check reads, and those that only explain.
var keywords = []string{
	"$defs", "$ref", "$schema", "additionalProperties", "description", "enum", "items", "minLength", "minimum",
	"pattern", "properties", "required", "title", "type", "uniqueItems",
}

// check tells where a value does not fit a part of the schema. where is the
// path of the value, such as limit.unit.
func (s *schema) check(part map[string]any, value any, where string) {
	for keyword := range part {
		if !slices.Contains(keywords, keyword) {
			panic("the schema has the unknown keyword " + keyword)
		}
	}
	if ref, ok := part["$ref"].(string); ok {
		name := strings.TrimPrefix(ref, "#/$defs/")
		s.check(s.root["$defs"].(map[string]any)[name].(map[string]any), value, where)
	}
	if values, ok := part["enum"].([]any); ok && !slices.Contains(values, value) {
		s.tell(where, fmt.Sprintf("%s is not one of %s", quoted(value), listed(values)))
	}
	if want, ok := part["type"].(string); ok && want != kindOf(value) {
		s.tell(where, fmt.Sprintf("want %s, not %s", articles[want], articles[kindOf(value)]))
		return
	}
	switch value := value.(type) {
	case string:
		s.checkText(part, value, where)
	case float64:
		if least, ok := part["minimum"].(float64); ok && value < least {
			s.tell(where, fmt.Sprintf("%v is less than %v", value, least))
		}
	case []any:
		s.checkList(part, value, where)
	case map[string]any:
		s.checkObject(part, value, where)
	}
}

func (s *schema) checkText(part map[string]any, value, where string) {
	if pattern, ok := part["pattern"].(string); ok && !regexp.MustCompile(pattern).MatchString(value) {
		s.tell(where, fmt.Sprintf("%q does not match %s", value, pattern))
	}
	if least, ok := part["minLength"].(float64); ok && len(value) < int(least) {
		s.tell(where, "the text is empty")
	}
}

func (s *schema) checkList(part map[string]any, list []any, where string) {
	items, _ := part["items"].(map[string]any)
	for i, value := range list {
		s.check(items, value, fmt.Sprintf("%s[%d]", where, i))
		if part["uniqueItems"] == true && slices.Contains(list[:i], value) {
			s.tell(fmt.Sprintf("%s[%d]", where, i), quoted(value)+" stands twice")
		}
	}
}

func (s *schema) checkObject(part, object map[string]any, where string) {
	properties, _ := part["properties"].(map[string]any)
	required, _ := part["required"].([]any)
	for _, name := range required {
		if _, ok := object[name.(string)]; !ok {
			s.tell(join(where, name.(string)), "is missing")
		}
	}
	for _, name := range slices.Sorted(maps.Keys(object)) {
		if property, ok := properties[name].(map[string]any); ok {
			s.check(property, object[name], join(where, name))
		} else if part["additionalProperties"] == false {
			s.tell(join(where, name), "there is no such member")
		}
	}
}

func join(where, name string) string {
	if where == "" {
		return name
	}
	return where + "." + name
}

// kindOf names the kind of a value as a schema does.
func kindOf(value any) string {
	switch value := value.(type) {
	case string:
		return "string"
	case bool:
		return "boolean"
	case float64:
		if value == math.Trunc(value) {
			return "integer"
		}
		return "number"
	case []any:
		return "array"
	case map[string]any:
		return "object"
	}
	return "null"
}

var articles = map[string]string{
	"string": "a string", "boolean": "a boolean", "integer": "an integer", "number": "a number",
	"array": "an array", "object": "an object", "null": "null",
}

func quoted(value any) string {
	if text, ok := value.(string); ok {
		return fmt.Sprintf("%q", text)
	}
	return articles[kindOf(value)]
}

func listed(values []any) string {
	var list []string
	for _, value := range values {
		list = append(list, fmt.Sprint(value))
	}
	return strings.Join(list, ", ")
}

package share

import "sharewise/share/internal/text"

// Schema returns the JSON Schema (draft 2020-12) of a ruleset, made from the
// tables that Compile uses, so that the two cannot differ. Every ruleset that
// Compile accepts is valid according to it; the reverse is not true, since a
// schema cannot express types of facts and references.
func Schema() []byte {
	root := append(schema{"$schema", schemaDialect, "title", "Sharewise ruleset"}, rulesetSchema()...)
	return append(root, "$defs", schema{
		"target", targetsOr(`A group, or "*" for every target that rules and groups name; ` +
			"in a permit, for those that permits and groups name."),
		"condition", conditionSchema(),
		"fact", factNameSchema(),
		"argument", schema{"anyOf", []schema{conditionRef, {"type", []string{"string", "number"}},
			{"type", "array", "items", schema{"type", []string{"string", "number"}}}}},
		"request", requestSchema(),
	}).appendJSON(nil)
}

const schemaDialect = "https://json-schema.org/draft/2020-12/schema"

var (
	targetRef    = schema{"$ref", "#/$defs/target"}
	conditionRef = schema{"$ref", "#/$defs/condition"}
)

func rulesetSchema() schema {
	return shaped("A Sharewise ruleset: which targets content may go to, for whom, from when.",
		[]string{"sharewise", "id", "rules"}, rulesetMembers, map[string]schema{
			"sharewise": {"const", 1, "description", "The version of the format."},
			"id":        idSchema("The name of the ruleset."),
			"about":     aboutSchema(),
			"targets": {"type", "object", "description", "Targets of this ruleset's own, and corrections of " +
				"targets that everybody has, by id.", "maxProperties", maxTargets,
				"patternProperties", schema{`^[a-z][a-z0-9]*([.-][a-z0-9]+)*$`, targetSchema()},
				"additionalProperties", false},
			"facts": {"type", "object", "description",
				"Facts of this ruleset's own, such as content.attributes.sponsored.",
				"additionalProperties", false,
				"patternProperties", schema{`^(content|viewer)\.attributes\..+$`, declaredSchema()}},
			"reasons": {"type", "object", "description", "Words for people, by name and language.",
				"additionalProperties", schema{"type", "object", "minProperties", 1, "additionalProperties",
					textSchema("The words in this language (BCP 47).", "maxLength", maxTitle)}},
			"groups": {"type", "object", "description", "Names for several targets.",
				"additionalProperties", listSchema(targetsOr("Another group."), "Targets and other groups.")},
			"rollouts": {"type", "object", "description", "Shares of viewers, by name.",
				"additionalProperties", rolloutSchema()},
			"rules": listSchema(ruleSchema(), "The rules. Their order only decides which of several is named."),
			"never": listSchema(neverSchema(), "What must never be permitted, proved when the ruleset is checked."),
			"tests": listSchema(testSchema(), "Requests with the verdicts that they should have."),
		})
}

// targetSchema describes a target that a ruleset declares or corrects.
func targetSchema() schema {
	link := func(about string) schema { return textSchema(about, "minLength", 1, "maxLength", maxTemplate) }
	return shaped("A target: of the ruleset's own, with a name, a category and either a link or the method host; "+
		"or the correction of one that everybody has.", []string{}, targetMembers, map[string]schema{
		"name": {"type", "object", "description", "What it is called, by language.", "minProperties", 1,
			"additionalProperties", textSchema("The name in this language (BCP 47).",
				"minLength", 1, "maxLength", maxName)},
		"category": {"enum", categories(), "description", "Among which targets it stands."},
		"method": {"enum", ownMethods, "description",
			"How it is carried out: by its link, or by the page itself, which gets an event."},
		"link": link("The template of its link: a fixed https address, and among its parameters {url}, {title}, " +
			"{text}, {text_url}, {prompt_url}, {tags}, {hashtag}, {image} or {via} as whole values."),
		"phone": link("The template on phones, where it differs."),
		"apple": link("The template on iOS, where it differs."),
		"limit": shaped("How much text it takes.", limitMembers, limitMembers, map[string]schema{
			"max":  {"type", "integer", "minimum", 1, "maximum", int(maxLimit), "description", "The most it takes."},
			"unit": {"enum", limitUnits, "description", "What is counted."},
		}),
		"needs": listSchema(schema{"enum", ownNeeds},
			"What it cannot do without; a link needs the address in any case."),
		"about": aboutSchema(),
	})
}

func ruleSchema() schema {
	rule := shaped("A rule permits or forbids some targets when its condition holds. "+
		"Forbid beats permit, and silence means no.", []string{"id"}, ruleMembers, map[string]schema{
		"id": idSchema("A unique name, by which verdicts refer to the deciding rule."),
		"permit": listSchema(targetRef,
			`What the rule permits: targets, groups or "*". Its condition has to be true.`),
		"forbid": listSchema(targetRef,
			`What the rule forbids: targets, groups or "*". It holds when its condition is true or unknown.`),
		"when":    conditionRef,
		"rollout": idSchema(`The rollout that must have reached the viewer, by its name under "rollouts".`),
		"reason":  idSchema(`Why it is forbidden, by its name under "reasons".`),
		"advice":  idSchema(`A word of advice beside what is permitted, by its name under "reasons".`),
		"about":   aboutSchema(),
	})
	return append(rule, "oneOf", []schema{{"required", []string{"permit"}}, {"required", []string{"forbid"}}})
}

// declaredSchema describes a fact that a ruleset declares.
func declaredSchema() schema {
	return shaped("A fact of this ruleset's own.", []string{"type"}, declaredMembers, map[string]schema{
		"type":   {"enum", declaredTypes, "description", "The kind of its values."},
		"values": listSchema(idSchema("One value."), "All values that a text may have; by default any text."),
		"unit":   idSchema("The unit of a number, for people."),
		"about":  aboutSchema(),
	})
}

func rolloutSchema() schema {
	rollout := shaped("A named share of viewers: by a percentage, or by a fact. "+
		"Raising the percentage never removes anybody.", []string{}, rolloutMembers, map[string]schema{
		"fact": idSchema("A boolean fact of this ruleset's own that says whether the viewer is in, " +
			"such as the answer of a flag system. Nothing else stands beside it."),
		"percent": {"type", "number", "minimum", 0, "maximum", 100, "description",
			"The percentage of viewers who are in; up to three decimals."},
		"hash": {"const", "flagd-v2", "description",
			"How viewers are put into buckets: as OpenFeature's flagd does."},
		"salt": idSchema("What is hashed before the viewer's id; by default the rollout's name. " +
			"Another salt selects other viewers."),
		"from":  momentSchema("The time at which it begins."),
		"until": momentSchema("The time at which it ends, exclusive."),
		"about": aboutSchema(),
	})
	return append(rollout, "anyOf", []schema{{"required", []string{"fact"}}, {"required", []string{"percent", "hash"}}})
}

func neverSchema() schema {
	return shaped("What must never be permitted. A ruleset that permits it is refused.", []string{"id", "targets"},
		invariantMembers, map[string]schema{
			"id":      idSchema("The name of the invariant."),
			"targets": listSchema(targetRef, `Targets, groups or "*".`),
			"when":    conditionRef,
			"about":   aboutSchema(),
		})
}

func testSchema() schema {
	return shaped("A request with the verdicts that it should have.", testMembers, testMembers, map[string]schema{
		"name":    idSchema("What the test shows, as a sentence."),
		"request": {"$ref", "#/$defs/request"},
		"expect": {"type", "object", "description", "Verdicts by target.",
			"additionalProperties", schema{"enum", verdictWords[1:]}},
	})
}

// idSchema describes a text that names something.
func idSchema(about string) schema { return textSchema(about, "minLength", 1, "maxLength", text.MaxID) }

func aboutSchema() schema { return textSchema("A note for people, which has no effect.") }

func listSchema(items schema, about string) schema {
	return schema{"type", "array", "description", about, "items", items}
}

// targetsOr describes the id of a target, or another name.
func targetsOr(other string) schema {
	names := make([]string, len(targets))
	for i := range targets {
		names[i] = targets[i].ID
	}
	return schema{"anyOf", []schema{
		{"enum", names, "description", "A target."},
		{"type", "string", "description", other},
	}}
}

// RequestSchema returns the JSON Schema (draft 2020-12) of a request.
func RequestSchema() []byte {
	return append(schema{"$schema", schemaDialect, "title", "Sharewise request"},
		requestSchema()...).appendJSON(nil)
}

// operatorNotes say what each operator does, by op; a test sees to it that
// none is left out. A map would be made when a program starts, and so be a
// part of every engine.
var operatorNotes = [...]string{
	opEqual:        "Both are the same. A fact that has a set of values is compared with one of them.",
	opNotEqual:     "The two differ.",
	opLess:         "Less than; with three, the second lies between the others.",
	opLessEqual:    "Less than or equal; with three, the second lies between the others or at an end.",
	opGreater:      "Greater than.",
	opGreaterEqual: "Greater than or equal.",
	opIn:           "A list contains a value, or a text contains another.",
	opAnd:          "All hold.",
	opOr:           "At least one holds.",
	opNot:          "It does not hold.",
	opIf:           "Condition, value, condition, value, …, and the value otherwise.",
	opAdd:          "The sum.",
	opSubtract:     "The difference, or the negative of one.",
	opMultiply:     "The product.",
	opDivide:       "The quotient; unknown if the divisor is 0.",
	opModulo:       "The remainder; unknown if the divisor is 0.",
	opMin:          "The least.",
	opMax:          "The greatest.",
	opMissing:      "The unknown ones of some facts.",
	opMissingSome:  "The unknown ones of some facts, or none if at least the given number is known.",
	opAll:          "The condition holds for every element; {\"var\": \"\"} is the element.",
	opSome:         "The condition holds for an element.",
	opNone:         "The condition holds for no element.",
	opKnown:        "A fact is known.",
	opRollout:      "The viewer is in a rollout.",
	opStartsWith:   "A text begins with another.",
	opEndsWith:     "A text ends with another.",
	opAge:          "The seconds from a time until now.",
	opBefore:       "One time is before another.",
	opAfter:        "One time is after another.",
	opRegion:       "A region is one of some countries or lies within one of some areas (ISO 3166-1, UN M.49).",
	opLocale:       "A language tag matches one of some ranges (RFC 4647, extended filtering).",
	opVar:          "The value of a fact.",
}

func conditionSchema() schema {
	argument := schema{"$ref", "#/$defs/argument"}
	fact := schema{"$ref", "#/$defs/fact"}
	properties := make(schema, 0, 2*len(operators))
	for i := range operators {
		o := &operators[i]
		note := operatorNotes[o.op]
		one := argument
		switch o.op {
		case opVar, opKnown:
			one = fact
		case opRollout:
			one = textSchema("The name of a rollout.")
		}
		args := schema{"type", "array", "minItems", o.least, "items", one}
		if o.most >= 0 {
			args = append(args, "maxItems", o.most)
		}
		if o.op == opMissing {
			args = schema{"type", "array", "minItems", o.least, "items", fact}
		}
		if o.op == opMissingSome {
			args = schema{"type", "array", "minItems", 2, "maxItems", 2, "prefixItems",
				[]schema{{"type", "integer", "minimum", 0}, {"type", "array", "items", fact}}}
		}
		value := args
		if o.least == 1 {
			value = schema{"anyOf", []schema{one, args}}
		}
		properties = append(properties, o.name, append(schema{"description", note}, value...))
	}
	return schema{"description", "When the rule holds; by default always.", "anyOf", []schema{
		{"type", "object", "minProperties", 1, "maxProperties", 1, "additionalProperties", false, "properties",
			properties},
		{"type", "boolean"},
	}}
}

func factNameSchema() schema {
	known := make([]schema, 0, len(facts)+1)
	for i := range facts {
		known = append(known, schema{"const", facts[i].name, "description", factNotes[i].description()})
	}
	return schema{"anyOf", append(known, schema{"type", "string", "description",
		"A fact that the ruleset declares; \"\" is the element inside all, some and none."})}
}

func requestSchema() schema {
	file := closedSchema(mediaMembers, func(name string) schema {
		if name == "url" || name == "type" {
			return schema{"type", "string", "description", memberNote(name)}
		}
		return schema{"type", "number", "minimum", 0, "description", memberNote(name)}
	})
	part := func(prefix string, names []string) schema {
		return closedSchema(names, func(name string) schema {
			switch {
			case prefix == "content." && name == "media":
				return schema{"type", "array", "maxItems", text.MaxItems, "description", "Its files.", "items", file}
			case name == "attributes":
				return schema{"type", "object", "description", "The values of facts that the ruleset declares."}
			}
			for i := range facts {
				if facts[i].name == prefix+name {
					return facts[i].schema(factNotes[i].description())
				}
			}
			return schema{}
		})
	}
	page := closedSchema(pageMembers, func(name string) schema {
		switch name {
		case "keepTracking":
			return schema{"type", "boolean", "description", memberNote(name)}
		case "startAt":
			return schema{"type", "number", "minimum", 0, "description", memberNote(name)}
		case "appIds", "instances", "text":
			return schema{"type", "object", "description", memberNote(name),
				"additionalProperties", schema{"type", "string"}}
		}
		return schema{"type", "string", "description", memberNote(name)}
	})
	return append(schema{"description", "The content, the viewer, what the device can do, and the time. Missing " +
		"members are unknown."}, closedSchema(requestMembers, func(name string) schema {
		about := schema{"description", memberNote(name)}
		switch name {
		case "content":
			return append(about, part("content.", contentMembers)...)
		case "viewer":
			return append(about, part("viewer.", viewerMembers)...)
		case "device":
			return append(about, part("device.", deviceMembers)...)
		case "page":
			return append(about, page...)
		}
		return momentSchema("The time of the decision.")
	})...)
}

// schema describes a fact's values.
func (f *fact) schema(about string) schema {
	switch {
	case f.values != nil:
		return schema{"enum", f.values, "description", about}
	case f.typ == boolType:
		return schema{"type", "boolean", "description", about}
	case f.typ == numberType:
		return schema{"type", "number", "description", about}
	case f.typ == timeType:
		return momentSchema(about)
	case f.typ == textsType:
		return schema{"type", "array", "items", schema{"type", "string"}, "description", about}
	}
	return textSchema(about)
}

func textSchema(about string, more ...any) schema {
	return append(schema{"type", "string", "description", about}, more...)
}

func momentSchema(about string) schema { return textSchema(about, "format", "date-time") }

// shaped describes an object whose members are all known.
func shaped(about string, required, names []string, of map[string]schema) schema {
	s := closedSchema(names, func(name string) schema { return of[name] })
	return append(append(schema{"description", about}, s...), "required", required)
}

func closedSchema(names []string, of func(name string) schema) schema {
	properties := make(schema, 0, 2*len(names))
	for _, name := range names {
		properties = append(properties, name, of(name))
	}
	return schema{"type", "object", "properties", properties, "additionalProperties", false}
}

// schema is a JSON object: names and values, one after the other, so that its
// order stays.
type schema []any

func (s schema) appendJSON(b []byte) []byte {
	b = append(b, '{')
	for i := 0; i+1 < len(s); i += 2 {
		b = append(text.AppendQuote(text.Comma(b), s[i].(string)), ':')
		b = appendAny(b, s[i+1])
	}
	return append(b, '}')
}

func appendAny(b []byte, v any) []byte {
	switch v := v.(type) {
	case string:
		return text.AppendQuote(b, v)
	case int:
		return text.AppendNumber(b, float64(v))
	case bool:
		if v {
			return append(b, "true"...)
		}
		return append(b, "false"...)
	case schema:
		return v.appendJSON(b)
	case []string:
		return text.AppendWords(b, v)
	case []schema:
		b = append(b, '[')
		for _, s := range v {
			b = s.appendJSON(text.Comma(b))
		}
		return append(b, ']')
	}
	panic("share: a schema holds something that has no form")
}

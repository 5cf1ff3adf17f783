package mcp

import (
	"reflect"
	"slices"
	"strings"

	"github.com/google/jsonschema-go/jsonschema"

	"hearsay/ledger"
)

// enumerations are the values that some properties of the tools' inputs may have.
var enumerations = map[string][]any{
	"naming":    {string(ledger.NamingNamed), string(ledger.NamingUnnamed), string(ledger.NamingNone)},
	"certainty": {string(ledger.LevelCertain), string(ledger.LevelProbable), string(ledger.LevelPossible), string(ledger.LevelUnknown)},
	"polarity":  {string(ledger.Affirmed), string(ledger.Denied)},
}

// inputOf is the schema of a tool's input: of its type, with the bounds that a
// type cannot have and, where it has an order, those there are. The SDK holds each
// call to it before the tool is asked.
func inputOf[In any](orders ...any) *jsonschema.Schema {
	schema := schemaOf(reflect.TypeFor[In](), nil)
	for name, p := range schema.Properties {
		switch p.Type {
		case "string":
			most := maxField
			if name == "text" {
				most = maxText
			}
			p.MaxLength = &most
			p.Enum = enumerations[name]
			switch name {
			case "order":
				p.Enum = orders
			case "type":
				for _, t := range ledger.IncidentTypes() {
					p.Enum = append(p.Enum, string(t))
				}
			case "country":
				p.Pattern = "^[A-Z]{2}$"
			}
		case "integer":
			p.Minimum = new(float64)
		}
	}
	return schema
}

// parts are the types that answers have in several places: their schemas are
// given once, by name.
var parts = map[string]reflect.Type{
	"quote": reflect.TypeFor[quote](), "article": reflect.TypeFor[head](), "claim": reflect.TypeFor[claim](), "evidence": reflect.TypeFor[evidence](),
	"toll": reflect.TypeFor[toll](), "party": reflect.TypeFor[party](), "incident": reflect.TypeFor[happening](), "fact_check": reflect.TypeFor[check](),
}

// outputOf is the schema of a tool's answer.
func outputOf[Out any]() *jsonschema.Schema {
	references := make(map[reflect.Type]*jsonschema.Schema, len(parts))
	for name, t := range parts {
		references[t] = &jsonschema.Schema{Ref: "#/$defs/" + name}
	}
	schema := schemaOf(reflect.TypeFor[Out]().Elem(), references)
	open := func(s *jsonschema.Schema) { s.AdditionalProperties = nil } // properties may be added
	each(schema, open)
	schema.Defs = map[string]*jsonschema.Schema{}
	for wanted := mentioned(schema); len(wanted) > 0; wanted = wanted[1:] {
		name := wanted[0]
		if schema.Defs[name] != nil {
			continue
		}
		others := make(map[reflect.Type]*jsonschema.Schema, len(references))
		for t, s := range references {
			if t != parts[name] {
				others[t] = s
			}
		}
		schema.Defs[name] = schemaOf(parts[name], others)
		each(schema.Defs[name], open)
		wanted = append(wanted, mentioned(schema.Defs[name])...)
	}
	return schema
}

// schemaOf is the schema of a type of this package.
func schemaOf(t reflect.Type, known map[reflect.Type]*jsonschema.Schema) *jsonschema.Schema {
	schema, err := jsonschema.ForType(t, &jsonschema.ForOptions{TypeSchemas: known})
	if err != nil {
		panic(err) // the types are those of this package, so a test sees it
	}
	each(schema, func(s *jsonschema.Schema) {
		// A pointer or a list may be missing, and is never null.
		if i := slices.Index(s.Types, "null"); i >= 0 {
			s.Types = slices.Delete(s.Types, i, i+1)
			if len(s.Types) > 0 {
				s.Type = s.Types[0]
			}
			s.Types = nil
		}
	})
	return schema
}

// each calls f for a schema and all in it.
func each(s *jsonschema.Schema, f func(*jsonschema.Schema)) {
	f(s)
	for _, p := range s.Properties {
		each(p, f)
	}
	if s.Items != nil {
		each(s.Items, f)
	}
}

// mentioned are the names of the parts that a schema refers to.
func mentioned(s *jsonschema.Schema) (names []string) {
	each(s, func(s *jsonschema.Schema) {
		if name, ok := strings.CutPrefix(s.Ref, "#/$defs/"); ok {
			names = append(names, name)
		}
	})
	slices.Sort(names)
	return slices.Compact(names)
}

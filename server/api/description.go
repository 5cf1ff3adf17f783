package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"hearsay/ledger"
)

func init() {
	// In an answer a list is a list, and where nothing is in it, an empty one.
	huma.DefaultArrayNullable = false
	// A field has one name, and not its name in capitals too.
	huma.ValidateStrictCasing = true
}

func info() *huma.Info {
	return &huma.Info{Title: "Hearsay", Version: "1", License: &huma.License{Name: "Apache 2.0", Identifier: "Apache-2.0"},
		Description: "Hearsay reads news texts and says, sentence by sentence, who says so. It reports what a text asserts and on whose word; it never rules on what is true, and an accusation is told with the one who makes it. " +
			"Spans count Unicode code points, dates are EDTF, days are such as 2024-03-27, and what is unknown is left out.\n\n" +
			"Lists come in pages: next is the cursor of the page that follows. What goes wrong is told as application/problem+json (RFC 9457). Parameters and fields that are not known are refused."}
}

func tags() []*huma.Tag {
	return []*huma.Tag{
		{Name: "reading", Description: "Texts are read and not kept."},
		{Name: "articles", Description: "What the store holds, and what is added to it."},
		{Name: "claims", Description: "What is said, by whom, in what words."},
		{Name: "incidents", Description: "What several articles tell of one incident: each figure with who gives it, each accusation with who makes it."},
		{Name: "copies", Description: "Which articles are copies of one original, and what one changed of another."},
		{Name: "facts", Description: "Published fact-checks, with the ratings that their publishers give."},
		{Name: "exports", Description: "What articles say, and what they tell of incidents, in the formats of other programs."},
		{Name: "jobs", Description: "What takes longer than one waits for: kept with its input before it is accepted, and done even if the server stops in between."},
		{Name: "searches", Description: "Saved searches."},
		{Name: "store", Description: "How much there is."},
	}
}

// securitySchemes are how a server that has accounts knows who asks.
func securitySchemes() map[string]*huma.SecurityScheme {
	return map[string]*huma.SecurityScheme{
		"token":   {Type: "http", Scheme: "bearer", Description: "A token of an account. It needs the scope that the operation names. A server that only its own machine reaches asks for none."},
		"session": {Type: "apiKey", In: "cookie", Name: "hearsay", Description: "The session of a person who has signed in at the desk."},
	}
}

// schemaName names the types of answers and requests in the description.
func schemaName(t reflect.Type, hint string) string {
	name := huma.DefaultSchemaNamer(t, hint)
	if of, ok := strings.CutPrefix(name, "Page"); ok && of != "" {
		return strings.TrimSuffix(of, "Line") + "Page"
	}
	name = strings.TrimSuffix(name, "Line")
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch t.PkgPath() {
	case "hearsay/ledger":
		name = "Plain" + name // LedgerX is that of the ledger's own schema
	case "hearsay/corpus/incidents":
		if name != "Incident" {
			name = "Incident" + name
		}
	case "hearsay/corpus/copies":
		if name == "Group" {
			name = "CopyGroup"
		}
	case "hearsay/corpus/copies/changes":
		if name != "Changes" {
			name = "Changes" + name
		}
	}
	return name
}

// ledgerRef is the ledger's schema among the others of the description.
const ledgerRef = schemas + "Ledger"

const schemas = "#/components/schemas/"

// ledgerOf is a ledger as an answer: its JSON is its own, and so is its schema.
type ledgerOf struct{ *ledger.Ledger }

func (ledgerOf) Schema(huma.Registry) *huma.Schema { return &huma.Schema{Ref: ledgerRef} }

// describe makes the description: what huma knows of the operations, and the schema of a ledger.
func describe(o *huma.OpenAPI) ([]byte, error) {
	b, err := o.MarshalJSON()
	if err != nil {
		return nil, fmt.Errorf("describing the operations: %w", err)
	}
	var all map[string]any
	if err := json.Unmarshal(b, &all); err != nil {
		return nil, fmt.Errorf("describing the operations: %w", err)
	}
	components, ok := all["components"].(map[string]any)
	if !ok {
		return nil, errors.New("describing the operations: there are no components")
	}
	into, ok := components["schemas"].(map[string]any)
	if !ok {
		return nil, errors.New("describing the operations: there are no schemas")
	}
	if err := addLedger(into); err != nil {
		return nil, err
	}
	problem, ok := into["ErrorModel"].(map[string]any)
	if !ok {
		return nil, errors.New("describing the operations: there is no schema of a problem")
	}
	problem["additionalProperties"] = true // RFC 9457 has members added freely; ours is Problem.Code
	components["responses"] = shareProblems(all)
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(all); err != nil {
		return nil, fmt.Errorf("describing the operations: %w", err)
	}
	return out.Bytes(), nil
}

// shareProblems takes the problems out of the operations, which have the same ones, and returns
// them by the names by which the operations now refer to them.
func shareProblems(all map[string]any) map[string]any {
	shared := map[string]any{}
	for _, path := range of(all, "paths") {
		for _, op := range of(path) {
			responses := of(op, "responses")
			for status, r := range responses {
				if _, ok := of(r, "content")["application/problem+json"]; !ok {
					continue
				}
				name := "Problem" + status
				shared[name] = r
				responses[status] = map[string]any{"$ref": "#/components/responses/" + name}
			}
		}
	}
	return shared
}

// of is the object, or what it has under a name if that is one; empty if it is none.
func of(v any, name ...string) map[string]any {
	m, _ := v.(map[string]any)
	for _, n := range name {
		m, _ = m[n].(map[string]any)
	}
	return m
}

// addLedger puts the definitions of the ledger's own schema among the others: that of a ledger as
// Ledger, that of a claim as LedgerClaim and so on. OpenAPI 3.1 takes JSON Schema as it is.
func addLedger(into map[string]any) error {
	var schema struct {
		Defs map[string]any `json:"$defs"`
	}
	if err := json.Unmarshal(ledger.Schema(), &schema); err != nil {
		return fmt.Errorf("describing the ledger: %w", err)
	}
	for _, name := range slices.Sorted(maps.Keys(schema.Defs)) {
		at := ledgerName(name)
		if _, taken := into[at]; taken {
			return fmt.Errorf("describing the ledger: there are two schemas %s", at)
		}
		into[at] = moved(schema.Defs[name])
	}
	return nil
}

func ledgerName(name string) string {
	if name == "ledger" {
		return "Ledger"
	}
	return "Ledger" + strings.ToUpper(name[:1]) + name[1:]
}

// moved is a schema with its references to where they are now.
func moved(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := make(map[string]any, len(v))
		for key, value := range v {
			if ref, ok := value.(string); ok && key == "$ref" {
				out[key] = schemas + ledgerName(strings.TrimPrefix(ref, "#/$defs/"))
				continue
			}
			out[key] = moved(value)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = moved(v[i])
		}
		return out
	}
	return v
}

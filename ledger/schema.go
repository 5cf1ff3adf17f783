package ledger

import _ "embed"

//go:embed schema.json
var schema string

// Schema returns the JSON Schema (draft 2020-12) of a ledger and of the failure
// record that may stand in its place.
func Schema() []byte { return []byte(schema) }

package main

import (
	"hearsay/ledger"
	"hearsay/server/api"
)

type schemaCommand struct {
	API bool `name:"api" help:"Print the description of the API that hearsay serve has for programs: OpenAPI 3.1."`
}

// Run prints the schema.
func (c *schemaCommand) Run(std streams) error {
	if !c.API {
		_, err := std.out.Write(ledger.Schema())
		return err
	}
	description, err := api.Description()
	if err != nil {
		return err
	}
	_, err = std.out.Write(description)
	return err
}

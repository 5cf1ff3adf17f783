package main

import "hearsay/ledger"

type schemaCommand struct{}

func (schemaCommand) Run(std streams) error {
	_, err := std.out.Write(ledger.Schema())
	return err
}

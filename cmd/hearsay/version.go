package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
)

type versionCommand struct{}

func (versionCommand) Run(std streams) error {
	_, err := fmt.Fprintf(std.out, "hearsay %s, %s, %s/%s\n", version(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}

// version is the release that was built, or "unreleased", and the commit and
// its date where the build knows them.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unreleased"
	}
	setting := make(map[string]string)
	for _, s := range info.Settings {
		setting[s.Key] = s.Value
	}
	v := info.Main.Version
	if v == "" || v == "(devel)" || strings.HasPrefix(v, "v0.0.0-") { // made up from the commit, which follows
		v = "unreleased"
	}
	if commit := setting["vcs.revision"]; commit != "" {
		v += fmt.Sprintf(" (commit %.12s of %s", commit, setting["vcs.time"])
		if setting["vcs.modified"] == "true" {
			v += ", with changes"
		}
		v += ")"
	}
	return v
}

package main

import (
	"fmt"
	"log"
	"os"

	learn "hearsay/learn/names"
	"hearsay/packed"
	"hearsay/reading/names"
	"hearsay/text"
)

// How many words are put into how many classes on each level, and how many of
// the words, the most frequent ones, say where the classes lie.
const (
	classWords   = 200_000
	classSample  = 80_000
	fineClasses  = 2047
	midClasses   = 255
	topClasses   = 63
	classRounds  = 10
	levelRounds  = 30
	classesTable = "reading/names/classes.bin"
)

// makeClasses learns the word classes from a file of word vectors.
func makeClasses(vectors, out string, seed uint64, show bool) error {
	f, err := os.Open(vectors)
	if err != nil {
		return fmt.Errorf("making word classes: %w", err)
	}
	defer f.Close()
	v, err := learn.ReadVectors(f, classWords)
	if err != nil {
		return fmt.Errorf("making word classes: %s: %w", vectors, err)
	}
	log.Printf("%d vectors", len(v.Words))
	fine, centres := learn.Cluster(v.Of, fineClasses, classSample, classRounds, seed)
	mid, _ := learn.Cluster(centres, midClasses, len(centres), levelRounds, seed)
	top, _ := learn.Cluster(centres, topClasses, len(centres), levelRounds, seed)
	words, of := make([]uint32, len(v.Words)), make([]uint16, len(v.Words))
	for i, w := range v.Words {
		words[i], of[i] = text.HashLower(w), uint16(fine[i]+1)
	}
	levels := make([][2]uint8, len(centres)+1)
	for c := range centres {
		levels[c+1] = [2]uint8{uint8(mid[c] + 1), uint8(top[c] + 1)}
	}
	b, err := names.PackClasses(words, of, levels)
	if err != nil {
		return err
	}
	if show {
		members := make([][]string, len(levels))
		for i, w := range v.Words {
			members[of[i]] = append(members[of[i]], w)
		}
		for c, m := range members {
			fmt.Println(c, levels[c], len(m), m[:min(20, len(m))])
		}
	}
	if err := packed.WriteFile(out, b); err != nil {
		return fmt.Errorf("making word classes: %w", err)
	}
	log.Printf("%s: %d bytes", out, len(b))
	return nil
}

package pack_test

import (
	"errors"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hearsay/ledger"
	"hearsay/store"
	"hearsay/store/pack"
	"hearsay/store/storetest"
)

func TestPack(t *testing.T) {
	p, err := pack.New()
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	a, l := storetest.Random(rand.New(rand.NewPCG(1, 1)), "a1", 20)
	v, err := p.Version(store.Item{Origin: "x", Article: a, Ledger: l})
	if err != nil || v.ID != "a1" || v.Origin != "x" {
		t.Fatalf("Version = %+v, %v", v, err)
	}
	if plain := json(t, l); len(v.Packed) > len(plain)/2 {
		t.Errorf("%d bytes are packed into %d", len(plain), len(v.Packed))
	}
	got, err := p.Ledger(v.Packed)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(json(t, l), json(t, got)); d != "" {
		t.Error(d)
	}
	for name, b := range map[string][]byte{"nothing": nil, "no zstd": []byte("x"), "half": v.Packed[:len(v.Packed)/2]} {
		if _, err := p.Ledger(b); !errors.Is(err, store.ErrDamaged) {
			t.Errorf("%s: Ledger = %v", name, err)
		}
	}
}

func json(t *testing.T, l *ledger.Ledger) string {
	b, err := l.AppendJSON(nil)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

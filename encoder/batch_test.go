package encoder_test

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hearsay/encoder"
)

var sizes = encoder.Sizes{Hidden: 12, Layers: 2, Heads: 3, Intermediate: 20, Positions: 24, Epsilon: 1e-12}

// randomTensors are those of a small encoder, always the same.
func randomTensors() map[string]encoder.Tensor {
	r := rand.New(rand.NewPCG(1, 2))
	tensors := map[string]encoder.Tensor{}
	fill := func(name string, shape ...int) {
		n := 1
		for _, s := range shape {
			n *= s
		}
		values := make([]float32, n)
		for i := range values {
			values[i] = float32(r.NormFloat64()) / 2
		}
		tensors[name] = encoder.Tensor{Shape: shape, Values: values}
	}
	h, wide := sizes.Hidden, sizes.Intermediate
	fill("embeddings.word_embeddings.weight", len(vocabulary), h)
	fill("embeddings.position_embeddings.weight", sizes.Positions, h)
	fill("embeddings.token_type_embeddings.weight", 2, h)
	fill("embeddings.case_embeddings.weight", 4, h)
	fill("embeddings.LayerNorm.weight", h)
	fill("embeddings.LayerNorm.bias", h)
	for i := range sizes.Layers {
		at := fmt.Sprintf("encoder.layer.%d.", i)
		for _, l := range []struct {
			name    string
			out, in int
		}{
			{"attention.self.query", h, h}, {"attention.self.key", h, h}, {"attention.self.value", h, h},
			{"attention.output.dense", h, h}, {"intermediate.dense", wide, h}, {"output.dense", h, wide},
		} {
			fill(at+l.name+".weight", l.out, l.in)
			fill(at+l.name+".bias", l.out)
		}
		for _, name := range []string{"attention.output.LayerNorm", "output.LayerNorm"} {
			fill(at+name+".weight", h)
			fill(at+name+".bias", h)
		}
	}
	return tensors
}

func model(t testing.TB) *encoder.Model {
	t.Helper()
	m, err := encoder.NewModel(randomTensors(), sizes, tokenizer(t))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestSequencesAreComputedAlone: what stands beside a sequence changes no bit.
func TestSequencesAreComputedAlone(t *testing.T) {
	m := model(t)
	all, one := m.NewBatch(), m.NewBatch()
	rapid.Check(t, func(t *rapid.T) {
		piece := rapid.Custom(func(t *rapid.T) encoder.Piece {
			return encoder.Piece{ID: rapid.Int32Range(0, int32(len(vocabulary)-1)).Draw(t, "id"), Case: encoder.Case(rapid.IntRange(0, 3).Draw(t, "case"))}
		})
		sequences := rapid.SliceOfN(rapid.SliceOfN(piece, 0, sizes.Positions-2), 0, 6).Draw(t, "sequences")
		all.Reset()
		for _, s := range sequences {
			if err := all.Add(s); err != nil {
				t.Fatal(err)
			}
		}
		all.Run()
		for i, s := range sequences {
			one.Reset()
			if err := one.Add(s); err != nil {
				t.Fatal(err)
			}
			one.Run()
			if !slices.Equal(one.Vectors(0), all.Vectors(i)) || len(one.Vectors(0)) != (len(s)+2)*sizes.Hidden {
				t.Fatalf("sequence %d has other vectors among others", i)
			}
		}
	})
}

// TestCapitalsCount: the case of a piece reaches its vector.
func TestCapitalsCount(t *testing.T) {
	m := model(t)
	tok := tokenizer(t)
	b := m.NewBatch()
	for _, text := range []string{"the ferry", "The ferry"} {
		if err := b.Add(tok.Append(nil, text, 0)); err != nil {
			t.Fatal(err)
		}
	}
	b.Run()
	if slices.Equal(b.Vectors(0), b.Vectors(1)) {
		t.Error("a capital changes nothing")
	}
}

func TestBatchRefuses(t *testing.T) {
	b := model(t).NewBatch()
	for _, pieces := range [][]encoder.Piece{make([]encoder.Piece, sizes.Positions-1), {{ID: -1}}, {{ID: int32(len(vocabulary))}}, {{Case: 4}}} {
		if b.Add(pieces) == nil || b.Len() != 0 {
			t.Errorf("took %v", pieces)
		}
	}
}

func TestRunAllocatesNothing(t *testing.T) {
	b := model(t).NewBatch()
	pieces := tokenizer(t).Append(nil, "The ferry left the harbour's quayside.", 0)
	into := make([]float32, sizes.Hidden)
	run := func() {
		b.Reset()
		if err := b.Add(pieces); err != nil {
			t.Fatal(err)
		}
		b.Run()
		b.Embed(into, 0)
	}
	run()
	if n := testing.AllocsPerRun(10, run); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestNewModelRefuses(t *testing.T) {
	for name := range randomTensors() {
		if name == "embeddings.case_embeddings.weight" {
			continue
		}
		tensors := randomTensors()
		delete(tensors, name)
		if _, err := encoder.NewModel(tensors, sizes, tokenizer(t)); err == nil {
			t.Errorf("made without %s", name)
		}
		shape := tensors[name].Shape
		tensors[name] = encoder.Tensor{Shape: append(slices.Clone(shape), 1)}
		if _, err := encoder.NewModel(tensors, sizes, tokenizer(t)); err == nil {
			t.Errorf("made with a %s of another shape", name)
		}
	}
	if _, err := encoder.NewModel(randomTensors(), encoder.Sizes{}, tokenizer(t)); err == nil {
		t.Error("made without sizes")
	}
}

func safetensors(header string, body []byte) []byte {
	return append(append(binary.LittleEndian.AppendUint64(nil, uint64(len(header))), header...), body...)
}

func FuzzReadTensors(f *testing.F) {
	f.Add(safetensors(`{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"I64","shape":[1],"data_offsets":[8,16]}}`, make([]byte, 16)))
	f.Add(safetensors(`{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}}`, nil))
	f.Add(safetensors(`{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}`, make([]byte, 4)))
	f.Add([]byte{255, 255, 255, 255, 255, 255, 255, 255})
	f.Fuzz(func(t *testing.T, data []byte) {
		tensors, err := encoder.ReadTensors(bytes.NewReader(data))
		if err != nil {
			return
		}
		for name, tensor := range tensors {
			n := 1
			for _, s := range tensor.Shape {
				n *= s
			}
			if n != len(tensor.Values) {
				t.Errorf("%s of shape %v has %d numbers", name, tensor.Shape, len(tensor.Values))
			}
		}
	})
}

func TestReadTensors(t *testing.T) {
	body := binary.LittleEndian.AppendUint32(nil, math.Float32bits(-1.5))
	got, err := encoder.ReadTensors(bytes.NewReader(safetensors(`{"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[1,1],"data_offsets":[0,4]}}`, body)))
	if err != nil || len(got) != 1 || !slices.Equal(got["a"].Values, []float32{-1.5}) || !slices.Equal(got["a"].Shape, []int{1, 1}) {
		t.Errorf("%v, %v", got, err)
	}
	for _, bad := range [][]byte{nil, safetensors("{", nil), safetensors(`{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}`, body), safetensors(`{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}`, body)} {
		if _, err := encoder.ReadTensors(bytes.NewReader(bad)); err == nil {
			t.Errorf("%q is read", bad)
		}
	}
}

// TestVectorsAgainstReference compares embeddings with those of PyTorch.
func TestVectorsAgainstReference(t *testing.T) {
	var texts, entries []string
	for file, into := range map[string]*[]string{"sentences.json": &texts, "vocabulary.json": &entries} {
		if err := json.Unmarshal(reference(t, file), into); err != nil {
			t.Fatal(err)
		}
	}
	want, err := encoder.ReadTensors(bytes.NewReader(reference(t, "vectors.safetensors")))
	if err != nil {
		t.Fatal(err)
	}
	folder := os.Getenv("HEARSAY_ENCODER_MODEL")
	if folder == "" {
		t.Skip("SKIPPED: without HEARSAY_ENCODER_MODEL there is no encoder to compare; `make check-encoder` fetches one")
	}
	file, err := os.Open(filepath.Join(folder, "model.safetensors"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	tensors, err := encoder.ReadTensors(file)
	if err != nil {
		t.Fatal(err)
	}
	tok, err := encoder.NewTokenizer(entries)
	if err != nil {
		t.Fatal(err)
	}
	m, err := encoder.NewModel(tensors, encoder.Sizes{Hidden: 384, Layers: 6, Heads: 12, Intermediate: 1536, Positions: 512, Epsilon: 1e-12}, tok)
	if err != nil {
		t.Fatal(err)
	}
	means := want["means"]
	if len(texts) < 1000 || !slices.Equal(means.Shape, []int{len(texts), 384}) {
		t.Fatalf("%d sentences and vectors of shape %v", len(texts), means.Shape)
	}
	least, sum := 1.0, 0.0
	b, got := m.NewBatch(), make([]float32, 384)
	for i, text := range texts {
		b.Reset()
		if err := b.Add(tok.Append(nil, text, 0)); err != nil {
			t.Fatal(err)
		}
		b.Run()
		b.Embed(got, 0)
		var ab, aa, bb float64
		for j, v := range means.Values[i*384:][:384] {
			ab += float64(v) * float64(got[j])
			aa += float64(v) * float64(v)
			bb += float64(got[j]) * float64(got[j])
		}
		cosine := ab / math.Sqrt(aa*bb)
		sum += cosine
		least = min(least, cosine)
		if cosine < 0.9999 {
			t.Errorf("%.6f: %q", cosine, strings.TrimSpace(text))
		}
	}
	t.Logf("%d sentences: cosine %.7f on average, at least %.7f", len(texts), sum/float64(len(texts)), least)
}

package encoder

import (
	"fmt"
	"slices"
)

// Sizes are those of a BERT encoder.
type Sizes struct {
	Hidden       int     `json:"hidden"`       // numbers in the vector of a piece
	Layers       int     `json:"layers"`       //
	Heads        int     `json:"heads"`        // of attention; they divide Hidden evenly
	Intermediate int     `json:"intermediate"` // numbers between the two halves of a feed-forward layer
	Positions    int     `json:"positions"`    // the most pieces of a sequence, with [CLS] and [SEP]
	Epsilon      float32 `json:"epsilon"`      // added to variances
}

// Model is an encoder in float32. It is not changed by use, so any number of
// goroutines may share one, each with a Batch of its own.
type Model struct {
	sizes       Sizes
	words       []float32 // [entries of the vocabulary, Hidden]
	positions   []float32 // [Positions, Hidden], with the embedding of the one type of sequence added
	cases       []float32 // [numCases, Hidden]
	norm        layerNorm
	layers      []layer
	first, last int32 // [CLS] and [SEP]
}

// linear is y = W x + b.
type linear struct {
	in, out      int
	weight, bias []float32 // [out, in], [out]
}

// layerNorm is that of Ba et al. (2016).
type layerNorm struct{ weight, bias []float32 }

type layer struct {
	query, key, value, attended linear
	afterAttention              layerNorm
	widen, narrow               linear
	afterFeedForward            layerNorm
}

// NewModel makes a Model of tensors under the names of Hugging Face's
// BertModel. embeddings.case_embeddings.weight may be lacking, which is as
// zeros.
func NewModel(tensors map[string]Tensor, sizes Sizes, t *Tokenizer) (*Model, error) {
	h := sizes.Hidden
	if h <= 0 || sizes.Layers <= 0 || sizes.Heads <= 0 || h%sizes.Heads != 0 || sizes.Intermediate <= 0 || sizes.Positions < 2 || !(sizes.Epsilon > 0) {
		return nil, fmt.Errorf("an encoder cannot have the sizes %+v", sizes)
	}
	var wrong error
	get := func(name string, shape ...int) []float32 {
		tensor, ok := tensors[name]
		switch {
		case wrong != nil:
		case !ok:
			wrong = fmt.Errorf("the encoder lacks the tensor %s", name)
		case !slices.Equal(tensor.Shape, shape):
			wrong = fmt.Errorf("the tensor %s has the shape %v, not %v", name, tensor.Shape, shape)
		}
		return tensor.Values
	}
	lin := func(name string, out, in int) linear {
		return linear{in: in, out: out, weight: get(name+".weight", out, in), bias: get(name+".bias", out)}
	}
	normed := func(name string) layerNorm {
		return layerNorm{weight: get(name+".LayerNorm.weight", h), bias: get(name+".LayerNorm.bias", h)}
	}
	entries := 0
	if shape := tensors["embeddings.word_embeddings.weight"].Shape; len(shape) == 2 {
		entries = shape[0]
	}
	if n := t.entries(); entries != n {
		return nil, fmt.Errorf("the encoder has embeddings of %d word pieces, its vocabulary %d entries", entries, n)
	}
	m := &Model{
		sizes: sizes, first: t.first, last: t.last,
		words:     get("embeddings.word_embeddings.weight", entries, h),
		positions: slices.Clone(get("embeddings.position_embeddings.weight", sizes.Positions, h)),
		cases:     make([]float32, int(numCases)*h),
		norm:      normed("embeddings"),
	}
	if _, ok := tensors["embeddings.case_embeddings.weight"]; ok {
		m.cases = get("embeddings.case_embeddings.weight", int(numCases), h)
	}
	types := get("embeddings.token_type_embeddings.weight", 2, h)
	for i := range sizes.Layers {
		at := fmt.Sprintf("encoder.layer.%d.", i)
		m.layers = append(m.layers, layer{
			query:            lin(at+"attention.self.query", h, h),
			key:              lin(at+"attention.self.key", h, h),
			value:            lin(at+"attention.self.value", h, h),
			attended:         lin(at+"attention.output.dense", h, h),
			afterAttention:   normed(at + "attention.output"),
			widen:            lin(at+"intermediate.dense", sizes.Intermediate, h),
			narrow:           lin(at+"output.dense", h, sizes.Intermediate),
			afterFeedForward: normed(at + "output"),
		})
	}
	if wrong != nil {
		return nil, wrong
	}
	for i := range m.positions {
		m.positions[i] += types[i%h]
	}
	return m, nil
}

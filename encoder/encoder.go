// Package encoder runs a small pretrained Transformer encoder (MiniLM: Wang et
// al. 2020; BERT: Devlin et al. 2019) over texts, for the readers that read
// deep: word pieces, six layers, and heads on what comes out.
package encoder

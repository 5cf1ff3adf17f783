// Package pack makes articles ready to be kept, the same for every home of a
// store: it checks them, and packs their ledgers and unpacks them again.
package pack

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/klauspost/compress/zstd"

	"hearsay/ledger"
	"hearsay/store"
	"hearsay/store/rows"
)

// maxLedger is the most bytes that a packed ledger may unfold to.
const maxLedger = 1 << 30

// Packer packs and unpacks. It may be used by several goroutines at once.
type Packer struct {
	encoder *zstd.Encoder
	decoder *zstd.Decoder
}

// New returns a Packer, which has to be closed.
func New() (*Packer, error) {
	e, err := zstd.NewWriter(nil)
	if err != nil {
		return nil, err
	}
	d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecoderMaxMemory(maxLedger))
	if err != nil {
		return nil, errors.Join(err, e.Close())
	}
	return &Packer{e, d}, nil
}

// Close ends the use of p.
func (p *Packer) Close() error {
	p.decoder.Close()
	return p.encoder.Close()
}

// Version is an article that is ready to be kept.
type Version struct {
	store.Item
	ID     string            // of the article, in the store
	Hash   [sha256.Size]byte // SHA-256 of the text
	Packed []byte            // the ledger: its JSON, compressed with zstd
}

// Version makes an article ready. It refuses what Store.Add refuses.
func (p *Packer) Version(it store.Item) (*Version, error) {
	switch {
	case it.Ledger == nil:
		return nil, errors.New("it has no ledger")
	case it.Ledger.Document.Text != it.Article.Text:
		return nil, errors.New("its ledger is of another text")
	case !utf8.ValidString(it.Article.Text):
		return nil, errors.New("its text is not valid UTF-8") // and would not come back from JSON as it is
	case len(it.Ledger.Claims) >= rows.MaxClaims:
		return nil, fmt.Errorf("its %d claims are more than a store takes", len(it.Ledger.Claims))
	}
	plain, err := it.Ledger.AppendJSON(nil)
	if err != nil {
		return nil, err
	}
	return &Version{Item: it, ID: store.ID(it.Article), Hash: sha256.Sum256([]byte(it.Article.Text)),
		Packed: p.encoder.EncodeAll(plain, make([]byte, 0, len(plain)/4))}, nil
}

// Ledger unpacks a ledger. What is no packed ledger is store.ErrDamaged.
func (p *Packer) Ledger(packed []byte) (*ledger.Ledger, error) {
	plain, err := p.decoder.DecodeAll(packed, nil)
	if err != nil {
		return nil, fmt.Errorf("%w: a ledger does not unfold: %v", store.ErrDamaged, err)
	}
	l := new(ledger.Ledger)
	if err := l.UnmarshalJSON(plain); err != nil {
		return nil, fmt.Errorf("%w: %v", store.ErrDamaged, err)
	}
	return l, nil
}

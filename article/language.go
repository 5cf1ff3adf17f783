package article

import (
	"errors"
	"fmt"

	bcp47 "golang.org/x/text/language"

	"hearsay/article/language"
)

var (
	errForeign  = errors.New("the text is not in English")
	errLanguage = errors.New("not a language tag")
)

// settleLanguage gives a its language and refuses what is not in English.
// Detection goes before what the page declares, which is often its template's;
// but where both say English the page's word is the finer: "en-GB".
func (g *Getter) settleLanguage(a *Article) error {
	if g.Language != "" {
		tag, err := bcp47.Parse(g.Language)
		if err != nil {
			return fmt.Errorf("%w: %q", errLanguage, g.Language)
		}
		a.Language = tag.String()
		if !isEnglish(tag) && !g.Force {
			return fmt.Errorf("%w but, as you say, in %q", errForeign, a.Language)
		}
		return nil
	}

	found := language.Detect(a.Text)
	declared, err := bcp47.Parse(a.Language)
	if err == nil && isEnglish(declared) && !found.Foreign {
		a.Language = declared.String()
		return nil
	}
	a.Language = found.Code
	if found.Foreign && !g.Force {
		return fmt.Errorf("%w but in %s", errForeign, found.Name)
	}
	return nil
}

func isEnglish(tag bcp47.Tag) bool {
	base, _ := tag.Base()
	return base.String() == "en"
}

package treebank

import "path/filepath"

// Corpus is all that the tagger and the parser learn from and are measured on.
type Corpus struct {
	Train      []Article // of PolNeAR and GUM, what is hyphenated in GUM whole and then once more as split there
	GUM, News  []Article // GUM's dev set as it is split, and the articles in it of genre news
	SilverNews []Article // PolNeAR's dev set
}

// Load loads the corpora from the folder that holds gum/ and polnear/.
func Load(folder string) (*Corpus, error) {
	var c Corpus
	silver, err := PolNeAR(filepath.Join(folder, "polnear"), "train")
	if err != nil {
		return nil, err
	}
	whole, err := GUM(filepath.Join(folder, "gum", "train.conllu.gz"), true)
	if err != nil {
		return nil, err
	}
	split, err := GUM(filepath.Join(folder, "gum", "train.conllu.gz"), false)
	if err != nil {
		return nil, err
	}
	for i := range split {
		split[i].keepHyphenated()
	}
	c.Train = append(append(silver, whole...), split...)
	c.GUM, c.News, c.SilverNews, err = Dev(folder)
	return &c, err
}

// Dev loads only what is measured on: the last three parts of a Corpus.
func Dev(folder string) (gum, news, silver []Article, err error) {
	if gum, err = GUM(filepath.Join(folder, "gum", "dev.conllu.gz"), false); err != nil {
		return nil, nil, nil, err
	}
	for _, a := range gum {
		if a.Genre == "news" {
			news = append(news, a)
		}
	}
	silver, err = PolNeAR(filepath.Join(folder, "polnear"), "dev")
	return gum, news, silver, err
}

// Without returns the training articles but for every k-th of n of PolNeAR and
// of GUM, counted by Article.Index; with n 0 it returns all.
func (c *Corpus) Without(k, n int) []Article {
	var out []Article
	for _, a := range c.Train {
		if n == 0 || a.Index%n != k {
			out = append(out, a)
		}
	}
	return out
}

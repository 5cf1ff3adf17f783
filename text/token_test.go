package text_test

import (
	"strings"
	"testing"

	"hearsay/text"
)

// forms joins the tokens of a text by bars.
func forms(s string) string {
	d := segment(s)
	list := make([]string, len(d.Tokens))
	for i := range d.Tokens {
		list[i] = d.Form(int32(i))
	}
	return strings.Join(list, "|")
}

func TestTokens(t *testing.T) {
	for in, want := range map[string]string{
		"Venn left.":             "Venn|left|.",
		"Venn's boat, isn't it?": "Venn|'s|boat|,|is|n't|it|?",
		"They’ll can’t I’ve we’re she’d I’m":       "They|’ll|ca|n’t|I|’ve|we|’re|she|’d|I|’m",
		"DON'T they'd've y'all":                    "DO|N'T|they|'d|'ve|y'|all",
		"cannot Gonna gotta wannabe":               "can|not|Gon|na|got|ta|wannabe",
		"O'Dale's ma'am o’clock":                   "O'Dale|'s|ma'am|o’clock",
		"the miners' pay, rock 'n' roll":           "the|miners|'|pay|,|rock|'n'|roll",
		"the '90s and ’16, 'em 'tis":               "the|'90s|and|’16|,|'em|'t|is",
		"state-run, re-elected -- pre- and":        "state-run|,|re-elected|--|pre|-|and",
		"a—b, c – d, e--f":                         "a|—|b|,|c|–|d|,|e|--|f",
		"U.S. U.N.-led e.g. a.m. Ph.D. J. Venn":    "U.S.|U.N.-led|e.g.|a.m.|Ph.D.|J.|Venn",
		"U.S.'s U.S., (R-Ky.) D-N.Y.":              "U.S.|'s|U.S.|,|(|R-Ky.|)|D-N.Y.",
		"Mr. Venn met Lt. Col. Osk at St. Ilsa":    "Mr.|Venn|met|Lt.|Col.|Osk|at|St.|Ilsa",
		"Orrin Inc. and the mass. Here":            "Orrin|Inc.|and|the|mass|.|Here",
		"No. 5 is no. It's No.":                    "No.|5|is|no|.|It|'s|No|.",
		"THE VA. GEN. VARO":                        "THE|VA|.|GEN.|VARO",
		"There is no Plan B.":                      "There|is|no|Plan|B|.",
		"the Vell Sun.\nNext":                      "the|Vell|Sun|.|Next",
		"J.Venn left.Then the file.txt":            "J.|Venn|left|.|Then|the|file.txt",
		"1,234.5 10:30 3.5% $4 £1.2bn US$5":        "1,234.5|10:30|3.5|%|$|4|£|1.2bn|US$|5",
		"$45.1million 20th 1990s 9/11 1/2":         "$|45.1|million|20th|1990s|9/11|1/2",
		"-5 +3 .5 5-4 34%-54% 6' 2\"":              "-5|+3|.5|5-4|34|%|-|54|%|6|'|2|\"",
		"wait... no… yes. . . .":                   "wait|...|no|…|yes|. . . .",
		"What?! No!!!":                             "What|?!|No|!!!",
		"http://a.example/b?c=(d). See":            "http://a.example/b?c=(d)|.|See",
		"(www.vell.com/x), vell.org.":              "(|www.vell.com/x|)|,|vell.org|.",
		"ilsa.venn@vell.example, @venn_1 #Vell":    "ilsa.venn@vell.example|,|@venn_1|#Vell",
		"@venn's AT&T R&D this&that":               "@venn|'s|AT&T|R&D|this|&|that",
		"“‘So,’” «no» „x“ ``y'' \"z\"":             "“|‘|So|,|’|”|«|no|»|„|x|“|``|y|''|\"|z|\"",
		"(a) [b] {c}":                              "(|a|)|[|b|]|{|c|}",
		"<b class=\"x\">bold</b> &amp; 3 < 4":      "<b class=\"x\">|bold|</b>|&amp;|3|<|4",
		"naïve café Ørsted\u0301 soft\u00adhyphen": "naïve|café|Ørsted\u0301|soft\u00adhyphen",
		"漢字です 한국어 कानून":                           "漢|字|で|す|한국어|कानून",
		"ok 👍🏽👩‍👩‍👧 ❤️!":                           "ok|👍🏽|👩‍👩‍👧|❤️|!",
		"zero\u200bwidth \u200bx\u200b \ufeffy":    "zero\u200bwidth|x|y",
		"na\xefve \xff\xfe a\x00b":                 "na\xefve|\xff\xfe|a|b",
		"a\u00a0b\u2009c\u3000d":                   "a|b|c|d",
		"Really？是。":                                "Really|？|是|。",
		"*** ___ === a_b":                          "***|___|===|a_b",
		"'sup `x`":                                 "'|sup|`|x|`",
		"\n\t ":                                    "",
	} {
		if got := forms(in); got != want {
			t.Errorf("%q\n got %s\nwant %s", in, got, want)
		}
	}
}

func TestShape(t *testing.T) {
	for form, want := range map[string]text.Shape{
		"venn":      text.HasLower,
		"Venn":      text.HasLower | text.HasUpper | text.FirstUpper,
		"VENN":      text.HasUpper | text.FirstUpper,
		"iVenn":     text.HasLower | text.HasUpper,
		"1990":      text.HasDigit,
		"1990s":     text.HasDigit | text.HasLower,
		"re-elect":  text.HasLower | text.HasHyphen,
		"U.S.":      text.HasUpper | text.FirstUpper | text.HasPunct,
		"O’Dale":    text.HasLower | text.HasUpper | text.FirstUpper | text.HasPunct,
		"Ørsted":    text.HasLower | text.HasUpper | text.FirstUpper,
		"éclair":    text.HasLower,
		"—":         text.HasPunct,
		"-":         text.HasPunct,
		",":         text.HasPunct,
		"3,5":       text.HasDigit | text.HasPunct,
		"Nord-Vell": text.HasLower | text.HasUpper | text.FirstUpper | text.HasHyphen,
	} {
		d := segment(form)
		if len(d.Tokens) != 1 || d.Tokens[0].Shape != want {
			t.Errorf("%q: %+v, want one token of shape %b", form, d.Tokens, want)
		}
	}
}

func TestHashLower(t *testing.T) {
	for a, b := range map[string]string{"DON’T": "don't", "Ørsted": "ørsted", "ʼTIS": "'tis", "bad\xff": "bad\ufffd"} {
		if text.HashLower(a) != text.Hash(b) {
			t.Errorf("HashLower(%q) is not Hash(%q)", a, b)
		}
	}
}

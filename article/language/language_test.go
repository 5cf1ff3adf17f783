package language_test

import (
	"strings"
	"testing"

	"hearsay/article/language"
)

// foreign are articles of a paragraph each about the invented town of Velmora.
var foreign = map[string]string{
	"de": `Nach dem Brand in der Papierfabrik von Velmora hat die Polizei am Dienstag zwei Verdächtige festgenommen. Ein Sprecher der Stadt sagte, die Ermittlungen stünden noch am Anfang und man wolle sich nicht an Spekulationen beteiligen. Anwohner berichteten von mehreren Explosionen in der Nacht.`,
	"nl": `Na de brand in de papierfabriek van Velmora heeft de politie dinsdag twee verdachten aangehouden. Een woordvoerder van de gemeente zei dat het onderzoek nog maar net begonnen is en dat niemand op de uitkomst vooruit wil lopen. Omwonenden hoorden in de nacht enkele ontploffingen.`,
	"fr": `Après l'incendie de la papeterie de Velmora, la police a arrêté mardi deux suspects. Un porte-parole de la mairie a déclaré que l'enquête n'en était qu'à ses débuts et qu'il ne fallait pas se livrer à des spéculations. Des riverains ont fait état de plusieurs explosions pendant la nuit.`,
	"es": `Tras el incendio de la fábrica de papel de Velmora, la policía detuvo el martes a dos sospechosos. Un portavoz del ayuntamiento dijo que la investigación apenas ha comenzado y que no quería entrar en especulaciones. Los vecinos hablaron de varias explosiones durante la noche.`,
	"pt": `Depois do incêndio na fábrica de papel de Velmora, a polícia prendeu na terça-feira dois suspeitos. Um porta-voz da prefeitura disse que a investigação está apenas no começo e que não queria fazer especulações. Moradores relataram várias explosões durante a noite.`,
	"it": `Dopo l'incendio nella cartiera di Velmora la polizia ha arrestato martedì due sospettati. Un portavoce del comune ha detto che le indagini sono appena cominciate e che non intende partecipare alle speculazioni. Gli abitanti della zona hanno parlato di diverse esplosioni nella notte.`,
	"sv": `Efter branden i pappersbruket i Velmora grep polisen på tisdagen två misstänkta. En talesman för kommunen sade att utredningen bara har börjat och att ingen vill spekulera om orsaken. Boende i närheten berättade att de hörde flera explosioner under natten.`,
	"da": `Efter branden på papirfabrikken i Velmora anholdt politiet tirsdag to mistænkte. En talsmand for kommunen sagde, at efterforskningen kun lige er begyndt, og at man ikke vil gætte på årsagen. Beboere i området fortalte, at de hørte flere eksplosioner i løbet af natten.`,
	"nb": `Etter brannen på papirfabrikken i Velmora pågrep politiet tirsdag to mistenkte. En talsperson for kommunen sa at etterforskningen bare så vidt har begynt, og at man ikke vil spekulere i årsaken. Beboere i området fortalte at de hørte flere eksplosjoner i løpet av natten.`,
	"fi": `Velmoran paperitehtaan tulipalon jälkeen poliisi pidätti tiistaina kaksi epäiltyä. Kaupungin tiedottaja sanoi, että tutkinta on vasta alussa eikä kukaan halua arvailla syytä. Lähistön asukkaat kertoivat kuulleensa yöllä useita räjähdyksiä.`,
	"pl": `Po pożarze papierni w Velmorze policja zatrzymała we wtorek dwóch podejrzanych. Rzecznik miasta powiedział, że śledztwo dopiero się zaczęło i że nikt nie chce zgadywać przyczyny. Mieszkańcy opowiadali o kilku wybuchach w ciągu nocy.`,
	"cs": `Po požáru papírny ve Velmoře zadržela policie v úterý dva podezřelé. Mluvčí města uvedl, že vyšetřování teprve začalo a že nikdo nechce hádat příčinu. Obyvatelé z okolí vyprávěli o několika výbuších během noci.`,
	"hu": `A velmorai papírgyárban kitört tűz után a rendőrség kedden két gyanúsítottat vett őrizetbe. A város szóvivője azt mondta, hogy a nyomozás még csak most kezdődött, és senki sem akar találgatni. A környéken lakók több robbanásról számoltak be az éjszaka folyamán.`,
	"ro": `După incendiul de la fabrica de hârtie din Velmora, poliția a reținut marți doi suspecți. Un purtător de cuvânt al primăriei a spus că ancheta abia a început și că nimeni nu vrea să facă presupuneri. Locuitorii din zonă au vorbit despre mai multe explozii în timpul nopții.`,
	"tr": `Velmora'daki kâğıt fabrikasında çıkan yangının ardından polis salı günü iki şüpheliyi gözaltına aldı. Belediyenin sözcüsü soruşturmanın daha yeni başladığını ve kimsenin tahminde bulunmak istemediğini söyledi. Çevrede oturanlar gece boyunca birkaç patlama duyduklarını anlattı.`,
	"id": `Setelah kebakaran di pabrik kertas Velmora, polisi pada hari Selasa menangkap dua orang tersangka. Seorang juru bicara kota mengatakan bahwa penyelidikan baru saja dimulai dan tidak ada yang mau menduga penyebabnya. Warga sekitar menceritakan beberapa ledakan pada malam hari.`,
	"vi": `Sau vụ cháy ở nhà máy giấy Velmora, hôm thứ ba cảnh sát đã bắt giữ hai nghi phạm. Một người phát ngôn của thành phố nói rằng cuộc điều tra chỉ mới bắt đầu và không ai muốn suy đoán về nguyên nhân. Người dân gần đó kể lại rằng họ nghe thấy nhiều tiếng nổ trong đêm.`,
	"hr": `Nakon požara u tvornici papira u Velmori policija je u utorak uhitila dvojicu osumnjičenih. Glasnogovornik grada rekao je da je istraga tek počela i da nitko ne želi nagađati o uzroku. Stanovnici iz okolice pričali su o nekoliko eksplozija tijekom noći.`,
	"ru": `После пожара на бумажной фабрике в Вельморе полиция во вторник задержала двух подозреваемых. Представитель города сказал, что расследование только началось и никто не хочет гадать о причине. Жители рассказали о нескольких взрывах ночью.`,
	"uk": `Після пожежі на паперовій фабриці у Вельморі поліція у вівторок затримала двох підозрюваних. Речник міста сказав, що розслідування щойно почалося і ніхто не хоче гадати про причину. Мешканці розповіли про кілька вибухів уночі.`,
	"ar": `بعد الحريق الذي اندلع في مصنع الورق في فيلمورا اعتقلت الشرطة يوم الثلاثاء اثنين من المشتبه بهم. وقال المتحدث باسم البلدية إن التحقيق بدأ للتو ولا أحد يريد التكهن بالسبب. وتحدث السكان عن عدة انفجارات خلال الليل.`,
	"he": `לאחר השריפה במפעל הנייר בוולמורה עצרה המשטרה ביום שלישי שני חשודים. דובר העירייה אמר כי החקירה רק החלה ואיש אינו רוצה לנחש את הסיבה. תושבים סיפרו על כמה פיצוצים במהלך הלילה.`,
	"el": `Μετά την πυρκαγιά στο εργοστάσιο χαρτιού της Βελμόρα, η αστυνομία συνέλαβε την Τρίτη δύο υπόπτους. Εκπρόσωπος του δήμου είπε ότι η έρευνα μόλις άρχισε. Οι κάτοικοι μίλησαν για πολλές εκρήξεις μέσα στη νύχτα.`,
	"zh": `维尔莫拉造纸厂发生火灾后，警方周二逮捕了两名嫌疑人。市政府发言人说，调查刚刚开始，没有人愿意猜测原因。附近居民说夜里听到了几次爆炸声。`,
	"ja": `ベルモラの製紙工場で起きた火災を受けて、警察は火曜日に容疑者二人を逮捕した。市の報道官は、捜査は始まったばかりで、原因を推測したくはないと述べた。近くの住民は夜に何度か爆発音を聞いたと話している。`,
	"ko": `벨모라 제지 공장에서 화재가 난 뒤 경찰은 화요일 용의자 두 명을 체포했다. 시 대변인은 수사가 이제 막 시작되었으며 아무도 원인을 추측하고 싶어 하지 않는다고 말했다.`,
	"hi": `वेल्मोरा के कागज़ कारखाने में आग लगने के बाद पुलिस ने मंगलवार को दो संदिग्धों को गिरफ़्तार किया। शहर के प्रवक्ता ने कहा कि जाँच अभी शुरू हुई है और कोई भी कारण का अनुमान नहीं लगाना चाहता।`,
}

// kindred languages that a paragraph does not always tell apart.
var kindred = map[string]string{"nb": "nb nn no da sv", "da": "da nb no", "hr": "hr bs sr sl", "id": "id ms jv", "cs": "cs sk", "uk": "uk", "pt": "pt gl"}

func TestForeignArticles(t *testing.T) {
	for want, text := range foreign {
		got := language.Detect(text)
		if !got.Foreign || got.Name == "" {
			t.Errorf("%s: got %+v, want a foreign language with a name", want, got)
		}
		if got.Code != want && !strings.Contains(kindred[want], got.Code) {
			t.Errorf("%s: detected as %q", want, got.Code)
		}
		if long := language.Detect(strings.Repeat(text+"\n\n", 100)); !long.Foreign {
			t.Errorf("%s: a long text of it is not foreign", want)
		}
	}
}

// TestAddressesAreNoWords because many an address ends in an English word.
func TestAddressesAreNoWords(t *testing.T) {
	text := strings.ReplaceAll(foreign["de"], ". ", ". https://velmora.to/the-and-of www.the.to ")
	if got := language.Detect(text); got.Code != "de" || !got.Foreign {
		t.Errorf("got %+v", got)
	}
}

func TestEnglish(t *testing.T) {
	for _, text := range []string{
		`The mayor of Velmora said on Tuesday that two people had been arrested after the fire at the paper mill.`,
		`THE MAYOR OF VELMORA SAID ON TUESDAY THAT TWO PEOPLE HAD BEEN ARRESTED.`,
		strings.Repeat("Witnesses heard several explosions during the night, and the police would not say who they think is behind it.\n", 500),
	} {
		if got := language.Detect(text); got.Code != "en" || got.Foreign {
			t.Errorf("%.40q: got %+v, want English", text, got)
		}
	}
}

// TestNotRefused holds texts that look little like English prose and must be
// read all the same.
func TestNotRefused(t *testing.T) {
	table := "VELMORA LEAGUE\nHarlund 2 Ostrava Dale 1\nKestwick 0 Marn Albion 0\nSint Maren 3 De Bruik 2\nReal Velmora 4 La Paloma 1\nVan der Aast 6-3 6-4 Di Lorenzi\n"
	for name, text := range map[string]string{
		"empty":          "",
		"number":         "42",
		"headline":       "Velmora mayor denies fire cover-up",
		"name":           "Jean-Luc de la Fontaine-Dumaine",
		"tweet":          "breaking: mill fire #velmora @velmorafire pls rt!!!",
		"table":          table,
		"long table":     strings.Repeat(table, 50),
		"one German":     "Ich bin ein Velmoraner.",
		"foreign title":  `The novel "Der lange Weg nach Velmora" won the prize, and its author, who wrote it in two years, thanked the jury.`,
		"symbols":        strings.Repeat("+++ --- *** 1234 ", 100),
		"greek formulae": "α β γ",
		"mixed":          foreign["de"] + "\n\nThe mayor of Velmora said on Tuesday that two people had been arrested after the fire at the paper mill, and that he would not guess at the cause.",
		"mixed script":   foreign["ru"] + "\n\n" + strings.Repeat("The mayor of Velmora said on Tuesday that two people had been arrested after the fire at the paper mill. ", 3),
	} {
		if got := language.Detect(text); got.Foreign {
			t.Errorf("%s: refused as %s", name, got.Name)
		}
	}
}

func TestHostileText(t *testing.T) {
	for _, text := range []string{
		strings.Repeat("\xff", 10000),
		strings.Repeat("a", 1<<20),
		strings.Repeat("字", 1<<18),
		strings.Repeat("́", 1<<18),
	} {
		language.Detect(text) // must not panic
	}
	if !language.Detect(strings.Repeat("字", 1<<18)).Foreign {
		t.Error("a long text of Chinese characters is not foreign")
	}
}

func BenchmarkDetect(b *testing.B) {
	english := strings.Repeat("Witnesses heard several explosions during the night, and the police would not say who they think is behind it.\n", 40)
	german := strings.Repeat(foreign["de"], 20)
	for name, text := range map[string]string{"english": english, "german": german} {
		b.Run(name, func(b *testing.B) {
			words := len(strings.Fields(text))
			for b.Loop() {
				language.Detect(text)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(words), "ns/word")
		})
	}
}

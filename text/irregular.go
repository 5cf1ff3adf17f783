package text

import "strings"

// irregularVerbs lists verbs whose forms no rule gives: base, past tense,
// past participle, and whatever other forms are irregular after a slash.
// A form with two spellings has them divided by a bar.
const irregularVerbs = `
abide abode|abided abode|abided
arise arose arisen
awake awoke awoken
be was|were been / am is are 'm 're ai being
bear bore borne|born
beat beat beaten
become became become
befall befell befallen
beget begot|begat begotten
begin began begun
behold beheld beheld
bend bent bent
beset beset beset
bespeak bespoke bespoken
bet bet bet
bid bid|bade bid|bidden
bind bound bound
bite bit bitten
bleed bled bled
blow blew blown
break broke broken
breed bred bred
bring brought brought
broadcast broadcast broadcast
build built built
burn burnt burnt
burst burst burst
buy bought bought
cast cast cast
catch caught caught
choose chose chosen
cling clung clung
come came come
cost cost cost
creep crept crept
cut cut cut
deal dealt dealt
dig dug dug
dive dove dived
do did done / does doing
draw drew drawn
dream dreamt dreamt
drink drank drunk|drunken
drive drove driven
dwell dwelt dwelt
eat ate eaten
fall fell fallen
feed fed fed
feel felt felt
fight fought fought
find found found
flee fled fled / fleeing
fling flung flung
fly flew flown
forbid forbade|forbad forbidden
forecast forecast forecast
forego forewent foregone
foresee foresaw foreseen
foretell foretold foretold
forget forgot forgotten
forgive forgave forgiven
forgo forwent forgone
forsake forsook forsaken
freeze froze frozen
get got gotten
give gave given
go went gone / goes gon
grind ground ground
grow grew grown
hang hung hung
have had had / has 've 'd having
hear heard heard
hide hid hidden
hit hit hit
hold held held
hurt hurt hurt
keep kept kept
kneel knelt knelt
know knew known
lay laid laid
lead led led
leap leapt leapt
learn learnt learnt
leave left left
lend lent lent
let let let
die died died / dying
lie lay lain / lying
tie tied tied / tying
untie untied untied / untying
vie vied vied / vying
belie belied belied / belying
light lit lit
lose lost lost
make made made
mean meant meant
meet met met
mow mowed mown
offset offset offset
pay paid paid
plead pled pled
prove proved proven
put put put
quit quit quit
read read read
rid rid rid
ride rode ridden
ring rang rung
rise rose risen
run ran run
saw sawed sawn
say said said
see saw seen / seeing
seek sought sought
sell sold sold
send sent sent
set set set
sew sewed sewn
shake shook shaken
shear shore shorn
shed shed shed
shine shone shone
shoe shod shod / shoeing
shoot shot shot
show showed shown
shrink shrank shrunk|shrunken
shut shut shut
sing sang sung
sink sank sunk|sunken
sit sat sat
slay slew slain
sleep slept slept
slide slid slid
sling slung slung
slink slunk slunk
slit slit slit
smell smelt smelt
smite smote smitten
sneak snuck snuck
sow sowed sown
speak spoke spoken
speed sped sped
spell spelt spelt
spend spent spent
spill spilt spilt
spin spun spun
spit spat spat
split split split
spoil spoilt spoilt
spread spread spread
spring sprang|sprung sprung
stand stood stood
steal stole stolen
stick stuck stuck
sting stung stung
stink stank stunk
strew strewed strewn
stride strode stridden
strike struck struck|stricken
string strung strung
strive strove striven
swear swore sworn
sweep swept swept
swell swelled swollen
swim swam swum
swing swung swung
take took taken
teach taught taught
tear tore torn
tell told told
think thought thought
thrive throve thriven
throw threw thrown
thrust thrust thrust
tread trod trodden
upset upset upset
wake woke woken
wear wore worn
weave wove woven
wed wed wed
weep wept wept
wet wet wet
win won won
wind wound wound
withdraw withdrew withdrawn
withhold withheld withheld
withstand withstood withstood
wring wrung wrung
write wrote written
rely relied relied / relying
focus focused focused / focuses focusing
refocus refocused refocused / refocuses refocusing
bias biased biased / biases biasing
caucus caucused caucused / caucuses caucusing
panic panicked panicked / panicking
traffic trafficked trafficked / trafficking
mimic mimicked mimicked / mimicking
picnic picnicked picnicked / picnicking
frolic frolicked frolicked / frolicking
input input input
`

// verbPrefixes go before an irregular verb without changing its forms.
var verbPrefixes = [...]string{"re", "un", "over", "under", "out", "mis", "fore", "inter", "up", "pre"}

// irregularNouns lists plurals that no rule gives and their singulars.
const irregularNouns = `
men man women woman children child feet foot teeth tooth geese goose mice mouse lice louse oxen ox dice die pence penny brethren brother
knives knife lives life wives wife leaves leaf thieves thief halves half shelves shelf selves self wolves wolf calves calf loaves loaf scarves scarf
elves elf hooves hoof dwarves dwarf sheaves sheaf wharves wharf kerchiefs kerchief midwives midwife housewives housewife
criteria criterion phenomena phenomenon bacteria bacterium alumni alumnus alumnae alumna cacti cactus fungi fungus nuclei nucleus stimuli stimulus
radii radius syllabi syllabus foci focus loci locus termini terminus indices index matrices matrix vertices vertex appendices appendix codices codex
curricula curriculum memoranda memorandum referenda referendum errata erratum strata stratum symposia symposium millennia millennium aquaria aquarium
larvae larva vertebrae vertebra formulae formula algae alga antennae antenna nebulae nebula automata automaton ganglia ganglion
crises crisis theses thesis hypotheses hypothesis analyses analysis bases base oases oasis diagnoses diagnosis prognoses prognosis parentheses parenthesis
syntheses synthesis axes axis neuroses neurosis psychoses psychosis metamorphoses metamorphosis testes testis
heroes hero potatoes potato tomatoes tomato echoes echo vetoes veto torpedoes torpedo cargoes cargo mosquitoes mosquito volcanoes volcano embargoes embargo
tornadoes tornado zeroes zero buffaloes buffalo dominoes domino mangoes mango noes no negroes negro innuendoes innuendo mementoes memento mottoes motto
ghettoes ghetto desperadoes desperado haloes halo porticoes portico tuxedoes tuxedo superheroes superhero goes go dos do
movies movie cookies cookie zombies zombie calories calorie selfies selfie rookies rookie newbies newbie birdies birdie genies genie prairies prairie
brownies brownie hoodies hoodie smoothies smoothie sorties sortie aunties auntie eyries eyrie ties tie lies lie pies pie dies die neckties necktie
talkies talkie junkies junkie hippies hippie yuppies yuppie pixies pixie collies collie veggies veggie goalies goalie bookies bookie groupies groupie
townies townie foodies foodie indies indie quickies quickie walkie-talkies walkie-talkie magpies magpie menageries menagerie reveries reverie lingeries lingerie
species species series series means means headquarters headquarters crossroads crossroads barracks barracks gallows gallows shambles shambles
people people police police cattle cattle sheep sheep deer deer fish fish aircraft aircraft spacecraft spacecraft swine swine offspring offspring
folk folk data data media media premises premise clothes clothes pants pants trousers trousers scissors scissors thanks thanks
politics politics economics economics optics optics ethics ethics physics physics mathematics mathematics athletics athletics
analytics analytics gymnastics gymnastics logistics logistics genetics genetics statistics statistics electronics electronics ballistics ballistics
congratulations congratulations condolences condolence remains remains proceeds proceeds whereabouts whereabouts outskirts outskirts
jeans jeans shorts shorts glasses glass goods goods earnings earnings savings saving surroundings surroundings belongings belonging
buses bus gases gas viruses virus bonuses bonus campuses campus statuses status caucuses caucus focuses focus censuses census choruses chorus circuses circus
nexuses nexus surpluses surplus sinuses sinus geniuses genius prospectuses prospectus radiuses radius apparatuses apparatus pluses plus minuses minus
lotuses lotus cactuses cactus fetuses fetus foetuses foetus walruses walrus syllabuses syllabus hiatuses hiatus octopuses octopus exoduses exodus
consensuses consensus platypuses platypus uteruses uterus crocuses crocus abacuses abacus coronaviruses coronavirus papyruses papyrus colossuses colossus
biases bias canvases canvas atlases atlas aliases alias pancreases pancreas irises iris trellises trellis tennises tennis lenses lens yeses yes
quizzes quiz aches ache headaches headache toothaches toothache heartaches heartache backaches backache caches cache niches niche avalanches avalanche
psyches psyche moustaches moustache mustaches mustache creches creche pastiches pastiche quiches quiche cliches cliche headquarter headquarter stomachs stomach
passersby passerby attorneys-general attorney-general quizes quiz
`

// irregularAdjectives lists comparatives and superlatives and what they compare.
const irregularAdjectives = `
better good best good worse bad worst bad further far furthest far farther far farthest far elder old eldest old more more most most less less least least
latter latter former former later late latest late free free freer free freest free littler little
upper upper inner inner outer outer lesser lesser utmost utmost foremost foremost super super
`

// irregularPronouns lists the forms of pronouns, determiners and adverbs.
const irregularPronouns = `
me I i I him he them they us we her she 'em they em they 's we mine my yours your theirs their ours our hers her ya you y' you thee thou
an a these this those that n't not na to ta to
`

// irregularAuxiliaries lists the forms of modals, of "be" and of "have" that are not their own lemma.
const irregularAuxiliaries = `
'll will 'd would ca can wo will sha shall 've have ve have am be are be 're be re be 'm be m be 's be is be ai be wan want gim give lem let
`

// withE lists the ends of stems that end in a silent e before no ending, and
// withoutE those, longer or shorter, that do not: the longest listed decides. A
// stem that ends as neither has none. ^ stands for the beginning of the word.
const withE = `
v c u z s g ib ob ub ad ed id od ud af if ak ik ok uk bl cl dl fl gl kl pl sl tl zl il ul yl scal hal hol impal
am im um com ^hom ^dom them schem extrem premier suprem in un phon postpon condon ^aton clon zon thron ^ston ^hon ^ton
interven conven contraven superven seren obscen san
ap wip pip rip ^hop ^cop scop slop grop ^elop ^mop telescop ^lop ^rop ^dop dup typ
ar ir stor plor ignor scor ^ador shor snor ^bor ^por ^gor ^cor ur interfer persever adher coher rever sincer
at ut vot quot mot not complet delet deplet compet obsolet concret excit incit recit ^cit writ ^unit reunit invit ignit expedit ^bit whit polit ^sit
^past ^tast ^wast ^bast ^hast ^lambast breath loath sooth writh seeth scath swath ^cloth unclo ^bath
iat uat creat permeat delineat nauseat uad guid quir quar quak lung plung loung expung spong rang chang hing cring fring imping bing ting wing ys
centr massacr sabr
`

const withoutE = `
ang ong ung ing tz cous chorus canvas census ^bus ^gas
fulfil council pencil peril distil instil devil civil consul alcohol
program victim vacuum maxim custom period method
catalog dialog combat format debut rebut pivot pilot ballot riot murmur sulfur
sugar collar pillar altar dollar worship gossip equip ruin cousin bargain
bring sing swing wring string sting cling fling spring ring ^wing ^ping ^king sling ^ting
`

// maxStemEnd is the most bytes of an entry of withE and withoutE.
const maxStemEnd = 10

// stemEnds tells of the ends of stems whether they take an e.
var stemEnds = func() map[string]bool {
	m := map[string]bool{}
	// Two vowels before one of these are long without an e: "need", "join".
	for _, v1 := range "aeiou" {
		for _, v2 := range "aeiou" {
			for _, c := range "bdfklmnprt" {
				m[string(v1)+string(v2)+string(c)] = false
			}
		}
	}
	for _, w := range strings.Fields(withE) {
		m[w] = true
	}
	for _, w := range strings.Fields(withoutE) {
		m[w] = false
	}
	return m
}()

// irregular is a lemma and its Hash.
type irregular struct {
	lemma string
	hash  uint32
}

// irregulars are the irregular forms of each class by the hash of the form.
var irregulars = func() [numTables]map[uint32]irregular {
	var m [numTables]map[uint32]irregular
	for c := range m {
		m[c] = map[uint32]irregular{}
	}
	add := func(c formClass, form, lemma string) {
		if _, ok := m[c][Hash(form)]; !ok {
			m[c][Hash(form)] = irregular{lemma, Hash(lemma)}
		}
	}
	pairs := func(c formClass, list string) {
		words := strings.Fields(list)
		for i := 0; i+1 < len(words); i += 2 {
			add(c, words[i], words[i+1])
		}
	}
	for line := range strings.Lines(irregularVerbs) {
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		for _, forms := range words[1:] {
			for form := range strings.SplitSeq(forms, "|") {
				if form != "/" && form != words[0] {
					add(verbForm, form, words[0])
				}
			}
		}
	}
	// A base that looks inflected ("shed", "bring") is its own lemma, unless it
	// is also a form of another verb ("saw").
	for line := range strings.Lines(irregularVerbs) {
		if words := strings.Fields(line); len(words) > 0 {
			add(verbForm, words[0], words[0])
		}
	}
	add(verbForm, "'s", "be")
	pairs(nounForm, irregularNouns)
	pairs(adjectiveForm, irregularAdjectives)
	pairs(pronounForm, irregularPronouns)
	pairs(auxForm, irregularAuxiliaries)
	return m
}()

package lexicon

// Given names frequent in the news, by whom they are mostly given to. Names
// given to both stand in both.
const (
	femaleNames = `
mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty margaret sandra ashley
kimberly emily donna michelle carol amanda dorothy melissa deborah stephanie rebecca sharon laura cynthia kathleen
amy angela shirley anna brenda pamela emma nicole helen samantha katherine christine debra rachel carolyn janet
catherine maria heather diane ruth julie olivia joyce virginia victoria kelly lauren christina joan evelyn judith
megan andrea cheryl hannah jacqueline martha gloria teresa ann sara madison frances kathryn janice jean abigail alice
julia judy sophia grace denise amber doris marilyn danielle beverly isabella theresa diana natalie brittany charlotte
marie kayla alexis lori hillary melania ivanka chelsea kellyanne huma loretta nikki condoleezza madeleine elena sonia
angelina oprah jill tulsi kamala gretchen stacey sally ellen claire kate katie anne jane lucy molly holly kirsten
kristen kirsty theresa nicola fiona gillian joanna hilary angela ursula heidi ingrid greta astrid birgit sabine
petra monika brigitte simone annette karin silke anja katja sandrine valérie valerie ségolène marine marion isabelle
sylvie nathalie céline chantal françoise monique giulia chiara francesca paola lucia valentina federica giorgia
carmen pilar dolores rosa ana isabel cristina lorena gabriela daniela fernanda beatriz luisa dilma michelle evita
natalia natasha olga tatiana svetlana irina ekaterina elena yulia anastasia oksana ludmila galina nadezhda vera
sofia zuzana katarzyna agnieszka magdalena ewa malala fatima aisha khadija maryam zainab layla leila noor nadia samira
yasmin amina huda rania asma salma hanan benazir indira sonia priyanka mamata sushma
mei ling xiaoling yuki keiko sakura akiko yoko ngozi amara chidinma folasade winnie graca
barbra beyoncé madonna adele rihanna taylor whoopi meryl ava gennifer monica paula juanita alicia peggy megyn rachel
maureen ariana gwen lena patty elaine tammy debbie wendy dana maxine marcia bridget kathy tracy tina gina rosie
mirela beata anka hanne ilse irena una pavla runa marta jana lenka hana eva ella nora ida elsa freja
`
	maleNames = `
james robert john michael david william richard joseph thomas charles christopher daniel matthew anthony mark donald
steven paul andrew joshua kenneth kevin brian george timothy ronald edward jason jeffrey ryan jacob gary nicholas eric
jonathan stephen larry justin scott brandon benjamin samuel gregory alexander frank patrick raymond jack dennis jerry
tyler aaron jose adam nathan henry douglas zachary peter kyle ethan walter noah jeremy christian keith roger terry
austin sean gerald carl harold dylan arthur lawrence jordan jesse bryan billy bruce gabriel joe logan alan juan albert
willie elijah wayne randy roy vincent ralph eugene russell bobby mason philip louis barack bill bernie mike tim ted
marco jeb mitt mitch harry newt rudy chris ben rand rick jim tom dick al ken don dan ed ron sam bob dave matt greg
steve jeff josh nick tony andy fred vladimir dmitry sergei sergey boris mikhail ivan alexei aleksei nikolai yuri igor
oleg viktor anatoly konstantin pavel maxim roman denis kirill petro volodymyr andriy oleksandr leonid emmanuel françois
nicolas jacques jean pierre philippe michel alain laurent olivier gérard éric benoît didier bernard
hans klaus jürgen wolfgang helmut gerhard horst günter dieter manfred joachim frank-walter olaf friedrich markus
matthias stefan andreas thomas uwe heiko karl karl-heinz matteo silvio giuseppe luigi mario giovanni antonio marco
francesco paolo sergio enrico romano carlos josé luis javier miguel pedro pablo jorge fernando alejandro diego
francisco hugo nicolás rafael manuel enrique ricardo raúl raul fidel evo mauricio felipe mariano jair luiz lula joão
mohammed muhammad mohamed ahmed ahmad mahmoud ali hassan hussein hossein omar abdullah ibrahim khalid khaled yusuf
youssef mustafa abdul abdel saddam bashar hamid hamza bilal karim tariq faisal salman osama ayman hosni recep tayyip
abdirashid amrullah ashraf hamid nuri haider javad hassan ruhollah binyamin benjamin avigdor ehud shimon yitzhak moshe
ariel naftali yair narendra manmohan rahul imran nawaz pervez asif shahbaz zulfikar jinping xi hu wen shinzo yoshihide
fumio naoto jong-un jong-il jae-in ban kofi nelson thabo jacob cyril robert muhammadu goodluck olusegun kwame paul
julius jomo uhuru desmond colin simon nigel jeremy gordon tony david gavin graham ian neil stuart duncan alastair
malcolm keir rishi edwin oscar felix max leo theo luke noah liam mason owen gareth rhys declan seamus gerry lars
erik olav jens anders bjorn björn carl-johan nils sven gustav mikael jussi sauli viktor janusz lech donald jarosław
andrzej piotr tomasz václav milos miloš andrej robert janez borut aleksandar slobodan zoran ivo franjo edward julian
khizr sidney roger elon jeffrey warren ezra anderson wolf lester matt sean rush glenn
davor halvard leon egon olu emil anton otto karel jakub marek milan radek tomas jan fereydoun shihab
`
)

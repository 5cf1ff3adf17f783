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
rosalind rosalinde rosamund philippa imogen cordelia ngaire edda runa pavla celia harriet maud isa beatrice vivian lydia miriam naomi priscilla rebekah tabitha yvonne zoe chloe amelia mia ellie
lily lillian rose ruby violet ivy hazel eleanor elinor florence edith agnes gertrude mabel mildred ethel doreen maeve siobhan
niamh aoife saoirse sinead bronwyn rhiannon morag isla ailsa heather paige brooke jade amber crystal destiny tiffany latoya
keisha shanice aaliyah imani ebony precious chiamaka adaeze ifeoma amina zahra fatemeh maryam shirin parisa nasrin golnaz
soraya ghazala rukhsana nusrat farah sana ayesha khadijah hafsa halima safiya sumaya rabia latifa jamila najwa hala reem rasha
dalia rima lina maya nadine carla paula bianca renata lucía sofía martina camila valeria ximena guadalupe consuelo rocío mercedes
inés pilar marisol yolanda graciela leticia verónica rosario esperanza raquel noelia marta joana inês rita catarina mariana
ludivine aurélie élodie camille manon léa chloé amélie margaux clémence solène anouk maud annick odile bénédicte geneviève
hélène édith agnès mireille josiane anne-marie anneliese gudrun helga hildegard liesl lotte mathilde renate ulrike ute waltraud
antje birte britta dörte frauke gesa inge karla margot margarethe marlene franziska johanna theresia veronika barbora eliška
jitka ivana petra radka zdenka jelena milica dragana vesna mirjana snežana biljana ljiljana jovana tamara ksenia polina darya
daria alina arina marina larisa lyudmila raisa tamara valentina zoya inna oksana olena iryna kateryna svitlana yuliya halyna
nataliya viktoriya ewa joanna małgorzata beata dorota grażyna iwona jolanta justyna kinga zofia ilona katalin zsuzsa ágnes judit
krisztina orsolya ioana elena mihaela simona raluca andreea gabriela desislava tsvetelina ayşe ayse emine zeynep elif merve
özlem meral deniz gül devi lakshmi anjali pooja deepa kavita sunita meera radha shanti rekha nirmala usha indra lalita sarita
hina mei-ling xiulan fang hui jing yan ying lan hong xia qing min-ji ji-woo seo-yeon hye soo-jin eun naoko tomoko haruka yumi
kumiko michiko fumiko siti dewi putri ratna thanh thuy huong linh mai
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
vikram colm halvard gordon leonard alfred frederick geoffrey reginald cedric cecil clarence clifford clive cornelius cuthbert
derek dominic donovan dwight earl edgar edmund elliot ernest floyd francis garrett gerard gilbert graeme harvey herbert herman
horace howard hubert hugh ira irving isaac ivor jerome joel julian leonard leroy lester lionel lloyd lowell luther marcus marvin
maurice melvin milton morris mortimer murray nathaniel norman orville oswald percy quentin ralph rex rodney roland ronan rory rufus
rupert ruben seth sheldon sidney spencer stanley terence theodore toby tobias trevor tristan ulysses vance victor vernon wallace
wesley wilbur wilfred winston woodrow zachariah aidan alec angus archie barnaby barry brendan cameron cody connor craig damian
darren dean derrick desmond devin dirk drew duane dustin eamon finn fergus gabe garth grant hamish hank heath hector hunter irwin
jared jasper jed jermaine jimmy johnny juan karl keegan kurt lance landon lars lance lewis lorenzo lucas manny marlon marshall
micah miles mitchell morgan myles ned nelson neville niall nick noel norbert oliver otis parker perry pete phil preston quincy
ramon randall raphael reuben rhett ricky robbie rob rocco rod roderick ross rowan royce rubén salvador sandy saul scot shane
shaun sherman silas solomon stewart stu sylvester tad terrence tommy travis trent troy ty tyrone vaughn vic wade warner wendell
wilson xavier yusef zach amit anil arjun ashok deepak dinesh ganesh gopal govind hari jagdish kapil krishna kumar mahesh manoj
mohan mukesh naresh pradeep prakash rajesh rajiv rakesh ramesh ravi sachin sandeep sanjay satish shankar shiv srinivas subramanian
sunil suresh vijay vinod yogesh aamir abbas adnan amir anwar arif asad asim atif aziz babar bashir fahad faraz farhan farooq feroz
ghulam habib haroon hassan idris ilyas imtiaz iqbal ismail jamal javed kamal kamran khalil latif mahmood majid mansour marwan
masood mehdi mir mohsen munir mushtaq nabil nadeem naeem nasir nasser naveed nizar omid qasim rafiq rahim rashid rauf reza riaz
sadiq saeed said sajid salah samir sami shahid sharif sohail sulaiman suleiman tahir talal taufiq usman wahid waleed walid yahya
yasir yasser younis zahid zain ziad zubair abu chidi emeka ikenna kofi kwabena obinna oluwaseun sipho themba tendai tunde yaw
alberto alfonso alfredo andrés ángel armando arturo augusto césar cristóbal eduardo emilio ernesto esteban federico félix gerardo
gonzalo guillermo gustavo hernán humberto ignacio iván jaime joaquín julio leandro leonardo lorenzo marcelo marcos mario martín
mateo matías mauro máximo nicolás octavio óscar pascual ramón raúl rené roberto rodolfo rodrigo rolando rubén santiago sebastián
tomás vicente víctor álvaro afonso caio duarte gonçalo henrique joaquim jorge luís marcelo nuno paulo rui tiago vasco adrien
alexandre antoine arnaud aurélien baptiste bastien benoit bruno cédric christophe clément cyril damien denis didier édouard
emile étienne fabien fabrice florent franck frédéric gaël gaspard gauthier georges gilles grégoire guillaume gustave guy henri
hervé hugues jean-claude jean-luc jean-marc jean-michel jean-paul jean-pierre jérôme joël julien laurent léon loïc luc marcel
mathieu matthieu maxime nathan patrice pascal quentin raphaël régis rémi robin sébastien stéphane sylvain théo thibault thierry
tristan valentin vincent xavier yann yannick yves achim albrecht alois armin arno axel bernd bernhard bodo christoph clemens
dietrich dirk eberhard eckhard egbert erhard erich ernst ewald fritz georg gottfried gregor guido günther hanno harald hartmut
heinrich heinz helge henning herbert hermann holger hubert ingo jens jochen johann johannes jörg josef kai karsten klemens konrad
kurt leopold lothar ludwig lukas martin moritz norbert oskar ottmar paul philipp rainer ralf reiner reinhard roland rüdiger
rudolf rupert siegfried sigmund sönke stephan theodor thorsten tilman tim torsten udo ulf ulrich volker volkmar werner wilhelm
winfried alessandro alessio andrea angelo bruno carlo claudio cristiano dario davide domenico emanuele enzo fabio fabrizio
filippo flavio franco gennaro giacomo gianluca gianni giorgio giulio guido lorenzo luca luciano marcello massimo maurizio michele
nicola paolo piero pietro raffaele renato riccardo roberto rocco salvatore sandro stefano tommaso umberto valerio vittorio arne
bent bjarne claes erland espen frode geir gunnar håkan halvor harald henrik ivar jonas jørgen kåre kjell knut lasse leif magnus
morten odd ole oddvar øystein per petter ragnar roar rolf rune sigurd stein steinar stig svein terje thor tor tore torbjørn
trond trygve ulf vidar aleksander bartosz bogdan czesław dariusz grzegorz jacek jan jarosław jerzy józef kazimierz krzysztof leszek
łukasz maciej marcin mariusz mateusz michał mirosław paweł przemysław rafał ryszard sławomir stanisław stefan szymon tadeusz
tomasz waldemar wiesław witold wojciech zbigniew zdzisław bohumil bohuslav břetislav čeněk dalibor david dušan františek
jaromír jaroslav jindřich jiří josef karel ladislav libor lubomír luboš miloslav miroslav oldřich ondřej ondrej otakar pavel petr radim radovan
roman rostislav stanislav štěpán vít vladimír vojtěch zdeněk attila balázs béla csaba dániel ferenc gábor gergely györgy gyula
imre istván jános józsef kálmán károly lajos lászló miklós pál péter sándor tamás tibor zoltán zsolt bogdan boyko ciprian
constantin corneliu costel cristian dan dragoș dumitru florin gheorghe horia ilie ion ionel ionuț iulian laurențiu liviu lucian
marian marius mihai mircea nicolae octavian ovidiu petre radu răzvan sorin stelian teodor traian vasile victor viorel virgil
aleksandr anatoli anton arkady artem artur boris daniil danila egor evgeny fyodor gennady georgy gleb grigory ilya ivan kirill
lev maksim makar mark matvei nikita pyotr rodion ruslan semyon stanislav stepan taras timofey timur valery vasily viacheslav
vitaly vladislav volodymyr vsevolod vyacheslav yaroslav yegor yevgeny zakhar bohdan dmytro ihor mykhailo mykola oleh ostap
pavlo petro serhiy vasyl viktor yevhen ahmet ali alp bülent burak can cem ekrem emre enver erdal erdoğan ferit hakan hasan
hüseyin ibrahim ilhan ismail kemal mehmet mesut murat necmettin nihat oğuz okan orhan osman ömer ramazan selahattin selim serkan
süleyman tayfun turgut ufuk volkan yavuz yılmaz yusuf chen jian jun lei ming ping qiang tao wei xiaoming yong zhen hiroshi
kazuo kenji makoto masahiro minoru satoshi shigeru takashi takeshi tatsuo toshio yoshio dae-jung young-sam geun-hye joon min-ho
seung-hoon sung-min agus bambang budi joko suharto sukarno susilo duc dung hung minh phuc quang tuan
davor halvard leon egon olu emil anton otto karel jakub marek milan radek tomas jan fereydoun shihab
`
)

package lexicon

// words lists nouns by what they mean. A word may stand in several lists.
var words = []struct {
	class Class
	list  string
}{
	{Person | Authority, `official policeman policewoman prosecutor investigator detective diplomat inspector regulator
		policymaker officer commander general`},
	{Person | Title, `president vice-president premier minister chancellor secretary governor senator congressman congresswoman
		representative mayor judge justice general colonel captain major lieutenant sergeant admiral commander marshal
		ambassador envoy speaker director chairman chairwoman chairperson chair professor king queen prince princess pope
		bishop archbishop cardinal rabbi imam sheikh sheik ayatollah emir sultan emperor empress pastor reverend father
		sister brother chief commissioner sheriff councillor councilman councilwoman councilmember alderman deputy
		spokesman spokeswoman spokesperson attorney coach detective inspector superintendent officer analyst historian
		economist author writer editor journalist reporter correspondent columnist actor actress singer rapper comedian
		candidate nominee leader founder ceo cfo activist lawyer doctor nurse scientist researcher expert strategist
		pollster aide adviser advisor manager boss owner star striker mp mep lord baron baroness duke duchess saint
		counselor counsel prosecutor treasurer undersecretary undersecretary-general secretary-general
		commander-in-chief congressman-elect president-elect frontrunner front-runner contender rival conservative
		republican democrat liberal socialist billionaire businessman businesswoman mogul magnate host anchor pundit
		co-founder cofounder co-author coordinator administrator consul`},
	{Person, `person man woman boy girl child teenager adult witness survivor victim resident neighbor neighbour citizen
		lawmaker legislator politician parliamentarian member supporter opponent critic ally enemy voter donor
		whistleblower insider observer commentator blogger biographer scholar academic lecturer teacher student pupil
		physician surgeon psychologist psychiatrist therapist biologist physicist chemist epidemiologist engineer
		farmer fisherman worker employee employer executive entrepreneur investor banker trader broker consultant
		specialist technician driver pilot sailor soldier veteran fighter militant rebel gunman attacker suspect
		defendant accused plaintiff convict prisoner inmate hostage refugee migrant immigrant protester demonstrator
		organizer organiser campaigner volunteer advocate negotiator mediator representative delegate interpreter
		translator artist musician painter poet novelist playwright filmmaker photographer producer athlete player
		footballer runner swimmer champion customer client shopper tenant landlord tourist passenger traveler traveller
		patient caller viewer reader listener user guest host friend colleague coworker co-worker classmate roommate
		partner predecessor successor counterpart mentor assistant secretary clerk librarian guard bodyguard bystander
		onlooker passer-by villager local native foreigner american individual someone somebody everyone everybody
		anyone anybody nobody no-one one other source informant spy agent operative contractor mercenary lobbyist
		staffer intern moderator panelist speaker believer priest monk nun cleric missionary preacher theologian
		steward stewardess waiter waitress cook chef baker butcher carpenter plumber electrician mechanic miner
		firefighter paramedic midwife coroner juror bailiff warden caretaker stylist designer architect shepherd
		dissident exile defector oligarch dictator autocrat militiaman warlord terrorist extremist jihadist islamist
		bomber hijacker kidnapper perpetrator culprit offender criminal murderer killer thief robber smuggler
		trafficker dealer hacker troll influencer celebrity figure personality youngster elder pensioner retiree
		widow widower orphan twin stranger newcomer fan follower disciple heir monarch ruler statesman stateswoman
		operator inventor explorer astronomer astronaut geologist meteorologist forecaster statistician mathematician
		philosopher sociologist anthropologist archaeologist linguist criminologist ombudsman auditor accountant notary
		senior junior freshman sophomore millennial questioner narrator surrogate storyteller speechwriter operative
		solicitor barrister litigant complainant petitioner appellant respondent applicant signatory`},
	{Person | Female, `woman girl lady spokeswoman chairwoman congresswoman councilwoman policewoman businesswoman
		actress waitress stewardess heroine queen princess empress duchess baroness nun mother wife daughter sister
		aunt niece grandmother granddaughter mom mum girlfriend fiancée widow bride stepmother stepdaughter mother-in-law
		sister-in-law daughter-in-law congresswoman stateswoman midwife ex-wife hostess goddess schoolgirl saleswoman
		housewife first-lady`},
	{Person | Male, `man boy gentleman spokesman chairman congressman councilman policeman businessman actor waiter king
		prince emperor duke baron monk father husband son brother uncle nephew grandfather grandson dad boyfriend fiancé
		widower groom stepfather stepson father-in-law brother-in-law son-in-law fisherman gunman statesman militiaman
		ombudsman ex-husband pope imam sheikh sheik ayatollah emir sultan schoolboy salesman cameraman lord bishop
		archbishop cardinal rabbi guy chap`},
	{Person | Kin, `mother father wife husband daughter son sister brother aunt uncle niece nephew cousin grandmother
		grandfather granddaughter grandson parent grandparent child spouse sibling relative mom mum dad girlfriend boyfriend
		fiancée fiancé stepmother stepfather mother-in-law father-in-law sister-in-law brother-in-law son-in-law
		daughter-in-law partner friend colleague neighbour neighbor lawyer attorney boss aide adviser advisor deputy
		predecessor successor ally opponent rival spokesman spokeswoman spokesperson running-mate ex-wife ex-husband`},
	{Title, `mr mr. mrs mrs. ms ms. miss sir dame madam madame dr dr. prof prof. sen sen. sens. rep rep. reps. gov gov.
		gen gen. col col. maj maj. lt lt. sgt sgt. capt capt. cmdr. adm adm. rev rev. fr fr. st hon. sr. señor señora
		herr frau monsieur mme mlle comrade pres. sec. supt. det. insp. cpl. pvt. pfc. amb. atty. vice prime acting
		interim deputy assistant associate senior junior first former foreign interior defense defence finance health
		justice education labor labour trade energy transport transportation culture agriculture environment economy
		press attorney lieutenant brigadier sub chief executive special national supreme crown grand founding managing
		incumbent presidential vice-presidential gubernatorial democratic republican house senate majority minority
		state then- ex-president emeritus campaign communications running mate u.s. us eu un gop uk federal nominee lady`},
	{Female | Title, `mrs mrs. ms ms. miss dame madam madame mme mlle señora frau lady`},
	{Male | Title, `mr mr. sir señor herr monsieur lord`},

	{Government, `government administration ministry department police army military navy court tribunal parliament
		congress senate legislature cabinet embassy consulate bureau commission council agency authority directorate
		secretariat presidency premiership junta regime state kremlin judiciary municipality gendarmerie coastguard
		constabulary treasury taskforce inquiry assembly knesset duma bundestag bundesrat house chamber politburo
		prosecution intelligence security force forces troop leadership monarchy palace subcommittee committee
		city-hall town-hall watchdog regulator ombudsman registry customs parole inspectorate office
		capital country nation republic kingdom`},
	{Organization, `company corporation firm business enterprise conglomerate startup start-up manufacturer maker
		supplier retailer airline airliner carrier bank insurer lender fund foundation charity ngo nonprofit non-profit
		institute institution university college school academy hospital clinic laboratory lab think-tank thinktank
		union federation confederation association society club team league party campaign coalition alliance bloc
		committee organization organisation group organisation-wide network movement church mosque synagogue diocese
		industry sector brand chain restaurant hotel theater theatre museum gallery library studio label publisher
		lobby consortium partnership cooperative co-operative subsidiary branch division unit department board panel
		secretariat chapter operator provider developer contractor consultancy brokerage exchange startup office
		service center centre initiative project pac superpac super-pac caucus faction wing front congress camp side
		delegation crew staff management leadership opposition defense defence prosecution legion guild trust
		orchestra choir festival forum headquarters clan tribe syndicate cartel website platform site
		line lines works`},
	{Media, `newspaper paper magazine journal weekly daily tabloid broadsheet broadcaster broadcast station channel
		network outlet agency newswire wire press media medium website blog podcast radio television tv broadcaster
		newsletter portal newsroom editorial column publication gazette periodical journalist reporter correspondent`},
	{Document, `report study survey poll research statistic statistics figure data document memo memorandum
		letter statement email e-mail text transcript testimony affidavit indictment complaint lawsuit suit filing
		ruling judgment judgement verdict order decree law act bill statute constitution treaty agreement deal accord
		resolution charter declaration manifesto proposal plan draft paper article book chapter biography memoir
		autobiography novel essay analysis audit assessment review evaluation estimate forecast projection census
		record file archive diary log logbook ledger invoice contract will letterhead press-release release communiqué
		communique bulletin notice announcement advertisement ad advert commercial video footage recording tape image
		photo photograph picture post tweet message caption headline story account dispatch cable note tip
		testimony evidence finding result test experiment index chart table map guideline regulation rule
		doctrine bible koran quran scripture verse legend saying proverb adage theory model simulation website
		webpage page site dossier brief briefing summary transcript warrant certificate schedule
		application petition questionnaire bulletin scenario confession information intelligence number
		indicator consensus wisdom reasoning conclusion film movie documentary drama series show program programme episode
		song lyric poem spot trailer`},
	{Group, `people public crowd population electorate majority minority community family couple pair group gang mob
		militia army insurgency resistance opposition coalition faction movement camp crew team staff panel jury
		audience youth elite establishment left right left-wing clergy nobility police everyone mankind humanity
		membership leadership base rank congregation diaspora generation troops personnel folk neighborhood
		neighbourhood village world circle circles quarter quarters taliban rest`},
	{Quantifier, `many some others several few most all both none more everyone somebody someone those one another
		anyone nobody any two three four five hundreds thousands dozens half plenty lot number majority`},
	{Place, `city town village province region state country district county neighborhood neighbourhood capital island
		continent nation territory area border river lake mountain sea ocean bay valley street avenue road
		airport station square bridge harbour harbor port coast peninsula desert forest park strait gulf canal cape
		north south east west northeast northwest southeast southwest mount fort hill beach hills heights
		boulevard plaza creek falls springs isle islands mountains`},
	{Generic, `group organization organisation movement branch company corporation firm business body party union network
		agency ministry department committee commission council court university institute newspaper paper magazine
		broadcaster outlet website site bank club team coalition alliance association foundation charity church
		militia army government administration brigade front faction militants airline carrier manufacturer
		think-tank regulator watchdog office authority embassy hospital school college league federation campaign
		operator contractor publisher journal daily weekly channel station institution force police parliament senate
		bureau board panel startup retailer maker fund society`},

	{Channel, `statement speech interview tweet retweet post posting message letter address briefing conference rally
		debate call phone telephone email e-mail mail video videotape broadcast report article op-ed column book memo
		memorandum testimony hearing twitter facebook telegram instagram tiktok youtube whatsapp snapchat linkedin
		reddit weibo vk signal television tv radio show programme program podcast blog channel website site page release
		filing affidavit lawsuit complaint papers document documents remarks comments media communiqué communique
		conversation note audio recording tape appearance testimony statement lecture sermon essay memoir
		autobiography editorial newsletter bulletin dispatch documentary livestream webcast webinar account chat text
		fax telegram declaration announcement proclamation manifesto transcript petition questionnaire forum town-hall
		hall townhall meeting summit event gathering fundraiser reception keynote toast prayer sitting session
		confession confessions paper analysis survey study ruling opinion verdict judgment indictment decision order
		press newspaper magazine`},
	{Channel | Person, `spokesman spokeswoman spokesperson lawyer attorney representative intermediary interpreter translator`},
	{Audience, `reporter journalist newsman correspondent media press audience crowd newspaper magazine broadcaster station
		channel agency lawmaker parliament legislator court senator supporter follower anchor interviewer moderator
		congress senate committee panel jury`},
	{Time, `monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
		september october november december today yesterday tomorrow tonight morning afternoon evening night noon
		midnight day week weekend month year decade century hour minute second moment spring summer autumn fall winter
		jan jan. feb feb. mar. apr. jun. jul. aug aug. sept sept. sep. oct oct. nov nov. dec dec. mon tue wed thu fri
		sat sun christmas easter ramadan thanksgiving halloween a.m. p.m. am pm gmt est utc bst edt et`},
	{Newsprint | Media, `times post journal tribune herald gazette guardian news tv daily observer chronicle telegraph
		courier mercury sun mirror examiner inquirer dispatch globe mail independent express today weekly
		magazine review press sentinel bugle star record register reporter radio broadcasting newspapers
		media monitor bulletin echo argus zeitung presse monde figaro pravda izvestia`},
	{Company | Organization, `inc inc. corp corp. ltd ltd. plc llc co co. gmbh ag sa s.a. pac fc holdings holding industries
		bros bros. partners associates enterprises ventures technologies systems motors airlines airways pharmaceuticals
		pharma labs oil gas petroleum energy steel mining telecom software capital financial insurance securities
		investments group corporation company consulting union party foundation institute association university college
		school academy council committee society federation league club church cathedral hospital clinic centre center
		bank fund trust coalition alliance movement network project initiative campaign caucus
		organization organisation services solutions international united workers teachers lines line railways railway shipping
		construction logistics engineering electronics chemicals shipyards`},
	{Company | Government, `ministry department agency bureau commission parliament congress senate court tribunal embassy
		police army navy guard forces force command treasury administration government cabinet council directorate
		secretariat assembly legislature house board office service authority corps pentagon kremlin constabulary
		sheriff commissariat intelligence`},
	{Company | Group, `brigade brigades militia jihad front resistance army mujahideen`},
}

// names lists whole names that say by themselves what bears them.
var names = []struct {
	class Class
	list  string
}{
	{Government, `white house,kremlin,pentagon,downing street,capitol hill,capitol,state department,justice department,
		supreme court,congress,senate,parliament,house of commons,house of lords,house of representatives,house,duma,
		state duma,bundestag,knesset,fbi,cia,nsa,epa,irs,dea,atf,cdc,fda,fcc,ftc,sec,fda,nasa,doj,dhs,tsa,fema,ice,
		federal reserve,fed,fsb,kgb,svr,gru,mi5,mi6,gchq,mossad,shin bet,idf,isi,secret service,coast guard,
		national guard,pla,home office,foreign office,treasury,scotland yard,met police,élysée,elysee palace,
		european commission,european parliament,european council,eu,european union,homeland security,
		department of justice,department of state,department of defense,national security agency,
		central intelligence agency,federal bureau of investigation,environmental protection agency,
		obama administration,trump administration,bush administration,biden administration,clinton administration,
		securities and exchange commission,european central bank,ecb,bank of england,general assembly`},
	{Organization, `un,united nations,nato,who,world health organization,imf,international monetary fund,world bank,wto,
		opec,osce,unicef,unesco,unhcr,oecd,icrc,red cross,amnesty international,amnesty,human rights watch,greenpeace,
		oxfam,aclu,nra,naacp,planned parenthood,african union,arab league,asean,brics,g7,g20,dnc,rnc,gop,
		republican party,democratic party,labour party,conservative party,labour,tories,google,apple,microsoft,amazon,
		facebook,twitter,meta,tesla,boeing,airbus,exxon,shell,bp,gazprom,rosneft,huawei,samsung,toyota,volkswagen,
		siemens,goldman sachs,wells fargo,jpmorgan,deutsche bank,citigroup,walmart,uber,netflix,ibm,intel,pfizer,
		harvard,yale,stanford,oxford,cambridge,princeton,mit,gallup,quinnipiac,pew,pew research center,fifa,uefa,ioc,
		catholic church,vatican,holy see,doctors without borders,médecins sans frontières,teamsters,afl-cio,
		black lives matter,occupy wall street,tea party,security council,politifact`},
	{Media, `reuters,associated press,ap,afp,agence france-presse,upi,united press international,tass,ria novosti,ria,
		interfax,xinhua,bloomberg,dpa,ansa,efe,kyodo,yonhap,anadolu,irna,fars,tasnim,sana,cnn,bbc,abc,nbc,cbs,fox,
		fox news,msnbc,cnbc,npr,pbs,itv,c-span,al jazeera,al-jazeera,al arabiya,rt,russia today,sputnik,deutsche welle,
		new york times,washington post,wall street journal,usa today,los angeles times,politico,axios,huffington post,
		breitbart,breitbart news,daily beast,daily caller,buzzfeed,vox,slate,salon,the hill,hill,time,newsweek,economist,
		atlantic,new yorker,guardian,financial times,daily mail,daily telegraph,independent,le monde,le figaro,
		der spiegel,spiegel,die zeit,bild,el país,el pais,la repubblica,haaretz,times of israel,jerusalem post,
		people magazine,vanity fair,rolling stone,drudge report,infowars,national review,weekly standard,wikileaks,
		bellingcat,propublica,meduza,kommersant,izvestia,pravda,novaya gazeta,global times,hannity,
		morning joe,meet the press,face the nation,state of the union,60 minutes,good morning america,today,new york post,
		univision,telemundo,sky news,voice of america,radio free europe,western journalism,twitchy,fox & friends`},
	{Group, `isis,isil,is,daesh,islamic state,isis khorasan,isis-k,isis-khorasan,taliban,al-qaida,al-qaeda,al qaeda,
		al-shabab,al-shabaab,boko haram,hamas,hezbollah,hizbullah,houthis,pkk,ypg,farc,eln,eta,ira,plo,fatah,
		islamic jihad,wagner,wagner group,hayat tahrir al-sham,nusra front,al-nusra,muslim brotherhood,tamil tigers,
		shining path,sendero luminoso,tupac amaru revolutionary movement,mrta,farabundo marti national liberation front,
		fmln,sandinista national liberation front,fsln,revolutionary armed forces of colombia,national liberation army,
		army of national liberation,popular liberation army,people 's liberation army,epl,uc-eln,m-19,19 april movement,
		simon bolivar guerrilla coordinating board,quintin lame,medellin cartel,cali cartel,extraditables,the extraditables,
		guatemalan national revolutionary unity,urng,manuel rodriguez patriotic front,fpmr,movement of the revolutionary left,
		alfaro vive carajo,morazanist patriotic front,cinchoneros,nicaraguan resistance,zapatistas,
		united self-defense forces of colombia,red brigades,red army faction,new people's army,abu sayyaf,
		moro islamic liberation front,moro national liberation front,lashkar-e-taiba,jaish-e-mohammed,
		tehrik-i-taliban pakistan,ttp,haqqani network,jemaah islamiyah,lord 's resistance army,m23,polisario,
		kataib hezbollah,al-aqsa martyrs brigades,popular front for the liberation of palestine,pflp,
		balochistan liberation army,oromo liberation army,tigray people 's liberation front,tplf,
		proud boys,oath keepers,ku klux klan,kkk,republicans,democrats,americans,conservatives,liberals,tories,
		israelis,palestinians,muslims,christians,jews,catholics,evangelicals,latinos,hispanics,african-americans,
		russians,ukrainians,chinese,germans,britons,french,iranians,syrians,iraqis,kurds,sunnis,shiites,europeans`},
	{Place, `united states,united kingdom,russia,ukraine,china,germany,france,britain,great britain,england,scotland,wales,
		northern ireland,ireland,italy,spain,portugal,greece,turkey,poland,hungary,romania,bulgaria,serbia,croatia,bosnia,
		kosovo,albania,austria,switzerland,belgium,netherlands,denmark,sweden,norway,finland,iceland,estonia,latvia,
		lithuania,belarus,moldova,georgia,armenia,azerbaijan,kazakhstan,uzbekistan,tajikistan,turkmenistan,kyrgyzstan,
		afghanistan,pakistan,india,bangladesh,nepal,sri lanka,myanmar,burma,thailand,vietnam,laos,cambodia,malaysia,
		singapore,indonesia,philippines,japan,taiwan,south korea,north korea,korea,mongolia,australia,new zealand,iran,
		iraq,syria,lebanon,israel,palestine,jordan,egypt,libya,tunisia,algeria,morocco,sudan,south sudan,ethiopia,
		eritrea,somalia,kenya,uganda,tanzania,rwanda,burundi,congo,nigeria,niger,mali,chad,cameroon,ghana,senegal,
		ivory coast,burkina faso,benin,togo,liberia,sierra leone,guinea,angola,zambia,zimbabwe,mozambique,botswana,
		namibia,south africa,madagascar,saudi arabia,yemen,oman,qatar,bahrain,kuwait,united arab emirates,canada,mexico,
		cuba,haiti,dominican republic,jamaica,puerto rico,guatemala,honduras,el salvador,nicaragua,costa rica,panama,
		colombia,venezuela,ecuador,peru,bolivia,chile,argentina,uruguay,paraguay,brazil,cyprus,malta,luxembourg,
		slovakia,slovenia,czech republic,czechia,montenegro,north macedonia,macedonia,soviet union,crimea,chechnya,
		dagestan,gaza,gaza strip,west bank,golan heights,kashmir,tibet,xinjiang,hong kong,macau,catalonia,kurdistan,
		europe,asia,africa,america,north america,south america,latin america,middle east,north africa,central asia,
		eastern europe,western europe,balkans,caucasus,siberia,arctic,antarctica,caribbean,pacific,atlantic ocean,
		black sea,mediterranean,baltic,persian gulf,
		alabama,alaska,arizona,arkansas,california,colorado,connecticut,delaware,florida,hawaii,idaho,illinois,indiana,
		iowa,kansas,kentucky,louisiana,maine,maryland,massachusetts,michigan,minnesota,mississippi,missouri,montana,
		nebraska,nevada,new hampshire,new jersey,new mexico,new york,north carolina,north dakota,ohio,oklahoma,oregon,
		pennsylvania,rhode island,south carolina,south dakota,tennessee,texas,utah,vermont,virginia,west virginia,
		wisconsin,wyoming,new england,midwest,
		washington,new york city,los angeles,chicago,houston,philadelphia,phoenix,san diego,dallas,san francisco,boston,
		detroit,miami,atlanta,seattle,denver,baltimore,las vegas,cleveland,pittsburgh,st. louis,cincinnati,orlando,
		charlotte,brooklyn,manhattan,london,paris,berlin,moscow,kiev,kyiv,beijing,shanghai,tokyo,delhi,new delhi,mumbai,
		islamabad,karachi,kabul,kandahar,tehran,baghdad,mosul,damascus,aleppo,beirut,jerusalem,tel aviv,cairo,tripoli,
		benghazi,tunis,algiers,istanbul,ankara,athens,rome,milan,madrid,barcelona,lisbon,brussels,amsterdam,
		the hague,hague,vienna,geneva,zurich,warsaw,prague,budapest,bucharest,sofia,belgrade,zagreb,sarajevo,kharkiv,
		odessa,donetsk,luhansk,mariupol,minsk,vilnius,riga,tallinn,helsinki,stockholm,oslo,copenhagen,dublin,belfast,
		edinburgh,glasgow,manchester,birmingham,liverpool,toronto,ottawa,montreal,vancouver,mexico city,havana,caracas,
		bogota,lima,quito,santiago,buenos aires,rio de janeiro,são paulo,sao paulo,brasilia,nairobi,lagos,abuja,
		johannesburg,cape town,pretoria,khartoum,addis ababa,mogadishu,riyadh,mecca,medina,doha,dubai,abu dhabi,sanaa,
		aden,seoul,pyongyang,hanoi,bangkok,jakarta,manila,sydney,melbourne,canberra,aleppo,raqqa,idlib,st. petersburg,
		saint petersburg,leningrad,hiroshima,wall street,silicon valley,hollywood,ground zero,guantanamo bay,d.c.`},
}

// sameNames lists names of one bearer, a line each.
const sameNames = `
united states=u.s.=us=usa=u.s.a.=united states of america=america
united kingdom=u.k.=uk=britain=great britain
united nations=u.n.=un
european union=e.u.=eu
islamic state=isis=isil=daesh
isis khorasan=isis-k=isis-khorasan=isis khorasan province=islamic state khorasan province=islamic state khorasan=khorasan province
al-qaida=al-qaeda=al qaeda
farabundo marti national liberation front=fmln
sandinista national liberation front=fsln
shining path=sendero luminoso
tupac amaru revolutionary movement=mrta
revolutionary armed forces of colombia=farc
national liberation army=army of national liberation=eln=uc-eln
people 's liberation army=popular liberation army=epl
19 april movement=m-19
guatemalan national revolutionary unity=urng
manuel rodriguez patriotic front=fpmr
extraditables=the extraditables
popular front for the liberation of palestine=pflp
tigray people 's liberation front=tplf
associated press=ap=a.p.
kyiv=kiev
federal bureau of investigation=fbi=f.b.i.
central intelligence agency=cia=c.i.a.
republican party=gop=g.o.p.
`

const abbreviations = `gov=governor sen=senator rep=representative gen=general col=colonel maj=major lt=lieutenant sgt=sergeant
	capt=captain cmdr=commander adm=admiral dr=doctor prof=professor rev=reverend pres=president sec=secretary
	supt=superintendent det=detective insp=inspector amb=ambassador atty=attorney`

const demonyms = `afghan african albanian algerian american angolan arab arabian argentine argentinian armenian asian
	australian austrian azerbaijani bangladeshi basque belarusian belgian bolivian bosnian brazilian british bulgarian
	burmese cambodian canadian catalan chechen chilean chinese colombian congolese croatian cuban cypriot czech danish
	dutch ecuadorian egyptian emirati english eritrean estonian ethiopian european filipino finnish french georgian
	german ghanaian greek guatemalan haitian honduran hungarian icelandic indian indonesian iranian iraqi irish israeli
	italian jamaican japanese jordanian kazakh kenyan korean kosovar kurdish kuwaiti kyrgyz lao latvian lebanese liberian
	libyan lithuanian macedonian malaysian malian maltese mexican moldovan mongolian montenegrin moroccan mozambican
	namibian nepalese nicaraguan nigerian norwegian omani pakistani palestinian panamanian peruvian polish portuguese
	qatari romanian russian rwandan saudi scottish senegalese serbian singaporean slovak slovenian somali spanish
	sudanese swedish swiss syrian taiwanese tajik tanzanian thai tibetan tunisian turkish turkmen ugandan ukrainian
	uruguayan uzbek venezuelan vietnamese welsh western yemeni zambian zimbabwean soviet ottoman islamic muslim jewish
	christian catholic sunni shiite shia u.s. us u.k. uk eu e.u. un u.n. american-led`

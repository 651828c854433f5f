"""The words that only hold a sentence together, and those that only ask, in the finder's languages.

They are closed classes of grammar (articles, pronouns, prepositions, conjunctions, auxiliaries, question
words) and the verbs of asking for help; no noun of any field is among them. All are folded: no accents.
Besides, the most usual words of requests, which a glossary may well have, but which are no slips of others.
"""

from __future__ import annotations

_ENGLISH = """
a an the this that these those i me my mine we us our ours you your yours he him his she her hers it its
they them their theirs who whom whose which what where when why how of to in on at by for from with without
about into onto over under between among through during against within upon as than and or but nor if then
so because while although though not no yes is are was were be been being am do does did done doing have has
had having can could will would shall should may might must let there here some any all both each every
either neither other another such same only own too very just also again more most much many few less least
out up down off s t d ll re ve m want wants wanted wish wishes would like need needs needed looking look
seek seeks seeking find finds finding search help helps helping someone somebody anyone anybody people
person persons know knows knowing please advice advise able get give us tell ask asking
"""
_FRENCH = """
le la les l un une des du de d au aux ce cet cette ces ca cela ceci c je j me m moi mon ma mes tu te t toi
ton ta tes il elle on se s soi son sa ses nous notre nos vous votre vos ils elles eux leur leurs lui y en
qui que qu quoi dont ou quand comment pourquoi combien quel quelle quels quelles lequel laquelle a dans sur
sous par pour avec sans chez vers entre contre pendant depuis avant apres jusque jusqu afin et mais donc or
ni car si puis parce comme lorsque lorsqu puisque puisqu ne n pas plus moins tres aussi encore deja est sont
etait etaient etre suis es sommes etes sera soit ai as avons avez ont avait avoir fait faire peut peuvent
pouvons pouvoir pourrait doit tout toute tous toutes autre autres meme memes chaque quelque quelques
plusieurs veux veut voulons voudrais voudrait voudrions souhaite souhaitons cherche cherchons chercher
besoin aide aider quelqu personne personnes gens connait connaissent connaitre sait savoir trouver merci svp
"""
_SPANISH = """
el la los las lo un una unos unas de del a al este esta estos estas ese esa esos esas aquel aquella esto eso
yo me mi mis tu te ti tus su sus se si nos nosotros nosotras nuestro nuestra nuestros nuestras vosotros os
vuestro vuestra ellos ellas les le que quien quienes cual cuales cuyo donde cuando como cuanto por para con
sin en sobre entre contra desde hasta hacia durante segun ante bajo tras y e o u ni pero sino porque pues
aunque mientras no muy mas menos tambien es son era eran ser soy somos sera sea ha han he hemos haber habia
hay esta estan estar estamos tiene tienen tener tenemos puede pueden poder podemos podria debe todo toda
todos todas otro otra otros otras mismo misma cada algun alguno alguna algunos algunas quiero quiere
queremos quisiera quisieramos necesito necesita necesitamos busco buscamos buscar ayuda ayudar ayudarnos
alguien persona personas gente sabe saben saber conoce conocen encontrar favor
"""
_ITALIAN = """
il lo la i gli le l un uno una di del dello della dei degli delle dell d a al allo alla ai agli alle all da
dal dallo dalla dai dagli dalle in nel nello nella nei negli nelle nell con col su sul sullo sulla sui sugli
sulle per tra fra senza contro verso durante questo questa questi queste quello quella quelli quelle quel
cio io mi me mio mia miei mie tu ti te tuo tua suo sua suoi sue si se noi ci nostro nostra nostri nostre voi
vi vostro vostra loro lui lei che chi cui quale quali dove quando come perche quanto e ed o od ma pero ne se
anche non piu meno molto e sono era erano essere sia siamo sei sara ha hanno ho abbiamo avere aveva fa fare
puo possono possiamo potere potrebbe deve tutto tutta tutti tutte altro altra altri altre stesso ogni
qualche alcuni alcune voglio vuole vogliamo vorrei vorremmo cerco cerchiamo cercare bisogno aiuto aiutare
aiutarci qualcuno persona persone gente sa sanno sapere conosce conoscono trovare favore
"""
_GERMAN = """
der die das den dem des ein eine einen einem einer eines dieser diese dieses diesen diesem jener ich mich
mir mein meine du dich dir dein deine er ihn ihm sein seine sie ihr ihre ihren ihrem es wir uns unser unsere
unserem unseren unserer euch euer man sich wer wen wem wessen was welche welcher welches wo wann wie warum
wieso in im ins an am ans auf aus bei beim mit nach von vom vor zu zum zur uber unter zwischen durch fur
gegen ohne um seit wahrend wegen bis und oder aber denn sondern weil dass ob wenn als damit nicht kein keine
keinen nur auch noch schon sehr mehr weniger ist sind war waren sein bin wird werden wurde wurden hat haben
habe hatte kann konnen konnte konnten muss mussen soll sollen darf alle alles andere anderen jede jeder
jedes einige mehrere will wollen mochte mochten brauche braucht brauchen suche sucht suchen hilfe hilft
helfen jemand jemanden leute person personen kennt kenne kennen auskennt weiss wissen finden bitte
"""

_PORTUGUESE = """
o os a as um uma uns umas de do da dos das dum duma a ao aos em no na nos nas num numa por pelo pela pelos
pelas para com sem sobre entre contra desde ate durante e ou mas nem se que quem qual quais cujo onde quando
como quanto porque pois eu me mim meu minha tu te teu tua ele ela eles elas lhe lhes nos nosso nossa nossos
nossas voces seu sua seus suas isto isso este esta estes estas esse essa aquele aquela nao mais menos muito
tambem ja so sao era eram ser sou somos foi seria ha tem temos ter pode podem poder podemos poderia deve
todo toda todos todas outro outra outros outras mesmo cada algum alguma alguns quero quer queremos preciso
precisa precisamos procuro procuramos procurar ajuda ajudar alguem pessoa pessoas gente sabe saber conhece
conhecem encontrar favor
"""
_DUTCH = """
de het een der den des en of maar want dus dat die dit deze wie wat welke waar wanneer hoe waarom ik mij me
mijn jij je jou jouw hij hem zijn zij ze haar wij we ons onze jullie uw hun zich men in op aan bij met van
voor door over onder tussen tegen zonder tot uit naar om te als dan omdat niet geen wel ook nog al zeer meer
minder is was waren ben bent worden wordt werd heeft hebben had hebt kan kunnen kon moet moeten mag mogen
zal zullen zou zouden alle alles ander andere elk elke ieder iemand iets enkele wil willen wilt wilden zoek
zoekt zoeken nodig hulp help helpt helpen kent ken kennen weet weten vinden graag mensen persoon personen
"""
_SWEDISH = """
en ett den det de dem denna detta dessa i pa av till fran for med utan om under over mellan mot vid hos och
eller men som att nar var vad vem vilka vilken vilket hur varfor jag mig min mitt mina du dig din han hon
honom henne vi oss var vart vara ni er sig sin sitt sina inte ingen inga ocksa mer mindre mycket ar vara
blir bli blev har hade ha kan kunna kunde ska skulle maste far vill ville alla annan andra varje nagon nagra
soker soka behover hjalp hjalpa kanner vet hitta garna
"""
_POLISH = """
i oraz albo lub ale a ze aby zeby gdy jak jaki jaka jakie ktory ktora ktore kto kogo co czego gdzie kiedy
dlaczego czy ja mnie mi moj moja ty ci twoj on ona ono oni one jego jej ich my nas nam nasz nasza wy sie w
we na z ze o od do dla po przez przy pod nad miedzy przed bez u jest sa byl byla bylo byc bedzie ma maja
miec moze moga mozemy chce chcemy chcialbym szukam szukamy potrzebuje potrzebujemy pomoc pomocy zna wie
ktos nie tak tez juz tylko bardzo wiecej mniej wszystko inny kazdy ten ta to te tego tej
"""
_TURKISH = """
ve veya ile ama icin gibi kadar bu su o bir ne kim kimi nerede nasil neden hangi mi ben sen biz siz onlar
bizim sizin bize bana var yok degil daha cok her olan olarak olur konusunda hakkinda eder edebilir
edebilecek yardim yardimci ariyoruz ariyorum istiyoruz istiyorum biliyor bilen birini biri
"""
_GREEK = """
ο η το οι τα τον την του τησ των τουσ τισ στο στη στον στην στα στουσ στισ σε με για απο και να θα που πωσ
οτι αν δεν μην ποιοσ ποια ποιο ποιοι ποιουσ τι ποτε πωσ γιατι εγω μου εσυ σου αυτοσ αυτη αυτο μασ σασ εμεισ
ειναι ηταν εχω εχει εχουμε εχουν μπορει μπορω μπορουμε θελω θελουμε ψαχνω ψαχνουμε χρειαζομαστε βοηθησει
βοηθεια ξερει γνωριζει καποιον καποιοσ
"""
_RUSSIAN = """
и в во на с со о об от до для по к ко у за из под над при без через между не ни но а или что чтобы как так
кто кого кому где когда почему какои какая какие которыи которая я меня мне мои ты он она оно они его ее их
мы нас нам наш наша вы вас вам это этот эта эти тот быть был была есть будет может могут можем мочь хочу
хотим нужно нужна нужен нужны ищу ищем ищет помощь помочь поможет знает знают кто то кого нибудь ли
же бы еще уже только очень
"""
_ARABIC = """
من في على عن الى مع هو هي هم نحن انا هذا هذه ذلك التي الذي ما ماذا كيف اين متى لماذا هل يمكن يمكنه
مساعدتنا مساعدة نبحث ابحث نريد اريد شخص او و ان لا
"""

FUNCTION_WORDS: dict[str, frozenset[str]] = {
    "en": frozenset(_ENGLISH.split()),
    "fr": frozenset(_FRENCH.split()),
    "es": frozenset(_SPANISH.split()),
    "it": frozenset(_ITALIAN.split()),
    "de": frozenset(_GERMAN.split()),
    "pt": frozenset(_PORTUGUESE.split()),
    "nl": frozenset(_DUTCH.split()),
    "sv": frozenset(_SWEDISH.split()),
    "pl": frozenset(_POLISH.split()),
    "tr": frozenset(_TURKISH.split()),
    "el": frozenset(_GREEK.split()),
    "ru": frozenset(_RUSSIAN.split()),
    "ar": frozenset(_ARABIC.split()),
}

_ORDINARY = """
able above actual add address advice agree answer area aside available back base basic begin begins best
better big bring build building buy call care case cause change chance choose class clear close color colour
come common compare complete condition conditions connect consider contact contain content control cost
could count court courts create creates current data date days decide decision deep design detail develop
different direct draft draw drive during early easy effect effort enough event events every exact example
expert experts explain face fact fail fair family far fast feel field figure file fill final finding
findings first fit follow form formal format formats former free friend full future general give goal good
grand grant great group groups grow guide half hand happen hard hear high hold home hope hour house human
idea ideas image important include inform instead interest issue items join keep key kind large last later
lead learn leave length less letter level light like line link list listen little live local long lose
lost lower main make making manage manner many march mark match matter mean means measure meet meeting
member method middle mind minor minute model modern moment money month morning move name near nearly never
news next night note number offer often open opening opened order origin page pages paper part parts past
path pay place plan plans play point points possible power practice prepare present price private problem
process produce project projects prove purpose quality question questions quick quite raise range rate
reach read ready real reason receive recent reduce region related remain remote report request research
result results return right role room rule rules run safe same save school score second section send sense
series serve service services set several share short show side sign simple since single site size skill
small soon sort sound source space speak special spend stable staff stage stand standard start state step
still stop store story strong study subject success such suggest support sure system table take talk task
teach team tell term test text thank thing things think though thought time times today together tool top
topic total touch toward town track train travel treat true try turn type under understand unit until use
used useful user using usual value various version very video view visit voice wait walk watch way website
week while whole wide will window within woman women word words work working world write writing year young
"""
_ORDINARY_FRENCH = """
accord acheter action afin agir ainsi ajouter aller amener annee annees apporter apprendre arriver article
aspect assez atelier attendre aucun aujourd autour avis beau beaucoup bien bientot bon bonne bout cadre cas
cause celle celui cent certain certaine chaine chose choses choisir clair classe combien commencer commence
compris compte conditions conseil construire contact contenu cote couleur courant cours creer date debut
demande demander demarrer dernier derniere developper devenir dire doute droit duree ecran ecrans ecrire
effet elles encore enfant enfin ensemble entendre envoyer equipe espace essai essayer etape etude exemple
facon faut femme fichier fin fois fond force forme format formes gagner garder grand grande gros groupe
guide homme heure histoire idee image jamais jeune jour jours large lancer lettre lien lieu ligne liste
livre loin long main mais maison maniere manque mettre mieux mise modele moment monde monter montrer mot
mots moyen niveau nom nombre nouveau nouvelle objet ordre ouvert ouvrir page parler part parti partie partir
passer pays penser petit petite peut place plan point porter poser possible pouvoir premier prendre present
presque pret prevoir projet projets propre quart question raison ramene rapport recherche rendre repondre
reponse reste resultat reunir reunit reunion rester rien role salle sens serie seul seule sien simple site
soir sorte sortir source souvent suite suivre sujet tard tel temps tenir terme tete texte tiers titre toujours
travail travaille travailler trop type unique utile utiliser valeur venir version vie vieux ville vite voici
voie voir vouloir vrai vraiment
"""
_ORDINARY_OTHERS = """
abrir ahora ano anos antes aprender aqui asi ayer bueno buena caso casa cosa cosas crear cuenta curso decir
dia dias ejemplo empezar entonces equipo escribir espacio forma gran grande grupo hacer hora idea ideas jefe
lado leer libro lista llegar lugar luego mayor medio mejor menor mismo modo momento mucho mucha mundo nada
nombre nuevo nueva numero nunca obra pais papel parte pasar pedir pensar pequeno primero primera problema
proyecto punto razon salir siempre tema texto tiempo tipo trabajo vez vida vista
adesso allora anni anno aprire bene caso casa cercare chiaro cosa cose creare dire esempio forma giorno
giorni gruppo idea inizio lato lavoro lettera libro lista luogo meglio mese modo molto molti momento mondo
niente nome nuovo nuova numero ora parlare parte persona piccolo posto primo prima progetto proprio punto
qui ragione scrivere sempre solo spazio stato subito tempo tema tipo titolo ultimo vedere venire vita volta
abend anfang anfangen arbeit art aufgabe beginnen beginn beispiel bereich besser beste bild bleiben brief
buch datei ding eben ende erst erste fall fertig form frage fragen frau freund fruh ganz geben gehen geld
genau gern gerne gross grosse grund gruppe gut gute haus heute idee immer jahr jahre jetzt jung kind kinder
klein kleine kommen kurz lang lange leben lernen lesen letzte liste machen mann mensch menschen monat morgen
name nachste neu neue nummer oft ort platz plan problem projekt punkt raum recht richtig sache sagen schnell
schreiben schule sehen seite selbst sinn spater stadt stelle stunde tag tage teil text thema tun verein viel
viele voll wahl weg weiter welt wenig wert wichtig wirklich woche wort worte zahl zeigen zeit ziel zusammen
"""
ORDINARY_WORDS = frozenset((_ORDINARY + _ORDINARY_FRENCH + _ORDINARY_OTHERS).split())

"""The words that only hold a sentence together, and those that only ask, in the finder's five languages.

They are closed classes of grammar (articles, pronouns, prepositions, conjunctions, auxiliaries, question
words) and the verbs of asking for help; no noun of any field is among them. All are folded: no accents.
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

FUNCTION_WORDS: dict[str, frozenset[str]] = {
    "en": frozenset(_ENGLISH.split()),
    "fr": frozenset(_FRENCH.split()),
    "es": frozenset(_SPANISH.split()),
    "it": frozenset(_ITALIAN.split()),
    "de": frozenset(_GERMAN.split()),
}

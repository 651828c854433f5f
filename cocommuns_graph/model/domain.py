"""THE domain: every label, relationship and property of the inventory, declared once.

Constraints, statements, validation, import formats, legend, forms and the documentation's tables are made
from these declarations; to add a property or a type, add it here.
"""

from __future__ import annotations

from cocommuns_graph.model.access import Visibility
from cocommuns_graph.model.declare import Memory, Model, NodeType, Property, RelationshipType, Words
from cocommuns_graph.model.kinds import (
    CONTACTS,
    COUNTRY,
    DATE,
    INSTANT,
    LANGUAGES,
    LINE,
    LINES,
    ORCID,
    PROSE,
    URL,
    number,
    one_of,
)

SECTORS = (
    "commons",
    "cooperative",
    "social-economy",
    "union",
    "city",
    "network",
    "public",
    "research",
    "business",
    "other",
)

ID = Property("id", LINE, Words("id", "identifiant"), "What a record is matched on; unique.", required=True)
NAME = Property("name", LINE, Words("name", "nom"), "What people call it.", required=True)
ALIASES = Property("aliases", LINES, Words("also called", "autres noms"), "Other names and acronyms.")
PLACE = Property("place", LINE, Words("place", "lieu"), "Town or region.")
COUNTRY_OF = Property("country", COUNTRY, Words("country", "pays"), "ISO 3166-1 alpha-2 code.")
SPOKEN = Property("languages", LANGUAGES, Words("languages", "langues"), "ISO 639-1 codes, else 639-3.")
WEBSITE = Property("website", URL, Words("website", "site web"), "Web address.")
DESCRIPTION = Property("description", PROSE, Words("description", "description"), "What it is or does.")
SOURCES = Property(
    "sources",
    LINES,
    Words("sources", "sources"),
    "Every file and row, or person, that says so.",
    managed=True,
)
CREATED_IN = Property(
    "created_in", LINE, Words("created in", "créé par"), "The import or edit that created it.", managed=True
)
CONFIRMED_ON = Property(
    "confirmed_on", DATE, Words("confirmed on", "confirmé le"), "When somebody last said this is right."
)


def _visibility(default: Visibility) -> Property:
    return Property(
        "visibility",
        one_of(*(level.word for level in Visibility)),
        Words("visible to", "visible pour"),
        f"Who may see the record; {default.word} if nothing is said.",
        default=default.word,
    )


def _common(default: Visibility) -> tuple[Property, ...]:
    return (_visibility(default), CONFIRMED_ON, SOURCES, CREATED_IN)


ORGANISATION = NodeType(
    "Organisation",
    Words("organisation", "organisation"),
    Words("organisations", "organisations"),
    "A structure: cooperative, union, city, network, association, institution or company.",
    (
        ID,
        NAME,
        ALIASES,
        Property("sector", one_of(*SECTORS), Words("sector", "secteur"), "Its family."),
        Property("kind", LINE, Words("kind", "nature"), "What sort of structure it is, in its own words."),
        COUNTRY_OF,
        PLACE,
        Property("latitude", number(-90, 90), Words("latitude", "latitude"), "Degrees north."),
        Property("longitude", number(-180, 180), Words("longitude", "longitude"), "Degrees east."),
        SPOKEN,
        WEBSITE,
        DESCRIPTION,
        *_common(Visibility.PUBLIC),
    ),
    color="#0072b2",
    actor=True,
)

EXPERT = NodeType(
    "Expert",
    Words("expert", "expert·e"),
    Words("experts", "expert·es"),
    "A person with knowledge or experience others may ask for.",
    (
        ID,
        NAME,
        ALIASES,
        Property("role", LINE, Words("role", "fonction"), "What the person does."),
        COUNTRY_OF,
        PLACE,
        SPOKEN,
        WEBSITE,
        Property("orcid", ORCID, Words("ORCID", "ORCID"), "ORCID iD."),
        DESCRIPTION,
        Property(
            "contact",
            CONTACTS,
            Words("contact", "contact"),
            "E-mail addresses and telephone numbers; for coordinators and stewards.",
            visibility=Visibility.COORDINATORS,
        ),
        *_common(Visibility.MEMBERS),
    ),
    color="#d55e00",
    actor=True,
    default_visibility=Visibility.MEMBERS,
)

TOPIC = NodeType(
    "Topic",
    Words("topic", "sujet"),
    Words("topics", "sujets"),
    "One meaning: a field, a skill, a term or a challenge. A word that means two things is two topics.",
    (
        ID,
        Property(
            "label", LINE, Words("label", "intitulé"), "The usual term.", required=True, by_language=True
        ),
        Property(
            "aliases", LINES, Words("also called", "autres termes"), "Synonyms, acronyms.", by_language=True
        ),
        Property("definition", PROSE, Words("definition", "définition"), "What it means.", by_language=True),
        Property("context", LINES, Words("used by", "employé par"), "Families or fields that use it so."),
        Property(
            "kind",
            one_of("field", "skill", "term", "challenge"),
            Words("kind", "nature"),
            "A challenge is a problem that people face or have overcome.",
        ),
        *_common(Visibility.PUBLIC),
    ),
    caption="label",
    color="#009e73",
)

INITIATIVE = NodeType(
    "Initiative",
    Words("initiative", "initiative"),
    Words("initiatives", "initiatives"),
    "Something done together: project, event, campaign, method, publication, place, tool or network.",
    (
        ID,
        NAME,
        ALIASES,
        Property(
            "kind",
            one_of("project", "event", "campaign", "method", "publication", "place", "tool", "network"),
            Words("kind", "nature"),
            "What sort of initiative it is.",
        ),
        Property("status", one_of("idea", "active", "ended"), Words("status", "état"), "How far it is."),
        Property("start", DATE, Words("start", "début"), "When it began."),
        Property("end", DATE, Words("end", "fin"), "When it ended."),
        COUNTRY_OF,
        PLACE,
        WEBSITE,
        DESCRIPTION,
        *_common(Visibility.PUBLIC),
    ),
    color="#cc79a7",
)

IMPORT = NodeType(
    "Import",
    Words("import", "import"),
    Words("imports", "imports"),
    "One unit of writing: what was read, by whom, when, and whether it is complete.",
    (
        ID,
        Property("started", INSTANT, Words("started", "commencé")),
        Property("finished", INSTANT, Words("finished", "terminé")),
        Property("who", LINE, Words("who", "qui")),
        Property("action", LINE, Words("action", "action")),
        Property("paths", LINES, Words("files", "fichiers")),
        Property("complete", one_of("yes", "no", "undone"), Words("complete", "complet")),
        Property("counts", PROSE, Words("counts", "décompte")),
        Property("tables", LINES, Words("tables", "tables")),
        Property("undoes", LINE, Words("undoes", "annule")),
        Property("options", PROSE, Words("options", "options")),
        Property("run", LINE, Words("run", "passage")),
    ),
    caption="id",
    system=True,
)

CHANGE = NodeType(
    "Change",
    Words("change", "modification"),
    Words("changes", "modifications"),
    "One later change, removal or merge of one element, with its values before and after.",
    (
        ID,
        Property("unit", LINE, Words("unit", "unité")),
        Property("when", INSTANT, Words("when", "quand")),
        Property("who", LINE, Words("who", "qui")),
        Property("element", LINE, Words("element", "élément")),
        Property("type", LINE, Words("type", "type")),
        Property(
            "action",
            one_of("update", "confirm", "assert", "remove", "restore", "merge"),
            Words("action", "action"),
        ),
        Property("source", LINE, Words("source", "source"), "The row of a file that said so."),
        Property("before", PROSE, Words("before", "avant")),
        Property("after", PROSE, Words("after", "après")),
    ),
    caption="id",
    system=True,
)

NOTE = NodeType(
    "Note",
    Words("note", "note"),
    Words("notes", "notes"),
    "What somebody said of the whole inventory, such as its licence; the newest about something holds.",
    (
        ID,
        Property("about", LINE, Words("about", "à propos de")),
        Property("text", PROSE, Words("text", "texte")),
        Property("who", LINE, Words("who", "qui")),
        Property("when", INSTANT, Words("when", "quand")),
    ),
    caption="id",
    system=True,
)

LOCK = NodeType(
    "Lock",
    Words("lock", "verrou"),
    Words("locks", "verrous"),
    "The one node every write updates first, so that two writers take turns.",
    (
        ID,
        Property("taken", INSTANT, Words("taken", "pris"), "When the inventory was last written."),
        Property("remembered", INSTANT, Words("remembered", "retenu"), "When a list or watch was."),
    ),
    caption="id",
    system=True,
)

SEARCH = Property("search", LINE, Words("search", "recherche"), "What was asked.")
FILTERS = Property("filters", PROSE, Words("filters", "filtres"), "How the search was narrowed, as JSON.")
OWNER = Property("owner", LINE, Words("owner", "à qui"), "Who made it.")
MADE = Property("made", INSTANT, Words("made", "fait"))

SHORTLIST = NodeType(
    "Shortlist",
    Words("shortlist", "liste"),
    Words("shortlists", "listes"),
    "A list of records that somebody keeps for a purpose, for as many eyes as its maker says.",
    (
        ID,
        NAME,
        Property("note", PROSE, Words("note", "note"), "What it is for."),
        OWNER,
        MADE,
        *_common(Visibility.STEWARDS),
    ),
    system=True,
    default_visibility=Visibility.STEWARDS,
)

SHORTLIST_ENTRY = NodeType(
    "ShortlistEntry",
    Words("entry of a shortlist", "entrée d'une liste"),
    Words("entries of shortlists", "entrées de listes"),
    "One record on one shortlist, by its id: seen by whoever may see both the list and the record.",
    (
        ID,
        Property("list", LINE, Words("list", "liste"), "The id of the shortlist.", required=True),
        Property("record", LINE, Words("record", "fiche"), "The id of the record.", required=True),
        Property("place", number(), Words("place", "rang"), "Where it stands; the smallest comes first."),
        Property("note", PROSE, Words("note", "note")),
        SEARCH,
        FILTERS,
        OWNER,
        MADE,
        SOURCES,
        CREATED_IN,
    ),
    caption="id",
    system=True,
)

WATCH = NodeType(
    "Watch",
    Words("watch", "veille"),
    Words("watches", "veilles"),
    "A search that somebody looks at again and again, and when they last did.",
    (
        ID,
        NAME,
        SEARCH,
        FILTERS,
        Property("looked", INSTANT, Words("last looked at", "vu la dernière fois")),
        OWNER,
        MADE,
        *_common(Visibility.STEWARDS),
    ),
    system=True,
    default_visibility=Visibility.STEWARDS,
)

DECISION = NodeType(
    "Decision",
    Words("decision", "décision"),
    Words("decisions", "décisions"),
    "What somebody decided of two records: that they were merged, or that they are not the same.",
    (
        ID,
        Property(
            "a", LINE, Words("record", "fiche"), "The id of one, of a merge the one kept.", required=True
        ),
        Property("b", LINE, Words("other record", "autre fiche"), "The id of the other.", required=True),
        Property("decision", one_of("merged", "different"), Words("decision", "décision"), required=True),
        Property("said", PROSE, Words("said", "disait"), "What each said that was merged, as JSON."),
        Property("who", LINE, Words("who", "qui")),
        Property("when", INSTANT, Words("when", "quand")),
        Property("unit", LINE, Words("unit", "unité")),
        SOURCES,
        CREATED_IN,
    ),
    caption="id",
    system=True,
)


def _key(name: str, en: str, fr: str) -> Property:
    return Property(name, LINE, Words(en, fr))


ROLE = _key("role", "role", "fonction")
KIND = _key("kind", "kind", "nature")
SINCE = Property("since", DATE, Words("since", "depuis"))
UNTIL = Property("until", DATE, Words("until", "jusqu'à"))
WEIGHT = Property("weight", number(0), Words("weight", "poids"), "How strong or frequent the tie is.")
EVIDENCE = Property("evidence", PROSE, Words("evidence", "preuve"), "What shows it.")
TIE = (
    Property(
        "key", LINE, Words("key", "clé"), "Its key properties joined; what it is matched on.", managed=True
    ),
    SOURCES,
    CREATED_IN,
)
ACTOR = ("Expert", "Organisation")

RELATIONSHIPS = (
    RelationshipType(
        "AFFILIATED_WITH",
        Words("is affiliated with", "est rattaché·e à"),
        Words("has as affiliate", "a pour membre"),
        ("Expert",),
        ("Organisation",),
        (ROLE, SINCE, UNTIL, *TIE),
        keys=("role", "since"),
    ),
    RelationshipType(
        "MEMBER_OF",
        Words("is a member of", "est membre de"),
        Words("has as member", "a pour membre"),
        ("Organisation",),
        ("Organisation",),
        (SINCE, UNTIL, *TIE),
    ),
    RelationshipType(
        "PARTNER_OF",
        Words("is a partner of", "est partenaire de"),
        Words("is a partner of", "est partenaire de"),
        ("Organisation",),
        ("Organisation",),
        (KIND, SINCE, UNTIL, WEIGHT, *TIE),
        keys=("kind",),
        directed=False,
    ),
    RelationshipType(
        "COLLABORATES_WITH",
        Words("collaborates with", "collabore avec"),
        Words("collaborates with", "collabore avec"),
        ACTOR,
        ACTOR,
        (KIND, SINCE, UNTIL, WEIGHT, *TIE),
        keys=("kind",),
        directed=False,
    ),
    RelationshipType(
        "EXPERT_IN",
        Words("is an expert in", "est expert·e en"),
        Words("has as expert", "a pour expert·e"),
        ("Expert",),
        ("Topic",),
        (
            Property("level", number(1, 5, whole=True), Words("level", "niveau"), "From 1, learning, to 5."),
            EVIDENCE,
            *TIE,
        ),
    ),
    RelationshipType(
        "WORKS_ON",
        Words("works on", "travaille sur"),
        Words("is worked on by", "est travaillé par"),
        ("Organisation",),
        ("Topic",),
        (Property("mode", one_of("works", "offers"), Words("mode", "mode")), EVIDENCE, *TIE),
        keys=("mode",),
    ),
    RelationshipType(
        "TAKES_PART_IN",
        Words("takes part in", "participe à"),
        Words("has as participant", "a pour participant"),
        ACTOR,
        ("Initiative",),
        (ROLE, SINCE, UNTIL, *TIE),
        keys=("role", "since"),
    ),
    RelationshipType(
        "ABOUT",
        Words("is about", "porte sur"),
        Words("is the subject of", "est le sujet de"),
        ("Initiative",),
        ("Topic",),
        TIE,
    ),
    RelationshipType(
        "NEEDS",
        Words("needs", "a besoin de"),
        Words("is needed by", "est recherché par"),
        ("Initiative", "Organisation"),
        ("Topic",),
        (
            Property("urgency", LINE, Words("urgency", "urgence")),
            Property("note", PROSE, Words("note", "note")),
            *TIE,
        ),
    ),
    RelationshipType(
        "POSITION_ON",
        Words("takes a position on", "prend position sur"),
        Words("has a position of", "a une position de"),
        ACTOR,
        ("Topic",),
        (
            Property("statement", PROSE, Words("statement", "déclaration"), "The position in a sentence."),
            Property("stance", one_of("agree", "diverge", "open"), Words("stance", "avis")),
            *TIE,
        ),
        keys=("statement",),
    ),
    *(
        RelationshipType(
            type_,
            text,
            reverse,
            (*ACTOR, "Initiative"),
            ("Topic",),
            (
                Property("how", PROSE, Words("how", "comment")),
                Property("when", DATE, Words("when", "quand")),
                *TIE,
            ),
            end_kind="challenge",
        )
        for type_, text, reverse in (
            ("FACES", Words("faces", "affronte"), Words("is faced by", "est affronté par")),
            ("SOLVED", Words("has solved", "a résolu"), Words("was solved by", "a été résolu par")),
        )
    ),
    RelationshipType(
        "BROADER",
        Words("is part of the broader", "relève de"),
        Words("is broader than", "comprend"),
        ("Topic",),
        ("Topic",),
        TIE,
    ),
    RelationshipType(
        "RELATED",
        Words("is related to", "est lié à"),
        Words("is related to", "est lié à"),
        ("Topic",),
        ("Topic",),
        TIE,
        directed=False,
    ),
)

MODEL = Model(
    (
        ORGANISATION,
        EXPERT,
        TOPIC,
        INITIATIVE,
        IMPORT,
        CHANGE,
        NOTE,
        LOCK,
        SHORTLIST,
        SHORTLIST_ENTRY,
        WATCH,
        DECISION,
    ),
    RELATIONSHIPS,
)

MEMORY = Memory((SHORTLIST, SHORTLIST_ENTRY, WATCH, DECISION), ())
"""What people keep beside the inventory, written as the inventory is, with the same journal."""

"""The model as Cypher: pure functions from declarations to statement texts.

Names of labels, types and properties come from the model alone; every value is a parameter. The texts are
the same for the embedded engine and for Neo4j.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from cocommuns_graph.model import Model, NodeType, RelationshipType

TAKE_LOCK = "MATCH (lock:Lock {id: 'write'}) SET lock.taken = $now RETURN lock.taken AS taken"
TAKE_LOCK_TO_REMEMBER = (
    "MATCH (lock:Lock {id: 'write'}) SET lock.remembered = $now RETURN lock.taken AS taken"
)
MAKE_LOCK = "MERGE (lock:Lock {id: 'write'}) ON CREATE SET lock.taken = $now"
READ_LOCK = "MATCH (lock:Lock {id: 'write'}) RETURN lock.taken AS taken"
READ_REMEMBERED = "MATCH (lock:Lock {id: 'write'}) RETURN lock.remembered AS remembered"
READ_NOTES = (
    "MATCH (n:Note) WHERE n.about = $about RETURN properties(n) AS note ORDER BY n.when DESC, n.id DESC"
)
READ_LAST_CHANGES = (
    "MATCH (c:Change) WHERE c.element IN $elements AND c.unit <> $but MATCH (i:Import {id: c.unit}) "
    "RETURN c.element AS element, c.before AS before, c.after AS after, c.who AS who, "
    "i.action AS by ORDER BY c.when DESC"
)
READ_ENTRIES = "MATCH (e:ShortlistEntry) WHERE e.list IN $lists RETURN properties(e) AS properties"
READ_DECISIONS = "MATCH (d:Decision) RETURN properties(d) AS decision"
READ_CHANGES = (
    "UNWIND $units AS unit MATCH (c:Change {unit: unit}) "
    "WHERE (c.action = 'remove') = $removals RETURN properties(c) AS change"
)
READ_CHANGES_OF = (
    "MATCH (c:Change) WHERE c.element = $id OR c.element STARTS WITH $start OR c.element CONTAINS $end "
    "RETURN properties(c) AS change"
)
READ_REMOVALS = (
    "MATCH (c:Change) WHERE c.action = 'remove' AND c.element IN $elements RETURN properties(c) AS change"
)
READ_UNITS = "MATCH (i:Import) RETURN properties(i) AS unit"
READ_JOURNAL = "MATCH (c:Change) RETURN properties(c) AS change"
READ_JOURNAL_ABOUT = "MATCH (c:Change) WHERE c.element IN $elements RETURN properties(c) AS change"
READ_JOURNAL_OF = "UNWIND $units AS unit MATCH (c:Change {unit: unit}) RETURN properties(c) AS change"
READ_REMOVED_OF = (
    "UNWIND $marks AS mark MATCH (c:Change) WHERE c.action = 'remove' AND c.before CONTAINS mark "
    "RETURN properties(c) AS change"
)
READ_WRITTEN = (
    "MATCH (c:Change {unit: $unit}) RETURN c.element AS element, c.type AS type, c.action AS action"
)
IS_RUNNING = "MATCH (i:Import {id: $unit}) WHERE i.run = $run RETURN count(i) AS count"
INDEXES = ("CREATE INDEX change_unit IF NOT EXISTS FOR (c:Change) ON (c.unit)",)


def constraints(model: Model) -> list[str]:
    """One uniqueness constraint on the id of every label; Neo4j Community has no other kind."""
    return [
        f"CREATE CONSTRAINT {node_type.label.lower()}_id IF NOT EXISTS "
        f"FOR (n:{node_type.label}) REQUIRE n.id IS UNIQUE"
        for node_type in model
    ]


def patterns(model: Model) -> Iterator[tuple[NodeType, RelationshipType, NodeType]]:
    """Every start label, type and end label that the model lets meet."""
    for type_ in model.types:
        declared = model.relationship(type_)
        for start in declared.starts:
            for end in declared.ends:
                yield model.node(start), declared, model.node(end)


@cache
def count_nodes(label: str) -> str:
    """How many nodes carry a label: `count`."""
    return f"MATCH (n:{label}) RETURN count(n) AS count"


@cache
def count_links(start: str, type_: str, end: str) -> str:
    """How many relationships of a type join two labels: `count`."""
    return f"MATCH (:{start})-[r:{type_}]->(:{end}) RETURN count(r) AS count"


@cache
def read_nodes(label: str) -> str:
    """All nodes of a label whose visibility is in `$visible`: `properties`."""
    return f"MATCH (n:{label}) WHERE n.visibility IN $visible RETURN properties(n) AS properties"


@cache
def read_nodes_by_id(label: str) -> str:
    """The nodes of a label with an id of `$ids`: `properties`."""
    return f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) RETURN properties(n) AS properties"


@cache
def read_visibility(label: str) -> str:
    """Who may see the nodes of a label with an id of `$ids`: `id`, `visibility`."""
    return f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) RETURN n.id AS id, n.visibility AS visibility"


@cache
def read_values(label: str) -> str:
    """Of the nodes with an id of `$ids`, in one record: `nodes`, pairs of the id and the values of `$names`.

    Values alone, since decoding the names of the properties once a node costs more than all the rest.
    """
    return (
        f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) "
        "RETURN collect([n.id, [name IN $names | n[name]]]) AS nodes"
    )


@cache
def read_joined(label: str, texts: tuple[str, ...], lists: tuple[str, ...]) -> str:
    """The same, and third in each a text of the values of declared properties, each followed by `$part`.

    First come `texts`, then `lists`: how many items, and each led by `$item`, so that no two lists make
    the same text. One text is decoded several times faster than its parts.
    """
    single = [f"coalesce(n.{name}, '') + $part" for name in texts]
    several = [
        f"reduce(text = toString(size({items})), item IN {items} | text + $item + item) + $part"
        for name in lists
        for items in (f"coalesce(n.{name} + [], [])",)
    ]
    return (
        f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) "
        f"RETURN collect([n.id, [name IN $names | n[name]], {' + '.join([*single, *several])}]) AS nodes"
    )


@cache
def read_ids(label: str) -> str:
    """The ids of all nodes of a label: `id`."""
    return f"MATCH (n:{label}) RETURN n.id AS id"


@cache
def read_all_nodes(label: str) -> str:
    """All nodes of a label, whatever their visibility: `properties`."""
    return f"MATCH (n:{label}) RETURN properties(n) AS properties"


@cache
def read_links(start: str, type_: str, end: str) -> str:
    """All relationships of a type between two labels, both ends visible: `start`, `end`, `properties`."""
    return (
        f"MATCH (a:{start})-[r:{type_}]->(b:{end}) "
        "WHERE a.visibility IN $visible AND b.visibility IN $visible "
        "RETURN a.id AS start, b.id AS end, properties(r) AS properties"
    )


@cache
def read_all_links(start: str, type_: str, end: str) -> str:
    """All relationships of a type between two labels: `start`, `end`, `properties`."""
    return (
        f"MATCH (a:{start})-[r:{type_}]->(b:{end}) "
        "RETURN a.id AS start, b.id AS end, properties(r) AS properties"
    )


_SAYS = "any(source IN {0}.sources WHERE any(start IN $starts WHERE source STARTS WITH start))"


@cache
def read_nodes_said(label: str) -> str:
    """The ids of the nodes of a label with a source that begins as one of `$starts`, in one record: `ids`."""
    return f"MATCH (n:{label}) WHERE {_SAYS.format('n')} RETURN collect(n.id) AS ids"


@cache
def read_links_said(start: str, type_: str, end: str) -> str:
    """What relationships with such a source are known by, in one record: `links`, triples of texts."""
    return (
        f"MATCH (a:{start})-[r:{type_}]->(b:{end}) WHERE {_SAYS.format('r')} "
        "RETURN collect([a.id, b.id, r.key]) AS links"
    )


@cache
def read_created_nodes(label: str) -> str:
    """The nodes of a label that one of `$units` created: `properties`."""
    return f"MATCH (n:{label}) WHERE n.created_in IN $units RETURN properties(n) AS properties"


@cache
def read_created_links(start: str, type_: str, end: str) -> str:
    """The relationships between two labels that one of `$units` created: `start`, `end`, `properties`."""
    return (
        f"MATCH (a:{start})-[r:{type_}]->(b:{end}) WHERE r.created_in IN $units "
        "RETURN a.id AS start, b.id AS end, properties(r) AS properties"
    )


@cache
def read_links_from(start: str, type_: str, end: str) -> str:
    """The relationships that leave the nodes `$ids`: `start`, `end`, `properties`."""
    return (
        f"UNWIND $ids AS id MATCH (a:{start} {{id: id}})-[r:{type_}]->(b:{end}) "
        "RETURN a.id AS start, b.id AS end, properties(r) AS properties"
    )


@cache
def read_links_to(start: str, type_: str, end: str) -> str:
    """The relationships that reach the nodes `$ids`: `start`, `end`, `properties`."""
    return (
        f"UNWIND $ids AS id MATCH (b:{end} {{id: id}})<-[r:{type_}]-(a:{start}) "
        "RETURN a.id AS start, b.id AS end, properties(r) AS properties"
    )


@cache
def create_nodes(label: str) -> str:
    """Creates one node for each map of `$rows`."""
    return f"UNWIND $rows AS row CREATE (n:{label}) SET n = row"


@cache
def update_nodes(label: str) -> str:
    """Sets the properties `set` of the node `id` of each row; a null removes one."""
    return f"UNWIND $rows AS row MATCH (n:{label} {{id: row.id}}) SET n += row.set"


@cache
def delete_nodes(label: str) -> str:
    """Deletes the nodes `$ids` with their relationships."""
    return f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) DETACH DELETE n"


@cache
def create_links(start: str, type_: str, end: str) -> str:
    """Creates one relationship with the properties `set` from `start` to `end` for each of `$rows`."""
    return (
        f"UNWIND $rows AS row MATCH (a:{start} {{id: row.start}}) MATCH (b:{end} {{id: row.end}}) "
        f"CREATE (a)-[r:{type_}]->(b) SET r = row.set"
    )


@cache
def update_links(start: str, type_: str, end: str) -> str:
    """Sets the properties `set` of the relationship `start`, `key`, `end` of each row."""
    return (
        f"UNWIND $rows AS row MATCH (a:{start} {{id: row.start}})-[r:{type_}]->(b:{end} {{id: row.end}}) "
        "WHERE r.key = row.key SET r += row.set"
    )


@cache
def delete_links(start: str, type_: str, end: str) -> str:
    """Deletes the relationship `start`, `key`, `end` of each of `$rows`."""
    return (
        f"UNWIND $rows AS row MATCH (a:{start} {{id: row.start}})-[r:{type_}]->(b:{end} {{id: row.end}}) "
        "WHERE r.key = row.key DELETE r"
    )

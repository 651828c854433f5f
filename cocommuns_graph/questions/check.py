"""What can be seen to be wrong with a statement before any engine runs it.

Names of labels, types and properties must be the model's; a statement for less than stewards must filter
every node it matches by `$visible` and must not reach what its viewers may not see.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from cocommuns_graph.model import Model, Visibility
from cocommuns_graph.questions.tokens import Token, tokens

VISIBLE = "visible"
_WRITES = ("CREATE", "MERGE", "SET", "DELETE", "DETACH", "REMOVE", "DROP", "LOAD", "FOREACH")
_KEYWORDS = frozenset(
    {"MATCH", "WHERE", "WITH", "RETURN", "UNWIND", "AND", "OR", "NOT", "XOR", "IN", "BY", "AS", "DISTINCT"}
    | {"CASE", "WHEN", "THEN", "ELSE", "END", "CONTAINS"}
)


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something wrong, with its line in the statement, counted from 1."""

    line: int
    reason: str


@dataclass
class Names:
    """The names a statement uses: labels and types by variable, matched nodes, properties, parameters."""

    labels: list[Token] = field(default_factory=list)
    types: list[Token] = field(default_factory=list)
    of_variable: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    matched: list[tuple[str, int]] = field(default_factory=list)
    properties: list[tuple[str, Token]] = field(default_factory=list)
    in_patterns: list[tuple[str, Token]] = field(default_factory=list)
    parameters: dict[str, int] = field(default_factory=dict)
    long_paths: list[int] = field(default_factory=list)


def mistakes(statement: str, role: Visibility, declared: Sequence[str], model: Model) -> Iterator[Mistake]:
    """Everything that is wrong with a statement, given who may ask it and the parameters of its header."""
    found = list(tokens(statement))
    if not found:
        yield Mistake(1, "there is no statement below the header")
        return
    names = _names(found)
    yield from _wrong_parameters(names, declared)
    yield from _unknown_names(names, model)
    yield from _wrong_shape(found)
    yield from columns(statement)[1]
    if role < Visibility.STEWARDS:
        yield from _unfiltered(found, names)
        yield from _private(found, names, role, model)


def columns(statement: str) -> tuple[list[str], list[Mistake]]:
    """The names of the columns that the last RETURN gives, and what it gives without a name of its own."""
    found = list(tokens(statement))
    starts = [index for index, token in enumerate(found) if token.is_word("RETURN")]
    names: list[str] = []
    wrong: list[Mistake] = []
    item: list[Token] = []
    depth = 0
    for token in [*found[starts[-1] + 1 :], Token("mark", ",", 0)] if starts else []:
        if depth == 0 and (token.text == "," or token.is_word("ORDER", "SKIP", "LIMIT")):
            if len(item) > 1 and item[-2].is_word("AS"):
                names.append(item[-1].text)
            elif item:
                wrong.append(Mistake(item[0].line, "a column has no name; add AS NAME"))
            item = []
            if token.text != ",":
                break
            continue
        depth += (token.kind == "mark" and token.text in "([{") - (
            token.kind == "mark" and token.text in ")]}"
        )
        item.append(token)
    return names, wrong


def _names(found: Sequence[Token]) -> Names:
    names = Names()
    stack: list[str] = []
    for index, token in enumerate(found):
        before = found[index - 1] if index else Token("mark", "", 1)
        after = found[index + 1] if index + 1 < len(found) else Token("mark", "", token.line)
        if token.kind == "parameter":
            names.parameters.setdefault(token.text[1:].strip("`"), token.line)
        if token.kind != "mark":
            continue
        if token.text in "([{":
            context = _context(token, before, found, index, stack)
            stack.append(context)
            if context == "node":
                _match_node(names, found, index)
        elif token.text in ")]}" and stack:
            stack.pop()
        elif token.text == ":" and stack and stack[-1] == "pattern map":
            if before.kind == "name":
                named = (_variable_before(found, index), before)
                names.properties.append(named)
                names.in_patterns.append(named)
        elif token.text == ":" and after.kind == "name" and (not stack or stack[-1] != "map"):
            _take_names(names, stack[-1] if stack else "", before, found, index)
        elif token.text == "*" and stack and stack[-1] == "relationship":
            names.long_paths.append(token.line)
        elif token.text == "." and after.kind == "name" and not _opens(found, index + 2):
            owner = before.text if before.kind == "name" else ""
            names.properties.append((owner, after))
    return names


def _context(token: Token, before: Token, found: Sequence[Token], index: int, stack: Sequence[str]) -> str:
    if token.text == "[":
        return "relationship" if before.text == "-" else "list"
    if token.text == "{":
        named = index + 2 < len(found) and found[index + 1].kind == "name" and found[index + 2].text == ":"
        if named:
            inside = stack[-1] if stack else ""
            return "pattern map" if inside in ("node", "relationship") else "map"
        return "braces"
    called = before.kind == "name" and before.text.upper() not in _KEYWORDS
    return "call" if called else "node"


def _match_node(names: Names, found: Sequence[Token], index: int) -> None:
    """Notes a node pattern: it has a label, or a relationship beside it; other parentheses are left alone."""
    variable = ""
    at = index + 1
    if at < len(found) and found[at].kind == "name":
        variable = found[at].text
        at += 1
    if at >= len(found) or not (found[at].text in (":", ")", "{") or found[at].is_word("WHERE")):
        return
    beside = index > 0 and found[index - 1].text in ("-", ">")
    closing = _closing(found, index)
    linked = closing + 1 < len(found) and found[closing + 1].text in ("-", "<")
    if found[at].text == ":" or beside or linked:
        names.matched.append((variable, found[index].line))


def _closing(found: Sequence[Token], opening: int) -> int:
    depth = 0
    for index in range(opening, len(found)):
        if found[index].kind == "mark" and found[index].text in "([{":
            depth += 1
        elif found[index].kind == "mark" and found[index].text in ")]}":
            depth -= 1
            if depth == 0:
                return index
    return len(found)


def _variable_before(found: Sequence[Token], index: int) -> str:
    """The variable of the pattern whose map holds the key before `index`; empty where it has none."""
    while found[index].text != "{":
        index -= 1
    while found[index].text not in ("(", "["):
        index -= 1
    return found[index + 1].text if found[index + 1].kind == "name" else ""


def _take_names(names: Names, context: str, before: Token, found: Sequence[Token], colon: int) -> None:
    is_type = context == "relationship"
    index = colon + 1
    while index < len(found) and found[index].kind == "name":
        (names.types if is_type else names.labels).append(found[index])
        if before.kind == "name":
            names.of_variable[before.text].add(found[index].text)
        index += 1
        while index < len(found) and found[index].text in ("|", "&", ":"):
            index += 1
        if found[index - 1].text not in ("|", "&", ":"):
            break


def _opens(found: Sequence[Token], index: int) -> bool:
    return index < len(found) and found[index].text == "("


def _wrong_parameters(names: Names, declared: Sequence[str]) -> Iterator[Mistake]:
    for name, line in names.parameters.items():
        if name != VISIBLE and name not in declared:
            yield Mistake(line, f"${name} is used and not declared; add `// parameter: {name} (TYPE) ...`")
    for name in declared:
        if name not in names.parameters:
            yield Mistake(1, f"the parameter {name} is declared and not used; use ${name} or drop it")


def _unknown_names(names: Names, model: Model) -> Iterator[Mistake]:
    known_labels = {node_type.label for node_type in model}
    for token in names.labels:
        if token.text not in known_labels:
            yield Mistake(
                token.line, f"{token.text!r} is no label; there are {', '.join(sorted(known_labels))}"
            )
    for token in names.types:
        if token.text not in model.types:
            yield Mistake(
                token.line, f"{token.text!r} is no relationship type; there are {', '.join(model.types)}"
            )
    for owner, token in names.properties:
        owners = [name for name in sorted(names.of_variable.get(owner, ())) if _declares(model, name)]
        if not any(_property(model, name, token.text) for name in owners or [*known_labels, *model.types]):
            where = " or ".join(owners) or "no label or type"
            said = f"{where} has no property" if owners else f"{where} has a property"
            yield Mistake(token.line, f"{said} {token.text!r}")


def _declares(model: Model, name: str) -> bool:
    return name in model.types or any(node_type.label == name for node_type in model)


def _property(model: Model, owner: str, name: str) -> bool:
    declared = model.relationship(owner) if owner in model.types else model.node(owner)
    return declared.property(name) is not None


def _wrong_shape(found: Sequence[Token]) -> Iterator[Mistake]:
    for index, token in enumerate(found):
        after_dot = index > 0 and found[index - 1].text == "."
        as_name = index > 0 and found[index - 1].is_word("AS")
        if token.is_word(*_WRITES) and not after_dot and not as_name:
            yield Mistake(
                token.line, f"{token.text} writes or reads files; a named query only reads the graph"
            )
        if token.text == ";" and index + 1 < len(found):
            yield Mistake(found[index + 1].line, "there is a second statement; keep one a file")
    returns = [index for index, token in enumerate(found) if token.is_word("RETURN")]
    if not returns:
        yield Mistake(found[-1].line, "the statement returns nothing; end it with RETURN ... ORDER BY ...")
    elif not any(token.is_word("ORDER") for token in found[returns[-1] :]):
        yield Mistake(
            found[returns[-1]].line, "the rows come in no certain order; add ORDER BY after the last RETURN"
        )


def _unfiltered(found: Sequence[Token], names: Names) -> Iterator[Mistake]:
    texts = [token.text.upper() if token.is_word("IN", "WHERE") else token.text for token in found]
    filtered = {
        texts[index]
        for index in range(len(texts) - 4)
        if texts[index + 1 : index + 5] == [".", "visibility", "IN", f"${VISIBLE}"]
    }
    if f"${VISIBLE}" not in texts:
        yield Mistake(1, "a query for less than stewards must filter by $visible")
        return
    seen: set[str] = set()
    for variable, line in names.matched:
        if not variable:
            yield Mistake(line, "a matched node has no name; name it and filter it by $visible")
        elif variable not in filtered and variable not in seen:
            yield Mistake(line, f"{variable} is not filtered; add `{variable}.visibility IN $visible`")
        seen.add(variable)
    if names.long_paths and not any(
        texts[index].lower() == "nodes" and texts[index + 4 : index + 5] == ["WHERE"]
        for index in range(len(texts))
    ):
        yield Mistake(
            names.long_paths[0],
            "the nodes inside a path are not filtered; "
            "add `all(node IN nodes(path) WHERE node.visibility IN $visible)`",
        )


def _private(found: Sequence[Token], names: Names, role: Visibility, model: Model) -> Iterator[Mistake]:
    for owner, token in names.properties:
        owners = [name for name in names.of_variable.get(owner, ()) if _declares(model, name)]
        for name in owners or [*model.labels, *model.types]:
            if not _property(model, name, token.text):
                continue
            visibility = (
                model.relationship_visibility_of(name, token.text)
                if name in model.types
                else model.visibility_of(name, token.text)
            )
            if visibility > role:
                yield Mistake(token.line, f"{name}.{token.text} is for {visibility.word}; raise the role")
                break
    for _, token in names.in_patterns:
        if any(model.node(label).may_limit(token.text) for label in model.labels):
            yield Mistake(
                token.line,
                f"a record may keep {token.text} for fewer, which a pattern does not look at; filter it "
                "behind WHERE",
            )
    for index, token in enumerate(found[:-1]):
        after = found[index + 1]
        if token.text == "." and after.kind == "name" and found[index - 1].kind != "name":
            yield Mistake(token.line, f".{after.text} is read of no variable; write `variable.{after.text}`")
        if token.is_word("PROPERTIES", "KEYS") and after.text == "(":
            yield Mistake(token.line, f"{token.text}() would show private properties; name each property")
        if token.text == "." and after.text == "*":
            yield Mistake(token.line, "{.*} would show private properties; name each property")
        if token.kind == "name" and after.text == "[" and token.text.upper() not in _KEYWORDS:
            inside = found[index + 2] if index + 2 < len(found) else after
            if inside.kind in ("text", "parameter"):
                yield Mistake(token.line, "a property in brackets may be a private one; write it with a dot")

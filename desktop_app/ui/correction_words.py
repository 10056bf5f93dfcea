"""A reader's facts as sentences, and the facts behind each wish to correct something."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from desktop_app.domain import Correction, CorrectionKind, Entity, EntityName, EntityType
from desktop_app.ui.entity_model import TYPE_NAMES
from desktop_app.ui.entity_names import name_of

ARTICLES = {entity_type: "an" if name[0] in "aeiou" else "a" for entity_type, name in TYPE_NAMES.items()}


@dataclass(frozen=True, slots=True)
class Statement:
    """What a reader states in one go: the facts, and one sentence that says them.

    `before` is what the entity concerned is called now, `after` what it will be called; None: it is none.
    """

    sentence: str
    corrections: tuple[Correction, ...]
    before: EntityName | None = None
    after: EntityName | None = None


def sentence_of(correction: Correction) -> str:
    """A fact as a sentence."""
    name, form = correction.entity.shown, correction.form or ""
    other = correction.other or correction.entity
    match correction.kind:
        case CorrectionKind.MERGE:
            return f"{name} and {other.shown} are one."
        case CorrectionKind.SPLIT:
            return f"“{form}” is not {name} but the {TYPE_NAMES[other.type]} {other.shown}."
        case CorrectionKind.RENAME:
            return f"{name} is called {other.shown}."
        case CorrectionKind.RETYPE:
            wrong = f"{ARTICLES[correction.entity.type]} {TYPE_NAMES[correction.entity.type]}"
            return f"{name} is {ARTICLES[other.type]} {TYPE_NAMES[other.type]}, not {wrong}."
        case CorrectionKind.NOT_ENTITY:
            return f"“{form}” names nobody and nothing."
        case CorrectionKind.ADD:
            return f"“{form}” names the {TYPE_NAMES[correction.entity.type]} {name}."


def day_of(correction: Correction) -> str:
    """The day a fact was stated, in the reader's own time zone; empty if it is not known."""
    try:
        made_at = dt.datetime.fromisoformat(correction.made_at).astimezone()
    except ValueError:
        return ""
    return f"{made_at.day} {made_at:%b %Y}"


def merge(one: Entity, other: Entity) -> Statement:
    """Both are one. The better known of them keeps its name, and takes a script it lacks from the other."""
    kept, joined = sorted((one, other), key=lambda entity: (entity.key is None, -entity.mentions))
    name = name_of(kept)
    whole = replace(name, en=name.en or joined.en, hi=name.hi or joined.hi)
    facts = [Correction(CorrectionKind.MERGE, name, other=name_of(joined))]
    if whole != name:
        facts.append(Correction(CorrectionKind.RENAME, name, other=whole))
    return Statement(sentence_of(facts[0]), tuple(facts), name_of(one), whole)


def split(entity: Entity, form: str, other: EntityName) -> Statement:
    """*form* never means *entity*, but *other*."""
    return _single(Correction(CorrectionKind.SPLIT, name_of(entity), other=other, form=form), other)


def rename(entity: Entity, name: EntityName) -> Statement:
    return _single(Correction(CorrectionKind.RENAME, name_of(entity), other=name), name)


def retype(entity: Entity, entity_type: EntityType) -> Statement:
    name = replace(name_of(entity), type=entity_type)
    return _single(Correction(CorrectionKind.RETYPE, name_of(entity), other=name), name)


def not_an_entity(entity: Entity, forms: tuple[str, ...]) -> Statement:
    """None of *forms* names anything."""
    facts = tuple(Correction(CorrectionKind.NOT_ENTITY, name_of(entity), form=form) for form in forms)
    sentence = sentence_of(facts[0]) if len(facts) == 1 else f"{name_of(entity).shown} names nobody and nothing."
    return Statement(sentence, facts, name_of(entity), None)


def add(form: str, name: EntityName) -> Statement:
    """*form* names *name* wherever it stands as a word of its own."""
    return _single(Correction(CorrectionKind.ADD, name, form=form), name)


def _single(correction: Correction, after: EntityName) -> Statement:
    return Statement(sentence_of(correction), (correction,), correction.entity, after)

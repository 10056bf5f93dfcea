"""The things named in a story as its readers see them: names in both languages, forms with counts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from desktop_app.domain import Cluster, EntityType, Language, MentionForm
from desktop_app.entities.linking import Linker
from desktop_app.entities.offices import bodies
from desktop_app.entities.page import Find, Page

_FEMININE = ("संसद", "सभा", "पुलिस", "सरकार", "सेना", "अदालत", "कैबिनेट", "असेंबली", "एजेंसी", "समिति", "यूनिवर्सिटी")
_POSSESSIVE = re.compile(r"^(?:the|The|a|A) ")


def clusters_of(pages: Sequence[Page], linker: Linker) -> tuple[tuple[Cluster, ...], dict[int, int]]:
    """The clusters in order of first mention, and the place among them of each root node."""
    place: dict[int, int] = {}
    for page in pages:
        for find in sorted(page.finds, key=lambda f: f.start):
            if find.node >= 0:
                place.setdefault(linker.root(find.node), len(place))
    kept = {find for page in pages for find in page.finds}
    return tuple(_cluster(pages, linker, root, kept) for root in place), place


def _cluster(pages: Sequence[Page], linker: Linker, root: int, kept: AbstractSet[Find]) -> Cluster:
    node = linker.nodes[root]
    forms: dict[Language, Counter[str]] = {}
    named: dict[Language, Counter[str]] = {}
    for number, find in node.finds:
        if find not in kept or find.form in (MentionForm.TITLE, MentionForm.PRONOUN):
            continue
        form = " ".join(pages[number].form_of(find).split())
        forms.setdefault(pages[number].language, Counter())[form] += 1
        if find.form is MentionForm.NAME and not (find.nominal and find.office not in bodies()):
            named.setdefault(pages[number].language, Counter())[form] += 1
    names = {language: _canonical(counter, node.type) for language, counter in named.items()}
    english, hindi = _known_names(linker, node.key, names)
    return Cluster(
        type=node.type,
        en=english or names.get(Language.ENGLISH),
        hi=hindi or names.get(Language.HINDI),
        key=node.key,
        forms={language: dict(counter) for language, counter in forms.items()},
    )


def _known_names(linker: Linker, key: str | None, named: Mapping[Language, str]) -> tuple[str | None, str | None]:
    """The names the gazetteer has; those of a country's body as written in full, or composed from the country's."""
    if key is None:
        return None, None
    entry = linker.gazetteer.entry(key)
    if entry is not None:
        return entry.en, entry.hi
    kind, _, rest = key.partition(":")
    place, _, body_key = rest.rpartition(":")
    body = bodies().get(body_key or place)
    if kind != "org" or body is None:
        return None, None
    owner = linker.gazetteer.entry(f"loc:{place}")
    if owner is None or not place:
        return body.english, body.hindi or None
    english = named.get(Language.ENGLISH, "")
    if len(english.split()) <= len(body.english.split()):
        english = f"{body.english} of {owner.en}"
    hindi: str | None = named.get(Language.HINDI, "")
    if hindi is not None and len(hindi.split()) <= len(body.hindi.split()):
        particle = "की" if body.hindi.endswith(_FEMININE) else "का"
        hindi = f"{owner.hi} {particle} {body.hindi}" if owner.hi and body.hindi else None
    return english, hindi


def _canonical(counter: Counter[str], kind: EntityType) -> str:
    """The fullest name for persons, else the most frequent, without an article."""
    if kind is EntityType.PER:
        best = max(counter, key=lambda form: (len(form.split()), counter[form], form))
    else:
        best = max(counter, key=lambda form: (not form.isupper() or len(form) < 6, counter[form], len(form), form))
    return _POSSESSIVE.sub("", best)

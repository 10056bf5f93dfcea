"""The things named in a story as its readers see them: names in both languages, forms with counts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from desktop_app.domain import Cluster, EntityType, Language, MentionForm
from desktop_app.entities.institutions import composed_key
from desktop_app.entities.linking import Linker
from desktop_app.entities.offices import bodies
from desktop_app.entities.page import Page

_OBLIQUE = {"समझौते": "समझौता", "किले": "किला"}
_POSSESSIVE = re.compile(r"^(?:the|The|a|A) ")


def clusters_of(pages: Sequence[Page], linker: Linker) -> tuple[tuple[Cluster, ...], dict[int, int]]:
    """The clusters in order of first mention, and the place among them of each root node."""
    place: dict[int, int] = {}
    for page in pages:
        for find in sorted(page.finds, key=lambda f: f.start):
            if find.node >= 0:
                place.setdefault(linker.root(find.node), len(place))
    return tuple(_cluster(pages, linker, root) for root in place), place


def _cluster(pages: Sequence[Page], linker: Linker, root: int) -> Cluster:
    node = linker.nodes[root]
    forms: dict[Language, Counter[str]] = {}
    named: dict[Language, Counter[str]] = {}
    for number, find in node.finds:
        if find not in pages[number].finds or find.form in (MentionForm.TITLE, MentionForm.PRONOUN):
            continue
        form = " ".join(pages[number].form_of(find).split())
        forms.setdefault(pages[number].language, Counter())[form] += 1
        if find.form is MentionForm.NAME and not (find.nominal and find.office not in bodies()):
            named.setdefault(pages[number].language, Counter())[form] += 1
    names = {language: _canonical(counter, node.type) for language, counter in named.items()}
    known = _known_names(linker, node.key)
    return Cluster(
        type=node.type,
        en=known[0] or names.get(Language.ENGLISH),
        hi=known[1] or names.get(Language.HINDI),
        key=node.key,
        forms={language: dict(counter) for language, counter in forms.items()},
    )


def _known_names(linker: Linker, key: str | None) -> tuple[str | None, str | None]:
    """The names the gazetteer has, or composes: org:russia:foreign-ministry → Foreign Ministry of Russia."""
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
    english, hindi = f"{body.english} of {owner.en}", f"{owner.hi} का {body.hindi}" if owner.hi and body.hindi else None
    assert composed_key(owner.key, body_key) == key
    return english, hindi


def _canonical(counter: Counter[str], kind: EntityType) -> str:
    """The fullest name for persons, else the most frequent, without an article."""
    if kind is EntityType.PER:
        best = max(counter, key=lambda form: (len(form.split()), counter[form], form))
    else:
        best = max(counter, key=lambda form: (not form.isupper() or len(form) < 6, counter[form], len(form), form))
    return _POSSESSIVE.sub("", best)

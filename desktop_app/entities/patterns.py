"""Names that English wording gives away: events, documents, bodies and places with a telling head word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from desktop_app.domain import EntityType
from desktop_app.entities.cues import cue
from desktop_app.entities.gazetteer import Gazetteer
from desktop_app.entities.offices import office_forms
from desktop_app.entities.page import Find, Page

PATTERN_RANK = 71

_CAP = r"(?:[A-Z][\w&]*(?:[’'.][A-Z]\w*)*(?:[’']s?(?= [A-Z]))?|(?:[A-Z]\.){1,3}(?= )|\d{4})"
_RUN = rf"{_CAP}(?:[ -]{_CAP}){{0,9}}"  # bounded: a text all in capitals must not cost quadratic time
_ORDINAL = r"\d+(?:st|nd|rd|th)"
_OF_TAIL = rf"(?:of|for|on|against) (?:the )?{_RUN}(?:(?:,| and| of| for| and the| of the) {_RUN})?"
_ORG_TAIL = rf"(?:of|for) (?:the )?{_RUN}(?:(?:,| and| of| for| and the| of the) {_RUN})?"
_BEFORE = r"(?<![\w#@])"
_AFTER = r"(?![\w’'])(?!(?<=Bill|.Act|Code|.Day|Open|.Cup|.War) [A-Z])"

_EVENT_HEADS = (
    "Summit|Conference|Dialogue|Olympics|Olympiad|Games|World Cup|Cup|Trophy|Championships?|Grand Prix|Open|"
    "Festival|Marathon|Prix|Tournament|Masters|Conclave|Carnival|Orbiter Mission|Space Mission|Lunar Mission|"
    "Mela|Yatra|Expo|Congress of Peoples|Biennale|Accident|Tragedy|Massacre|"
    "War|Revolution|Uprising|Mutiny|Movement|Intifada|Spring|Referendum|Session|Meeting|Day"
)
_DOC_HEADS = "|".join(sorted(cue("document-heads")))
_JOINT = re.compile(r" (?:and|of the|of|to|from|for|on|in) ")
_NO_HEAD = "".join(f"(?<! {head})" for head in sorted(cue("document-heads")))
_ENGLISH = (
    (EntityType.EVENT, rf"{_ORDINAL} (?:[Aa]nnual )?(?:[Ss]ession|[Ss]ummit|[Mm]eeting|[Cc]onference) of (?:the )?{_RUN}"),  # noqa: E501
    (EntityType.EVENT, rf"(?:{_ORDINAL} )?{_RUN}(?: \([A-Z]{{2,8}}\))?(?: {_RUN})? (?:{_EVENT_HEADS})"),
    (EntityType.EVENT, rf"(?:Summit|Conference|Battle|Siege|Festival) {_OF_TAIL}"),
    (EntityType.EVENT, r"COP[ -]?\d{1,2}"),
    (EntityType.EVENT, rf"Operation {_RUN}"),
    (EntityType.EVENT, r"(?:Cyclone|Hurricane|Typhoon|Tropical Storm|Storm) [A-Z]\w+"),
    (EntityType.EVENT, r"(?:1[89]|20)\d\d (?:[A-Z]\w+ )*[Ww]ar(?: of [a-z]+)?"),
    (EntityType.DOC, rf"(?:{_DOC_HEADS}) {_OF_TAIL}"),
    (EntityType.DOC, rf"{_RUN}(?:{_NO_HEAD}{_JOINT.pattern}{_RUN}){{0,4}} (?:\([A-Z][\w ]+\) )?(?:{_DOC_HEADS})"),
    (EntityType.DOC, r"(?:[Rr]esolution|Article|Section) \d+[A-Z]?"),
)  # fmt: skip
_ORG_HEADS = (
    "Council|Committee|Commission|Authority|Agency|Organi[sz]ation|Association|Federation|Confederation|Union|Bank|"
    "Board|Institute|University|College and Hospital|College|Court|Corporation|Company|Group|Party|Fund|Foundation|"
    "Trust|Bureau|"
    "Department|Ministry|Force|Forces|Police|Army|Airlines|Airways|Society|League|Front|Alliance|Service|Services|"
    "Academy|Club|FC|Ltd|Limited|Inc|Corp|Industries|Motors|Technologies|Times|Tribunal|Directorate|Secretariat|"
    "Guard|Guards|Brigade|Regiment|Rifles|Coalition|Network|Media|Studios|Pictures|Laboratory|Observatory|"
    "Administration|Railway|Railways|Sabha|Dal|Sena|Parishad|Sangh|Morcha|Samiti|Panchayat|Panel|Task Force"
)
_ORG_OF_HEADS = (
    "Ministry|Department|University|Bank|Institute|Council|Association|Alliance|Board|Confederation|Federation|"
    "Academy|Office|Bureau|Organi[sz]ation|Party|Court|Commission|Committee|Institution|Society|Union|League|"
    "Movement|Front|Directorate|Chamber|Centers?|Centre|House|College|Fund|Bar Council|National Bank"
)
_TWO_BODIES = re.compile(rf"(?<=\w )(?:{_ORG_HEADS})(?P<and> and )(?=[A-Z][\w.]* [A-Z])")
_LOC_HEADS = (
    "Stadium|Palace|Airport|River|river|Bridge|Temple|Mosque|Church|Cathedral|Basilica|Park|Street|Road|Avenue|"
    "Square|Lake|Island|Islands|Mountains|Hills|Valley|Desert|Sea|Ocean|Bay|Strait|Canal|Dam|Port|Fort|Gate|Tower|"
    "Oval|Ground|Gardens|Beach|Peninsula|Ghats|Glacier|Highway|Expressway|Station|air base|Air Base|airbase|"
    "Crossing|Hospital|Hotel|Museum|Chowk|Marg|Prison|Jail|Memorial|Monument|Plaza|Province|County|Arena|"
    "Maidan|Ghat|Bhawan|Bhavan|Cemetery|Gurdwara|Monastery|Space Cent(?:re|er)|Cosmodrome|Pass|Falls|Region|"
    "Territory|House|Hall"
)
_ENGLISH_INNER = (
    (EntityType.ORG, rf"{_RUN}(?: (?:and|&|for) {_RUN})? (?:{_ORG_HEADS})"),
    (EntityType.ORG, rf"(?:{_RUN} )?(?:{_ORG_OF_HEADS}) {_ORG_TAIL}"),
    (EntityType.LOC, rf"{_RUN} (?:{_LOC_HEADS})"),
    (EntityType.LOC, rf"{_RUN} (?:Shooting|Convention|Exhibition|Medical|Trade|Cultural|Sports) Cent(?:re|er)"),
    (EntityType.LOC, r"(?:Mount|Lake|River|Cape|Gulf of|Bay of|Strait of|Isle of|Port of) [A-Z]\w+(?: [A-Z]\w+)?"),
)
_COMPILED = {
    "outer": [(kind, re.compile(_BEFORE + pattern + _AFTER)) for kind, pattern in _ENGLISH],
    "inner": [(kind, re.compile(_BEFORE + pattern + _AFTER)) for kind, pattern in _ENGLISH_INNER],
}
_LEADING = cue("sentence-openers")
_DOC_WORDS = cue("document-heads")
_ENDED = re.compile(rf"\b(?:{_DOC_HEADS}|{_EVENT_HEADS}|{_ORG_HEADS})$")
_NO_EVENT_DAY = cue("no-event-day")


def english_patterns(page: Page, gazetteer: Gazetteer) -> Iterator[Find]:
    """Events and documents, then organisations and places, of one line each."""
    for layer, rank in (("outer", PATTERN_RANK + 20), ("inner", PATTERN_RANK)):
        for kind, pattern in _COMPILED[layer]:
            for match in pattern.finditer(page.text):
                find = _without_leading(page, match.start(), match.end(), kind, rank, gazetteer)
                if find is not None and _is_name(page.form_of(find), kind, gazetteer):
                    yield from _apart(page, find)
    yield from _small_summits(page, gazetteer)


def _without_leading(
    page: Page, start: int, end: int, kind: EntityType, rank: int, gazetteer: Gazetteer
) -> Find | None:
    """The find without the words that only stand before it ("On", "U.S." State Department); None if nothing remains."""
    text = page.text
    if "\n" in text[start:end]:
        start = text.rindex("\n", start, end) + 1
    begins = page.sentence_start(end - 1)
    start = max(start, begins)
    if kind in (EntityType.ORG, EntityType.LOC):
        possessive = re.search(r"[’']s ", text[start:end])
        if possessive and gazetteer.lookup(text[start : start + possessive.start()]):
            start += possessive.end()
    for cut in re.finditer(r"[ -]", text[start:end]):
        if kind is EntityType.ORG and (gazetteer.lookup(text[start + cut.end() : end]) or "").startswith("org:"):
            start += cut.end()
            break
    while True:
        word = re.match(r"[^\s-]+", text[start:end])
        if word is None or word.group() not in _LEADING:
            break
        if start > begins and word.group() != "The" and text[:start].lower().endswith("the "):
            break
        if gazetteer.lookup(" ".join(text[start:end].split()[:2])):
            break
        start += word.end()
        while start < end and text[start] in " -":
            start += 1
    if kind is EntityType.DOC:
        start += _after_joint(text[start:end], gazetteer)
    form = text[start:end]
    if " " not in form and "-" not in form and not re.fullmatch(r"COP\d+", form):
        return None
    return Find(start, end, kind, rank=rank)


def _after_joint(form: str, gazetteer: Gazetteer) -> int:
    """Where the name of a document begins that ran on to the left over "and" or "of" into another name or an office."""
    start = 0
    for joint in _JOINT.finditer(form):
        left, right = form[start : joint.start()], form[joint.end() :]
        words = left.split()
        if not words or left in _DOC_WORDS:  # "Treaty on …": the head stands first
            break
        ended = any(gazetteer.lookup(name) for name in (left, words[-1], right)) or _ENDED.search(left)
        if ended or gazetteer.is_person_name(words[-1]) or left.lower() in office_forms():
            start = joint.end()
    return start


def _apart(page: Page, find: Find) -> Iterator[Find]:
    """Two bodies joined by "and" ("East Coast Railway and South Eastern Railway") are two."""
    form = page.form_of(find)
    joint = _TWO_BODIES.search(form) if find.type is EntityType.ORG else None
    if joint is None:
        yield find
        return
    yield replace(find, end=find.start + joint.start("and"))
    yield replace(find, start=find.start + joint.end("and"))


def _is_name(form: str, kind: EntityType, gazetteer: Gazetteer) -> bool:
    words = form.split()
    if kind is EntityType.EVENT and words[-1] == "Day" and words[0] in _NO_EVENT_DAY:
        return False
    if kind is EntityType.EVENT and words[-1] in {"Open", "Spring", "Day", "Meeting", "Session", "Movement", "War"}:
        return len(words) >= 2 and not gazetteer.is_person_name(words[-2])
    if kind is EntityType.LOC and words[-1] in {
        "House",
        "Hall",
        "Region",
        "Park",
        "Road",
        "Bay",
        "Port",
        "Gate",
        "Pass",
    }:
        return len(words) <= 4
    return True


_SMALL_SUMMIT = re.compile(r"(?<![\w#@])((?:#?[A-Z][\w-]*\s){1,3})(?:[Ll]eaders['’]? )?(?:[Ss]ummit|conference)\b")


def _small_summits(page: Page, gazetteer: Gazetteer) -> Iterator[Find]:
    """BRICS summit: with a small letter only after an organisation."""
    for match in _SMALL_SUMMIT.finditer(page.text):
        words = match.group(1).split()
        for first in range(len(words)):
            key = gazetteer.lookup(" ".join(words[first:]).lstrip("#"))
            if key is not None and key.startswith("org:"):
                start = match.start() + match.group(1).index(words[first])
                yield Find(start, match.end(), EntityType.EVENT, rank=PATTERN_RANK + 20)
                break

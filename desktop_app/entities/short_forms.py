"""Short forms of bodies and documents: "the committee", मंत्रालय, "the court" stand for what the story named in full."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from desktop_app.domain import EntityType, Language
from desktop_app.entities.linking import Linker
from desktop_app.entities.page import Find, Page
from desktop_app.language.folding import fold
from desktop_app.language.function_words import FUNCTION_WORDS

NOMINAL_RANK = 42
_LONE = "lone"
"""Qualifier of a short form that can only mean the one body with its head."""

_NOMINAL_HEADS: dict[str, tuple[str, ...]] = {
    # What a short form can stand for: words of the full names, English folded and Hindi folded.
    "agency": ("agency", "organisation", "organization", "administration", "एजेंसी", "isro", "nasa"),
    "committee": ("committee", "समिति"),
    "commission": ("commission", "आयोग"),
    "council": ("council", "परिषद"),
    "union": ("union", "संघ"),
    "board": ("board", "बोर्ड"),
    "ministry": ("ministry", "मंत्रालय"),
    "central bank": ("reserve", "central", "रिजर्व", "केंद्रीय"),
    "world body": ("nations",),
    "alliance": ("alliance", "nato", "गठबंधन"),
    "court": ("court", "न्यायालय", "कोर्ट"),
    "tribunal": ("tribunal", "अधिकरण", "न्यायाधिकरण"),
    "force": ("force", "बल"),
    "fund": ("fund", "कोष"),
    "pact": ("pact", "समझौता", "समझौते"),
    "treaty": ("treaty", "संधि"),
    "assembly": ("assembly", "सभा"),
    "airline": ("airlines", "airways", "indigo", "air"),
    "bank": ("bank", "बैंक"),
    "organisation": ("organisation", "organization", "संगठन"),
    "association": ("association", "एसोसिएशन", "संघ"),
    "federation": ("federation", "फेडरेशन", "महासंघ"),
    "institute": ("institute", "institution", "संस्थान", "इंस्टीट्यूट"),
    "university": ("university", "विश्वविद्यालय", "यूनिवर्सिटी"),
    "corporation": ("corporation", "निगम", "कॉरपोरेशन"),
    "authority": ("authority", "प्राधिकरण"),
    "foundation": ("foundation", "फाउंडेशन"),
    "academy": ("academy", "अकादमी"),
}
_LONE_HEADS = frozenset(
    {"bank", "organisation", "association", "federation", "institute", "university", "corporation", "authority"}
    | {"foundation", "academy"}
)
"""Nouns so common that they stand for a body only where the article named just one with that head, before them."""
_ENGLISH_NOMINAL = re.compile(
    r"(?<![\w-])(?:[Tt]he (?P<head>agency|committee|commission|council|union|board|ministry|central bank|world body|"
    r"global body|alliance|court|tribunal|force|assembly|airline|bank|organi[sz]ation|association|federation|"
    r"institute|university|corporation|authority|foundation|academy)|[Tt]he (?P<cap>Commission|Council|Committee|"
    r"Ministry|Board|Agency|Union|Court|Treaty|Assembly|Bank|University|Federation|Association|Authority|Institute)|"
    r"[Tt]he (?P<doc>Pact|Treaty))(?![\w-]| of | for )"
)
_HINDI_TO_ENGLISH = {
    "मंत्रालय": "ministry", "समिति": "committee", "आयोग": "commission", "परिषद": "council", "एजेंसी": "agency",
    "केंद्रीय बैंक": "central bank", "विश्व संगठन": "world body", "विश्व संस्था": "world body", "वैश्विक संस्था": "world body",
    "न्यायाधिकरण": "tribunal", "बोर्ड": "board", "अदालत": "court", "न्यायालय": "court", "कोर्ट": "court",
    "बैंक": "bank", "संगठन": "organisation", "महासंघ": "federation", "फेडरेशन": "federation",
    "एसोसिएशन": "association", "संस्थान": "institute", "विश्वविद्यालय": "university", "निगम": "corporation",
    "प्राधिकरण": "authority",
}  # fmt: skip
_HINDI_NOMINAL = re.compile(
    rf"(?<![\w\u0900-\u097f-])(?P<head>{'|'.join(sorted(_HINDI_TO_ENGLISH, key=len, reverse=True))})"
    r"(?![\w\u0900-\u097f-])"
)
_LONE_HINDI = frozenset({"अदालत", "न्यायालय", "कोर्ट"})
_OWNED = frozenset(map(fold, ["का", "के", "की", "इस", "उस", "एक", "किसी", "हर", "कोई", "अपने"]))
_CASES = frozenset(map(fold, ["ने", "को", "का", "के", "की", "से", "में", "पर", "और", "भी"]))
_CENTRAL_BANKS = frozenset(
    {
        "org:reserve-bank-of-india",
        "org:federal-reserve",
        "org:european-central-bank",
        "org:bank-of-england",
        "org:bank-of-japan",
    }
)


def nominal_finds(page: Page) -> Iterator[Find]:
    """ "the committee", मंत्रालय: short forms that may stand for a body or document of the story."""
    pattern = _ENGLISH_NOMINAL if page.language is Language.ENGLISH else _HINDI_NOMINAL
    for match in pattern.finditer(page.text):
        groups = match.groupdict()
        head = (groups.get("head") or groups.get("cap") or groups.get("doc") or "").lower()
        lone = head in _LONE_HINDI
        head = _HINDI_TO_ENGLISH.get(head, head).replace("global body", "world body").replace("organiz", "organis")
        lone = lone or head in _LONE_HEADS
        kind = EntityType.DOC if groups.get("doc") else EntityType.ORG
        if page.language is Language.HINDI and not _opens_phrase(page, match.start(), match.end(), lone=lone):
            continue
        bracketed = (
            page.text[match.start() - 1 : match.start()] == "(" or page.text[match.end() : match.end() + 1] == ")"
        )
        if not bracketed and not page.covered(match.start(), match.end()):
            find = Find(match.start(), match.end(), kind, rank=NOMINAL_RANK, office=head, nominal=True)
            find.qualifier = _LONE if lone else None
            yield find


def _opens_phrase(page: Page, start: int, end: int, *, lone: bool) -> bool:
    """Whether the Hindi noun at *start* stands alone: no word describes it ("अंतरिक्ष एजेंसी", "तीन सदस्यीय समिति").

    A *lone* one is nobody's ("मुंबई की अदालत"), and a case or the sentence's end follows it.
    """
    following = page.token_from(end)
    if lone and fold(page.word(following)) not in _CASES:
        return False
    before = page.token_until(start) - 1
    if before < 0 or not page.near(before, page.token_from(start)):
        return True
    word = page.word(before)
    if lone and fold(word) in _OWNED:
        return False
    return not word[0].isalpha() or fold(word) in FUNCTION_WORDS or fold(word) in {fold("वह"), fold("उधर")}


def resolve_nominals(linker: Linker, nominals: Iterable[tuple[int, Find]]) -> Iterator[tuple[int, Find]]:
    """The nominals that stand for something named in the story, attached to it."""
    for page_number, find in nominals:
        assert find.office is not None
        number = _referent(linker, page_number, find)
        if number is not None:
            linker.attach(page_number, find, number)
            yield page_number, find


def _referent(linker: Linker, page_number: int, find: Find) -> int | None:
    """The body whose name has the head word: the one named last before, else the only or most named one."""
    head = find.office or ""
    candidates = [n for n in linker.live(find.type) if _can_mean(linker, n, head)]
    if find.qualifier == _LONE:
        named = [
            number
            for number in candidates
            if any(p == page_number and f.end <= find.start for p, f in linker.nodes[number].finds)
        ]
        return named[0] if len(named) == 1 else None
    if not candidates:
        return None

    def nearness(number: int) -> tuple[int, int]:
        before = [f.end for p, f in linker.nodes[number].finds if p == page_number and f.end <= find.start]
        return max(before, default=-1), len(linker.nodes[number].finds)

    return max(candidates, key=nearness)


def _can_mean(linker: Linker, number: int, head: str) -> bool:
    node = linker.nodes[number]
    if head == "world body":
        return node.key == "org:united-nations"
    if head == "central bank":
        return node.key in _CENTRAL_BANKS or (node.key or "").endswith(":central-bank")
    heads = _NOMINAL_HEADS.get(head, ())
    if head == "ministry" and (node.key or "").endswith("-ministry"):
        return True
    entry = linker.gazetteer.entry(node.key) if node.key else None
    names = [name for _, name in linker.surface_names(number)] + ([entry.en, entry.hi or ""] if entry else [])
    return any(fold(word) in heads for name in names for word in re.findall(r"[\w\u0900-\u097f]+", name))

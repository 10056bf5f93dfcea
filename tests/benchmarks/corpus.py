"""A made-up bilingual newspaper of any size: the same articles for the same seed.

Words follow Zipf's law (exponent 1.1), as in real news; names are spelled in both scripts, so that searches across
scripts find something. Articles come in turn in English and in Hindi, 250 to 450 words long.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from desktop_app.domain import Language

_ENGLISH = """the of in and to a said for on was with that by at from it as is were has have had will not his
an be this who their after more been but they which government minister police court state people year president
country party election report company state market bank price rate crore lakh water school hospital student farmer
village city district road train airport weather rain flood storm heat winter meeting talks agreement summit visit
leader opposition parliament law bill reform budget tax growth economy trade export import oil gas power energy
nuclear climate science research space mission rocket satellite match team player captain cricket score final award
film music festival temple health doctor vaccine disease virus attack security army border peace war crisis refugee
protest strike union worker job wage scheme fund project bridge dam river forest wildlife tiger museum history book
university exam result digital mobile internet data privacy technology startup investor share index profit loss deal
"""

_HINDI = """के में की है और से को का ने पर कि यह हैं कहा भी एक लिए नहीं ने वह तो कर इस उनके बाद साथ गया रहे
होने तक अपने सरकार मंत्री पुलिस अदालत राज्य लोग साल राष्ट्रपति देश पार्टी चुनाव रिपोर्ट कंपनी बाजार बैंक कीमत दर करोड़ लाख
पानी स्कूल अस्पताल छात्र किसान गांव शहर जिला सड़क ट्रेन हवाई मौसम बारिश बाढ़ तूफान गर्मी सर्दी बैठक वार्ता समझौता शिखर सम्मेलन
यात्रा नेता विपक्ष संसद कानून विधेयक सुधार बजट कर विकास अर्थव्यवस्था व्यापार निर्यात आयात तेल गैस बिजली ऊर्जा परमाणु जलवायु
विज्ञान शोध अंतरिक्ष मिशन रॉकेट उपग्रह मैच टीम खिलाड़ी कप्तान क्रिकेट स्कोर फाइनल पुरस्कार फिल्म संगीत त्योहार मंदिर स्वास्थ्य
डॉक्टर टीका बीमारी वायरस हमला सुरक्षा सेना सीमा शांति युद्ध संकट शरणार्थी विरोध हड़ताल मजदूर नौकरी वेतन योजना कोष परियोजना पुल
बांध नदी जंगल वन्यजीव बाघ संग्रहालय इतिहास किताब विश्वविद्यालय परीक्षा परिणाम डिजिटल मोबाइल इंटरनेट निजता तकनीक निवेशक मुनाफा
"""

_SYLLABLES = (
    ("ka", "का"), ("ri", "री"), ("mo", "मो"), ("la", "ला"), ("ve", "वे"), ("ni", "नी"), ("sha", "शा"), ("ro", "रो"),
    ("ta", "ता"), ("pu", "पू"), ("de", "दे"), ("go", "गो"), ("ja", "जा"), ("bi", "बी"), ("su", "सू"), ("ha", "हा"),
    ("me", "मे"), ("ko", "को"), ("ra", "रा"), ("li", "ली"), ("na", "ना"), ("te", "ते"), ("zo", "ज़ो"), ("fa", "फ़ा"),
)  # fmt: skip
_ENGLISH_ENDINGS = ("", "", "s", "ed", "ing", "er", "ly", "ment")
_HINDI_ENDINGS = ("", "", "ों", "ियों", "वाला", "पन", "कर")
_SOURCES = ("The Daily Lamp", "Valley Times", "Harbour Post", "दैनिक दीप", "जन वाणी", "समाचार सेतु")
_FIRST_DAY = dt.date(2020, 1, 1)
_TAIL = 60_000
_NAMES = 3_000
_ZIPF = 1.1


@dataclass(frozen=True, slots=True)
class Name:
    """One name in both scripts."""

    english: str
    hindi: str


@dataclass(frozen=True, slots=True)
class GeneratedArticle:
    """One article; `text` begins with the title and is what a file would hold. `names` stand in it."""

    number: int
    language: Language
    title: str
    date: dt.date
    source: str
    text: str
    names: tuple[Name, ...]


class _Words:
    """A language's vocabulary with Zipf's weights, and its punctuation."""

    def __init__(self, language: Language, rng: random.Random) -> None:
        hindi = language is Language.HINDI
        common = (_HINDI if hindi else _ENGLISH).split()
        endings = _HINDI_ENDINGS if hindi else _ENGLISH_ENDINGS
        tail = (_made_up(rng)[hindi] + rng.choice(endings) for _ in range(_TAIL))
        self._words = list(dict.fromkeys([*common, *tail]))
        self._weights = list(accumulate(rank**-_ZIPF for rank in range(1, len(self._words) + 1)))
        self._stop = "।" if hindi else "."

    def draw(self, rng: random.Random, count: int) -> list[str]:
        return rng.choices(self._words, cum_weights=self._weights, k=count)

    def sentence(self, rng: random.Random, names: list[str]) -> str:
        words = self.draw(rng, rng.randint(9, 24))
        if rng.random() < 0.6:
            words.insert(rng.randrange(len(words)), rng.choice(names))
        sentence = " ".join(words)
        return sentence[0].upper() + sentence[1:] + self._stop


def _made_up(rng: random.Random) -> tuple[str, str]:
    parts = rng.choices(_SYLLABLES, k=rng.randint(2, 4))
    return "".join(latin for latin, _ in parts), "".join(nagari for _, nagari in parts)


def names(count: int, seed: int = 7) -> list[Name]:
    """Names of persons and places, spelled alike in both scripts."""
    rng = random.Random(seed)
    spelled = dict.fromkeys(_made_up(rng) for _ in range(count))
    return [Name(latin.capitalize(), nagari) for latin, nagari in spelled]


def generate(count: int, seed: int = 7) -> Iterator[GeneratedArticle]:
    """The first *count* articles of the paper with this *seed*."""
    rng = random.Random(seed)
    vocabularies = {language: _Words(language, rng) for language in Language}
    known = names(_NAMES, seed)
    fame = list(accumulate(1 / rank for rank in range(1, len(known) + 1)))
    for number in range(count):
        language = Language.HINDI if number % 2 else Language.ENGLISH
        words = vocabularies[language]
        told = tuple(rng.choices(known, cum_weights=fame, k=4))
        spelled = [name.hindi if language is Language.HINDI else name.english for name in told]
        title = " ".join([spelled[0], *words.draw(rng, rng.randint(5, 9))])
        paragraphs: list[str] = []
        length, wished = 0, rng.randint(250, 450)
        while length < wished:
            paragraph = " ".join(words.sentence(rng, spelled) for _ in range(rng.randint(1, 4)))
            length += paragraph.count(" ") + 1
            paragraphs.append(paragraph)
        date = _FIRST_DAY + dt.timedelta(days=rng.randrange(2_000))
        source = rng.choice(_SOURCES)
        text = "\n".join([title, *paragraphs])
        yield GeneratedArticle(number + 1, language, title, date, source, text, told)


def write_files(folder: Path, count: int, seed: int = 7) -> list[Path]:
    """Write *count* articles as text files into *folder*, in sub-folders of 1,000, as a reader would import them."""
    paths = []
    for article in generate(count, seed):
        path = folder / f"{article.number // 1_000:03}" / f"{article.number:06}-{article.language}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        title, _, body = article.text.partition("\n")
        path.write_text(f"{title}\n\n{article.date.strftime('%b %d, %Y')}\n\n{body}\n", encoding="utf-8")
        paths.append(path)
    return paths


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    print(len(write_files(options.folder, options.articles, options.seed)), "files in", options.folder)


if __name__ == "__main__":
    main()

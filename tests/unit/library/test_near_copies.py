"""What counts as a copy of a report, and what only looks like one."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.domain import FileReport, ImportStatus
from desktop_app.extraction import extract
from desktop_app.records import ImportOrder, Source, VersionReason
from desktop_app.shelf import Shelf
from desktop_app.working.importing import Importer
from desktop_app.working.near_copies import ReportText, is_near_copy

ENGLISH = """Finland joins the alliance after a long debate

Finland became a member of the alliance on Tuesday, after a debate that had lasted for more than a year. The president
thanked the allies for their support and said that his country would now take part in all their decisions. In the
capital, people gathered before the parliament and watched how the flag was raised beside the others. The minister of
defence told reporters that no troops of other countries would be stationed there in times of peace. Neighbouring
Sweden still waits for an answer to its own request. The government in Moscow called the step a mistake and announced
measures, without saying which. Experts expect that the long border will be watched more closely from now on. The
opposition in Helsinki had voted for the membership too, with a handful of exceptions.
"""
HINDI = """लंबी बहस के बाद फिनलैंड गठबंधन में शामिल

फिनलैंड मंगलवार को गठबंधन का सदस्य बन गया, इस पर एक साल से ज्यादा समय तक बहस चली थी। राष्ट्रपति ने सहयोगी देशों को उनके समर्थन के
लिए धन्यवाद दिया और कहा कि उनका देश अब सभी फैसलों में भाग लेगा। राजधानी में लोग संसद के सामने जमा हुए और उन्होंने झंडा फहराते हुए
देखा। रक्षा मंत्री ने पत्रकारों से कहा कि शांति के समय वहां दूसरे देशों की सेना नहीं रखी जाएगी। पड़ोसी स्वीडन अब भी अपने आवेदन के
जवाब का इंतजार कर रहा है। मास्को की सरकार ने इस कदम को गलती बताया और जवाबी कदमों की घोषणा की। विशेषज्ञों का मानना है कि लंबी सीमा
पर अब ज्यादा निगरानी रखी जाएगी। हेलसिंकी में विपक्ष ने भी सदस्यता के पक्ष में मतदान किया था।
"""
GOLD = """Gold price today in {city}

Gold traded at Rs {price} for ten grams of {carat} carat purity in {city} on {day}. Jewellers said that demand from
households had been steady, as the wedding season keeps buyers in the shops. Silver followed the trend of the yellow
metal and was quoted at Rs {silver} a kilogram. Traders watch the decisions of the central banks and the price of crude
oil, which both have a say in what gold costs here. Making charges and taxes come on top of the price that is named
above, and they differ from shop to shop. Before buying, customers should look for the hallmark and ask for a bill. The
rates are collected in the morning and may change in the course of the day.
"""
WEATHER = """{city} का मौसम

{city} में आज आसमान साफ रहेगा और दिन में हल्की हवा चलेगी। मौसम विभाग के अनुसार सुबह हल्का कोहरा छाया रह सकता है और दोपहर में धूप खिलेगी।
लोगों को सलाह दी गई है कि वे सुबह के समय वाहन धीरे चलाएं और कोहरे में बत्ती जलाकर रखें। अस्पतालों में खांसी और जुकाम के मरीज बढ़ रहे हैं और
डॉक्टर बच्चों तथा बुजुर्गों को ठंड से बचने की सलाह देते हैं। {city} के आसपास के गांवों में किसान फसल की सिंचाई में जुटे हैं और उन्हें हल्की बारिश का
इंतजार है। विभाग ने कहा कि अगले कुछ दिनों तक मौसम में कोई बड़ा बदलाव होने की संभावना नहीं है।
"""


def read(text: str) -> ReportText:
    return ReportText(extract(text.encode(), "report.txt"))


def copies(one: str, other: str) -> bool:
    """Whether *other* is a near copy of *one*, both ways round."""
    found = {is_near_copy(read(a), read(b)) for a, b in ((one, other), (other, one))}
    assert len(found) == 1
    return found.pop()


@pytest.mark.parametrize("text", [ENGLISH, HINDI], ids=["en", "hi"])
@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace(text.split("\n")[0], "Another headline altogether"),
        lambda text: text.replace(", ", " , ").replace("।", " ।").replace("“", '"'),
        lambda text: text + "\n(This story comes from an agency and was not edited by our staff.)\n",
        lambda text: text.replace("long", "lengthy", 1).replace("लंबी सीमा", "बड़ी सीमा"),
        lambda text: text.replace("Neighbouring", "Neighboring").replace("ज्यादा", "ज़्यादा"),
        lambda text: text.upper().replace("।", "."),
    ],
    ids=["headline", "punctuation", "note", "a word", "spelling", "capitals"],
)
def test_a_lightly_changed_text_is_a_copy(text: str, change: Callable[[str], str]) -> None:
    assert change(text) != text
    assert copies(text, change(text))


@pytest.mark.parametrize("text", [ENGLISH, HINDI], ids=["en", "hi"])
@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("Tuesday", "Friday").replace("मंगलवार", "शुक्रवार"),
        lambda text: text.replace("Sweden", "Norway").replace("स्वीडन", "नॉर्वे").replace("पड़ोसी", "नजदीकी"),
        lambda text: text.replace("more than a year", "more than 3 years").replace("एक साल", "दो साल"),
        lambda text: text + "\nIn the evening 14 people were hurt in the city of Turku.\n",
        lambda text: "\n".join(text.split("\n")[:3]),
    ],
    ids=["day", "name", "number", "news", "half"],
)
def test_a_text_that_tells_something_else_is_none(text: str, change: Callable[[str], str]) -> None:
    assert change(text) != text
    assert not copies(text, change(text))


def test_notices_of_one_template_are_no_copies() -> None:
    gold = [
        GOLD.format(city=city, price=price, carat=carat, day=day, silver=silver)
        for city, price, carat, day, silver in (
            ("Delhi", "62,150", 24, "Monday", "74,000"),
            ("Delhi", "62,350", 24, "Tuesday", "74,000"),
            ("Delhi", "62,150", 22, "Monday", "74,000"),
            ("Mumbai", "62,150", 24, "Monday", "74,000"),
            ("Delhi", "62,150", 24, "Monday", "74,100"),
        )
    ]
    weather = [WEATHER.format(city=city) for city in ("दिल्ली", "पटना", "जयपुर")]
    for group in (gold, weather):
        for one, other in itertools.combinations(group, 2):
            assert not copies(one, other)


def test_titles_of_one_pattern_with_other_numbers_tell_texts_apart() -> None:
    body = ENGLISH.partition("\n")[2]
    assert not copies("Finland votes, part 1\n" + body, "Finland votes, part 2\n" + body)
    assert copies("Finland votes, part 1\n" + body, "Helsinki says yes after 14 months\n" + body)


def test_a_short_notice_is_a_copy_only_word_for_word() -> None:
    notice = "Power cut\n\nThere will be no power in the old town on Sunday morning, the board said.\n"
    assert copies(notice, notice.replace(",", " –"))
    assert not copies(notice, notice.replace("old", "new"))


def test_reports_of_one_event_are_no_copies(comparable: Path) -> None:
    texts = [ReportText(extract(path.read_bytes(), path.name)) for path in sorted(comparable.rglob("*.txt"))]
    assert len(texts) > 10
    for one, other in itertools.combinations(texts, 2):
        assert not is_near_copy(one, other)


def imported(shelf: Shelf, *texts: str, name: str = "paper") -> list[FileReport]:
    sources = tuple(Source(f"{name} {number}.txt", text.encode()) for number, text in enumerate(texts))
    steps = list(Importer(shelf, lambda: ()).run(ImportOrder("now", sources=sources)))
    flat = [step for item in steps for step in (item if isinstance(item, tuple) else (item,))]
    return [step for step in flat if isinstance(step, FileReport)]


def test_a_copy_is_kept_as_a_version_and_named(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, writing=True)
    note = "\n(This story comes from an agency and was not edited by our staff.)\n"
    gold = [GOLD.format(city="Delhi", price=p, carat=24, day="Monday", silver="74,000") for p in ("62,150", "62,200")]
    reports = imported(shelf, ENGLISH, HINDI, ENGLISH + note, HINDI + note, *gold)
    statuses = [report.status for report in reports]
    new, known = ImportStatus.IMPORTED, ImportStatus.DUPLICATE
    assert statuses == [new, new, known, known, new, new]
    assert [reports[2].article, reports[3].article] == [reports[0].article, reports[1].article]
    assert "Finland joins the alliance after a long debate" in reports[2].message
    first = reports[0].article
    assert first is not None
    (version,) = shelf.versions.of(first)
    assert (version.reason, version.path) == (VersionReason.COPY, "paper 2.txt")
    assert version.text.rstrip().endswith("staff.)")
    (again,) = imported(shelf, ENGLISH + note, name="again")
    assert (again.status, again.article) == (known, first)
    assert len(shelf.versions.of(first)) == 1
    shelf.close()

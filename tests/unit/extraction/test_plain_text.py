from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from desktop_app.domain import ExtractedArticle, Language, SentenceKind
from desktop_app.extraction import extract
from desktop_app.language.normalise import normalise

ENGLISH = """Harbour bridge opens after nine years

Mar 4, 2021

Lima [Peru], March 4 : The bridge was opened on Thursday. "We waited," Mayor J. Rao said.
https://example.org/status/1
Traders cheered in the old harbour, where ferries had been the only way across for decades. 🚀
What comes next
A second bridge is planned for 2024. Its cost is not known.
"""
HINDI = (
    "पटना, ४ मार्च (एजेंसी)। नौ साल बाद क्षेत्र का पुल खुल गया और हजारों लोग पैदल उस पार गए। लोग खुश हैं।\r\n"
    "आगे क्या होगा\r\n"
    "दूसरा पुल 2024 में बनेगा। #पुल"
)


def lines(article: ExtractedArticle, kind: SentenceKind) -> list[str]:
    return [article.text[s.start : s.end] for s in article.sentences if s.kind is kind]


def read(text: str) -> ExtractedArticle:
    return extract(text.encode(), "report.txt")


def test_a_report_falls_into_its_parts() -> None:
    article = read(ENGLISH)
    assert article.title == "Harbour bridge opens after nine years"
    assert not article.title_inferred
    assert article.date == dt.date(2021, 3, 4)
    assert article.language is Language.ENGLISH
    assert lines(article, SentenceKind.TITLE) == ["Harbour bridge opens after nine years"]
    assert lines(article, SentenceKind.DATE) == ["Mar 4, 2021"]
    assert lines(article, SentenceKind.URL) == ["https://example.org/status/1"]
    assert lines(article, SentenceKind.HEADING) == ["What comes next"]
    assert lines(article, SentenceKind.SENTENCE)[0] == "Lima [Peru], March 4 : The bridge was opened on Thursday."


def test_an_untitled_text_gets_an_inferred_title_and_no_date() -> None:
    article = read(HINDI)
    assert article.title_inferred
    assert article.title == "नौ साल बाद क्षेत्र का पुल खुल गया और हजारों लोग पैदल उस पार गए"
    assert article.date is None
    assert article.language is Language.HINDI
    assert lines(article, SentenceKind.TITLE) == []
    assert lines(article, SentenceKind.HEADING) == ["आगे क्या होगा"]
    assert lines(article, SentenceKind.SENTENCE)[-1] == "दूसरा पुल 2024 में बनेगा। #पुल"


def test_the_text_stays_as_it_is_but_for_normalisation() -> None:
    text = "\ufeff  Title here \r\n\r\n\r\nफ\u093c क\u200d a sentence  with  blanks.\t\r\n\r\n"
    assert read(text).text == normalise(text)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_encoding_gives_the_same_article(encoding: str) -> None:
    assert extract(HINDI.encode(encoding), "a.txt") == read(HINDI)


def test_a_long_first_sentence_is_cut_at_a_word() -> None:
    article = read("The council " + "of many towns " * 20 + "met. It rained.")
    assert article.title.endswith(" many…")
    assert len(article.title) <= 91
    clause = read('मंत्रालय ने दोनों नेताओं के बीच की बैठक को लेकर कहा, "' + "सभी पक्ष साथ नहीं हैं और " * 8 + 'यह सच है।"')
    assert clause.title == "मंत्रालय ने दोनों नेताओं के बीच की बैठक को लेकर कहा…"


def test_a_year_in_the_dateline_dates_the_report_and_an_agency_is_its_source() -> None:
    article = read("NEW DELHI, Sept. 9, 2023 (PTI) — The union took a seat. It was the first.")
    assert article.date == dt.date(2023, 9, 9)
    assert article.source == "PTI"


def test_a_source_line_names_the_newsroom() -> None:
    article = read("पुल खुला\n4 मार्च 2021\nस्रोत: दैनिक उदाहरण\nनौ साल बाद पुल खुल गया। लोग खुश हैं।")
    assert article.source == "दैनिक उदाहरण"


def test_a_line_under_the_title_is_a_heading_also_above_the_date() -> None:
    article = read("Bridge opens\nThousands walk across\n4 March 2021\nThe bridge was opened. Traders cheered.")
    assert lines(article, SentenceKind.HEADING) == ["Thousands walk across"]


def test_a_date_line_may_come_first_or_last() -> None:
    first = read("4 मार्च 2021\nपुल खुला\nनौ साल बाद पुल खुल गया। लोग खुश हैं।")
    assert (first.title, first.date) == ("पुल खुला", dt.date(2021, 3, 4))
    last = read("Bridge opens\nThe bridge was opened at last. Traders cheered.\n4 March 2021")
    assert (last.title, last.date) == ("Bridge opens", dt.date(2021, 3, 4))
    assert lines(last, SentenceKind.DATE) == ["4 March 2021"]


@pytest.mark.parametrize(
    ("line", "date", "source"),
    [
        ("Lucknow, July 18, 2024 (Valley Times)", dt.date(2024, 7, 18), "Valley Times"),
        ("New Delhi | Updated: July 5, 2024 10:30 IST", dt.date(2024, 7, 5), None),
        ("लखनऊ, बुधवार, 18 जुलाई 2024 (जन वाणी)", dt.date(2024, 7, 18), "जन वाणी"),
        ("ढाका, 8 अगस्त", None, None),
    ],
)
def test_a_place_and_a_date_under_the_title_say_when_and_who(
    line: str, date: dt.date | None, source: str | None
) -> None:
    article = read(f"Old mill reopens\n\n{line}\n\nThe mill by the river opened its doors again. People came.\n")
    assert lines(article, SentenceKind.DATE) == [line]
    assert (article.date, article.source) == (date, source)


@pytest.mark.parametrize(
    "line",
    [
        "He was born in Delhi on July 5, 2024",
        "Results of the Delhi election, 8 February 2025",
        "दिल्ली में हुई बैठक, 8 अगस्त 2024",
    ],
)
def test_a_line_that_tells_more_than_a_place_is_no_date_line(line: str) -> None:
    article = read(f"Old mill reopens\n\n{line}\n\nThe mill by the river opened its doors again. People came.\n")
    assert not lines(article, SentenceKind.DATE)


def test_tweets_lists_and_unfinished_paragraphs_are_no_headings() -> None:
    article = read(
        "Bridge opens\n"
        "The mayor wrote:\n"
        "proud of all of you #bridge\n"
        "She thanked the workers for their patience.\n"
        "- first point\n"
        "- second point\n"
        "They cheered and went home."
    )
    assert lines(article, SentenceKind.HEADING) == []


def test_text_broken_to_a_fixed_width_is_read_by_paragraphs() -> None:
    text = (
        "Bridge opens\n\n"
        "The bridge over the old harbour was opened on Thursday after nine\n"
        "years of work, and thousands of people walked across it in the first\n"
        "hour. Traders in the harbour, where ferries had been the only way to\n"
        "the other side, cheered.\n\n"
        "A second bridge is planned for the next year, the mayor said, but the\n"
        "cost is not known.\n"
    )
    article = read(text)
    assert article.title == "Bridge opens"
    assert article.text == text
    sentences = lines(article, SentenceKind.SENTENCE)
    assert len(sentences) == 3
    assert sentences[0].endswith("in the first\nhour.")


def test_a_single_line_is_a_sentence_not_a_title() -> None:
    article = read("proud moment for all of us")
    assert article.title_inferred
    assert article.title == "proud moment for all of us"


def test_the_seeds_are_read_as_the_customer_expects(seeds: Path) -> None:
    english = extract((seeds / "000_311a03bf128bf025.txt").read_bytes(), "en.txt")
    assert english.title.startswith("Sergey Lavrov meets Antonio Guterres")
    assert english.date == dt.date(2024, 9, 27)
    assert len(lines(english, SentenceKind.URL)) == 3
    assert lines(english, SentenceKind.HEADING) == []
    hindi = extract((seeds / "004_3cc308fbcc46ae56.txt").read_bytes(), "hi.txt")
    assert hindi.title_inferred
    assert hindi.date is None
    (heading,) = lines(hindi, SentenceKind.HEADING)
    assert heading.startswith("लवरोव ने गुटेरेस से")
    for file, article in (("000_311a03bf128bf025.txt", english), ("004_3cc308fbcc46ae56.txt", hindi)):
        assert article.text == normalise((seeds / file).read_bytes().decode())


def test_structure_agrees_with_the_hand_made_reading(comparable: Path) -> None:
    right = wrong = missed = 0
    for gold_file in sorted(comparable.glob("*/gold.json")):
        gold = json.loads(gold_file.read_text(encoding="utf-8"))
        for language in Language:
            if not (file := gold_file.with_name(f"{language}.txt")).exists():
                continue
            data = file.read_bytes()
            raw = data.decode("utf-8")
            article = extract(data, str(file))
            assert article.language is language
            expected = {
                tuple(len(normalise(raw[: sentence[side]])) for side in ("start", "end"))
                for sentence in gold["sentences"][language]
            }
            found = {(sentence.start, sentence.end) for sentence in article.sentences}
            right += len(found & expected)
            wrong += len(found - expected)
            missed += len(expected - found)
    assert 2 * right / (2 * right + wrong + missed) >= 0.98

"""What a reader types becomes a tree; what makes no sense becomes a sentence, never an exception."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain import Language
from desktop_app.search.dates import parse_dates
from desktop_app.search.query_language import MAX_WORDS, parse
from desktop_app.search.query_tree import (
    AllOf,
    AnyOf,
    DateWithin,
    EntityIs,
    LanguageIs,
    Node,
    Not,
    Query,
    SourceIs,
    Term,
)


def shape(node: Node | None) -> object:
    """The tree without places in the query."""
    match node:
        case Term():
            marks = "=" * node.exact + "T" * node.title + "*" * node.prefix
            return f"{marks}{node.text}"
        case Not(inner):
            return ("not", shape(inner))
        case AllOf(nodes):
            return ("all", *map(shape, nodes))
        case AnyOf(nodes):
            return ("any", *map(shape, nodes))
    return node


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("lavrov", "lavrov"),
        ("modi kyiv", ("all", "modi", "kyiv")),
        ("modi AND kyiv", ("all", "modi", "kyiv")),
        ('"संयुक्त राष्ट्र"', "संयुक्त राष्ट्र"),
        ("“un pact”", "un pact"),
        ("„un pact“", "un pact"),
        ("«un pact»", "un pact"),
        ("‘भविष्य के लिए’", "भविष्य के लिए"),
        ("'un pact'", "un pact"),
        ("un -pact", ("all", "un", ("not", "pact"))),
        ("un −pact", ("all", "un", ("not", "pact"))),
        ('un -"a pact"', ("all", "un", ("not", "a pact"))),
        ("NOT pact", ("not", "pact")),
        ("-(a b)", ("not", ("all", "a", "b"))),
        ("a OR b", ("any", "a", "b")),
        ("a | b", ("any", "a", "b")),
        ("x a OR b y", ("all", "x", ("any", "a", "b"), "y")),
        ("a OR b OR c", ("any", "a", "b", "c")),
        ("(a b) OR c", ("any", ("all", "a", "b"), "c")),
        ("gov*", "*gov"),
        ('"foreign min*"', "*foreign min"),
        ('"foreign min"*', "*foreign min"),
        ("=Lavrov", "=Lavrov"),
        ('="foreign minister"', "=foreign minister"),
        ("title:pact", "Tpact"),
        ('title:"a pact"', "Ta pact"),
        ("title:(a OR b)", ("any", "Ta", "Tb")),
        ("UN-Russia", "UN Russia"),
        ("#Lavrov @mfa_russia", ("all", "Lavrov", "mfa_russia")),
        ("Lavrov's pact", ("all", "Lavrov", "pact")),
        ("O’Brien", "O Brien"),
        ("mother-in-law", "mother in law"),
    ],
)
def test_queries_mean_what_readers_expect(text: str, expected: object) -> None:
    query = parse(text)
    assert shape(query.root) == expected
    assert query.problems == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("lang:en", LanguageIs(Language.ENGLISH)),
        ("LANG:Hindi", LanguageIs(Language.HINDI)),
        ("lang:हिन्दी", LanguageIs(Language.HINDI)),
        ('source:"The Hindu"', SourceIs(("The", "Hindu"))),
        ("source:PTI", SourceIs(("PTI",))),
        ("entity:“United Nations”", EntityIs(("United", "Nations"))),
        ("entity:#12", EntityIs(("12",), 12)),
        ("date:2024-09", DateWithin(dt.date(2024, 9, 1), dt.date(2024, 9, 30))),
        ("date:2024-02-29", DateWithin(dt.date(2024, 2, 29), dt.date(2024, 2, 29))),
        ("date:२०२४", DateWithin(dt.date(2024, 1, 1), dt.date(2024, 12, 31))),
        ("date:2024-09-01..2024-09-30", DateWithin(dt.date(2024, 9, 1), dt.date(2024, 9, 30))),
        ("date:[2024-09-01 to 2024-09-30]", DateWithin(dt.date(2024, 9, 1), dt.date(2024, 9, 30))),
        ("date:{2024-09 TO *}", DateWithin(dt.date(2024, 9, 1), None)),
        ("date:2024-09-01 to 2024-09-30", DateWithin(dt.date(2024, 9, 1), dt.date(2024, 9, 30))),
        ("date:2024-09-01 .. 2024-09-30", DateWithin(dt.date(2024, 9, 1), dt.date(2024, 9, 30))),
        ('date:"2024-09 - 2024-10"', DateWithin(dt.date(2024, 9, 1), dt.date(2024, 10, 31))),
        ("date:२०२४-०९ से २०२४-१०", DateWithin(dt.date(2024, 9, 1), dt.date(2024, 10, 31))),
        ("date:>2024-09", DateWithin(dt.date(2024, 10, 1), None)),
        ("date:>=2024-09", DateWithin(dt.date(2024, 9, 1), None)),
        ("date:<2024-09", DateWithin(None, dt.date(2024, 8, 31))),
        ("date:<=2024-09", DateWithin(None, dt.date(2024, 9, 30))),
        ("date:none", Not(DateWithin(None, None))),
        ("date:अज्ञात", Not(DateWithin(None, None))),
        ('source:="The Hindu"', SourceIs(("The", "Hindu"), whole=True)),
        ("source:(ANI OR “The Hindu”)", AnyOf((SourceIs(("ANI",)), SourceIs(("The", "Hindu"))))),
        ("lang:(en)", LanguageIs(Language.ENGLISH)),
        ("भाषा:हिंदी", LanguageIs(Language.HINDI)),
        ("तारीख:2024", DateWithin(dt.date(2024, 1, 1), dt.date(2024, 12, 31))),
        ("date:2024-09..", DateWithin(dt.date(2024, 9, 1), None)),
        ("date:..27/9/2024", DateWithin(None, dt.date(2024, 9, 27))),
        ("after:2024-09-27", DateWithin(dt.date(2024, 9, 27), None)),
        ("before:2024-09", DateWithin(None, dt.date(2024, 8, 31))),
    ],
)
def test_filters_are_read(text: str, expected: Node) -> None:
    assert parse(text) == Query(text, expected)


@pytest.mark.parametrize(
    "text", ["", " ", "-", "--", "OR", "AND", "OR OR", '"', '""', "(", ")", "()", "=", "*", "- OR", "।"]
)
def test_a_query_of_marks_alone_asks_for_nothing(text: str) -> None:
    assert parse(text).root is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"un pact', "un pact"),
        ("a OR", "a"),
        ("OR a", "a"),
        ("a -", "a"),
        ("(a OR b", ("any", "a", "b")),
        ("a) b", ("all", "a", "b")),
        ('a "" b', ("all", "a", "b")),
        ("a OR OR b", ("any", "a", "b")),
        ("((((a", "a"),
        ("https://x.com/a", "https x com a"),
        ("foo:bar", "foo bar"),
    ],
)
def test_slips_are_forgiven(text: str, expected: object) -> None:
    assert shape(parse(text).root) == expected


@pytest.mark.parametrize(
    ("text", "sentence", "place", "rest"),
    [
        ("date:2024-13 pact", "“2024-13” is not a date", "date:2024-13", "pact"),
        ("pact date:yesterday", "“yesterday” is not a date", "date:yesterday", "pact"),
        ("date:2023-02-29 x", "“2023-02-29” is not a date", "date:2023-02-29", "x"),
        ("date:[2024 pact", "is not a date", "date:[2024 pact", None),
        ("lang:fr pact", "not lang:fr", "lang:fr", "pact"),
        ("pact lang:", "lang: needs a value", "lang:", "pact"),
        ("title: pact", "title: needs a value", "title:", "pact"),
        ('source:"" pact', "source: needs a value", 'source:""', "pact"),
        ("entity:… pact", "entity: needs a name", "entity:…", "pact"),
        ('un "a pact', "quotation mark is never closed", '"', ("all", "un", "a pact")),
        ('source:"The Hindu', "quotation mark is never closed", '"', SourceIs(("The", "Hindu"))),
        ("un (a OR b", "bracket is never closed", "(", ("all", "un", ("any", "a", "b"))),
        ("a) b", "bracket closes nothing", ")", ("all", "a", "b")),
        ("a OR", "OR stands between two words", "OR", "a"),
        ("OR a", "OR stands between two words", "OR", "a"),
        ("a OR OR b", "OR stands between two words", "OR", ("any", "a", "b")),
        ("a AND", "AND stands between two words", "AND", "a"),
        ("(a OR) b", "OR stands between two words", "OR", ("all", "a", "b")),
        ("a OR lang:fr b", "not lang:fr", "lang:fr", ("all", "a", "b")),
        ("a NOT", "NOT needs a word", "NOT", "a"),
        ("NOT", "NOT needs a word", "NOT", None),
        ("a = b", "= needs a word", "=", ("all", "a", "b")),
        ("foo:bar", "no field foo:", "foo:", "foo bar"),
        ("titel:pact", "Did you mean title:?", "titel:", "titel pact"),
        ("headline:pact un", "Did you mean title:?", "headline:", ("all", "headline pact", "un")),
        ("since:2024", "Did you mean after:?", "since:", "since 2024"),
        ("pro*ment", "so pro* was looked for", "*", "*pro"),
        ("*ment", "only at the end of the last word", "*", "ment"),
        ('"min* meets"', "only at the end of the last word", "*", "min meets"),
        ("un *", "after the beginning of a word", "*", "un"),
    ],
)
def test_a_mistake_is_a_sentence_with_its_place_and_the_rest_is_searched(
    text: str, sentence: str, place: str, rest: object
) -> None:
    query = parse(text)
    assert shape(query.root) == rest
    (problem,) = query.problems
    assert sentence in problem.sentence
    assert query.text[problem.start : problem.end] == place


def test_a_range_written_backwards_is_turned_round_and_said() -> None:
    query = parse("date:2024-10..2024-09")
    assert query.root == DateWithin(dt.date(2024, 9, 1), dt.date(2024, 10, 31))
    assert "backwards" in query.problems[0].sentence


@pytest.mark.parametrize(
    "text", ["https://x.com/a?b=c", "at 10:30", "Modi: India first", "mailto:a@b.in", "C:\\news", "भारत:एक", "a:b"]
)
def test_addresses_times_and_colons_in_a_text_are_no_fields(text: str) -> None:
    assert parse(text).problems == ()


def test_every_mistake_is_told_in_the_order_of_the_query() -> None:
    problems = parse('(lang:fr date:x "y').problems
    assert [problem.start for problem in problems] == [0, 1, 9, 16]


def test_exact_reads_every_word_as_if_marked() -> None:
    assert shape(parse('un "a pact" title:x', exact=True).root) == ("all", "=un", "=a pact", "=Tx")
    assert shape(parse("gov*", exact=True).root) == "=*gov"


def test_the_last_word_is_a_beginning_only_while_it_is_typed() -> None:
    assert shape(parse("un pac", unfinished=True).root) == ("all", "un", "*pac")
    assert shape(parse('un "a pac', unfinished=True).root) == ("all", "un", "*a pac")
    assert shape(parse("un pac ", unfinished=True).root) == ("all", "un", "pac")
    assert shape(parse('"un pac"', unfinished=True).root) == "un pac"
    assert shape(parse("=pac", unfinished=True).root) == "=pac"
    assert shape(parse("un pac").root) == ("all", "un", "pac")


@pytest.mark.parametrize(
    "text",
    [
        "un lang:",
        "un lang:h",
        "un date:2024-",
        "date:2024..20",
        "date:[2024 to",
        'un "a',
        "(un",
        "un OR",
        "un NOT ",
        "un =",
    ],
)
def test_what_is_still_being_typed_is_no_mistake(text: str) -> None:
    assert parse(text, unfinished=True).problems == ()


@pytest.mark.parametrize("text", ["lang:fr", "date:soon", "foo:bar"])
def test_what_typing_on_can_not_mend_is_said_at_once(text: str) -> None:
    assert parse(text, unfinished=True).problems


def test_places_of_terms_are_those_in_the_query() -> None:
    text = 'un -x title:"a pact" =छोड़'
    assert [text[term.start : term.end] for term in parse(text).terms()] == ["un", '"a pact"', "=छोड़"]


def test_a_long_query_is_cut_with_a_sentence() -> None:
    query = parse(" ".join(f"word{number}" for number in range(MAX_WORDS + 5)))
    assert len(query.terms()) == MAX_WORDS
    assert "Only the first" in query.problems[0].sentence
    assert "too long" in parse("x" * 5_000).problems[0].sentence


def test_deep_brackets_are_survived() -> None:
    assert shape(parse("(" * 1_000 + "a" + ")" * 900).root) == "a"


@pytest.mark.parametrize("value", ["2024-00", "32/1/2024", "..", "a..b", "2024-1-1-1", "", "0000"])
def test_nonsense_is_no_date(value: str) -> None:
    assert parse_dates(value) is None


MARKS = st.sampled_from(
    [
        '"',
        "“",
        "”",
        "'",
        "(",
        ")",
        "-",
        "=",
        "*",
        ":",
        "|",
        " ",
        "OR",
        "AND",
        "NOT",
        "title:",
        "date:",
        "lang:",
        "entity:",
    ]
)


@given(st.lists(st.one_of(MARKS, st.text(max_size=6), st.sampled_from(["un", "राष्ट्र", "2024-09"])), max_size=14))
def test_nothing_typed_ever_raises(parts: list[str]) -> None:
    text = "".join(parts)
    for unfinished in (False, True):
        query = parse(text, unfinished=unfinished)
        for term in query.terms():
            assert term.words
            assert 0 <= term.start < term.end <= len(text)
        for problem in query.problems:
            assert 0 <= problem.start < problem.end <= len(text)
            assert problem.sentence.endswith((".", "?"))


@given(st.text(alphabet=st.sampled_from("ab\"'()-=*:|. ORN[]{}>#२०1/\u200d\u093f"), max_size=40), st.booleans())
def test_every_mistake_lies_in_the_query(text: str, unfinished: bool) -> None:
    for problem in parse(text, unfinished=unfinished).problems:
        assert 0 <= problem.start < problem.end <= len(text)

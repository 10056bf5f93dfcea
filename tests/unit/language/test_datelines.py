from __future__ import annotations

import pytest

from desktop_app.language.datelines import agency, dateline_end


@pytest.mark.parametrize(
    ("paragraph", "dateline"),
    [
        ("Lima [Peru], March 4 : Miners blocked the road.", "Lima [Peru], March 4 : "),
        ("OSLO, Feb. 2 — The storm passed.", "OSLO, Feb. 2 — "),
        ("QUITO, Ecuador (Jan. 9) – Voters queued.", "QUITO, Ecuador (Jan. 9) – "),
        ("New Delhi, Sep 27 (PTI) The minister left.", "New Delhi, Sep 27 (PTI) "),
        ("LONDON (Reuters) - Shares fell.", "LONDON (Reuters) - "),
        ("Rio de Janeiro, May 3: Rain fell.", "Rio de Janeiro, May 3: "),
        ("पटना, 4 मार्च (एजेंसी)। नदी का जलस्तर बढ़ गया।", "पटना, 4 मार्च (एजेंसी)। "),
        ("लखनऊ/पटना, ५ मई। बारिश हुई।", "लखनऊ/पटना, ५ मई। "),
        ("नई दिल्ली, 27 सितंबर (भाषा) मंत्री रवाना हुए।", "नई दिल्ली, 27 सितंबर (भाषा) "),
    ],
)
def test_place_with_date_or_agency_is_a_dateline(paragraph: str, dateline: str) -> None:
    assert paragraph[: dateline_end(paragraph, lead=True)] == dateline


@pytest.mark.parametrize("paragraph", ["MUMBAI: Prices rose.", "पटना। बारिश हुई।", "जागरण संवाददाता, पटना। बारिश हुई।"])
def test_a_bare_place_is_one_only_in_the_lead(paragraph: str) -> None:
    assert dateline_end(paragraph, lead=True) > 0
    assert dateline_end(paragraph, lead=False) == 0


@pytest.mark.parametrize(
    "paragraph",
    [
        "यह सच है। बारिश हुई।",
        "मोदी आए। सब गए।",
        "The minister said: nothing had changed.",
        "He was born on March 4 - a cold day.",
        "5 अगस्त को बैठक हुई। सब आए।",
        ": कुछ नहीं",
        "Home Minister Rao (left) met the crowd.",
        'Home Minister: "We will see."',
        "Peru: what comes next?",
        "",
    ],
)
def test_sentences_are_no_datelines(paragraph: str) -> None:
    assert dateline_end(paragraph, lead=True) == 0


def test_the_agency_is_read_from_the_brackets() -> None:
    assert agency("New Delhi, Sep 27 (PTI) ") == "PTI"
    assert agency("नई दिल्ली, 27 सितंबर (भाषा) ") == "भाषा"
    assert agency("QUITO, Ecuador (Jan. 9) – ") is None
    assert agency("पटना, 4 मार्च (विशेष संवाददाता)। ") is None

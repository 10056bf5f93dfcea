"""A small bilingual library in a real index."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from desktop_app.domain import Language
from desktop_app.search.documents import IndexDocument
from desktop_app.search.index import SearchIndex

ENGLISH_MEETING = IndexDocument(
    1,
    "Lavrov meets Guterres in New York",
    "Lavrov meets Guterres in New York\n"
    "Russian Foreign Minister Sergey Lavrov met UN Secretary-General Antonio Guterres on Thursday. 🇮🇳\n"
    "They discussed the Pact for the Future and governments that make war. Officials from the US told us nothing.",
    Language.ENGLISH,
    "The Daily Lamp",
    dt.date(2024, 9, 27),
    (7, 9),
    ("United Nations", "UN", "संयुक्त राष्ट्र", "Sergey Lavrov", "सर्गेई लवरोव"),
)
HINDI_MEETING = IndexDocument(
    2,
    "लवरोव और गुटेरेस की बैठक",
    "लवरोव और गुटेरेस की बैठक\n"
    "लवरोव ने संयुक्त राष्ट्र महासचिव से मुलाकात की। क्\u200dषेत्र में युद्ध और सरकारों पर चर्चा हुई।\n"
    "यूएन ने कुछ नहीं कहा।",
    Language.HINDI,
    None,
    None,
    (7,),
    ("United Nations", "UN", "संयुक्त राष्ट्र"),
)
CRICKET = IndexDocument(
    3,
    "India wins the final",
    "India wins the final\nThe governments of two states sent their congratulations. A government minister danced.",
    Language.ENGLISH,
    "Harbour Post",
    dt.date(2023, 11, 19),
)
FLOOD = IndexDocument(
    4,
    "केरल में भूस्खलन",
    "केरल में भूस्खलन\nवायनाड में भारी बारिश के बाद भूस्खलन हुआ। राहत कार्य जारी है।",
    Language.HINDI,
    "दैनिक दीप",
    dt.date(2024, 7, 30),
)
DOCUMENTS = (ENGLISH_MEETING, HINDI_MEETING, CRICKET, FLOOD)


@pytest.fixture
def empty_index(tmp_path: Path) -> SearchIndex:
    index = SearchIndex(tmp_path / "index", "a token")
    index.open_or_create()
    return index


@pytest.fixture
def index(empty_index: SearchIndex) -> SearchIndex:
    empty_index.add(DOCUMENTS)
    return empty_index

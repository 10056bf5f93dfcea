from __future__ import annotations

import datetime as dt

import pytest

from desktop_app.extraction.dates import find_full_dates, read_date_line, read_labelled_date, read_timestamp

DAY = dt.date(2024, 9, 27)


@pytest.mark.parametrize(
    "line",
    [
        "Sep 27, 2024",
        "September 27, 2024",
        "27 September 2024",
        "Friday, 27 Sept. 2024, 10:30 am IST",
        "27 सितंबर 2024",
        "२७ सितम्बर २०२४",
        "शुक्रवार, 27 सितंबर, 2024",
        "प्रकाशित: 27 सितंबर 2024, 10:30 बजे",
        "2024-09-27",
        "2024-09-27T23:30:00+05:30",
        "27/09/2024",
        "27.09.2024",
        "09/27/2024",
        "२७/०९/२०२४",
        "Updated: Sep 28, 2024 | Published: Sep 27, 2024",
        "(27-Sep-2024)",
    ],
)
def test_a_date_line_gives_its_day(line: str) -> None:
    found = read_date_line(line)
    assert found is not None
    assert found.date == DAY


@pytest.mark.parametrize("line", ["September 27", "27 सितंबर", "Friday, September 27"])
def test_a_date_line_without_a_year_gives_no_day(line: str) -> None:
    found = read_date_line(line)
    assert found is not None
    assert found.date is None


@pytest.mark.parametrize(
    "line",
    [
        "Talks began on Sep 27, 2024",
        "27 सितंबर 2024 को बैठक हुई",
        "New York [US], September 27 :",
        "Friday",
        "2024",
        "30 February 2024",
        "99/99/2024",
        "",
        "100 days",
    ],
)
def test_other_lines_are_no_date_lines(line: str) -> None:
    assert read_date_line(line) is None


def test_dates_are_found_where_they_stand() -> None:
    text = "From 2024-09-27 to २८ सितंबर २०२४."
    found = [(text[full.start : full.end], full.date.day) for full in find_full_dates(text)]
    assert found == [("2024-09-27", 27), ("२८ सितंबर २०२४", 28)]


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2024-09-27T23:30:00+05:30", DAY),
        ("2024-09-27T23:30:00Z", DAY),
        ("20240927", DAY),
        ("20240927T101500", DAY),
        ("Fri, 27 Sep 2024 10:15:00 GMT", DAY),
        ("2024-13-45", None),
        ("0000-00-00T00:00:00", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_a_timestamp_gives_the_day_written_there(value: str, day: dt.date | None) -> None:
    assert read_timestamp(value) == day


def test_a_label_shows_the_date_among_other_words() -> None:
    assert read_labelled_date("Publish Date: Fri, 27 Sep 2024 09:15 AM (IST)Author: Staff") == DAY
    assert read_labelled_date("Edited by Jane Roe, who was born on 27 Sep 2024") is None

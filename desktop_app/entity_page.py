"""What the library knows of one entity: forms, months, concordance, articles, company."""

from __future__ import annotations

import datetime as dt

from desktop_app.domain import (
    Companion,
    ConcordanceLine,
    Entity,
    EntityPage,
    FormCount,
    Language,
    MonthCount,
)
from desktop_app.shelf import Shelf

_CONTEXT_CHARS = 80
_MOST_LINES = 2000
_MOST_COMPANIONS = 40


def entity_page(shelf: Shelf, entity: Entity) -> EntityPage:
    """The page of *entity*; its concordance holds the newest articles' mentions first."""
    articles = shelf.entities.articles_naming(entity.id)
    return EntityPage(
        entity=entity,
        forms=_forms(shelf, entity.id),
        months=_months(shelf, entity.id),
        concordance=_concordance(shelf, entity.id),
        concordance_total=entity.mentions,
        articles=tuple(shelf.articles.rows(articles)),
        companions=_companions(shelf, entity.id),
    )


def _forms(shelf: Shelf, entity: int) -> tuple[FormCount, ...]:
    rows = shelf.database.connection().execute(
        "SELECT form, language, sum(count) AS n FROM forms WHERE entity = ?"
        " GROUP BY form, language ORDER BY n DESC, form",
        (entity,),
    )
    return tuple(FormCount(row["form"], Language(row["language"]), row["n"]) for row in rows)


def _months(shelf: Shelf, entity: int) -> tuple[MonthCount, ...]:
    """Months in order, the undated mentions last."""
    rows = shelf.database.connection().execute(
        "SELECT substr(a.date, 1, 7) AS month, sum(a.language = 'en') AS en, sum(a.language = 'hi') AS hi"
        " FROM mentions m JOIN articles a ON a.id = m.article WHERE m.entity = ?"
        " GROUP BY month ORDER BY month IS NULL, month",
        (entity,),
    )
    return tuple(MonthCount(row["month"], row["en"], row["hi"]) for row in rows)


def _concordance(shelf: Shelf, entity: int) -> tuple[ConcordanceLine, ...]:
    """Each mention with the text around it; the cutting is done by SQLite, which counts code points as we do."""
    rows = shelf.database.connection().execute(
        "SELECT a.id, a.language, a.date, m.start, m.end,"
        " substr(a.text, max(1, m.start + 1 - :c), min(m.start, :c)) AS left,"
        " substr(a.text, m.start + 1, m.end - m.start) AS keyword,"
        " substr(a.text, m.end + 1, :c) AS right"
        " FROM mentions m JOIN articles a ON a.id = m.article WHERE m.entity = :e"
        " ORDER BY a.sort_date IS NULL, a.sort_date DESC, a.story, a.language, a.id, m.start LIMIT :n",
        {"c": _CONTEXT_CHARS, "e": entity, "n": _MOST_LINES},
    )
    return tuple(
        ConcordanceLine(
            article=row["id"],
            language=Language(row["language"]),
            date=None if row["date"] is None else dt.date.fromisoformat(row["date"]),
            start=row["start"],
            end=row["end"],
            left=_one_line(row["left"], cut_front=True),
            keyword=" ".join(row["keyword"].split()),
            right=_one_line(row["right"], cut_front=False),
        )
        for row in rows
    )


def _one_line(text: str, *, cut_front: bool) -> str:
    """Context on one line, without the word that the cut went through."""
    words = text.replace("\n", " ⏎ ")
    if len(text) >= _CONTEXT_CHARS:
        words = words.partition(" ")[2] if cut_front else words.rpartition(" ")[0]
    return words


def _companions(shelf: Shelf, entity: int) -> tuple[Companion, ...]:
    rows = (
        shelf.database.connection()
        .execute(
            "SELECT entity, count(DISTINCT article) AS n FROM mentions"
            " WHERE article IN (SELECT article FROM mentions WHERE entity = :e) AND entity != :e"
            " GROUP BY entity ORDER BY n DESC, count(*) DESC, entity LIMIT :n",
            {"e": entity, "n": _MOST_COMPANIONS},
        )
        .fetchall()
    )
    found = ((shelf.entities.entity(row["entity"]), row["n"]) for row in rows)
    return tuple(Companion(other, count) for other, count in found if other is not None)

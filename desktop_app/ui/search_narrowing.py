"""Narrowing a search step by step, as clicks on the facets do."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import replace
from enum import StrEnum

from desktop_app.domain import Facets, FacetValue, Language, Narrowing
from desktop_app.ui.words import month_words

NO_DATE = "none"
"""The value of the months for articles without a date."""


class Facet(StrEnum):
    """By what hits are counted; the words stand before the values."""

    LANGUAGE = "Language"
    SOURCE = "Source"
    MONTH = "Month"
    ENTITY = "Names"


def toggled(narrowing: Narrowing, facet: Facet, value: str) -> Narrowing:
    """*narrowing* with this value of a facet, or without it if it has it."""
    on = value not in values_in(narrowing, facet)
    match facet:
        case Facet.LANGUAGE:
            return replace(narrowing, language=Language(value) if on else None)
        case Facet.SOURCE:
            return replace(narrowing, source=value if on else None)
        case Facet.MONTH:
            first, last = _days_of(value) if on and value != NO_DATE else (None, None)
            return replace(narrowing, first=first, last=last, undated=on and value == NO_DATE)
        case Facet.ENTITY:
            entity = int(value)
            others = tuple(known for known in narrowing.entities if known != entity)
            return replace(narrowing, entities=(*others, entity) if on else others)


def values_in(narrowing: Narrowing, facet: Facet) -> tuple[str, ...]:
    """What *narrowing* asks of a facet; dates only if they are one whole month."""
    match facet:
        case Facet.LANGUAGE:
            return () if narrowing.language is None else (narrowing.language.value,)
        case Facet.SOURCE:
            return () if narrowing.source is None else (narrowing.source,)
        case Facet.MONTH if narrowing.undated:
            return (NO_DATE,)
        case Facet.MONTH:
            month = None if narrowing.first is None else f"{narrowing.first:%Y-%m}"
            whole = month is not None and (narrowing.first, narrowing.last) == _days_of(month)
            return (month,) if whole and month is not None else ()
        case Facet.ENTITY:
            return tuple(str(entity) for entity in narrowing.entities)


def offered(facets: Facets, facet: Facet) -> tuple[FacetValue, ...]:
    """The values of a facet that some hits have, in the words of the window.

    An entity that every hit names is left out: it narrows nothing.
    """
    match facet:
        case Facet.LANGUAGE:
            counts = ((Language.ENGLISH, "English", facets.english), (Language.HINDI, "Hindi", facets.hindi))
            return tuple(FacetValue(language.value, name, count) for language, name, count in counts if count)
        case Facet.SOURCE:
            return facets.sources
        case Facet.MONTH:
            months = (FacetValue(month.value, month_words(month.value), month.count) for month in facets.months)
            undated = (FacetValue(NO_DATE, "no date", facets.undated),) if facets.undated else ()
            return (*months, *undated)
        case Facet.ENTITY:
            everything = facets.english + facets.hindi
            return tuple(entity for entity in facets.entities if entity.count < everything)


def _days_of(month: str) -> tuple[dt.date, dt.date]:
    first = dt.date.fromisoformat(f"{month}-01")
    return first, first.replace(day=calendar.monthrange(first.year, first.month)[1])

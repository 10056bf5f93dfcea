"""The shapes of the command line's JSON. Outside checks rely on them: keys may be added, never renamed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

from desktop_app.domain import (
    Article,
    ArticleLink,
    ArticleRow,
    Comparison,
    Entity,
    FileReport,
    LegacyText,
    Mention,
    Reason,
    SearchHit,
    Sentence,
    Story,
)
from desktop_app.records import BinnedArticle, Feed, ImportRecord, Version, WatchedFolder

Json = dict[str, object]


class EntityPairCount(TypedDict):
    """An entity in a comparison, with its mentions on each side."""

    id: int
    en: str | None
    hi: str | None
    type: str
    mentions_en: int
    mentions_hi: int


def file_report(report: FileReport) -> Json:
    return {
        "path": report.path,
        "status": report.status.value,
        "article": report.article,
        "message": report.message,
        "legacy": None if report.legacy is None else _legacy(report.legacy),
    }


def binned_article(row: BinnedArticle) -> Json:
    return {
        "id": row.article,
        "title": row.title,
        "language": row.language.value,
        "date": row.date.isoformat() if row.date else None,
        "source": row.source,
        "binned_at": row.binned_at.isoformat(),
        "days_left": row.days_left,
    }


def import_record(record: ImportRecord) -> Json:
    return {
        "id": record.id,
        "started_at": record.started_at.isoformat(),
        "description": record.description,
        "articles": record.articles,
    }


def version(version: Version) -> Json:
    return {
        "article": version.article,
        "number": version.number,
        "kept_at": version.kept_at.isoformat(),
        "reason": version.reason.value,
        "path": version.path,
        "address": version.address,
        "title": version.title,
        "date": version.date.isoformat() if version.date else None,
        "source": version.source,
        "text": version.text,
    }


def _legacy(legacy: LegacyText) -> Json:
    return {"font": legacy.font, "before": legacy.before, "after": legacy.after}


def feed(feed: Feed) -> Json:
    return {
        "id": feed.id,
        "address": feed.address,
        "title": feed.title,
        "every_minutes": feed.every_minutes,
        "checked_at": feed.checked_at.isoformat() if feed.checked_at else None,
        "problem": feed.problem,
        "failures": feed.failures,
        "articles": feed.articles,
        "paused": feed.paused,
    }


def watched_folder(folder: WatchedFolder) -> Json:
    return {"path": folder.path, "problem": folder.problem}


def article_row(row: ArticleRow) -> Json:
    return {
        "id": row.id,
        "title": row.title,
        "title_inferred": row.title_inferred,
        "date": row.date.isoformat() if row.date else None,
        "source": row.source,
        "language": row.language.value,
        "words": row.words,
        "path": row.path,
        "story": row.story,
    }


def article(article: Article, mentions: Sequence[Mention]) -> Json:
    return {
        "id": article.id,
        "title": article.title,
        "title_inferred": article.title_inferred,
        "date": article.date.isoformat() if article.date else None,
        "source": article.source,
        "language": article.language.value,
        "path": article.path,
        "text": article.text,
        "sentences": [{"start": s.start, "end": s.end, "kind": s.kind.value} for s in article.sentences],
        "mentions": [mention(m) for m in mentions],
    }


def mention(mention: Mention) -> Json:
    return {
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "type": mention.type.value,
        "entity": mention.entity,
        "how": mention.form.value,
    }


def entity(entity: Entity) -> Json:
    return {
        "id": entity.id,
        "type": entity.type.value,
        "en": entity.en,
        "hi": entity.hi,
        "aliases": list(entity.aliases),
        "mentions": entity.mentions,
        "articles": entity.articles,
    }


def search_hit(hit: SearchHit) -> Json:
    return {
        "id": hit.id,
        "title": hit.title,
        "language": hit.language.value,
        "date": hit.date.isoformat() if hit.date else None,
        "source": hit.source,
        "score": hit.score,
        "snippet": hit.snippet,
        "spans": [[span.start, span.end] for span in hit.spans],
        "matched": list(hit.matched),
        "kind": hit.kind.value,
    }


def story(story: Story) -> Json:
    return {
        "id": story.id,
        "articles": list(story.articles),
        "pairs": [article_link(link) for link in story.links],
    }


def article_link(link: ArticleLink) -> Json:
    return {
        "en": link.en,
        "hi": link.hi,
        "relation": link.relation.value,
        "probability": round(link.probability, 4),
        "reasons": _reasons(link.reasons),
    }


def comparison(
    comparison: Comparison, en: Sequence[Sentence], hi: Sequence[Sentence], entities: Sequence[EntityPairCount]
) -> Json:
    return {
        "relation": comparison.relation.value,
        "probability": round(comparison.probability, 4),
        "reasons": _reasons(comparison.reasons),
        "sentences": {
            "en": [{"start": s.start, "end": s.end} for s in en],
            "hi": [{"start": s.start, "end": s.end} for s in hi],
        },
        "links": [
            {"en": list(link.en), "hi": list(link.hi), "probability": round(link.probability, 4)}
            for link in comparison.links
        ],
        "only_en": list(comparison.only_en),
        "only_hi": list(comparison.only_hi),
        "entities": list(entities),
    }


def _reasons(reasons: Sequence[Reason]) -> list[Json]:
    return [{"en": reason.en, "hi": reason.hi, "kind": reason.kind} for reason in reasons]

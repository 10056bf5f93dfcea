"""How well entities are found and joined, against gold annotation.

    python tests/benchmarks/entity_accuracy.py FOLDER [FOLDER ...] [--no-recogniser] [--errors]

A FOLDER holds texts and `entities.gold.json` (one story: recall and precision of names, hashtags and handles per
language), or stories as sub-folders with `gold.json` (exact-span F1 of typed mentions, with titles as PER and
demonyms as LOC; B³ F1 of the entities, both languages together). Drives the program's own extraction and annotation.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from desktop_app.domain import ExtractedArticle, Language, MentionForm, StoryAnnotation
from desktop_app.entities.annotator import Annotator
from desktop_app.entities.recognised_names import NameRecogniser
from desktop_app.extraction import extract

Spot = tuple[int, int, int, str]
"""Document, start, end, type ("" where types do not count)."""
TYPES = {"TITLE": "PER", "NORP": "LOC"}


@dataclass(frozen=True, slots=True)
class GoldMention:
    document: int
    start: int
    end: int
    text: str
    type: str
    entity: str
    level: str
    nested: bool


@dataclass(frozen=True, slots=True)
class Story:
    name: str
    articles: Sequence[ExtractedArticle]
    gold: Sequence[GoldMention]


@dataclass(slots=True)
class Score:
    right: int = 0
    found: int = 0
    wanted: int = 0

    def add(self, found: set[Spot], wanted: set[Spot]) -> None:
        self.right += len(found & wanted)
        self.found += len(found)
        self.wanted += len(wanted)

    def __str__(self) -> str:
        precision, recall = self.right / max(self.found, 1), self.right / max(self.wanted, 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        counts = f"({self.right}/{self.wanted}, {self.found} found)"
        return f"precision {precision:.3f} recall {recall:.3f} F1 {f1:.3f} {counts}"


def load_story(folder: Path, gold_file: Path) -> Story:
    data = json.loads(gold_file.read_text(encoding="utf-8"))
    names = sorted({mention["doc"] for mention in data["mentions"]})
    files = {
        name: next(path for path in sorted(folder.iterdir()) if path.stem == name or path.name == name)
        for name in names
    }
    articles = [extract(files[name].read_bytes(), files[name].name) for name in names]
    gold = []
    for mention in data["mentions"]:
        number = names.index(mention["doc"])
        raw = files[mention["doc"]].read_bytes().decode("utf-8-sig")
        shift = raw.count("\r\n", 0, mention["start"])
        start, end = mention["start"] - shift, mention["end"] - shift
        if articles[number].text[start:end] != mention["text"]:
            print(f"{folder.name}: {mention['text']!r} is not at {start}", file=sys.stderr)
        level = mention.get("level", "")
        gold.append(
            GoldMention(
                number,
                start,
                end,
                mention["text"],
                mention["type"],
                mention["entity"],
                level,
                bool(mention.get("nested_in")),
            )
        )
    return Story(folder.name, articles, gold)


def stories_of(folder: Path) -> list[Story]:
    own = folder / "entities.gold.json"
    if own.exists():
        return [load_story(folder, own)]
    return [load_story(gold.parent, gold) for gold in sorted(folder.glob("*/gold.json"))]


def b_cubed(story: Story, annotation: StoryAnnotation) -> tuple[float, float, int]:
    """Sums of B³ precision and recall over the mentions that gold and program share, and their number."""
    cluster = {
        (number, m.start, m.end): m.cluster for number, mentions in enumerate(annotation.mentions) for m in mentions
    }
    pairs = [
        (g.entity, cluster[g.document, g.start, g.end]) for g in story.gold if (g.document, g.start, g.end) in cluster
    ]
    by_gold: defaultdict[str, list[int]] = defaultdict(list)
    by_cluster: defaultdict[int, list[str]] = defaultdict(list)
    for entity, number in pairs:
        by_gold[entity].append(number)
        by_cluster[number].append(entity)
    precision = sum(by_cluster[number].count(entity) / len(by_cluster[number]) for entity, number in pairs)
    recall = sum(by_gold[entity].count(number) / len(by_gold[entity]) for entity, number in pairs)
    return precision, recall, len(pairs)


def typed_spans(story: Story, annotation: StoryAnnotation) -> tuple[set[Spot], set[Spot]]:
    wanted = {(g.document, g.start, g.end, TYPES.get(g.type, g.type)) for g in story.gold}
    found = {
        (number, m.start, m.end, m.type.value) for number, mentions in enumerate(annotation.mentions) for m in mentions
    }
    return found, wanted


def named_spans(story: Story, annotation: StoryAnnotation, language: Language) -> tuple[set[Spot], set[Spot]]:
    """Spans of names, hashtags and handles in one language: titles, demonyms and short forms neither help nor hurt."""
    ignored = {(g.document, g.start, g.end, "") for g in story.gold if g.level not in ("name", "tag") or g.nested}
    wanted = {(g.document, g.start, g.end, "") for g in story.gold if g.level in ("name", "tag") and not g.nested}
    found = {
        (number, m.start, m.end, "")
        for number, mentions in enumerate(annotation.mentions)
        for m in mentions
        if m.form not in (MentionForm.TITLE, MentionForm.DEMONYM, MentionForm.PRONOUN)
    }
    pages = {number for number, article in enumerate(story.articles) if article.language is language}
    return {s for s in found - ignored if s[0] in pages}, {s for s in wanted if s[0] in pages}


def show_errors(story: Story, found: set[Spot], wanted: set[Spot]) -> None:
    def shown(spots: Iterable[Spot]) -> str:
        return " ".join(f"{story.articles[s[0]].text[s[1] : s[2]]!r}{s[3]}@{s[0]}:{s[1]}" for s in sorted(spots))

    print("   missed", shown(wanted - found))
    print("   extra ", shown(found - wanted))


def show_clusters(story: Story, annotation: StoryAnnotation) -> None:
    cluster = {(n, m.start, m.end): m.cluster for n, ms in enumerate(annotation.mentions) for m in ms}
    pairs = [(g, cluster[g.document, g.start, g.end]) for g in story.gold if (g.document, g.start, g.end) in cluster]
    by_gold: defaultdict[str, set[int]] = defaultdict(set)
    by_cluster: defaultdict[int, set[str]] = defaultdict(set)
    for mention, number in pairs:
        by_gold[mention.entity].add(number)
        by_cluster[number].add(mention.entity)
    for entity, numbers in by_gold.items():
        if len(numbers) > 1:
            print("   split ", entity, sorted({(g.text, number) for g, number in pairs if g.entity == entity}))
    for number, entities in by_cluster.items():
        if len(entities) > 1:
            print("   merged", sorted({(g.text, g.entity) for g, found in pairs if found == number}))


def recogniser_if_there(wanted: bool) -> NameRecogniser | None:
    if not wanted:
        return None
    try:
        from desktop_app.entities.recognition import Recogniser
    except ImportError:
        return None
    return Recogniser() if Recogniser.available() else None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--no-recogniser", action="store_true")
    parser.add_argument("--errors", action="store_true", help="print what is missed, extra, split and merged")
    arguments = parser.parse_args()
    recogniser = recogniser_if_there(not arguments.no_recogniser)
    print("with the recogniser" if recogniser else "without the recogniser")
    annotator = Annotator()
    for folder in arguments.folders:
        mentions, linked, total = Score(), [0.0, 0.0], 0
        by_type: defaultdict[str, Score] = defaultdict(Score)
        names = {language: Score() for language in Language}
        cpu = time.process_time()
        levels = False
        stories = stories_of(folder)
        for story in stories:
            annotation = annotator.annotate(story.articles, recogniser)
            found, wanted = typed_spans(story, annotation)
            mentions.add(found, wanted)
            for kind in ("PER", "LOC", "ORG", "EVENT", "DOC"):
                by_type[kind].add({s for s in found if s[3] == kind}, {s for s in wanted if s[3] == kind})
            precision, recall, number = b_cubed(story, annotation)
            linked[0] += precision
            linked[1] += recall
            total += number
            levels = levels or any(g.level for g in story.gold)
            for language, score in names.items():
                score.add(*named_spans(story, annotation, language))
            if arguments.errors:
                print("  ", story.name)
                show_errors(story, found, wanted)
                show_clusters(story, annotation)
        print(f"{folder.name}: mentions {mentions}")
        for kind, score in by_type.items():
            print(f"   {kind:5} {score}")
        if levels:
            for language, score in names.items():
                print(f"   names, hashtags, handles in {language}: {score}")
        precision, recall = linked[0] / max(total, 1), linked[1] / max(total, 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        print(f"   B³ precision {precision:.3f} recall {recall:.3f} F1 {f1:.3f}")
        print(f"   {1000 * (time.process_time() - cpu) / len(stories):.0f} ms of CPU a story")


if __name__ == "__main__":
    main()

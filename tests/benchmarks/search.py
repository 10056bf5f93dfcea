"""How fast Setu indexes and answers beside SQLite's FTS5 and tantivy, on the same articles, in one run.

Run: `python -m tests.benchmarks.search --articles 50000` (tantivy: `pip install --group bench`). Times are CPU
milliseconds of this process. For each kind of query, forty different questions go round three times, and the
engines take turns on every one; ratios are Setu's times by the peer's (above 1: Setu is slower). Setu's figures
include what the peers do not do: inflections, spellings across scripts, translations, completions of both, counts
of all hits and the terms that each hit holds; rows `=exact` are without expansion. Rows `new` are the first round, in
which Setu works out what else each word may be written as, and reads and merges posting lists. It keeps both, up to
bounds, until the next commit, but no hits: the rows above `new` show words that were met before.
"""

from __future__ import annotations

import argparse
import gc
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from desktop_app.language.folding import fold, stem
from desktop_app.search.analysis import forms_of
from desktop_app.search.answering import Sort
from desktop_app.search.documents import IndexDocument
from desktop_app.search.index import SearchIndex
from desktop_app.search.snippets import Matcher, find_spans, make_snippet
from tests.benchmarks.corpus import GeneratedArticle, generate
from tests.benchmarks.machine import machine
from tests.benchmarks.search_peers import LIMIT, Peer, Question, peers
from tests.benchmarks.search_queries import Questions

ROUNDS = 3
TOKEN = "benchmark"


@dataclass(frozen=True, slots=True)
class Times:
    """CPU milliseconds of questions asked for the first time, and asked again."""

    new: list[float] = field(default_factory=list)
    again: list[float] = field(default_factory=list)


p50 = statistics.median


def p95(times: list[float]) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * 0.95))]


def cpu_ms(work: Callable[[], object]) -> float:
    start = time.process_time_ns()
    work()
    return (time.process_time_ns() - start) / 1e6


def forget_words() -> None:
    """Let each engine fold and stem every word anew."""
    for cached in (fold, stem, forms_of):
        cached.cache_clear()


def ask(index: SearchIndex, question: Question, *, exact: bool = False) -> object:
    sort: Sort = "date" if question.by_date else "relevance"
    return index.search(
        question.for_setu(),
        limit=LIMIT,
        as_you_type=question.unfinished,
        sort=sort,
        exact=exact,
    )


def measure_kind(index: SearchIndex, others: Sequence[Peer], questions: list[Question], *, exact: bool) -> list[Times]:
    times = [Times() for _ in range(len(others) + 1)]
    for round_ in range(ROUNDS):
        for question in questions:
            work: list[Callable[[], object]] = [partial(ask, index, question, exact=exact)]
            work.extend(partial(peer.search, question) for peer in others)
            for took, one in zip(times, work, strict=True):
                (took.again if round_ else took.new).append(cpu_ms(one))
    return times


def measure_queries(index: SearchIndex, others: Sequence[Peer], kinds: dict[str, list[Question]]) -> None:
    """One row a kind: asked again, and asked for the first time."""
    peer_columns = "".join(f"{peer.name + ' p50':>14} {'p95':>6} {'ratios':>12}" for peer in others)
    print(f"{'query, ms of CPU':26} {'Setu p50':>8} {'p95':>6}{peer_columns}")
    for name, questions in kinds.items():
        for exact in (False, True):
            index.close()  # what was kept for the questions before is forgotten
            index.search("=water")
            ours, *theirs = measure_kind(index, others, questions, exact=exact)
            label = "  =exact" if exact else name
            for said, mine, peer in (
                (label, ours.again, [other.again for other in theirs]),
                ("    new", ours.new, [other.new for other in theirs]),
            ):
                columns = "".join(
                    f"{p50(other):14.2f} {p95(other):6.2f} {p50(mine) / p50(other):6.2f}{p95(mine) / p95(other):6.2f}"
                    for other in peer
                )
                print(f"{said:26} {p50(mine):8.2f} {p95(mine):6.2f}{columns}")


def show(texts: list[str], matcher: Matcher) -> None:
    for text in texts:
        find_spans(text, matcher)
        make_snippet(text, matcher)


def measure_snippets(index: SearchIndex, texts: dict[int, str], kinds: dict[str, list[Question]]) -> None:
    times: list[float] = []
    for name in ("common word", "AND", "OR", "phrase"):
        for question in kinds[name][:10]:
            found = index.search(question.for_setu(), limit=LIMIT)
            if len(found.hits) == LIMIT:
                times.append(cpu_ms(partial(show, [texts[hit.id] for hit in found.hits], found.matcher)))
    print(f"{LIMIT} snippets with all hits of their texts: p50 {p50(times):.2f} ms, p95 {p95(times):.2f} ms")


def measure_typing(index: SearchIndex, texts: dict[int, str], states: list[str]) -> None:
    """From a keystroke to the hits with their snippets."""

    def answer(query: str) -> None:
        found = index.search(query, limit=LIMIT, as_you_type=True)
        show([texts[hit.id] for hit in found.hits], found.matcher)

    times = [cpu_ms(partial(answer, state)) for state in states]
    print(f"keystroke to {LIMIT} hits with snippets, {len(states)} keystrokes: p50 {p50(times):.1f} ms, "
          f"p95 {p95(times):.1f} ms")  # fmt: skip


def measure_changes(folder: Path, index: SearchIndex, documents: list[IndexDocument]) -> None:
    reader = SearchIndex(folder, TOKEN)
    opening = cpu_ms(lambda: reader.search("=water"))
    changes: list[float] = []
    looks: list[float] = []
    for document in documents[:40]:
        changes.append(cpu_ms(partial(index.add, [document])))
        looks.append(cpu_ms(lambda: reader.search("=water")))
    print(f"opening the index and the first answer: {opening:.0f} ms")
    print(f"one changed article: {p50(changes):.0f} ms to write (p95 {p95(changes):.0f}), "
          f"{p50(looks):.0f} ms until a reader has searched it (p95 {p95(looks):.0f})")  # fmt: skip
    print(f"merging when idle after that: {cpu_ms(index.merge_when_idle):.0f} ms")


def resident_megabytes() -> float:
    """Of this process, now; the peak where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return pages * resource.getpagesize() / 1e6


def measure_indexing(
    folder: Path, index: SearchIndex, others: Sequence[Peer], articles: list[GeneratedArticle]
) -> None:
    documents = [IndexDocument(a.number, a.title, a.text, a.language, a.source, a.date) for a in articles]
    megabytes = sum(len(article.text.encode()) for article in articles) / 1e6
    print(f"{machine()}\n{len(articles)} articles, {megabytes:.1f} MB of text")
    rates = []
    for peer in others:
        forget_words()
        rates.append(f"{peer.name} {len(articles) / cpu_ms(partial(peer.add, articles)) * 1e3:.0f}")
    forget_words()
    index.open_or_create()
    took = cpu_ms(partial(index.add, documents))
    merged = cpu_ms(lambda: [None for _ in iter(index.merge_when_idle, False)])
    size = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
    print(f"indexing, articles a CPU second: Setu {len(articles) / took * 1e3:.0f} "
          f"({len(articles) / (took + merged) * 1e3:.0f} with all merging), {', '.join(rates)}")  # fmt: skip
    print(f"index: {size:.0f} MB, {size / megabytes:.2f} of the text")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    options = parser.parse_args()
    articles = list(generate(options.articles))
    texts = {article.number: article.text for article in articles}
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "index"
        index, others = SearchIndex(folder, TOKEN), peers(Path(scratch))
        measure_indexing(folder, index, others, articles)
        questions = Questions(articles)
        kinds, typed = questions.kinds(), questions.typed()
        gc.freeze()
        before = resident_megabytes()
        index.close()
        measure_queries(index, others, kinds)
        print(f"memory for all that: {resident_megabytes() - before:.0f} MB more")
        measure_snippets(index, texts, kinds)
        measure_typing(index, texts, typed)
        documents = [IndexDocument(a.number, a.title, a.text, a.language, a.source, a.date) for a in articles[:40]]
        measure_changes(folder, index, documents)


if __name__ == "__main__":
    main()

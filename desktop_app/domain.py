"""What Setu speaks of: articles, sentences, mentions, entities, stories. Frozen values, no I/O.

All spans are half-open `[start, end)` in Unicode code points of `Article.text`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Language(StrEnum):
    """The two languages Setu reads (ISO 639-1 codes)."""

    ENGLISH = "en"
    HINDI = "hi"

    @property
    def other(self) -> Language:
        return Language.HINDI if self is Language.ENGLISH else Language.ENGLISH


class SentenceKind(StrEnum):
    """What a line or sentence is in the article's structure."""

    TITLE = "title"
    DATE = "date"
    HEADING = "heading"
    SENTENCE = "sentence"
    URL = "url"


class EntityType(StrEnum):
    """Person, organisation, place, event, document or agreement."""

    PER = "PER"
    ORG = "ORG"
    LOC = "LOC"
    EVENT = "EVENT"
    DOC = "DOC"


class MentionForm(StrEnum):
    """How a mention refers to its entity (the contract's `how`)."""

    NAME = "name"
    TITLE = "title"
    DEMONYM = "demonym"
    HASHTAG = "hashtag"
    HANDLE = "handle"
    PRONOUN = "pronoun"


class Relation(StrEnum):
    """How two articles in different languages relate."""

    TRANSLATION = "translation"
    SAME_EVENT = "same-event"
    UNRELATED = "unrelated"


class ImportStatus(StrEnum):
    """What became of one imported file."""

    IMPORTED = "imported"
    DUPLICATE = "duplicate"
    UPDATED = "updated"
    REFUSED = "refused"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open range of code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, title, heading, date line or URL line of an article."""

    start: int
    end: int
    kind: SentenceKind = SentenceKind.SENTENCE


@dataclass(frozen=True, slots=True)
class ExtractedArticle:
    """What `extraction` makes of untrusted bytes; not yet in a library.

    `text` is the whole readable text, NFC, with "\\n" line ends; paragraphs are lines. `address` is the URL it
    says it has (http or https).
    """

    text: str
    title: str
    title_inferred: bool
    date: dt.date | None
    source: str | None
    language: Language
    sentences: tuple[Sentence, ...]
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One article of the library."""

    id: int
    text: str
    title: str
    title_inferred: bool
    date: dt.date | None
    source: str | None
    language: Language
    sentences: tuple[Sentence, ...]
    path: str
    sha256: str
    words: int
    address: str | None = None


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """What the article list shows of an article."""

    id: int
    title: str
    title_inferred: bool
    date: dt.date | None
    source: str | None
    language: Language
    words: int
    path: str
    story: int | None


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in an article's text that names an entity. Mentions may nest."""

    start: int
    end: int
    text: str
    type: EntityType
    entity: int
    form: MentionForm = MentionForm.NAME


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing with its names in both languages, as the library knows it.

    `key` is the gazetteer's stable key ("loc:russia"), None for things the gazetteer does not know.
    `mentions` and `articles` are counts over what was asked for (library or article).
    """

    id: int
    type: EntityType
    en: str | None
    hi: str | None
    aliases: tuple[str, ...] = ()
    key: str | None = None
    mentions: int = 0
    articles: int = 0

    def name(self, language: Language) -> str:
        """The name to show in *language*, falling back to the other one."""
        first, second = (self.en, self.hi) if language is Language.ENGLISH else (self.hi, self.en)
        return first or second or (self.aliases[0] if self.aliases else "?")


@dataclass(frozen=True, slots=True)
class ArticlePair:
    """What the bilingual view shows: either side may be absent."""

    en: Article | None = None
    hi: Article | None = None

    def side(self, language: Language) -> Article | None:
        return self.en if language is Language.ENGLISH else self.hi


@dataclass(frozen=True, slots=True)
class Reason:
    """One readable piece of evidence that two articles belong together."""

    en: str
    hi: str
    kind: str


@dataclass(frozen=True, slots=True)
class ArticleLink:
    """A judged pair of one English and one Hindi article of the library."""

    en: int
    hi: int
    relation: Relation
    probability: float
    reasons: tuple[Reason, ...] = ()

    @property
    def chance(self) -> float:
        """The probability that the two tell one event at all."""
        return 1.0 - self.probability if self.relation is Relation.UNRELATED else self.probability


@dataclass(frozen=True, slots=True)
class Story:
    """Articles that tell one event, with the judged pairs among them."""

    id: int
    articles: tuple[int, ...]
    links: tuple[ArticleLink, ...] = ()


@dataclass(frozen=True, slots=True)
class PassageLink:
    """Corresponding sentences: indices into each article's `sentences`."""

    en: tuple[int, ...]
    hi: tuple[int, ...]
    probability: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything said about one English and one Hindi text side by side."""

    relation: Relation
    probability: float
    reasons: tuple[Reason, ...]
    links: tuple[PassageLink, ...]
    only_en: tuple[int, ...]
    only_hi: tuple[int, ...]


ENOUGH_HITS = 5
"""Of a phrase with so many hits nothing is looked for that only comes near."""


class HitKind(StrEnum):
    """How much of what was asked for a hit has: all, some of the words, or only the meaning."""

    ALL = "all"
    SOME = "some"
    MEANING = "meaning"


class HitOrder(StrEnum):
    """What stands first among the hits."""

    RELEVANCE = "relevance"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What hits must be beside holding the words: of a language, from `first` to `last` (both included) or
    `undated`, of exactly this source, naming all of these entities. None and nothing narrow nothing."""

    language: Language | None = None
    first: dt.date | None = None
    last: dt.date | None = None
    source: str | None = None
    entities: tuple[int, ...] = ()
    undated: bool = False


@dataclass(frozen=True, slots=True)
class SearchOptions:
    """How a query is answered.

    `exact` takes every word for exactly this form in this script. `by_story` puts the reports of a story behind
    its best hit. `with_facets` counts all hits by language, source, month and entity. The best `skip` hits are left
    out: they are known already.
    """

    exact: bool = False
    order: HitOrder = HitOrder.RELEVANCE
    by_story: bool = False
    with_facets: bool = False
    skip: int = 0
    narrowing: Narrowing = Narrowing()


@dataclass(frozen=True, slots=True)
class QueryProblem:
    """A sentence about the part `[start, end)` of a query (in code points) that could not be used as it stands."""

    sentence: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FacetValue:
    """Something that `count` of the hits have. `value` is what a `Narrowing` takes, `label` what a reader reads:
    of a month "2024-09"; of an entity both names."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Facets:
    """What all hits of a query are, not just those shown; the most frequent values first, months newest first."""

    english: int = 0
    hindi: int = 0
    sources: tuple[FacetValue, ...] = ()
    months: tuple[FacetValue, ...] = ()
    entities: tuple[FacetValue, ...] = ()
    undated: int = 0


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One found article. `spans` are in `snippet`, `text_spans` in the article's text.

    `story` is what the hits were grouped by, None if they were not, or the article stands alone. Hits of another
    `kind` than ALL only come near; of one by MEANING the snippet is the passage nearest in meaning.
    """

    id: int
    title: str
    language: Language
    date: dt.date | None
    source: str | None
    score: float
    snippet: str
    spans: tuple[Span, ...]
    matched: tuple[str, ...]
    text_spans: tuple[Span, ...] = ()
    story: int | None = None
    kind: HitKind = HitKind.ALL


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """The hits of one query, or a sentence saying why there are none.

    `total` counts the hits beyond those given, too, but not those that only come near. `problems` are the mistakes
    in `query`; `message` says the rest. `suggestion` is the query that may have been meant.
    """

    query: str
    hits: tuple[SearchHit, ...]
    total: int
    message: str = ""
    request: int = 0
    problems: tuple[QueryProblem, ...] = ()
    suggestion: str = ""
    facets: Facets | None = None


@dataclass(frozen=True, slots=True)
class LegacyText:
    """A text typed for a font without Unicode (Kruti Dev, Chanakya): what it is now, and would be converted."""

    font: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file (or archive member) of an import. `legacy` offers a conversion of its text."""

    path: str
    status: ImportStatus
    article: int | None
    message: str = ""
    legacy: LegacyText | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a long task is. `total` 0 means unknown."""

    task: str
    done: int
    total: int
    item: str = ""


@dataclass(frozen=True, slots=True)
class ArticlesChanged:
    """These articles were stored, removed or understood."""

    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FormCount:
    """One way an entity is named, and how often."""

    form: str
    language: Language
    count: int


@dataclass(frozen=True, slots=True)
class MonthCount:
    """Mentions in the articles of one month ("2024-09"; None: undated), by language."""

    month: str | None
    en: int
    hi: int


@dataclass(frozen=True, slots=True)
class ConcordanceLine:
    """One mention in its context (keyword in context); `start` and `end` are in the article's text."""

    article: int
    language: Language
    date: dt.date | None
    start: int
    end: int
    left: str
    keyword: str
    right: str


@dataclass(frozen=True, slots=True)
class Companion:
    """An entity that appears together with another, and in how many of its articles."""

    entity: Entity
    articles: int


@dataclass(frozen=True, slots=True)
class EntityPage:
    """Everything the library knows of one entity. `concordance_total` counts lines beyond those given, too."""

    entity: Entity
    forms: tuple[FormCount, ...]
    months: tuple[MonthCount, ...]
    concordance: tuple[ConcordanceLine, ...]
    concordance_total: int
    articles: tuple[ArticleRow, ...]
    companions: tuple[Companion, ...]


class CorrectionKind(StrEnum):
    """What a reader stated about entities."""

    MERGE = "merge"
    SPLIT = "split"
    RENAME = "rename"
    RETYPE = "retype"
    NOT_ENTITY = "not-an-entity"
    ADD = "add"


@dataclass(frozen=True, slots=True)
class EntityName:
    """How a correction speaks of an entity, so that it means the same in another library."""

    type: EntityType
    key: str | None = None
    en: str | None = None
    hi: str | None = None

    @property
    def shown(self) -> str:
        return " · ".join(name for name in (self.en, self.hi) if name) or self.key or "?"


@dataclass(frozen=True, slots=True)
class Correction:
    """One fact a reader stated; it outranks what the program finds.

    merge: `other` is `entity`. split: `form` does not mean `entity` but a thing of its own, `other`. rename and
    retype: `entity` is now `other`. not-an-entity: `form` names nothing. add: `form` names `entity`.
    """

    kind: CorrectionKind
    entity: EntityName
    other: EntityName | None = None
    form: str | None = None
    id: int = 0
    made_at: str = ""
    undone: bool = False


@dataclass(frozen=True, slots=True)
class LocalMention:
    """A mention before linking to the library: `cluster` indexes `StoryAnnotation.clusters`."""

    start: int
    end: int
    type: EntityType
    form: MentionForm
    cluster: int


@dataclass(frozen=True, slots=True)
class Cluster:
    """One thing named in the annotated documents, before it has a library id.

    `forms` counts the surface forms by language. `stated` says that a reader fixed its names and key, so that
    it is the entity of just these.
    """

    type: EntityType
    en: str | None
    hi: str | None
    key: str | None
    forms: Mapping[Language, Mapping[str, int]] = field(default_factory=dict)
    stated: bool = False


@dataclass(frozen=True, slots=True)
class StoryAnnotation:
    """Mentions of each annotated document (in the order given) and the things they name."""

    mentions: tuple[tuple[LocalMention, ...], ...]
    clusters: tuple[Cluster, ...]

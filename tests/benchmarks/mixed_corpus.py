"""The made-up newspaper in the formats that newsrooms hold news in: texts, pages, mails, feeds, lines, archives."""

from __future__ import annotations

import html
import io
import json
import zipfile
from collections.abc import Sequence
from email.message import EmailMessage
from itertools import islice
from pathlib import Path
from xml.sax.saxutils import escape

from tests.benchmarks.corpus import GeneratedArticle, generate

_MENU = "".join(
    f'<li class="item item-{n}"><a href="/section/{n}" data-track="menu:{n}"><span>Section {n}</span></a></li>'
    for n in range(60)
)
_TEASERS = "".join(
    f'<div class="teaser"><a href="/story/{n}"><img src="/img/{n}.jpg" alt=""><h4>Another story number {n}</h4></a>'
    f'<p class="meta"><time datetime="2024-01-01">1 January 2024</time> Staff</p></div>'
    for n in range(25)
)
_SCRIPT = "<script>" + "window.dataLayer=window.dataLayer||[];dataLayer.push({a:1,b:[2,3]});" * 60 + "</script>"


def page(article: GeneratedArticle) -> str:
    """The article as a newspaper's site would serve it, with menu, teasers and scripts around it."""
    title, *paragraphs = article.text.split("\n")
    address = f"https://news.example/{article.language}/{article.number}"
    facts = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": title,
        "url": address,
        "datePublished": article.date.isoformat(),
        "publisher": {"@type": "Organization", "name": article.source},
    }
    body = "".join(f"<p>{html.escape(text)}</p>" for text in paragraphs)
    return (
        f'<!DOCTYPE html><html lang="{article.language}"><head><meta charset="utf-8"><title>{html.escape(title)} | '
        f'{article.source}</title><link rel="canonical" href="{address}"><meta property="og:title" '
        f'content="{html.escape(title)}"><meta property="og:site_name" content="{article.source}">'
        f'<script type="application/ld+json">{json.dumps(facts, ensure_ascii=False)}</script>{_SCRIPT}</head><body>'
        f'<header><nav><ul>{_MENU}</ul></nav></header><main><article><h1>{html.escape(title)}</h1>'
        f'<div class="byline">By a reporter</div><time datetime="{article.date}">{article.date:%d %B %Y}</time>'
        f'{body}</article><aside>{_TEASERS}</aside></main><footer><ul>{_MENU}</ul>© {article.source}</footer>'
        f"{_SCRIPT}</body></html>"
    )  # fmt: skip


def plain(article: GeneratedArticle) -> str:
    title, _, body = article.text.partition("\n")
    return f"{title}\n\n{article.date:%b %d, %Y}\n\n{body}\n"


def markdown(article: GeneratedArticle) -> str:
    title, *paragraphs = article.text.split("\n")
    return f"# {title}\n\n*{article.date:%d %B %Y}*\n\n" + "\n\n".join(paragraphs) + "\n"


def mail(article: GeneratedArticle) -> bytes:
    title, _, body = article.text.partition("\n")
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "desk@news.example", "reader@example.org", title
    message["Date"] = f"{article.date:%a, %d %b %Y} 06:00:00 +0000"
    message["Message-ID"] = f"<{article.number}@news.example>"
    message.set_content(body)
    return message.as_bytes()


def feed(articles: Sequence[GeneratedArticle]) -> str:
    items = []
    for article in articles:
        title, *paragraphs = article.text.split("\n")
        body = "".join(f"<p>{html.escape(text)}</p>" for text in paragraphs)
        items.append(
            f"<item><title>{escape(title)}</title><link>https://feed.example/{article.number}</link>"
            f"<guid>{article.number}</guid><pubDate>{article.date:%a, %d %b %Y} 06:00:00 +0000</pubDate>"
            f"<description>{escape(body)}</description></item>"
        )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>A feed</title>'
        f"<link>https://feed.example/</link><description>News</description>{''.join(items)}</channel></rss>"
    )


def line(article: GeneratedArticle) -> str:
    title, _, body = article.text.partition("\n")
    facts = {"title": title, "text": body, "date": article.date.isoformat(), "source": article.source,
             "language": article.language.value, "url": f"https://lines.example/{article.number}"}  # fmt: skip
    return json.dumps(facts, ensure_ascii=False)


def archive(articles: Sequence[GeneratedArticle]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for article in articles:
            packed.writestr(f"{article.number}.html" if article.number % 4 < 2 else f"{article.number}.txt",
                            page(article) if article.number % 4 < 2 else plain(article))  # fmt: skip
    return buffer.getvalue()


def write_mixed(folder: Path, count: int, seed: int = 11) -> int:
    """Write *count* articles, half of them Hindi, of each hundred: 35 pages, 20 texts, 5 Markdown, 10 mails, 10 in a
    feed, 10 as JSON lines, 10 in an archive; returns the number of files."""
    source = generate(count, seed)
    folder.mkdir(parents=True, exist_ok=True)
    for block in range(-(-count // 100)):
        news = list(islice(source, 100))
        place = folder / f"{block:03}"
        place.mkdir()
        for article in news[:35]:
            (place / f"{article.number:06}.html").write_text(page(article), encoding="utf-8")
        for article in news[35:55]:
            (place / f"{article.number:06}.txt").write_text(plain(article), encoding="utf-8")
        for article in news[55:60]:
            (place / f"{article.number:06}.md").write_text(markdown(article), encoding="utf-8")
        for article in news[60:70]:
            (place / f"{article.number:06}.eml").write_bytes(mail(article))
        if news[70:80]:
            (place / "feed.xml").write_text(feed(news[70:80]), encoding="utf-8")
        if news[80:90]:
            lines = "\n".join(line(article) for article in news[80:90])
            (place / "lines.jsonl").write_text(lines + "\n", encoding="utf-8")
        if news[90:]:
            (place / "archive.zip").write_bytes(archive(news[90:]))
    return sum(1 for path in folder.rglob("*") if path.is_file())

from __future__ import annotations

import datetime as dt

from desktop_app.domain import ExtractedArticle, Language, SentenceKind
from desktop_app.extraction import extract

PAGE = """<!DOCTYPE html>
<html lang="en"><head><title>Harbour bridge opens after nine years | Example News</title>
<meta property="og:title" content="Harbour bridge opens after nine years">
<meta property="og:site_name" content="Example News">
<meta property="article:published_time" content="2021-03-04T23:30:00+05:30">
<script>document.write("<p>Scripted words must never be seen in the article.</p>")</script></head>
<body><header><nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav></header>
<div class="cookie-banner"><p>We use cookies to improve your experience. Do you accept all cookies?</p></div>
<main><article><h1>Harbour bridge opens after nine years</h1>
<p class="byline">By Staff Reporter</p><time datetime="2021-03-05">5 March 2021</time>
<h2 class="standfirst">Thousands walk across the water on the first morning</h2>
<figure><img src="x.jpg"><figcaption>The bridge at dawn. Photo: Example</figcaption></figure>
<div class="share-buttons"><a href="#">Share on a network</a></div>
<p>Lima [Peru], March 4 : The bridge over the old harbour was opened on Thursday after nine years of work.</p>
<p>It rained.</p>
<h2>Traders cheer</h2>
<p>Traders, who had paid for <b>ferries</b> for decades, <a href="/x">cheered the mayor</a> as she cut the ribbon.</p>
<blockquote class="twitter-tweet"><p lang="en" dir="ltr">Proud of all of you 🇵🇪
<a href="https://twitter.com/hashtag/Bridge">#Bridge</a></p>
&mdash; J. Rao (@jrao) <a href="https://twitter.com/jrao/status/1367?ref_src=twsrc">March 4, 2021</a></blockquote>
<script async src="https://platform.example.org/widgets.js"></script>
<div class="ad-slot">Advertisement</div>
<p><strong>Also Read:</strong> <a href="/other">Ten things to know about ferries and their captains</a></p>
<blockquote><p>"We waited for this day," she said.</p></blockquote>
<ul><li>The bridge is two kilometres long.</li><li>It took nine years.</li></ul>
<p>A second bridge is planned.<br><br>Its cost is not known, officials who saw the plans told reporters.</p>
<h3>Related stories</h3>
</article>
<aside><h3>Most read</h3><ul>
<li><a href="/1">Another story about something else that is long enough to look like text</a></li></ul></aside>
<section class="comments"><h3>Comments</h3>
<p>I think this is a great bridge with many lamps, thanks to everyone.</p></section></main>
<footer><p>Copyright 2021 Example News. All rights reserved. Terms of use apply to all readers.</p></footer>
</body></html>"""

HINDI_PAGE = """<html lang="hi"><head><title>पुल खुला - Dainik Example</title>
<script type="application/ld+json">[{"@type":"BreadcrumbList"},{"@graph":[{"@type":["NewsArticle"],
"headline":"नौ साल बाद पुल खुला, &quot;हजारों&quot; लोग पहुंचे","inLanguage":"hi",
"datePublished":"2021-03-04T09:15:00+05:30",
"publisher":{"@type":"Organization","name":"दैनिक उदाहरण"}}]}]</script></head>
<body><form id="aspnetForm"><div class="header"><ul class="menu"><li>होम</li><li>देश</li></ul></div>
<div class="main ad-free"><h1>नौ साल बाद पुल खुला, "हजारों" लोग पहुंचे</h1>
<div class="articlecontent">पटना, ४ मार्च (एजेंसी)। नौ साल बाद नदी पर बना पुल गुरुवार को खुल गया और हजारों लोग पैदल उस पार गए।
<br><br>व्यापारियों ने मेयर का स्वागत किया और कहा कि अब नाव का इंतजार नहीं करना पड़ेगा।<br/>
<div class="ad-unit"><span>विज्ञापन</span></div>
<strong>आगे क्या होगा</strong><br>दूसरे पुल की योजना बन रही है।
<p><a href="/x">यह भी पढ़ें: दिल्ली में बारिश से हाल बेहाल</a></p>
<p>खर्च का पता नहीं है।</p><table><tr><td>लंबाई</td><td>2 किमी</td></tr></table></div>
<div class="whatsapp-widget"><p>हमारे व्हाट्सएप चैनल से जुड़ें और पाएं ताजा खबरें।</p></div>
<div class="related-news"><h3>संबंधित खबरें</h3>
<p>दिल्ली में भारी बारिश के बाद कई इलाकों में पानी भर गया और यातायात ठप हो गया।</p></div>
</div></form><div id="footer">Copyright 2021</div></body></html>"""


def read(page: str) -> ExtractedArticle:
    return extract(page.encode(), "page.html")


def kinds(article: ExtractedArticle) -> dict[str, SentenceKind]:
    return {article.text[s.start : s.end]: s.kind for s in article.sentences}


def test_the_main_text_is_kept_line_by_line_and_the_rest_goes() -> None:
    assert read(PAGE).text.split("\n") == [
        "Harbour bridge opens after nine years",
        "Thousands walk across the water on the first morning",
        "Lima [Peru], March 4 : The bridge over the old harbour was opened on Thursday after nine years of work.",
        "It rained.",
        "Traders cheer",
        "Traders, who had paid for ferries for decades, cheered the mayor as she cut the ribbon.",
        "Proud of all of you 🇵🇪 #Bridge",
        "— J. Rao (@jrao)",
        "https://twitter.com/jrao/status/1367",
        '"We waited for this day," she said.',
        "The bridge is two kilometres long.",
        "It took nine years.",
        "A second bridge is planned.",
        "Its cost is not known, officials who saw the plans told reporters.",
    ]


def test_the_page_says_title_date_source_and_language() -> None:
    article = read(PAGE)
    assert article.title == "Harbour bridge opens after nine years"
    assert not article.title_inferred
    assert article.date == dt.date(2021, 3, 4)
    assert article.source == "Example News"
    assert article.language is Language.ENGLISH


def test_headings_title_and_addresses_have_their_kinds() -> None:
    found = kinds(read(PAGE))
    assert found["Harbour bridge opens after nine years"] is SentenceKind.TITLE
    assert found["Traders cheer"] is SentenceKind.HEADING
    assert found["https://twitter.com/jrao/status/1367"] is SentenceKind.URL
    assert found["It rained."] is SentenceKind.SENTENCE


def test_a_hindi_page_of_bare_lines_and_bold_headings() -> None:
    article = read(HINDI_PAGE)
    assert article.title == 'नौ साल बाद पुल खुला, "हजारों" लोग पहुंचे'
    assert article.date == dt.date(2021, 3, 4)
    assert article.source == "दैनिक उदाहरण"
    assert article.language is Language.HINDI
    assert article.text.split("\n")[1:] == [
        "पटना, ४ मार्च (एजेंसी)। नौ साल बाद नदी पर बना पुल गुरुवार को खुल गया और हजारों लोग पैदल उस पार गए।",
        "व्यापारियों ने मेयर का स्वागत किया और कहा कि अब नाव का इंतजार नहीं करना पड़ेगा।",
        "आगे क्या होगा",
        "दूसरे पुल की योजना बन रही है।",
        "खर्च का पता नहीं है।",
        "लंबाई · 2 किमी",
    ]
    assert kinds(article)["आगे क्या होगा"] is SentenceKind.HEADING


def test_a_short_page_without_metadata_loses_nothing() -> None:
    article = read(
        "<h1>Lee reaches Lima</h1><p>Aug 24, 2024</p><p>Mr. Lee reached Lima on Friday.</p><p>He met the mayor.</p>"
    )
    assert article.text == "Lee reaches Lima\nMr. Lee reached Lima on Friday.\nHe met the mayor."
    assert article.date == dt.date(2024, 8, 24)
    assert article.source is None


def test_a_date_that_only_readers_see_is_found_and_edits_do_not_count() -> None:
    page = (
        "<title>Bridge opens | Example</title><h1>Bridge opens</h1>"
        "<div class='meta'><span>Published: 4 March 2021, 10:30 IST</span><span>By Jane Roe</span></div>"
        "<div><p>The bridge over the old harbour was opened on Thursday after nine years.</p>"
        "<p>The mayor said on 5 May 2019 that it would take long, and it did.</p></div>"
    )
    assert read(page).date == dt.date(2021, 3, 4)
    assert read(page.replace("Published: 4 March 2021, 10:30 IST", "Local news")).date is None


def test_a_page_without_any_title_gets_an_inferred_one() -> None:
    article = read(
        "<html><body><p>OSLO: The storm passed in the night and nobody was hurt. Boats were lost.</p></body></html>"
    )
    assert article.title_inferred
    assert article.title == "The storm passed in the night and nobody was hurt"
    assert article.text.startswith("OSLO: ")


def test_the_site_name_is_cut_from_the_title() -> None:
    page = (
        "<title>Well-known bridge opens - at last - Example Times</title>"
        "<meta property='og:site_name' content='Example Times'>{}"
    )
    body = "<p>The bridge over the old harbour was opened on Thursday after nine years.</p>"
    assert read(page.format(body)).title == "Well-known bridge opens - at last"


def test_preformatted_text_keeps_its_lines_and_quotes_get_their_marks() -> None:
    page = "<html><body><h1>Bridge opens</h1><pre>The bridge was opened on Thursday.\n\nIt rained.</pre></body></html>"
    assert read(page).text == "Bridge opens\nThe bridge was opened on Thursday.\nIt rained."
    quoted = "<html><body><h1>Bridge opens</h1><p>The mayor said: <q>We waited for this day.</q></p></body></html>"
    assert read(quoted).text.endswith("The mayor said: “We waited for this day.”")


def test_hidden_text_is_left_out() -> None:
    page = (
        "<article><p>The bridge over the old harbour was opened on Thursday after nine years.</p>"
        "<p hidden>Only a machine would see this sentence about nothing.</p>"
        "<p style='display: none'>Nor would anyone see this one about less.</p>"
        "<p>The mayor cut the ribbon.</p></article>"
    )
    assert read(page).text.endswith("nine years.\nThe mayor cut the ribbon.")


def test_a_page_need_not_say_where_its_body_begins() -> None:
    text = "<p>The bridge over the old harbour was opened on Thursday after nine years of work.</p>"
    for page in (
        f"<html><title>Bridge opens</title><article><h1>Bridge opens</h1>{text}</article></html>",
        f"<!doctype html><meta charset=utf-8><title>Bridge opens</title><MAIN><h1>Bridge opens</h1>{text}</MAIN>",
    ):
        article = read(page)
        assert article.title == "Bridge opens"
        assert article.text.endswith("after nine years of work.")


def test_an_amp_page_is_known_by_the_address_of_the_page_it_stands_for() -> None:
    page = PAGE.replace("<html lang", "<html amp lang").replace(
        "<head>", '<head><link rel="canonical" href="https://example.org/news/bridge#top">'
    )
    assert read(page).address == "https://example.org/news/bridge"


def test_an_address_that_is_none_is_left_out() -> None:
    for address in (
        "file:///etc/passwd",
        "javascript:alert(1)",
        "/news/bridge",
        "https://user@example.org/",
        "https://[",
    ):
        assert read(PAGE.replace("<head>", f'<head><link rel="canonical" href="{address}">')).address is None


def test_a_text_that_only_the_description_holds_is_read_from_it() -> None:
    body = "The bridge over the old harbour was opened on Thursday.\\nThousands walked across it before noon."
    description = f'{{"@type": "NewsArticle", "headline": "Harbour bridge opens", "articleBody": "{body}"}}'
    page = (
        f'<html><head><script type="application/ld+json">{description}</script></head>'
        '<body><h1>Harbour bridge opens</h1><div id="app"></div><p>Subscribe to read on.</p></body></html>'
    )
    assert read(page).text.split("\n") == [
        "Harbour bridge opens",
        "The bridge over the old harbour was opened on Thursday.",
        "Thousands walked across it before noon.",
    ]


def test_a_date_to_come_is_passed_over_for_one_that_can_be() -> None:
    page = PAGE.replace("2021-03-04T23:30:00+05:30", "2921-03-04T23:30:00+05:30")
    assert read(page).date == dt.date(2021, 3, 5)


def test_big_menus_and_teasers_leave_no_trace_and_a_small_byline_its_date() -> None:
    teaser = '<li><a href="/{}">Another story that is long enough to look like text, number {}</a></li>'
    links = "".join(teaser.format(number, number) for number in range(40))
    page = PAGE.replace("<main>", f'<div class="related-stories"><ul>{links}</ul><p>And more.</p></div><main>')
    dateline = '<div class="dateline"><a href="/x">Lima</a> Updated: 6 March 2021</div>'
    page = page.replace("2021-03-04T23:30:00+05:30", "")
    article = read(page.replace('<time datetime="2021-03-05">5 March 2021</time>', dateline))
    assert "number 7" not in article.text
    assert "And more" not in article.text
    assert article.date == dt.date(2021, 3, 6)

"""Search across articles and scripts, on Whoosh.

A query is read (`query_language` → `query_tree`), every word gets all its spellings from the index's own
vocabulary and the library (`planning`, `wording`, `vocabulary`, `expansion`), the plan is scored over posting
lists (`scoring`, `snapshot`), and hits are shown in their texts (`snippets`). `index.SearchIndex` is the door.
Whoosh keeps segments, deletions, columns and commits; `codec` gives it our file formats (`postings`,
`terms_file`), `sealed_storage` vouches for the files.
"""

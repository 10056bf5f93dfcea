"""One query from text to answer: parse, expand by what the library knows, ask the index, cut snippets."""

"""Untrusted bytes become an article: sniffing, plain text, HTML."""

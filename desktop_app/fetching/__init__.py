"""The only room that opens connections: http and https, and only to what a reader asked for.

`addresses` says what may be asked for, `fetcher` asks one server, `queue` asks several at once, politely.
No cookies, no proxies, no credentials, nothing that a page refers to.
"""

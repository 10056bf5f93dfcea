"""Setu: news in English and Hindi, side by side. The map of the house:

__main__         python -m desktop_app
cli, commands    the command line, and what each command does
keeping          the commands that remove, restore and undo
subscribing      the commands that bring news in: feeds and watched folders
output           how commands say it
contract         the shapes of its JSON
app              composition root of the window: builds everything, holds no rules
library          Library, the one door: what cli and ui may ask for
searching        one query from text to answer; known_names are other names known beforehand, meaning compares vectors
entity_page      what the library knows of one entity
worker           long work in a spawned process, with progress, cancel, time and memory limits
intake           what that process does: store, index, understand, rebuild
importing        an import, source by source; sources finds and opens its files, placing tells them from what is known
gathering        a round of fetching feeds and pages; feed_reading has them read in quarantine, feed_items: what of them
feeds, watching  the doors to subscriptions and watched folders
near_copies      which texts are nearly the same
quarantine       the process that alone reads untrusted bytes; confinement fences it in, transport checks its answers
understanding    recognition, linking and pairing of stored articles, story by story
correcting       a reader's facts, stated and taken back
pairing          placing articles into stories
registry         which entity of the library a newly found thing is
inspection       what is wrong with a library
recovery         bringing damaged articles back, from backups, what is readable, and the files they came from
care             what is due once a day: an examination, a backup
sharing          articles and corrections to files, corrections from files
shelf            one library folder opened: database, stores, index
extraction/      untrusted bytes become an article
language/        scripts, normalisation, tokens, sentences, transliteration, lexicon, the text encoder
entities/        recognition, patterns, linking across scripts, coreference, navigation
stories/         which articles tell one event; which passages correspond; what only one side says
search/          Whoosh: schema, analysis, query language, index, snippets
storage/         SQLite: the truth
fetching/        http and https within limits; nothing else opens connections
ui/              the window
settings, resources, records, domain, errors

Imports point down: __main__ -> cli -> commands -> app -> ui -> library -> worker -> intake -> understanding, importing
-> shelf -> {extraction, entities, stories, search, storage, fetching} -> {language, settings, resources} ->
{domain, errors}.
"""

__version__ = "0.1.0"

"""What the worker process does.

intake           the door: store, index, understand, rebuild
importing        an import, source by source; sources finds and opens its files, placing tells them from what is known
near_copies      which texts are nearly the same
gathering        a round of fetching feeds and pages; feed_reading has them read in quarantine, feed_items: what of them
understanding    recognition, linking and pairing of stored articles, story by story
correcting       a reader's facts, stated and taken back
pairing          placing articles into stories
registry         which entity of the library a newly found thing is
care             what is due once a day: an examination, a backup
"""

"""Words that tell whether a full stop ends a sentence, in both languages.

Lists in the manner of Punkt (Kiss and Strunk 2006): abbreviations, and words that often start a
sentence; collected for Indian and international news by this project.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NEVER_LAST = _words(
    """
    mr mrs ms mx dr prof gen lt col maj capt cmdr cdr brig adm sgt cpl insp supt det sens reps govs
    gens sen rep gov pres rev hon fr st ste mt ft messrs smt sri shri sh km er adv justice vs viz eg
    ie cf al approx esp dept govt डॉ डा मि मिस सेन प्रो श्री सुश्री श्रीमती कु पं स्व मो सं क्र नं
    ले कै जन कर्न इंजी सर्वश्री अधि लि प्रा उ म प्र द
    """
)
"""Abbreviations that stand before what they shorten: titles, "vs.", "द." (दक्षिण)."""

BEFORE_NUMBER = _words(
    """
    no nos art sec fig figs vol vols ch pp rs re approx jan feb mar apr jun jul aug sep sept oct nov
    dec
    """
)
"""Abbreviations that end no sentence where a number follows."""

SOMETIMES_LAST = _words(
    """
    inc ltd co corp bros jr sr etc phd mp mla bc ad am pm rs ave blvd rd assn univ est jan feb mar
    apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs fri sat sun रु रू वि किमी किग्रा
    सेमी मी बीए एमए पीएचडी
    """
)
"""Abbreviations that may end a sentence: then the next word has to look like a start."""

LETTER_NAMES = _words(
    """
    ए बी सी डी ई एफ जी एच आई जे के एल एम एन ओ पी क्यू आर एस टी यू वी डब्ल्यू डब्लू एक्स वाई जेड जेड़
    """
)
"""The letters of the Latin alphabet as Hindi spells them: initials in "एस. जयशंकर" and "यू.एन."."""

ONLY_CAPITALISED = _words(
    """
    gen col sen rep gov pres rev hon fr st mt ft er justice adv mar jun sec no art sat sun mon wed
    fri am co re
    """
)
"""Abbreviations that are other words when written small ("no.", "sat.", "mar.")."""

STARTERS = _words(
    """
    the a an in on at it its he she they we you his her their our my this that these those there
    here i but and or so if as when while after before however meanwhile earlier later according
    also both from with since though although asked speaking some many most no not what why how who
    where among under by to during despite last next once another other one two nearly about around
    more then for until till unlike even every each all any former only such yet still thus hence
    instead moreover उन्होंने उनका उनके उनकी उन्हें उनसे उनमें वह वे वहीं वहां वहाँ यह ये यहां यहाँ
    इस इसके इसकी इसका इससे इसमें इसे इसी इन इनमें इनके हालांकि हालाँकि लेकिन मगर किंतु परंतु जबकि
    इधर उधर बता दूसरी पिछले पहले अब अभी तब जब अगर यदि क्या क्यों कैसे हम मैं मैंने हमने हमारे हमें
    मुझे मेरे उस उसके उसकी उसने उसे ऐसे ऐसा दरअसल गौरतलब ज्ञात इसलिए वहीँ यानी फिर तो सभी कई कुछ बाद
    आज कल
    """
)
"""Words that often start a sentence; English ones count where they are capitalised."""

HINDI_CONTINUATIONS = _words(
    """
    का की के को ने से पर में तक भी ही तो जैसे जैसा जैसी वाला वाले वाली कहकर कहते कहा बोले बोला बोलीं
    लिखा पूछा नामक नाम
    """
)
"""Words that go on with a sentence after a quotation has closed."""

HINDI_SENTENCE_ENDS = _words(
    """
    है हैं था थे थी थीं हो हूं हूँ गया गई गयी गए गये हुआ हुई हुए नहीं चाहिए दिया दी दिए किया की किए
    कहा रहा रही रहे लिया ली आया आई आए करे करें होगा होगी होंगे सका सकी सके मिला मिली मिले बना बनी
    बने जाए जाएगा जाएगी जाएंगे लगा लगी लगे
    """
)
"""Verb forms that end a Hindi sentence; no place name and no agency ends in them."""

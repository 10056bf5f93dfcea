"""Words that carry no topic: left out of translation tables and of what two articles have in common."""

from __future__ import annotations

from desktop_app.language.folding import fold

_ENGLISH = """a an the of in on at to for and or but is are was were be been being has have had do does did will
would shall should can could may might must with by from as that this these those it its he she they him his her hers
their theirs them i we you my your our us me not no nor so if than then there here which who whom whose what when
where why how all any both each few more most other another some such only own same too very just also into over under
after before between during about against through up down out off again further once said says say saying s t d ll re
ve m while because until upon among within without per via yet still even much many one ones mr mrs ms dr"""

_HINDI = """का की के को में से ने पर है हैं था थे थी थीं और या कि यह वह ये वे जो तो भी ही हो एक इस उस इन उन कर करने
करना करता करते करती किया किए की गया गई गए गयी गये जा जाता जाती जाते जाना जाने जाएगा जाएगी जाएं रहा रहे रही लिए लिये साथ
तक अपने अपना अपनी कुछ जब तब कहा कहना कहते ना न नहीं क्या हुए हुआ हुई होने होता होती होते होना होगा होगी होंगे द्वारा बाद
दिया दी दिए देने लेकिन अब सकता सकते सकती सके उन्होंने उनके उनकी उनका उनको उसके उसकी उसका उसे उसने इसके इसकी इसका इसे इसमें
इससे उन्हें इन्हें इनके इनकी वाले वाली वाला वालों तथा एवं मैं हम आप तुम मेरे मेरी मेरा हमारे हमारी हमें मुझे अगर यदि पर
मगर बल्कि जिस जिसमें जिसे जिसके जिसकी जिसका जिन जिनमें जिन्हें जिनके जिनकी किसी किस कोई कई सभी सब हर बहुत काफी ऐसे ऐसा ऐसी
जैसे जैसा वहीं यहां वहां जहां पहले दौरान ओर तरफ बीच ऊपर नीचे फिर चुके चुका चुकी लगा लगे लगी लिया ली करके करें करेगा करेगी
करेंगे रखा रखने बताया यानी हालांकि इसलिए क्योंकि ताकि बारे अलावा डॉ श्री श्रीमती रु"""

FUNCTION_WORDS: frozenset[str] = frozenset(fold(word) for word in f"{_ENGLISH} {_HINDI}".split())
"""Folded, both languages together: the scripts keep them apart."""

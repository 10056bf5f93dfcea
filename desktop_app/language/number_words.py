"""The words for numbers, months, weekdays and units in English and Hindi, keyed by their folded form."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.language.folding import fold

# 0-99 in order; spellings of one number are parted by "/". After CLDR's Hindi spell-out rules and common news usage.
_HINDI = """शून्य एक दो तीन चार पांच/पाँच छह/छः/छ/छे सात आठ नौ
दस ग्यारह बारह तेरह चौदह पंद्रह/पन्द्रह सोलह सत्रह अठारह/अट्ठारह उन्नीस
बीस इक्कीस बाईस/बाइस तेईस/तेइस चौबीस पच्चीस छब्बीस सत्ताईस/सत्ताइस अट्ठाईस/अट्ठाइस/अठाईस उनतीस/उन्तीस
तीस इकतीस/इकत्तीस बत्तीस तैंतीस/तेतीस चौंतीस/चौतीस पैंतीस छत्तीस सैंतीस अड़तीस उनतालीस/उन्तालीस
चालीस इकतालीस बयालीस/बियालीस तैंतालीस/तेतालीस चौवालीस/चवालीस पैंतालीस छियालीस सैंतालीस अड़तालीस उनचास/उन्चास
पचास इक्यावन बावन तिरेपन/तिरपन चौवन पचपन छप्पन सत्तावन अट्ठावन/अठावन उनसठ
साठ इकसठ बासठ तिरसठ/तिरेसठ चौंसठ/चौसठ पैंसठ छियासठ सड़सठ अड़सठ उनहत्तर
सत्तर इकहत्तर बहत्तर तिहत्तर चौहत्तर पचहत्तर छिहत्तर सतहत्तर अठहत्तर उन्यासी/उनासी
अस्सी इक्यासी बयासी तिरासी चौरासी पचासी छियासी सत्तासी अट्ठासी/अठासी नवासी
नब्बे इक्यानवे बानवे तिरानवे/तिरानबे चौरानवे पंचानवे/पंचानबे छियानवे सत्तानवे अट्ठानवे/अठानवे निन्यानवे/निन्यानबे"""

_ENGLISH_ONES = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen"""
_ENGLISH_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"


_GROUPS = {"dozen": 12, "दर्जन": 12, "दोनों": 2, "तीनों": 3, "चारों": 4, "both": 2}


def _small_numbers() -> Mapping[str, int]:
    words = {fold(form): value for value, forms in enumerate(_HINDI.split()) for form in forms.split("/")}
    words |= {word: value for value, word in enumerate(_ENGLISH_ONES.split())}
    words |= {word: 10 * value for value, word in enumerate(_ENGLISH_TENS.split(), start=2)}
    words |= {fold(word): value for word, value in _GROUPS.items()}
    return words


SMALL_NUMBERS: Mapping[str, int] = _small_numbers()

SCALES: Mapping[str, float] = {
    fold(word): value
    for words, value in (
        ("hundred hundreds सौ सैकड़ा", 1e2),
        ("thousand thousands हजार हज़ार", 1e3),
        ("lakh lakhs lac lacs लाख", 1e5),
        ("million millions mn मिलियन", 1e6),
        ("crore crores करोड़", 1e7),
        ("billion billions bn अरब बिलियन", 1e9),
        ("खरब", 1e11),
        ("trillion trillions ट्रिलियन", 1e12),
    )
    for word in words.split()
}

FRACTIONS: Mapping[str, tuple[float, bool]] = {
    fold("साढ़े"): (0.5, True),
    fold("सवा"): (0.25, True),
    fold("पौने"): (-0.25, True),
    fold("डेढ़"): (1.5, False),
    fold("ढाई"): (2.5, False),
    fold("अढ़ाई"): (2.5, False),
}
"""Value, and whether a number must follow that it is added to."""

MONTHS: Mapping[str, int] = {
    fold(word): month
    for month, words in enumerate(
        (
            "january जनवरी",
            "february फरवरी फ़रवरी",
            "march मार्च",
            "april अप्रैल",
            "may मई",
            "june जून",
            "july जुलाई",
            "august अगस्त",
            "september सितंबर सितम्बर",
            "october अक्टूबर अक्तूबर",
            "november नवंबर नवम्बर",
            "december दिसंबर दिसम्बर",
        ),
        start=1,
    )
    for word in words.split()
}

SHORT_MONTHS: Mapping[str, int] = {
    word: month
    for month, words in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep sept", "oct", "nov", "dec"), start=1
    )
    for word in words.split()
}

WEEKDAYS: Mapping[str, int] = {
    fold(word): day
    for day, words in enumerate(
        (
            "monday सोमवार",
            "tuesday मंगलवार",
            "wednesday बुधवार",
            "thursday गुरुवार बृहस्पतिवार वीरवार गुरूवार",
            "friday शुक्रवार",
            "saturday शनिवार",
            "sunday रविवार इतवार",
        )
    )
    for word in words.split()
}

CURRENCY_SIGNS: Mapping[str, str] = {
    "$": "usd",
    "₹": "inr",
    "€": "eur",
    "£": "gbp",
    "rs": "inr",
    "inr": "inr",
    "re": "inr",
}

UNITS: Mapping[str, str] = {
    fold(word): unit
    for unit, words in (
        ("%", "% percent pc प्रतिशत फीसदी फ़ीसदी फीसद"),
        ("inr", "₹ rupee rupees रुपये रुपए रुपया रुपयों रु रूपये"),
        ("usd", "$ dollar dollars डॉलर"),
        ("eur", "euro euros यूरो"),
        ("gbp", "pound पाउंड"),
        ("km", "km kms kilometre kilometres kilometer kilometers किमी किलोमीटर"),
        ("m", "metre metres meter meters मीटर"),
        ("ft", "foot feet ft फुट फीट"),
        ("mm", "mm millimetre millimetres मिमी मिलीमीटर"),
        ("cm", "cm centimetre centimetres सेमी सेंटीमीटर"),
        ("mi", "mile miles मील"),
        ("kg", "kg kgs kilogram kilograms kilo किलो किलोग्राम किग्रा"),
        ("t", "tonne tonnes ton tons टन"),
        ("bp", "bps"),
        ("year", "year years साल वर्ष वर्षों सालों वर्षीय"),
        ("month", "month months महीने महीना महीनों माह"),
        ("week", "week weeks सप्ताह हफ्ते हफ्ता हफ्तों हफ़्ते"),
        ("day", "day days दिन दिनों दिवसीय"),
        ("hour", "hour hours घंटे घंटा घंटों"),
        ("minute", "minute minutes मिनट मिनटों"),
    )
    for word in words.split()
} | {"basis points": "bp", fold("आधार") + " " + fold("अंक"): "bp", fold("बेसिस") + " " + fold("प्वाइंट"): "bp"}


_VARGA_NASALS = ((range(0x915, 0x919), "ङ्"), (range(0x91A, 0x91E), "ञ्"), (range(0x91F, 0x923), "ण्"),
                 (range(0x924, 0x928), "न्"), (range(0x92A, 0x92E), "म्"))  # fmt: skip


def _spellings(word: str) -> set[str]:
    """The folded *word*, and how it is written with the nasal of its varga (सितंबर, सितम्बर)."""
    place = word.find("ं")
    if place < 0 or place + 1 == len(word):
        return {word}
    after = ord(word[place + 1])
    return {word} | {word[:place] + nasal + word[place + 1 :] for varga, nasal in _VARGA_NASALS if after in varga}


NUMBER_AND_DATE_WORDS: frozenset[str] = frozenset(
    spelling
    for table in (SMALL_NUMBERS, SCALES, FRACTIONS, MONTHS, SHORT_MONTHS, WEEKDAYS)
    for word in table
    for spelling in _spellings(word)
)
"""All words that can begin a number or a date, in every spelling but for nukta and chandrabindu."""

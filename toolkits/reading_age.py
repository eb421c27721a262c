"""About how old a reader has to be to follow a text, by the Flesch-Kincaid grade level. Pure: no Django.

Grade = 0.39 × words / sentences + 11.8 × syllables / words − 15.59, and age = grade + 5: Kincaid, Fishburne, Rogers
and Chissom, "Derivation of new readability formulas for Navy enlisted personnel", Research Branch Report 8-75 (1975).

Syllables are counted by groups of vowels, which is wrong for one English word in ten or so, and a sentence or two is
little to go by: good enough to say "about 17, aim for 14", never to refuse a text. For English only.
"""

import re

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# From its first mark on: a row of a thousand dots would be tried from each of them.
SENTENCE_END = re.compile(r"(?<![.!?…])[.!?…]+(?=[\s\"'”’)\]]|$)")
VOWELS = re.compile(r"[aeiouy]+")
# An e at the end is silent (made, shapes, used), unless it is all that carries the syllable (tables, boxes, wanted).
LAST_E = re.compile(r"[^aeiouy]e[ds]?$")
SPOKEN_E = re.compile(r"[^aeiouy]les?$|(?:[sxz]|[cs]h|[cg])es$|[td]ed$")
YOUNGEST = 5


def syllables(word):
    """How many syllables an English word has, about; never less than one."""
    word = word.lower()
    count = len(VOWELS.findall(word))
    if LAST_E.search(word) and not SPOKEN_E.search(word):
        count -= 1
    return max(count, 1)


def reading_age(text):
    """The reading age of an English text in whole years; None where it has no words."""
    words = WORD.findall(text)
    if not words:
        return None
    sentences = max(len(SENTENCE_END.findall(text)), 1)
    spoken = sum(syllables(word) for word in words)
    grade = 0.39 * len(words) / sentences + 11.8 * spoken / len(words) - 15.59
    return max(round(grade) + 5, YOUNGEST)

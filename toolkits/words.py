"""Words as search sees them: one way to cut text into words and words down to stems. Pure: no Django.

What is indexed, what a reader asks for, what is marked on a page and what a synonym is matched by all
pass through here, so that they cannot disagree. PostgreSQL stems once more when it matches; a test
holds the two stemmers against each other on all published words.
"""

import html
import re
import unicodedata
from functools import lru_cache

import snowballstemmer

WORD = re.compile(r"[^\W_]+")
TAG = re.compile(r"<[^>]*>")
# A language's words, one by one: all of a network's fit, and a reader who asks at random cannot fill memory.
KEPT_WORDS = 50_000
LONGEST_WORD = 60

# PostgreSQL's own list for English, without the halves of words that an apostrophe leaves.
_STOP = (
    "i me my myself we our ours ourselves you your yours yourself yourselves he him his himself she her hers herself "
    "it its itself they them their theirs themselves what which who whom this that these those am is are was were be "
    "been being have has had having do does did doing a an the and but if or because as until while of at by for with "
    "about against between into through during before after above below to from up down in out on off over under "
    "again further then once here there when where why how all any both each few more most other some such no nor "
    "not only own same so than too very s t can will just don should now"
)
STOP_WORDS = frozenset(_STOP.split())

# Words of asking rather than of the thing asked for: a page need not have them.
_ASKING = (
    "stop stopping prevent preventing reduce reducing cut cutting help helping get getting keep keeping make making "
    "improve improving tackle tackling give giving best better good way ways works effective cheap cheaply need want"
)
# The same in Welsh, and its little words: no list of PostgreSQL leaves these out. None of them is an English word.
_ASKING_IN_WELSH = (
    "y yr yn yng ar ac gan gyda gydag mewn sydd sy mae yw ydy bod fod wrth rhwng trwy drwy dros heb neu ond os lle pa beth sut "
    "fel er ers eu ei ein eich fy dy hyn hwn hon hynny pob nid ni na nad o atal lleihau helpu cael gwella rhoi gorau "
    "ffordd ffyrdd"
)
ASKING_WORDS = frozenset((*_ASKING.split(), *_ASKING_IN_WELSH.split()))

_stemmer = snowballstemmer.stemmer("english")


def fold(text):
    """`text` in small letters without accents."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def words(text):
    """The folded words of a text, in order."""
    return WORD.findall(fold(text))


@lru_cache(maxsize=KEPT_WORDS)
def stem(word):
    """The stem of a folded word: `reoffending` and `reoffends` have the same."""
    return _stemmer.stemWord(word[:LONGEST_WORD])


def stems(text):
    """The stems of a text's words, in order."""
    return tuple(stem(word) for word in words(text))


def is_stop(word):
    """Whether a folded word is too common to be searched for."""
    return word in STOP_WORDS


def is_asking(word):
    """Whether a folded word is one of asking, as `stop` and `help` are."""
    return word in ASKING_WORDS


def plain(*texts):
    """`texts` as nothing but words and spaces, for the index: a hyphen, an apostrophe or a slash parts two words."""
    return " ".join(word[:LONGEST_WORD] for text in texts if text for word in WORD.findall(text))


@lru_cache(maxsize=64)
def _by_first_word(texts):
    """{word: the texts that begin with it, the longest first}; signs before a text's first word are left out."""
    begun = {text[first.start() :]: first[0] for text in texts if (first := WORD.search(text))}
    found = {}
    for text in sorted(begun, key=lambda text: (-len(text), text)):
        found.setdefault(begun[text], []).append(text)
    return found


def parted(sentence, texts):
    """`sentence` in parts: every second one is one of `texts`, as whole words; of several that fit the longest."""
    known, parts, start = _by_first_word(frozenset(texts)), [], 0
    for word in WORD.finditer(sentence):
        if word.start() < start:
            continue
        for text in known.get(word[0], ()):
            end = word.start() + len(text)
            if sentence.startswith(text, word.start()) and not sentence[end : end + 1].isalnum():
                parts += [sentence[start : word.start()], text]
                start = end
                break
    return [*parts, sentence[start:]]


def from_html(text):
    """The words of safe HTML, without its tags."""
    return html.unescape(TAG.sub(" ", text))

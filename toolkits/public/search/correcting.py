"""Did you mean: a question spelt anew with the network's own words, word by word."""

from toolkits import matches
from toolkits.words import WORD, fold, is_stop, stem

CANDIDATES = 12
SHORTEST = 4


def distance(one, other, most):
    """How many letters to add, drop, change or swap with the next to get from `one` to `other`; above `most`, `most` + 1."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before, row = [], list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        last, before, row = before, row, [i]
        for j, wanted in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def allowed(word):
    """How far a word may be from the one it was meant to be."""
    return 1 if len(word) < 6 else 2 if len(word) < 9 else 3


def _best(word, candidates, most):
    """The nearest of `candidates` [(known word, similarity)] within `most`; None where all are further, or the same word."""
    found = []
    for known, similarity in candidates:
        plain = fold(known)
        if stem(plain) == stem(word) or is_stop(plain):
            continue
        far = distance(word, plain, most)
        if far <= most:
            found.append((far + (plain[0] != word[0]), -similarity, known))
    return min(found)[2] if found else None


def _worth_correcting(word):
    return len(word) >= SHORTEST and word.isalpha() and not is_stop(word)


def better_words(words, lexicon, *, strict=False):
    """{word: better one} for those of some folded words that look like one of the network's; one query.

    `strict` allows one letter and never the first: for words that some page does have.
    """
    asked = [word for word in dict.fromkeys(words) if _worth_correcting(word)]
    if not asked:
        return {}
    candidates = {word: [] for word in asked}
    for word, known, similarity in matches.words_like(asked, most=CANDIDATES):
        candidates[word].append((known, similarity))
    found = {}
    for word, known in candidates.items():
        known += [(other, 0.0) for other in lexicon.synonym_words]
        if strict:
            known = [(other, similarity) for other, similarity in known if fold(other)[0] == word[0]]
        best = _best(word, known, 1 if strict else allowed(word))
        if best is not None:
            found[word] = best
    return found


def spelt_with(text, better):
    """`text` with its words replaced by better ones; signs and quotes stay."""
    return WORD.sub(lambda found: better.get(fold(found[0]), found[0]), text)

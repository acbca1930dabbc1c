"""Every sentence of the corpus, retyped, is a quote of its document; no bent one is."""

import random

from panel.domain.intake.quoting import own_words
from panel.domain.typography import fold, sentences
from panel.intake.parse import Hints, parse
from tests.corpus.packs import packs

_TEXTS = {
    path: parse(path.read_bytes(), Hints(name=path.name)).text
    for pack in packs()
    for path in sorted(pack.folder.iterdir())
    if path.suffix in {".md", ".txt", ".html"}
}
_SENTENCES = [
    (path, text[start:end].strip()) for path, text in _TEXTS.items()
    for start, end in sentences(text)
]  # fmt: skip
_CURLED = str.maketrans({"'": "\u2019", "-": "\u2013"})


def test_every_sentence_however_typed_is_a_quote_of_its_document() -> None:
    assert len(_SENTENCES) > 250
    for path, sentence in _SENTENCES:
        assert own_words(sentence, _TEXTS[path]), sentence
        assert own_words(sentence.translate(_CURLED), _TEXTS[path]), sentence


def test_a_thousand_mutations_are_no_quotes() -> None:
    chance = random.Random(11)
    long = [one for one in _SENTENCES if len(one[1].split()) >= 6]
    kinds = 0
    while kinds < 1000:
        path, sentence = chance.choice(long)
        words = sentence.split()
        place = chance.randrange(1, len(words) - 1)
        other, another = chance.choice(long)
        mutated, where = [
            (" ".join(words[:place] + words[place + 1 :]), path),
            (" ".join([*words[:place], "not", *words[place:]]), path),
            (f"{sentence} {another}", path),
            (sentence, other),
        ][kinds % 4]
        if fold(mutated).text in fold(_TEXTS[where]).text:
            continue  # two that do follow each other, or a sentence of both documents
        assert own_words(mutated, _TEXTS[where]) is None, mutated
        kinds += 1

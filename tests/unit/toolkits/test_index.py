"""What is kept for a publication number is built once for it, and never given for another."""

import threading

from toolkits.public.index import KeptForNumber


def test_value_is_built_once_for_a_number_and_anew_for_the_next():
    built = []
    kept = KeptForNumber(lambda: built.append(1) or len(built))
    assert [kept.at(7), kept.at(7), kept.at(8), kept.at(8)] == [1, 1, 2, 2]
    # A restored database counts from an earlier number again: that is another number, too.
    assert kept.at(7) == 3
    kept.forget()
    assert kept.at(7) == 4


def test_many_threads_that_ask_at_once_build_once():
    everybody, started, built = threading.Barrier(8), threading.Event(), []

    def build():
        built.append(1)
        started.wait(5)
        return "value"

    kept, found = KeptForNumber(build), []

    def ask():
        everybody.wait(5)
        found.append(kept.at(1))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    started.set()
    for thread in threads:
        thread.join(5)
    assert found == ["value"] * 8
    assert built == [1]


def test_a_build_that_fails_is_tried_again():
    attempts = []

    def build():
        attempts.append(1)
        if len(attempts) == 1:
            raise RuntimeError("no database")
        return "value"

    kept = KeptForNumber(build)
    try:
        kept.at(1)
    except RuntimeError:
        assert kept.at(1) == "value"
    assert len(attempts) == 2

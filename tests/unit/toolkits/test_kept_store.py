"""Where answers are kept: never more than the limit, never for another publication number, never too old."""

import threading
import time
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkits.public.kept.store import LARGEST_SHARE, OVERHEAD, Answer, Store, Turns, cost

LATER = 10.0**12


def answer(size=100, until=LATER, etag='"a"'):
    return Answer(headers=(("ETag", etag), ("Content-Type", "text/html")), body=b"x" * size, etag=etag, until=until)


def store_of(answers, size=100, clock=lambda: 0.0):
    """A store with room for exactly so many answers of a size, under addresses of one letter."""
    return Store(answers * cost("k", answer(size)), clock)


keys = st.sampled_from("abcdefgh")
moves = st.one_of(
    st.tuples(st.just("get"), keys, st.integers(1, 3), st.just(0)),
    st.tuples(st.just("put"), keys, st.integers(1, 3), st.integers(0, 3 * OVERHEAD)),
)


@settings(max_examples=300)
@given(st.lists(moves, max_size=80), st.integers(0, 40 * OVERHEAD))
def test_store_stays_within_its_limit_and_gives_only_what_was_put(moves, limit):
    store, put = Store(limit, clock=lambda: 0.0), {}
    for place, (move, key, number, size) in enumerate(moves):
        if move == "put":
            made = answer(size, etag=f'"{place}"')
            if store.put(key, number, made):
                put[key, number] = made
        else:
            found = store.get(key, number)
            assert found is None or found is put[key, number]
        kept = {**store._once, **store._again}
        assert len(kept) == len(store._once) + len(store._again) == len(store)
        assert store.size == sum(cost(key, one) for key, one in kept.items()) <= limit


def test_another_number_empties_it():
    store = store_of(20)
    store.get("a", 1)
    assert store.put("a", 1, answer())
    assert store.get("a", 1)
    assert store.get("a", 2) is None
    assert store.size == 0
    assert store.get("a", 1) is None


def test_answer_that_a_publication_overtook_is_not_kept():
    store = store_of(20)
    store.get("a", 1)
    store.get("b", 2)
    assert not store.put("a", 1, answer())
    assert store.get("a", 2) is None


def test_crawl_of_what_nobody_repeats_leaves_what_is_read_again():
    store = store_of(40)
    store.get("a", 1)
    store.put("a", 1, answer())
    assert store.get("a", 1)
    for n in range(10_000):
        store.put(f"?q={n}", 1, answer())
    assert store.get("a", 1)
    assert 1 < len(store) <= 40


def test_what_was_not_read_for_longest_goes_first():
    store = store_of(20)
    store.get("a", 1)
    for n in range(20):
        store.put(chr(97 + n), 1, answer())
        store.get(chr(97 + n), 1)
    store.get("a", 1)
    store.put("z", 1, answer())
    store.get("z", 1)
    assert store.get("b", 1) is None
    assert store.get("a", 1)


def test_answer_that_would_throw_out_many_others_is_not_kept():
    store = Store(LARGEST_SHARE * 10_000)
    store.get("a", 1)
    assert not store.put("a", 1, answer(10_000))
    assert store.put("a", 1, answer(10_000 - OVERHEAD - 100))


def test_nothing_is_kept_where_the_limit_is_nought():
    store = Store(0)
    store.get("a", 1)
    assert not store.put("a", 1, answer(0))


def test_answer_is_not_given_after_its_day():
    now = [100.0]
    store = store_of(20, clock=lambda: now[0])
    store.get("a", 1)
    store.put("a", 1, answer(until=200.0))
    assert store.get("a", 1)
    now[0] = 200.0
    assert store.get("a", 1) is None
    assert store.size == 0


def test_forgets():
    store = store_of(20)
    store.get("a", 1)
    store.put("a", 1, answer())
    store.forget()
    assert store.get("a", 1) is None


@pytest.mark.parametrize("size", [0, 500, 20_000])
def test_limit_is_about_real_memory(size):
    limit = 4_000_000
    tracemalloc.start()
    try:
        store = Store(limit)
        store.get("first", 1)
        before = tracemalloc.get_traced_memory()[0]
        for n in range(3_000):
            headers = tuple((f"Name-{m}", "v" * 40 + str(m)) for m in range(13)) + (("ETag", f'"{n:032}"'),)
            body = bytes(size) + str(n).encode()
            store.put(f"/interventions/?q={n}", 1, Answer(headers, body, f'"{n:032}"', LATER))
        taken = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    assert store.size > 0.9 * limit
    assert taken < 1.1 * limit


def test_one_thread_makes_an_answer_and_the_others_wait_for_it():
    turns, store, made, found = Turns(), store_of(20), [], []
    store.get("a", 1)
    at_once = threading.Barrier(8)

    def ask():
        at_once.wait()
        kept = store.get("a", 1)
        if kept is None:
            if turns.take("a"):
                time.sleep(0.05)
                made.append(1)
                store.put("a", 1, answer())
                turns.give("a")
            kept = store.get("a", 1)
        found.append(kept)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1
    assert found.count(None) == 0


def test_turn_that_never_ends_holds_nobody_for_ever():
    turns = Turns(patience=0.01)
    assert turns.take("a")
    assert not turns.take("a")
    assert turns.take("b")

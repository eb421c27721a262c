"""How much one sender may do in a while."""

from toolkits.public import throttle


def clock():
    """A clock that a test moves: `now[0] += 60`."""
    return [0.0]


def test_a_sender_is_let_through_so_many_times_and_then_again_later():
    now = clock()
    door = throttle.Throttle(most=2, seconds=60, clock=lambda: now[0])
    assert [door.lets_through("a") for _ in range(3)] == [True, True, False]
    assert door.lets_through("b")
    now[0] += 60
    assert door.lets_through("a")


def test_a_flood_of_senders_does_not_fill_the_memory(monkeypatch):
    monkeypatch.setattr(throttle, "MOST_SENDERS", 10)
    now = clock()
    door = throttle.Throttle(most=1, seconds=60, clock=lambda: now[0])
    assert all(door.lets_through(str(n)) for n in range(100))
    assert len(door._counts) <= 10

from panel.public.limits import KEYS, Limits


class Seconds:
    """A clock that is moved by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_the_last_ones_are_counted() -> None:
    clock = Seconds()
    limits = Limits(clock)
    assert [limits.take("a", 2, 60) for _ in range(3)] == [0, 0, 61]
    assert limits.take("b", 2, 60) == 0
    clock.now = 30
    assert limits.take("a", 2, 60) == 31
    clock.now = 60
    assert [limits.take("a", 2, 60) for _ in range(3)] == [0, 0, 61]


def test_counts_do_not_grow_without_end() -> None:
    limits = Limits(Seconds())
    for number in range(KEYS + 10):
        limits.take(str(number), 1, 60)
    assert limits.size == KEYS
    assert limits.take(str(KEYS + 9), 1, 60) == 61

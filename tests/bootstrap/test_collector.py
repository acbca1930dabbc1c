"""Python's garbage collector rests during a run and is itself again afterwards."""

import gc

import pytest

from panel.bootstrap.collector import quiet_collector


def test_it_collects_rarely_inside_and_as_before_outside() -> None:
    before, frozen = gc.get_threshold(), gc.get_freeze_count()
    with quiet_collector():
        assert gc.get_threshold()[0] > before[0]
        assert gc.get_freeze_count() > frozen
        assert gc.isenabled()
    assert gc.get_threshold() == before
    assert gc.get_freeze_count() == 0


def test_an_error_inside_passes_and_leaves_it_as_before() -> None:
    before = gc.get_threshold()
    with pytest.raises(KeyError), quiet_collector():
        raise KeyError("one")
    assert gc.get_threshold() == before

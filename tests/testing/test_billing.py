import threading

from panel.testing.billing import Bill, Till, Tokens


def test_bills_add_up_by_kind() -> None:
    till = Till()
    till.add(Tokens(10, 4, 3), batch=False)
    till.add(Tokens(1, 0, 2), batch=False)
    till.add(Tokens(7, 0, 5), batch=True)
    assert till.live == Bill(2, Tokens(11, 4, 5))
    assert till.batched == Bill(1, Tokens(7, 0, 5))
    assert (till.live + till.batched).told() == {
        "completions": 3,
        "input_tokens": 18,
        "output_tokens": 10,
        "cached_tokens": 4,
    }


def test_many_threads_lose_no_entry() -> None:
    till = Till()

    def work() -> None:
        for _ in range(500):
            till.add(Tokens(1, 1, 1), batch=True)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert till.batched == Bill(4000, Tokens(4000, 4000, 4000))

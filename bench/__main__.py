"""`python -m bench` prints every ratio with its goal; run it on an idle machine."""

from bench import cpu, prefix, startup, wall


def main() -> None:
    """Measure and print."""
    for part in (prefix, startup, wall, cpu):
        for name, ratio, goal in part.measure():
            print(f"{name:<64} {ratio:>7.3f}   goal {goal}", flush=True)


if __name__ == "__main__":
    main()

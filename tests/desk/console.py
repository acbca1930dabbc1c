"""The console script as a module, for tests that start it as a process."""

from panel.cli.main import run

if __name__ == "__main__":
    run()

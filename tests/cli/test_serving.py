import os
import signal
import subprocess
import sys
from pathlib import Path

import httpx2
import pytest

from panel.errors import Exit
from tests.cli.conftest import Command
from tests.public.living import make_site


def test_ctrl_c_closes_it(tmp_path: Path) -> None:
    make_site(tmp_path / "site")
    code = "from panel.cli.main import run; run()"
    command = [sys.executable, "-c", code, "serve", "--port", "0"]
    environ = {**os.environ, "SHIPSKIP_PUBLIC_DATABASE_URL": f"sqlite:///{tmp_path}/public.db"}
    process = subprocess.Popen(
        command,
        cwd=tmp_path,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    address = process.stdout.readline().strip()
    try:
        answer = httpx2.get(address, timeout=30)
        assert answer.status_code == 200
    finally:
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (0, "")
    assert "votes and subscribers are kept" in err
    assert "Traceback" not in err


@pytest.mark.usefixtures("workspace")
def test_what_is_missing_is_told(shipskip: Command) -> None:
    done = shipskip("serve")
    assert done.code == Exit.BAD_INPUT
    assert "site holds no site -> build it with `shipskip publish site`" in done.err

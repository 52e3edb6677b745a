"""How long the screen is ever held up while a sample is recognised: prints a table.

usage: python benchmarks/smoothness.py [SOUND] [--seconds 60]

A ticker in the screens' own event loop wants to run every 10 ms and notes how late it was; the rest of the
program (capture, recognition, understanding) runs beside it with the real models.
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from consult_assist.app.live import starting
from consult_assist.app.settings import read_settings
from consult_assist.app.wiring import build_workplace
from consult_assist.tui.app import ConsultAssistApp
from consult_assist.tui.desk import Desk

CHECKOUT = Path(__file__).parents[1]
TICK_S = 0.01
SIZE = (120, 36)


async def lateness_s(app: ConsultAssistApp, seconds: float) -> list[float]:
    """Return by how many seconds each tick came late."""
    late: list[float] = []
    async with app.run_test(size=SIZE):
        until = time.monotonic() + seconds
        while (now := time.monotonic()) < until:
            await asyncio.sleep(TICK_S)
            late.append(time.monotonic() - now - TICK_S)
    return late


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "sound", type=Path, nargs="?", default=CHECKOUT / "recordings/samples/02-konkyuu.flac"
    )
    parser.add_argument("--seconds", type=float, default=60.0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = read_settings()
        workplace = build_workplace(
            replace(
                settings,
                data_folder=Path(folder),
                models_folder=settings.models_folder or CHECKOUT / "models",
            )
        )
        session = starting.replay_sound(workplace, options.sound, speed=1.0)
        app = ConsultAssistApp(Desk(workplace), session=session)
        late = sorted(asyncio.run(lateness_s(app, options.seconds)))
        session.finish()
        workplace.store.close()
    p99 = late[int(0.99 * len(late))]
    held_up = sum(value > 0.1 for value in late)
    print("| ticks | median late | p99 | worst | later than 100 ms |\n|---|---|---|---|---|")
    print(
        f"| {len(late)} | {1000 * statistics.median(late):.1f} ms | {1000 * p99:.0f} ms"
        f" | {1000 * late[-1]:.0f} ms | {held_up} |"
    )


if __name__ == "__main__":
    main()

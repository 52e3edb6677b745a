"""Take the picture of the counter screen for the README as docs/images/counter.svg; a browser makes a PNG.

usage: python scripts/counter_picture.py [SOUND] [--seconds 100] [--speed 1.0]

A busy PC keeps up at a lower speed only.
"""

import argparse
import asyncio
import tempfile
from dataclasses import replace
from pathlib import Path

from consult_assist.app.live import starting
from consult_assist.app.live.session import Session
from consult_assist.app.settings import read_settings
from consult_assist.app.wiring import build_workplace
from consult_assist.tui.app import ConsultAssistApp
from consult_assist.tui.desk import Desk

CHECKOUT = Path(__file__).parents[1]
TARGET = CHECKOUT / "docs" / "images" / "counter.svg"
SIZE = (120, 36)


async def take_picture(app: ConsultAssistApp, session: Session, seconds: float) -> None:
    """Let so much of the sample play and save what the screen shows then."""
    async with app.run_test(size=SIZE) as pilot:
        while session.status().sound_s < seconds:
            await asyncio.sleep(0.5)
        await pilot.press("f7")
        await pilot.pause(1.0)
        app.save_screenshot(TARGET.name, str(TARGET.parent))


def main() -> None:
    """Play a sample and take the picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "sound", type=Path, nargs="?", default=CHECKOUT / "recordings/samples/03-dv-stereo.flac"
    )
    parser.add_argument("--seconds", type=float, default=100.0)
    parser.add_argument("--speed", type=float, default=1.0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = replace(read_settings(), data_folder=Path(folder), models_folder=CHECKOUT / "models")
        workplace = build_workplace(settings)
        workplace.load_analyzer()
        session = starting.replay_sound(workplace, options.sound, speed=options.speed)
        app = ConsultAssistApp(Desk(workplace), session=session)
        asyncio.run(take_picture(app, session, options.seconds))
        session.finish()
        workplace.store.close()


if __name__ == "__main__":
    main()

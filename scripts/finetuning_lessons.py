"""Learning: the text of each line, while nothing changes where nobody speaks.

At its first step Whisper tells the language and whether anybody speaks; by what it writes into noise, and how
sure it is of it, the guards of the recogniser know that nobody spoke. What learns from speech alone unlearns
both. So they are held, by their divergence from the published model's: the first step on any sound, and all
that it writes where nobody speaks.
"""

import math
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from finetuning_decoder import Decoder, Tensor, take_over
from torch.nn import functional

BATCH = 24
LEARNING_RATE, WARM_UP_STEPS, WEIGHT_DECAY, MOMENTA, LONGEST_GRADIENT = 8e-4, 20, 0.01, (0.9, 0.98), 1.0
HELD_QUIET, HELD_SPOKEN, HELD_SPOKEN_EVERY = 12, 6, 3
"""So many sounds of each kind hold the model beside a batch, those of speech beside every third."""
LANGUAGE_STEP = 0
TOLD_EVERY, KEPT_EVERY = 20, 100
_IGNORED = -100


@dataclass(frozen=True, slots=True)
class Lesson:
    """One sound: the file of its encoder states `(n_states, width) float16`, and the tokens of its text.

    Where nobody speaks the text is what the published model writes.
    """

    states: Path
    n_states: int
    tokens: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Prompt:
    """What Whisper is given before the text, and the token that ends a text."""

    tokens: tuple[int, ...]
    end: int


class Learner:
    """Learns the changes of a decoder; what is learned is kept in a file, so that a broken run goes on."""

    def __init__(
        self,
        decoder: Decoder,
        prompt: Prompt,
        kept: Path,
        *,
        learned: Sequence[Lesson],
        checked: Sequence[Lesson],
        quiet: Sequence[Lesson],
    ) -> None:
        """Take note of what is learned from, what it is measured on, and where nobody speaks.

        Args:
            decoder: learns.
            prompt: what it is given before each text.
            kept: file of what has been learned so far.
            learned: speech with its text.
            checked: speech that is not learned from.
            quiet: sound without speech.
        """
        self._decoder = decoder
        self._prompt = prompt
        self._learned, self._checked, self._quiet = learned, checked, quiet
        self._kept = kept
        self._optimizer = torch.optim.AdamW(
            decoder.parameters(), lr=LEARNING_RATE, betas=MOMENTA, weight_decay=WEIGHT_DECAY
        )

    def learn(self, epochs: float) -> None:
        """Go through the lessons, telling now and then how it goes."""
        per_epoch = math.ceil(len(self._learned) / BATCH)
        steps = math.ceil(epochs * per_epoch)
        first = self._load()
        began_s = time.monotonic()
        losses: list[float] = []
        print(f"before step {first}: {self._measure()}", flush=True)
        for step in range(first, steps):
            epoch, place = divmod(step, per_epoch)
            if place == 0 or step == first:
                batches = shuffled_batches(self._learned, random.Random(epoch))
            losses.append(self._step(step, steps, batches[place]))
            if (step + 1) % TOLD_EVERY == 0:
                loss, minutes = np.mean(losses[-TOLD_EVERY:]), (time.monotonic() - began_s) / 60
                print(f"step {step + 1} of {steps}: {loss:.3f}, {minutes:.1f} min", flush=True)
            if (step + 1) % KEPT_EVERY == 0 or step + 1 == steps:
                self._keep(step + 1)
        print(f"after step {steps}: {self._measure()}", flush=True)

    def _step(self, step: int, steps: int, lessons: Sequence[Lesson]) -> float:
        rate = min(1.0, (step + 1) / WARM_UP_STEPS) * (0.5 + 0.5 * math.cos(math.pi * step / steps))
        for group in self._optimizer.param_groups:
            group["lr"] = LEARNING_RATE * rate
        loss = self._text_loss(lessons)
        rng = random.Random(f"held at {step}")
        total = loss + self._drift(_some(self._quiet, HELD_QUIET, rng), whole=True)
        if step % HELD_SPOKEN_EVERY == 0:
            total = total + self._drift(_some(lessons, HELD_SPOKEN, rng), whole=False)
        self._optimizer.zero_grad()
        total.backward()
        torch.nn.utils.clip_grad_norm_(self._decoder.parameters(), LONGEST_GRADIENT)
        self._optimizer.step()
        return float(loss.detach())

    def _text_loss(self, lessons: Sequence[Lesson]) -> Tensor:
        """Return the mean cross entropy of the texts' tokens and their ends."""
        given, wanted = self._dictate(lessons)
        asked = wanted != _IGNORED
        hidden = self._decoder.hidden(given, read_states(lessons))
        return functional.cross_entropy(self._decoder.scores(hidden[asked]), wanted[asked])

    def _drift(self, lessons: Sequence[Lesson], *, whole: bool) -> Tensor:
        """Return how far choices are from the published model's (nats): the language's, or whole texts'."""
        states = read_states(lessons)
        given, wanted = self._dictate(lessons)
        asked = (wanted != _IGNORED) & whole
        asked[:, LANGUAGE_STEP] = True

        def choices(*, changed: bool) -> Tensor:
            hidden = self._decoder.hidden(given, states, changed=changed)[asked]
            return functional.log_softmax(self._decoder.scores(hidden), dim=-1)

        with torch.no_grad():
            published = choices(changed=False)
        divergence = functional.kl_div(choices(changed=True), published, log_target=True, reduction="none")
        return divergence.sum(-1).mean()

    def _dictate(self, lessons: Sequence[Lesson]) -> tuple[Tensor, Tensor]:
        """Return the tokens that are given and those that are to follow, both `(batch, n_tokens)`."""
        prompt, end = self._prompt.tokens, self._prompt.end
        length = len(prompt) + max(len(lesson.tokens) for lesson in lessons)
        given = torch.full((len(lessons), length), end)
        wanted = torch.full((len(lessons), length), _IGNORED)
        for row, lesson in enumerate(lessons):
            stop = len(prompt) + len(lesson.tokens)
            given[row, :stop] = torch.tensor((*prompt, *lesson.tokens))
            wanted[row, len(prompt) - 1 : stop] = torch.tensor((*lesson.tokens, end))
        return given, wanted

    def _measure(self) -> str:
        with torch.no_grad():
            losses = [float(self._text_loss(lessons)) for lessons in batches_by_length(self._checked)]
            drift = float(self._drift(self._quiet[: 2 * BATCH], whole=True))
        return f"{np.mean(losses):.3f} on lines not learned from, drift {drift:.4f} on sound without speech"

    def _keep(self, step: int) -> None:
        kept = {"step": step, "changes": self._decoder.changes, "optimizer": self._optimizer.state_dict()}
        unfinished = self._kept.with_suffix(".part")
        torch.save(kept, unfinished)
        unfinished.replace(self._kept)

    def _load(self) -> int:
        """Take up what was kept, and return the step to go on with."""
        if not self._kept.exists():
            return 0
        kept = torch.load(self._kept)
        take_over(self._decoder, kept["changes"])
        self._optimizer.load_state_dict(kept["optimizer"])
        return int(kept["step"])


def batches_by_length(lessons: Sequence[Lesson]) -> list[list[Lesson]]:
    """Return lessons of about the same length together."""
    ordered = sorted(lessons, key=lambda lesson: (lesson.n_states, len(lesson.tokens)))
    return [ordered[first : first + BATCH] for first in range(0, len(ordered), BATCH)]


def shuffled_batches(lessons: Sequence[Lesson], rng: random.Random) -> list[list[Lesson]]:
    """Return the batches of one epoch in random order."""
    batches = batches_by_length(rng.sample(lessons, len(lessons)))
    rng.shuffle(batches)
    return batches


def read_states(lessons: Sequence[Lesson]) -> Tensor:
    """Return `(batch, n_states, width) float32`: a shorter one's last state, of silence, is repeated."""
    arrays = [np.load(lesson.states).astype(np.float32) for lesson in lessons]
    longest = max(map(len, arrays))
    padded = [np.pad(array, ((0, longest - len(array)), (0, 0)), mode="edge") for array in arrays]
    return torch.from_numpy(np.stack(padded))


def _some(lessons: Sequence[Lesson], count: int, rng: random.Random) -> list[Lesson]:
    return rng.sample(lessons, min(count, len(lessons)))

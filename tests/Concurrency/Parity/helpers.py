"""What the scenarios share."""
import asyncio

SCENARIOS = []


def scenario(function):
    SCENARIOS.append(function)
    return function


def name(error):
    return type(error).__name__


async def sleeper(emit, label, seconds, result=None):
    try:
        await asyncio.sleep(seconds)
        emit(f"{label} slept")
        return result
    except asyncio.CancelledError:
        emit(f"{label} cancelled")
        raise


async def failing(seconds, text):
    await asyncio.sleep(seconds)
    raise ValueError(text)


async def outcome(emit, label, awaitable):
    """Awaits and tells what came of it."""
    try:
        emit(f"{label}={await awaitable}")
    except (Exception, asyncio.CancelledError) as error:
        emit(f"{label}!{name(error)}")


def settle(emit, label, action):
    try:
        emit(f"{label}={action()}")
    except (Exception, asyncio.CancelledError) as error:
        emit(f"{label}!{name(error)}")


class Emit:
    """Collects what a scenario says; called with words."""

    def __init__(self):
        self.said = []
        self.complaints = []

    def __call__(self, *words):
        self.said.extend(str(word) for word in words)

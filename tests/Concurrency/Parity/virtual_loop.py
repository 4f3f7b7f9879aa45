"""An asyncio event loop whose clock jumps to the next timer, so that no scenario ever sleeps for real."""
import asyncio
import selectors


class VirtualSelector(selectors.DefaultSelector):
    def __init__(self):
        super().__init__()
        self.now = 0.0

    def select(self, timeout=None):
        events = super().select(0)
        if timeout is None and not events:
            raise RuntimeError("deadlock: nothing is ready and no timer is set")
        if timeout and not events:
            self.now += timeout
        return events


class VirtualLoop(asyncio.SelectorEventLoop):
    def __init__(self):
        self._virtual = VirtualSelector()
        super().__init__(self._virtual)
        self._clock_resolution = 1e-9

    def time(self):
        return self._virtual.now


def run(coroutine, complaints):
    """Runs one scenario on a loop of its own; what the loop complains of goes to the list."""
    loop = VirtualLoop()
    loop.set_exception_handler(lambda _, context: complaints.append(context["message"]))
    try:
        return loop.run_until_complete(coroutine)
    finally:
        loop.close()

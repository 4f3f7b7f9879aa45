import asyncio

from helpers import name, outcome, scenario, settle


@scenario
async def future_is_pending_at_first(emit):
    future = asyncio.Future()
    emit(repr(future), future.done(), future.cancelled())
    settle(emit, "result", future.result)
    settle(emit, "exception", future.exception)


@scenario
async def future_with_a_result(emit):
    future = asyncio.Future()
    future.set_result("Sam")
    emit(repr(future), future.done(), future.cancelled(), future.result(), future.exception())


@scenario
async def future_settled_twice(emit):
    future = asyncio.Future()
    future.set_result(1)
    settle(emit, "again", lambda: future.set_result(2))
    settle(emit, "exception", lambda: future.set_exception(ValueError()))
    emit(future.result())


@scenario
async def future_cancelled_after_done(emit):
    future = asyncio.Future()
    future.set_result(1)
    emit(future.cancel(), future.cancelled(), future.result())


@scenario
async def future_settled_after_cancel(emit):
    future = asyncio.Future()
    emit(future.cancel(), repr(future))
    settle(emit, "set", lambda: future.set_result(1))
    settle(emit, "result", future.result)
    settle(emit, "exception", future.exception)
    emit(future.cancel())


@scenario
async def future_with_an_exception(emit):
    future = asyncio.Future()
    future.set_exception(ValueError("bad"))
    settle(emit, "result", future.result)
    emit(name(future.exception()), future.cancelled())
    await outcome(emit, "await", future)


@scenario
async def callbacks_run_in_order_and_later(emit):
    future = asyncio.Future()
    for label in "abc":
        future.add_done_callback(lambda _, label=label: emit(label))
    future.set_result(1)
    emit("set")
    await asyncio.sleep(0)
    emit("end")


@scenario
async def callback_added_after_done_runs_next_turn(emit):
    future = asyncio.Future()
    future.set_result(1)
    future.add_done_callback(lambda done: emit(f"called {done.result()}"))
    emit("added")
    await asyncio.sleep(0)
    emit("end")


@scenario
async def callback_removed(emit):
    future = asyncio.Future()

    def callback(_):
        emit("called")

    future.add_done_callback(callback)
    future.add_done_callback(callback)
    emit(future.remove_done_callback(callback), future.remove_done_callback(callback))
    future.set_result(1)
    await asyncio.sleep(0)
    emit("end")


@scenario
async def callback_that_throws_spares_the_others(emit):
    future = asyncio.Future()

    def broken(_):
        raise ValueError()

    future.add_done_callback(broken)
    future.add_done_callback(lambda _: emit("second"))
    future.set_result(1)
    await asyncio.sleep(0)
    emit(await future, len(emit.complaints))


@scenario
async def callbacks_and_waiters_share_one_queue(emit):
    future = asyncio.Future()

    async def waiter(label):
        await future
        emit(label)

    first = asyncio.create_task(waiter("first"))
    await asyncio.sleep(0)
    future.add_done_callback(lambda _: emit("callback"))
    second = asyncio.create_task(waiter("second"))
    await asyncio.sleep(0)
    future.set_result(1)
    await first
    await second


@scenario
async def two_wait_for_one_future(emit):
    future = asyncio.Future()
    tasks = [asyncio.create_task(outcome(emit, label, future)) for label in "ab"]
    await asyncio.sleep(1)
    future.set_result(7)
    await asyncio.wait(tasks)

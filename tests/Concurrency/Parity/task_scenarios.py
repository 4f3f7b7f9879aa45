import asyncio
import gc
import warnings

from helpers import outcome, scenario, sleeper


@scenario
async def coroutine_is_cold(emit):
    coroutine = sleeper(emit, "c", 0, 5)
    await asyncio.sleep(1)
    emit("nothing yet")
    emit(await coroutine)


@scenario
async def coroutine_awaited_twice(emit):
    coroutine = sleeper(emit, "c", 0, 5)
    emit(await coroutine)
    await outcome(emit, "again", coroutine)


@scenario
async def coroutine_never_awaited_is_reported(emit):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        sleeper(emit, "c", 0)
        gc.collect()
    emit(str(caught[0].message))


@scenario
async def awaiting_a_coroutine_takes_no_turn(emit):
    asyncio.get_running_loop().call_soon(lambda: emit("queued"))

    async def inner():
        emit("inner")
        return 1

    emit(await inner())
    await asyncio.sleep(0)
    emit("end")


@scenario
async def task_starts_on_the_next_turn(emit):
    task = asyncio.create_task(sleeper(emit, "t", 1, 5), name="t")
    emit("created", repr(task)[:22])
    emit(await task, repr(task)[:23])


@scenario
async def tasks_take_turns(emit):
    async def count(label):
        for i in range(3):
            emit(f"{label}{i}")
            await asyncio.sleep(0)

    await asyncio.gather(count("a"), count("b"))


@scenario
async def task_cancelled_before_it_starts(emit):
    task = asyncio.create_task(sleeper(emit, "t", 1))
    emit(task.cancel(), task.cancelled())
    await outcome(emit, "task", task)
    emit(task.cancelled())


@scenario
async def task_cancelled_while_waiting(emit):
    task = asyncio.create_task(sleeper(emit, "t", 10))
    await asyncio.sleep(1)
    emit(task.cancel(), task.done())
    await outcome(emit, "task", task)
    emit(task.cancelled(), task.cancel())


@scenario
async def task_that_refuses_to_be_cancelled(emit):
    async def stubborn():
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            emit("refused", asyncio.current_task().uncancel())
        return 5

    task = asyncio.create_task(stubborn())
    await asyncio.sleep(1)
    task.cancel()
    emit(task.cancelling())
    await outcome(emit, "task", task)
    emit(task.cancelled(), task.cancelling())


@scenario
async def cancelling_a_task_cancels_the_future_it_awaits(emit):
    future = asyncio.Future()
    task = asyncio.create_task(outcome(emit, "inner", future))
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.sleep(1)
    emit(future.cancelled())


@scenario
async def cancelled_between_done_and_resumed(emit):
    future = asyncio.Future()
    task = asyncio.create_task(outcome(emit, "inner", future))
    await asyncio.sleep(0)
    future.set_result(1)
    task.cancel()
    await asyncio.sleep(1)
    emit(future.cancelled(), task.done())


@scenario
async def task_that_cancels_itself(emit):
    async def suicidal():
        asyncio.current_task().cancel()
        emit("going on")
        await asyncio.sleep(0)
        emit("never said")

    await outcome(emit, "task", asyncio.create_task(suicidal()))


@scenario
async def cancelled_at_its_very_end(emit):
    async def last_words():
        asyncio.current_task().cancel()
        return 5

    await outcome(emit, "task", asyncio.create_task(last_words()))


@scenario
async def cancellation_goes_through_nested_coroutines(emit):
    async def outer():
        try:
            await sleeper(emit, "inner", 10)
        finally:
            emit("outer cleaned up")

    task = asyncio.create_task(outer())
    await asyncio.sleep(1)
    task.cancel()
    await outcome(emit, "task", task)


@scenario
async def cleaning_up_may_wait(emit):
    async def careful():
        try:
            await asyncio.sleep(10)
        finally:
            await asyncio.sleep(1)
            emit("cleaned up")

    task = asyncio.create_task(careful())
    await asyncio.sleep(1)
    task.cancel()
    await outcome(emit, "task", task)
    emit(asyncio.get_running_loop().time())


@scenario
async def tasks_cannot_be_settled_by_hand(emit):
    task = asyncio.create_task(sleeper(emit, "t", 1, 5))
    try:
        task.set_result(1)
    except RuntimeError:
        emit("refused")
    emit(await task)


@scenario
async def ensure_future_of_a_future_is_itself(emit):
    future = asyncio.Future()
    emit(asyncio.ensure_future(future) is future)
    task = asyncio.ensure_future(sleeper(emit, "t", 1, 5))
    emit(await task)

import asyncio

from helpers import failing, name, outcome, scenario, sleeper


def told(tasks):
    return "+".join(task.get_name() for task in tasks) or "none"


def three(emit):
    """a fails at 2, b ends at 1, c ends at 3."""
    return [
        asyncio.create_task(failing(2, "a"), name="a"),
        asyncio.create_task(sleeper(emit, "b", 1), name="b"),
        asyncio.create_task(sleeper(emit, "c", 3), name="c"),
    ]


async def waited(emit, tasks, **options):
    done, pending = await asyncio.wait(tasks, **options)
    emit("done " + told([task for task in tasks if task in done]))
    emit("pending " + told([task for task in tasks if task in pending]))
    emit(asyncio.get_running_loop().time())
    await asyncio.wait(tasks)
    [task.exception() for task in tasks]


@scenario
async def wait_for_all(emit):
    await waited(emit, three(emit))


@scenario
async def wait_for_the_first(emit):
    await waited(emit, three(emit), return_when=asyncio.FIRST_COMPLETED)


@scenario
async def wait_for_the_first_exception(emit):
    await waited(emit, three(emit), return_when=asyncio.FIRST_EXCEPTION)


@scenario
async def first_exception_without_any_waits_for_all(emit):
    tasks = [asyncio.create_task(sleeper(emit, label, 1 + i), name=label) for i, label in enumerate("xy")]
    await waited(emit, tasks, return_when=asyncio.FIRST_EXCEPTION)


@scenario
async def a_cancellation_is_no_first_exception(emit):
    tasks = three(emit)
    asyncio.get_running_loop().call_later(0.5, tasks[1].cancel)
    done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
    emit(told([task for task in tasks if task in done]))
    tasks[2].cancel()
    await asyncio.wait(tasks)
    emit(name(tasks[0].exception()))


@scenario
async def wait_timeout_cancels_nothing(emit):
    await waited(emit, three(emit), timeout=1.5)


@scenario
async def wait_for_nothing_is_refused(emit):
    try:
        await asyncio.wait([])
    except ValueError:
        emit("refused")


@scenario
async def cancelling_a_wait_leaves_its_tasks(emit):
    task = asyncio.create_task(sleeper(emit, "t", 2, 5))
    waiting = asyncio.create_task(asyncio.wait([task]))
    await asyncio.sleep(1)
    waiting.cancel()
    await asyncio.sleep(0)
    emit(waiting.cancelled(), task.done())
    emit(await task)


@scenario
async def wait_for_in_time(emit):
    await outcome(emit, "w", asyncio.wait_for(sleeper(emit, "t", 1, 5), 2))


@scenario
async def wait_for_too_late(emit):
    await outcome(emit, "w", asyncio.wait_for(sleeper(emit, "t", 3, 5), 2))
    emit(asyncio.get_running_loop().time())


@scenario
async def wait_for_waits_until_it_has_stopped(emit):
    async def slow_to_stop():
        try:
            await asyncio.sleep(10)
        finally:
            await asyncio.sleep(3)
            emit("stopped")

    await outcome(emit, "w", asyncio.wait_for(slow_to_stop(), 2))
    emit(asyncio.get_running_loop().time())


@scenario
async def wait_for_a_result_that_came_while_stopping(emit):
    async def stubborn():
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            return 5

    task = asyncio.create_task(stubborn())
    await outcome(emit, "w", asyncio.wait_for(task, 2))
    emit(task.cancelled())


@scenario
async def wait_for_a_failure_passes_it_on(emit):
    await outcome(emit, "w", asyncio.wait_for(failing(1, "bad"), 2))


@scenario
async def wait_for_without_a_limit(emit):
    await outcome(emit, "w", asyncio.wait_for(sleeper(emit, "t", 100, 5), None))


@scenario
async def cancelling_wait_for_cancels_the_inner_work(emit):
    waiting = asyncio.create_task(asyncio.wait_for(sleeper(emit, "t", 10), 20))
    await asyncio.sleep(1)
    waiting.cancel()
    await outcome(emit, "w", waiting)


@scenario
async def timeout_block_too_late(emit):
    async def body():
        async with asyncio.timeout(1):
            await sleeper(emit, "t", 2)

    await outcome(emit, "w", body())
    emit(asyncio.current_task().cancelling())


@scenario
async def timeout_block_in_time(emit):
    async with asyncio.timeout(2) as scope:
        await sleeper(emit, "t", 1)
    emit(scope.expired())


@scenario
async def timeout_block_set_anew(emit):
    async with asyncio.timeout(1) as scope:
        scope.reschedule(asyncio.get_running_loop().time() + 3)
        await sleeper(emit, "t", 2)
    emit(scope.expired())


@scenario
async def nested_timeouts_the_inner_first(emit):
    async def inner():
        async with asyncio.timeout(1):
            await sleeper(emit, "t", 5)

    async with asyncio.timeout(3):
        await outcome(emit, "inner", inner())
        await sleeper(emit, "u", 1)
    emit("outer in time")


@scenario
async def nested_timeouts_the_outer_first(emit):
    async def both():
        async with asyncio.timeout(1):
            try:
                async with asyncio.timeout(3):
                    await sleeper(emit, "t", 5)
            except asyncio.CancelledError:
                emit("inner only cancelled")
                raise

    await outcome(emit, "outer", both())


@scenario
async def cancelled_from_outside_is_not_a_timeout(emit):
    async def body():
        async with asyncio.timeout(5):
            await sleeper(emit, "t", 10)

    task = asyncio.create_task(body())
    await asyncio.sleep(1)
    task.cancel()
    await outcome(emit, "w", task)


@scenario
async def as_completed_in_order_of_completion(emit):
    for next_one in asyncio.as_completed([sleeper(emit, "a", 3, "A"), sleeper(emit, "b", 1, "B"), sleeper(emit, "c", 2, "C")]):
        emit(await next_one)


@scenario
async def as_completed_runs_out_of_time(emit):
    tasks = [asyncio.create_task(sleeper(emit, "a", 1, "A")), asyncio.create_task(sleeper(emit, "b", 3, "B"))]
    try:
        for next_one in asyncio.as_completed(tasks, timeout=2):
            emit(await next_one)
    except asyncio.TimeoutError:
        emit("out of time")
    emit(tasks[1].done(), await tasks[1])

import asyncio

from helpers import failing, name, outcome, scenario, sleeper


@scenario
async def gather_keeps_the_order(emit):
    emit(await asyncio.gather(sleeper(emit, "a", 2, 1), sleeper(emit, "b", 1, 2)))


@scenario
async def gather_nothing(emit):
    emit(await asyncio.gather())


@scenario
async def gather_fails_at_once_and_the_others_go_on(emit):
    other = asyncio.create_task(sleeper(emit, "b", 2, 2))
    await outcome(emit, "g", asyncio.gather(asyncio.ensure_future(failing(1, "a")), other))
    emit(other.done(), await other)


@scenario
async def gather_tells_every_outcome(emit):
    results = await asyncio.gather(failing(1, "a"), sleeper(emit, "b", 2, 2), return_exceptions=True)
    emit(name(results[0]), results[1])


@scenario
async def gather_cancelled_cancels_all(emit):
    gathering = asyncio.gather(sleeper(emit, "a", 5), sleeper(emit, "b", 5))
    await asyncio.sleep(1)
    emit(gathering.cancel(), gathering.done())
    await outcome(emit, "g", gathering)


@scenario
async def gather_of_a_cancelled_child(emit):
    child = asyncio.create_task(sleeper(emit, "a", 5))
    other = asyncio.create_task(sleeper(emit, "b", 2, 2))
    asyncio.get_running_loop().call_later(1, child.cancel)
    await outcome(emit, "g", asyncio.gather(child, other))
    emit(await other)


@scenario
async def shield_keeps_the_inner_work(emit):
    inner = asyncio.create_task(sleeper(emit, "inner", 2, 5))
    waiting = asyncio.create_task(outcome(emit, "outer", asyncio.shield(inner)))
    await asyncio.sleep(1)
    waiting.cancel()
    await waiting
    emit(inner.done(), await inner)


@scenario
async def shield_passes_results_and_failures(emit):
    await outcome(emit, "good", asyncio.shield(sleeper(emit, "a", 1, 5)))
    await outcome(emit, "bad", asyncio.shield(failing(1, "b")))


@scenario
async def shield_of_a_cancelled_inner(emit):
    inner = asyncio.create_task(sleeper(emit, "inner", 5))
    shield = asyncio.shield(inner)
    await asyncio.sleep(1)
    inner.cancel()
    await outcome(emit, "outer", shield)
    emit(shield.cancelled())


@scenario
async def shield_of_a_done_future_is_itself(emit):
    future = asyncio.Future()
    future.set_result(1)
    emit(asyncio.shield(future) is future)


@scenario
async def wait_for_a_shield_leaves_the_inner_work(emit):
    inner = asyncio.create_task(sleeper(emit, "inner", 3, 5))
    await outcome(emit, "w", asyncio.wait_for(asyncio.shield(inner), 1))
    emit(inner.done(), await inner)


@scenario
async def group_waits_for_all(emit):
    async with asyncio.TaskGroup() as group:
        a = group.create_task(sleeper(emit, "a", 2, 1))
        group.create_task(sleeper(emit, "b", 1, 2))
        emit("body over")
    emit(a.result(), asyncio.get_running_loop().time())


async def grouped(emit, label, body):
    """Tells what came out of a group, and the failures inside an ExceptionGroup."""
    try:
        async with asyncio.TaskGroup() as group:
            await body(group)
        emit(f"{label} well")
    except BaseExceptionGroup as errors:
        emit(f"{label}![{'+'.join(str(error) for error in errors.exceptions)}]")
    except asyncio.CancelledError:
        emit(f"{label}!CancelledError")


@scenario
async def group_failure_cancels_the_siblings(emit):
    async def body(group):
        group.create_task(failing(1, "bad"))
        group.create_task(sleeper(emit, "sibling", 5))

    await grouped(emit, "group", body)
    emit(asyncio.get_running_loop().time())


@scenario
async def group_failure_cancels_its_body(emit):
    async def body(group):
        group.create_task(failing(1, "bad"))
        await sleeper(emit, "body", 5)

    await grouped(emit, "group", body)


@scenario
async def group_body_failure_cancels_the_tasks(emit):
    async def body(group):
        group.create_task(sleeper(emit, "task", 5))
        await asyncio.sleep(1)
        raise ValueError("body")

    await grouped(emit, "group", body)


@scenario
async def group_collects_every_failure(emit):
    async def slow_failure():
        try:
            await asyncio.sleep(5)
        finally:
            raise ValueError("second")

    async def body(group):
        group.create_task(failing(1, "first"))
        group.create_task(slow_failure())

    await grouped(emit, "group", body)


@scenario
async def group_cancelled_from_outside(emit):
    async def body(group):
        group.create_task(sleeper(emit, "task", 5))

    whole = asyncio.create_task(grouped(emit, "group", body))
    await asyncio.sleep(1)
    whole.cancel()
    await whole


@scenario
async def nested_groups(emit):
    async def inner(group):
        group.create_task(failing(1, "bad"))
        group.create_task(sleeper(emit, "inner", 5))

    async def outer(group):
        group.create_task(sleeper(emit, "outer", 2))
        await grouped(emit, "inner group", inner)

    await grouped(emit, "outer group", outer)


@scenario
async def group_that_is_over_takes_no_more(emit):
    async with asyncio.TaskGroup() as group:
        pass
    coroutine = sleeper(emit, "t", 1)
    try:
        group.create_task(coroutine)
    except RuntimeError:
        emit("refused")
        coroutine.close()


@scenario
async def a_cancelled_task_is_no_failure_of_its_group(emit):
    async def body(group):
        task = group.create_task(sleeper(emit, "task", 5))
        await asyncio.sleep(1)
        task.cancel()

    await grouped(emit, "group", body)

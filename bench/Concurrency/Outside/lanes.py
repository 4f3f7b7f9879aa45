"""64 lanes over one iterator in asyncio, the fastest bounded form it has; prints jobs per second."""
import asyncio
import sys
import time


async def job(i):
    await asyncio.sleep(0)
    return i


async def lane(inputs, results):
    for i in inputs:
        results[i] = await job(i)


async def main(jobs, workers):
    results = [None] * jobs
    inputs = iter(range(jobs))
    start = time.perf_counter()
    await asyncio.gather(*(lane(inputs, results) for _ in range(workers)))
    seconds = time.perf_counter() - start
    assert results[-1] == jobs - 1
    print(jobs / seconds)


asyncio.run(main(int(sys.argv[1]), int(sys.argv[2])))

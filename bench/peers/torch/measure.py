"""How long a call takes, by the rules of bench/measure.ts."""
import math
import time


def run(call, calls):
    """Milliseconds that so many calls take."""
    start = time.perf_counter()
    for _ in range(calls):
        call()
    return 1000 * (time.perf_counter() - start)


def warm_up(call):
    """The shortest time of a call, estimated in runs that double in length."""
    shortest, calls, done, spent = math.inf, 1, 0, 0.0
    while done < 2 or spent < 300:
        took = run(call, calls)
        shortest = min(shortest, took / calls)
        done += calls
        spent += took
        if took < 1:
            calls *= 2
    return shortest


def measure(call):
    per_call = warm_up(call)
    batch = math.ceil(1 / per_call) if per_call < 0.5 else 1
    samples, spent = [], 0.0
    while not ((len(samples) >= 20 and spent >= 1000) or (len(samples) >= 3 and spent >= 10_000)):
        took = run(call, batch)
        samples.append(took / batch)
        spent += took
    samples.sort()
    return {"best": samples[0], "median": samples[len(samples) // 2], "samples": len(samples)}

"""The parity scenarios as Python runs them: one line each, `name: what happened`."""
import future_scenarios  # noqa: F401  (importing registers)
import group_scenarios  # noqa: F401
import task_scenarios  # noqa: F401
import wait_scenarios  # noqa: F401
from helpers import SCENARIOS, Emit
from virtual_loop import run

if __name__ == "__main__":
    for function in SCENARIOS:
        emit = Emit()
        run(function(emit), emit.complaints)
        print(f"{function.__name__}: {', '.join(emit.said)}")

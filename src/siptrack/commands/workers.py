"""Who judges many schools: this process, several of this machine, or a cluster."""

from __future__ import annotations

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from importlib.util import find_spec
from typing import TYPE_CHECKING

from siptrack.school.errors import ChoiceError, MissingLibraryError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Executor

    from siptrack.many.run import NewExecutor

_WITHOUT_CLUSTER = (
    "--cluster needs dask's distributed, which is not installed. "
    'Install it with: pip install "siptrack[cluster]"; or leave --cluster away.'
)


def refuse_cluster(cluster: str | None) -> None:
    """Say before anything is read that the library for a cluster is missing.

    Raises MissingLibraryError with how to get it.
    """
    if cluster and find_spec("distributed") is None:
        raise MissingLibraryError(_WITHOUT_CLUSTER)


def workers_for(cluster: str | None, workers: int | None, schools_there: int) -> NewExecutor | None:
    """Who does the work: a cluster, some processes, or this one alone."""
    if cluster:
        return partial(_of_cluster, cluster)
    processes = min(workers or os.cpu_count() or 1, schools_there)
    if processes <= 1:
        return None
    return partial(ProcessPoolExecutor, processes, mp_context=multiprocessing.get_context("spawn"))


@contextmanager
def _of_cluster(address: str) -> Iterator[Executor]:
    from distributed import Client

    try:
        client = Client(address)
    except (OSError, ValueError) as error:
        raise ChoiceError(
            f"--cluster {address}: no scheduler answers there ({type(error).__name__}). Start one with dask scheduler, "
            "and give the address that it prints, such as tcp://10.0.0.5:8786."
        ) from None
    with client, client.get_executor() as executor:
        yield executor

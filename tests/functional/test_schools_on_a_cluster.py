"""The schools handed to a cluster are counted as they are here; where the extra `cluster` is installed."""

from __future__ import annotations

import json

import pytest
from running import siptrack_here

from many_schools import school_rows, write_schools

distributed = pytest.importorskip("distributed", reason="needs the extra [cluster]")


@pytest.fixture
def address():
    """The scheduler of a cluster of two processes of this machine."""
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        yield cluster.scheduler_address


@pytest.mark.filterwarnings("ignore")  # of the cluster's own libraries
def test_a_cluster_counts_what_one_process_counts(address, tmp_path):
    data = write_schools(
        tmp_path / "data", {name: school_rows(first, 30) for name, first in (("Ash", 0), ("Oak", 100))}
    )
    alone = siptrack_here("schools", data, "-o", tmp_path / "a", "--workers", 1)
    spread = siptrack_here("schools", data, "-o", tmp_path / "b", "--cluster", address)

    assert (alone.code, spread.code) == (0, 0)
    assert spread.out == alone.out
    assert json.loads((tmp_path / "b" / "schools.json").read_text()) == json.loads(
        (tmp_path / "a" / "schools.json").read_text()
    )


@pytest.mark.filterwarnings("ignore")
def test_where_no_scheduler_answers_that_is_said(monkeypatch, tmp_path):
    def refuse(_address):
        raise OSError("Timed out")

    monkeypatch.setattr(distributed, "Client", refuse)
    data = write_schools(tmp_path / "data", {"Ash": school_rows(0, 8), "Oak": school_rows(50, 8)})
    run = siptrack_here("schools", data, "-o", tmp_path / "out", "--cluster", "tcp://127.0.0.1:1")

    assert run.code == 2
    assert "no scheduler answers there" in run.err

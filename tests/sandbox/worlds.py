"""Small worlds for the tests of the sandbox."""

from dataclasses import replace
from functools import cache

from faultline.sandbox.folder import write_all
from faultline.sandbox.options import SandboxOptions, small
from faultline.sandbox.page import Written
from faultline.sandbox.press import Dispatch
from faultline.sandbox.simulate import simulate
from faultline.sandbox.world import World

QUIET = replace(small(3), offensives=0, batches=0.0, feedback=0.0, drift=0.0)


@cache
def world(options: SandboxOptions) -> World:
    return simulate(options)


@cache
def prose(options: SandboxOptions) -> dict[Dispatch, Written]:
    return write_all(world(options))
